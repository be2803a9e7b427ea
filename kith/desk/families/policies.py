"""Who has a desk with families on it, and what they are offered there. Which families is sight's to say."""

from collections.abc import Sequence

from kith.access.actor import Actor
from kith.access.permissions import Permission as P
from kith.access.roles import Work
from kith.casework.decisions.models import Decision
from kith.casework.decisions.queries import say_of
from kith.framework.decisions import Say
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

NO_FAMILIES = Refusal(
    "desk-no-families", "Your work here is with accounts, teams and settings. No family is shown to you."
)
ONLY_COUNTS = Refusal(
    "desk-only-counts", "Your work here is with counts. No family is shown to you, and the counts are not here yet."
)
NO_WORK_YET = Refusal("desk-no-work", "You have no kind of work here yet. Ask whoever looks after accounts.")
WITHOUT = {Work.ADMINISTRATOR: NO_FAMILIES, Work.ANALYST: ONLY_COUNTS}

FORMS = (
    ("note-new", "Write a note", P.ENTRY_WRITE),
    ("statement-new", "Write a worry", P.STATEMENT_WRITE),
    ("plan-new", "Make a plan", P.PLAN_WRITE),
    ("decision-new", "Record a decision", P.DECISION_RECORD),
    ("person-new", "Add somebody to the family", P.PERSON_ADD),
)
"""The forms a family's page offers: the name of its address, what it is called, and the leave it takes."""

NONE_YET = {
    Work.FRONT_DOOR: ("No family is yours to hold.", "Take a call, or find a person or family by name."),
    Work.AUDITOR: ("No family is given to you, and you may read any that is open.", "Find one by name."),
    Work.GOVERNANCE: ("No family is given to you.", "What waits for you is under Notices."),
}
"""What a desk without families says to those who are never allocated one, and what they might do."""
NOT_YET = ("You are not working with any family yet.", "When your team leader allocates one to you, it will be here.")


def see_families(*, actor: Actor) -> Refusal | None:
    """Does this person's work bring them to families at all?"""
    if not actor.work:
        return NO_WORK_YET
    return next((refusal for work, refusal in WITHOUT.items() if work in actor.work), None)


def takes_calls(*, actor: Actor) -> bool:
    """Is taking a first call part of this person's work?"""
    return actor.may(P.CONTACT_TAKE)


def administers(*, actor: Actor) -> bool:
    """Does this person look after accounts, teams and settings?"""
    return actor.may(P.ACCOUNT_MANAGE)


def decides(*, actor: Actor, decision: Decision) -> bool:
    """Does the list of who decides what (domain 6.7) give this person this one, so that it waits for them?"""
    return actor.may(P.DECISION_RECORD) and say_of(actor.work, decision.matter) is Say.DECIDE


def forms_for(*, actor: Actor, files: Sequence[File]) -> list[tuple[str, str]]:
    """Give the forms this person may begin for a family with these files: none when they only read there."""
    if not actor.sees([f.pk for f in files], Verb.WRITE, Content.CORE):
        return []
    return [(name, words) for name, words, leave in FORMS if actor.may(leave)]


def none_yet(*, actor: Actor) -> tuple[str, str]:
    """Say what a desk with no family on it is like for this person, and what they might do."""
    return next((words for work, words in NONE_YET.items() if work in actor.work), NOT_YET)
