"""Who may sign in, and who may end whose stay."""

from kith.access.accounts.models import THE_DOOR, Account
from kith.access.actor import Actor
from kith.access.signin.queries import second_steps
from kith.kit.refusal import Refusal

NOT_MATCHED = Refusal(
    "sign-in-not-matched",
    "That username and password do not go together, or the account is closed. Check both and try again.",
)
WAIT = Refusal(
    "sign-in-wait",
    "Wait a minute, then try again. There have been several tries that did not work.",
)
CODE_WRONG = Refusal(
    "sign-in-code-wrong",
    "That code does not fit, or has been used. Wait for the next one in your app, or use another recovery code.",
)
LAST_STEP = Refusal("second-step-last", "This is your only second step. Add another before you take this one away.")
NOT_THE_DOOR = Refusal("sign-in-not-the-door", "Turning people away is for the door alone.")
NOT_YOU = Refusal("account-not-you", "Only the person whose account this is can do that.")


def sign_in(*, account: Account) -> Refusal | None:
    """Refuse a closed account, and a job's: in the very words an unknown name gets."""
    return None if account.is_active and not account.is_job else NOT_MATCHED


def turn_away(*, actor: Actor) -> Refusal | None:
    """Refuse everybody but the job at the door: nobody else may write that somebody else failed."""
    door = Account.objects.filter(pk=actor.account_id, username=THE_DOOR, is_job=True)
    return None if door.exists() else NOT_THE_DOOR


def own(*, actor: Actor, account: Account) -> Refusal | None:
    """Refuse anybody but the account's own person."""
    return None if actor.account_id == account.pk else NOT_YOU


def remove_step(*, actor: Actor, account: Account) -> Refusal | None:
    """Refuse to leave somebody with no second step at all."""
    return own(actor=actor, account=account) or (None if len(second_steps(account)) > 1 else LAST_STEP)
