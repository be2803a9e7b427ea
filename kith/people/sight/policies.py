"""Who may search at all. Whom a search may show is the one rule's, asked of each person."""

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.kit.refusal import Refusal
from kith.people.sight.rules import SEES_NOBODY

MAY_NOT_SEARCH = Refusal(
    "search-not-your-work",
    "Searching for people is not part of your work. Ask the worker you know, or ring the duty desk.",
)


def find_people(*, actor: Actor) -> Refusal | None:
    """May this actor search for people? Whoever looks after accounts or counts sees nobody, whatever else they do."""
    finds = actor.may(Permission.PERSON_FIND) and not actor.work & SEES_NOBODY
    return None if finds else MAY_NOT_SEARCH
