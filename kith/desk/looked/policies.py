"""Who may see who looked."""

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.kit.refusal import Refusal

NOT_YOURS_TO_ASK = Refusal(
    "looks-not-your-work",
    "Who has looked at a record is for team leaders and information governance to see. If you are worried that"
    " somebody has looked who should not have, tell your team leader.",
)


def see_looks(*, actor: Actor) -> Refusal | None:
    """May this actor see who has looked at a record they may read, and what those they lead have looked at?"""
    return None if actor.may(Permission.LOOKS_READ) else NOT_YOURS_TO_ASK
