"""Proving it is still you, shortly before something that cannot be taken back (ASVS 7.5.3)."""

from datetime import datetime, timedelta

from kith.access.actor import Actor
from kith.kit.refusal import Refusal

LASTS = timedelta(minutes=5)
SHOW_AGAIN = Refusal("show-again", "Show that it is you once more, at /account/again/, then do this again.")


def stepped_up(*, actor: Actor, at: datetime) -> Refusal | None:
    """Refuse unless this person gave their password or second step in the last five minutes."""
    given = actor.stepped_up_at
    return None if given is not None and given <= at < given + LASTS else SHOW_AGAIN
