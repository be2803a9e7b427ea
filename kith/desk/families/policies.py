"""What a reader is offered on a family's page."""

from collections.abc import Sequence

from kith.access.actor import Actor
from kith.access.permissions import Permission as P
from kith.framework.kinds import Content, Verb
from kith.people.persons.models import File

FORMS = (
    ("note-new", "Write a note", P.ENTRY_WRITE),
    ("statement-new", "Write a worry", P.STATEMENT_WRITE),
    ("plan-new", "Make a plan", P.PLAN_WRITE),
    ("decision-new", "Record a decision", P.DECISION_RECORD),
    ("person-new", "Add somebody to the family", P.PERSON_ADD),
)
"""The forms a family's page offers: the name of its address, what it is called, and the leave it takes."""


def forms_for(*, actor: Actor, files: Sequence[File]) -> list[tuple[str, str]]:
    """Give the forms this person may begin for a family with these files: none when they only read there."""
    if not actor.sees([f.pk for f in files], Verb.WRITE, Content.CORE):
        return []
    return [(name, words) for name, words, leave in FORMS if actor.may(leave)]
