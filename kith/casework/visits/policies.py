"""What a note cannot be saved without, who may correct one, and whose promise it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kith.access.actor import Actor
from kith.casework.visits.models import APART, Promise
from kith.casework.visits.queries import in_the_family
from kith.framework.kinds import Tie
from kith.kit.refusal import Refusal
from kith.people.entries import policies as spine
from kith.people.entries.models import Entry
from kith.people.entries.queries import tie_names, writers_of
from kith.people.entries.words import Talk
from kith.people.persons.models import File, Person

if TYPE_CHECKING:
    from kith.casework.visits.actions import ChildThere

OUR_LANGUAGE = "english"
NEEDS_WORDS = Refusal("note-says-nothing", "Write what happened, and what you noticed.")
NOT_YET = Refusal("note-not-yet", "That has not happened yet. Check the day and the time.")
NEEDS_INTERPRETER = Refusal(
    "note-needs-interpreter",
    "Name the interpreter. If you speak the language yourself, write your own name.",
)
NOT_FAMILY = Refusal(
    "note-family-interpreted",
    "A child or somebody in the family may interpret only in an emergency. Name another interpreter, or say what"
    " the emergency was.",
)
NOT_IN_THE_ROOM = Refusal(
    "note-not-in-the-room",
    "A child is seen when you are in the room together. For a call or a message, leave out who was seen.",
)
NEEDS_WHY = Refusal("note-why-corrected", "Say what was wrong and how you know. Both versions are kept.")
NOT_YOUR_PROMISE = Refusal(
    "promise-not-yours", "Only a worker with this child can say whether a promise to them was kept."
)
KEPT_ALREADY = Refusal("promise-kept", "This promise is down as kept already.")


def write_note(
    *,
    actor: Actor,
    files: Sequence[File],
    talk: Talk,
    what: str,
    children: Sequence["ChildThere"],
    people: Sequence[Person],
    at: datetime,
) -> Refusal | None:
    """May this actor write this note, and has it the little a note cannot be without?"""
    if refusal := begin_note(actor=actor, files=files):
        return refusal
    return whole(talk=talk, what=what, children=children, people=people, at=at)


def begin_note(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor begin a note about these children? Asked before they type."""
    return spine.record_entry(actor=actor, files=files)


def whole(
    *, talk: Talk, what: str, children: Sequence["ChildThere"], people: Sequence[Person], at: datetime
) -> Refusal | None:
    """Has the note words, a moment that has come, a proper interpreter, and children seen in a room?"""
    if not what.strip():
        return NEEDS_WORDS
    if talk.happened_at > at:
        return NOT_YET
    if talk.place in APART and any(c.seen for c in children):
        return NOT_IN_THE_ROOM
    return interpreted(talk=talk, people=people)


def interpreted(*, talk: Talk, people: Sequence[Person]) -> Refusal | None:
    """Was it put across by somebody who should (domain 0.2)?

    Named whenever the language is not ours; a child or family member never, but in an emergency with its reason.
    """
    ours = talk.language.strip().lower() in {"", OUR_LANGUAGE}
    if not ours and not talk.interpreter.strip():
        return NEEDS_INTERPRETER
    if talk.interpreter_why.strip() or not talk.interpreter.strip():
        return None
    return NOT_FAMILY if in_the_family(talk.interpreter, people) else None


def correct_note(*, actor: Actor, entry: Entry, files: Sequence[File], why: str) -> Refusal | None:
    """May this actor write a newer version? Whoever wrote one or leads the work; saying why; from the newest."""
    if refusal := spine.revise_entry(actor=actor, entry=entry, files=files):
        return refusal
    if actor.account_id not in writers_of(entry) and not any(Tie.MANAGES in tie_names(actor, f) for f in files):
        return spine.NOT_YOURS_TO_CORRECT
    return None if why.strip() else NEEDS_WHY


def keep_promise(*, actor: Actor, promise: Promise, files: Sequence[File]) -> Refusal | None:
    """May this actor say that a promise was kept? Anyone who may write about these children."""
    if spine.record_entry(actor=actor, files=files):
        return NOT_YOUR_PROMISE
    return KEPT_ALREADY if promise.kept_on else None


def explain_promise(*, actor: Actor, promise: Promise, files: Sequence[File]) -> Refusal | None:
    """May this actor say why a promise is late, and that the person was told?"""
    return keep_promise(actor=actor, promise=promise, files=files)
