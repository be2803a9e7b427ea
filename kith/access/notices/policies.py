"""Who may be told something, and who may say that they have read it."""

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.notices.models import Notice
from kith.kit.refusal import Refusal

THEY_HAVE_LEFT = Refusal("notice-they-left", "This person cannot sign in any more. Tell somebody who works here now.")
NOT_TO_YOURSELF = Refusal("notice-to-yourself", "You know this already. Tell somebody else.")
NOT_YOURS = Refusal("notice-not-yours", "This notice was written to somebody else.")


def tell(*, actor: Actor, account: Account) -> Refusal | None:
    """May this actor's act be told to this person? To anyone who can sign in, except to themselves."""
    if account.pk == actor.account_id:
        return NOT_TO_YOURSELF
    return None if account.is_active else THEY_HAVE_LEFT


def read_notice(*, actor: Actor, notice: Notice) -> Refusal | None:
    """May this actor say that a notice has been read? Only its own reader."""
    return None if notice.account_id == actor.account_id else NOT_YOURS
