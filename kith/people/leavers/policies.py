"""Who may end everything somebody holds here, and who sees which children have no worker."""

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.council.teams import policies as teams
from kith.kit.refusal import Refusal

NOT_YOURS_TO_SEE = Refusal(
    "leavers-not-your-work", "Seeing which children have no worker is for those who allocate. Ask your team leader."
)


def say_goodbye(*, actor: Actor, account: Account) -> Refusal | None:
    """May this actor end everything another holds here? Whoever looks after accounts; they see no child by it."""
    return teams.say_goodbye(actor=actor, account=account)


def see_without_worker(*, actor: Actor) -> Refusal | None:
    """May this actor see the children nobody is allocated to? Which of them is for sight to say."""
    return None if actor.may(Permission.FILE_ALLOCATE) else NOT_YOURS_TO_SEE
