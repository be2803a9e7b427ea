"""Who has a desk with families on it. Which families is sight's to say."""

from kith.access.actor import Actor
from kith.access.roles import Work
from kith.kit.refusal import Refusal

NO_FAMILIES = Refusal(
    "desk-no-families", "Your work here is with accounts, teams and settings. No family is shown to you."
)
WITHOUT = frozenset({Work.ADMINISTRATOR, Work.ANALYST})


def see_families(*, actor: Actor) -> Refusal | None:
    """Does this person's work bring them to families at all?"""
    return NO_FAMILIES if not actor.work or actor.work & WITHOUT else None
