"""Who has a timeline to read. Which entries are on it is sight's to say, part by part."""

from kith.access.actor import Actor
from kith.access.roles import Work
from kith.kit.refusal import Refusal

NO_TIMELINE = Refusal(
    "timeline-no-families", "Your work here is with accounts, teams and settings. No family’s story is shown to you."
)
WITHOUT = frozenset({Work.ADMINISTRATOR, Work.ANALYST})


def read_timeline(*, actor: Actor) -> Refusal | None:
    """Does this person's work bring them to a family's story at all?"""
    return NO_TIMELINE if not actor.work or actor.work & WITHOUT else None
