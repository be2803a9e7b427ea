"""Who may add, change, join and merge people. Whether somebody may be known of at all is sight's."""

from datetime import datetime

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import Merge, Person
from kith.people.persons.queries import current_person, open_through

MAY_NOT_ADD = Refusal("person-not-your-work", "Adding people is not part of your work. Ask a worker with the family.")
MAY_NOT_EDIT = Refusal("person-not-open", "You are not working with this person, so you cannot change their details.")
NOT_YOUR_WORK = Refusal(
    "person-edit-not-your-work", "Changing people’s details is not part of your work. Ask a worker with the family."
)
MAY_NOT_MERGE = Refusal(
    "merge-not-your-work", "Joining two records of one person is for a team leader or information governance. Ask one."
)
SAME_RECORD = Refusal("merge-same-record", "That is this same record. Give the address of the other one.")
NOT_BOTH_OPEN = Refusal("merge-not-both-open", "Both records must be open to you before you can join or part them.")
MERGED_ALREADY = Refusal("merge-done", "These records are joined already.")
MERGE_NEEDS_ANOTHER = Refusal("merge-second-person", "A second person must agree. Nothing has changed yet.")
NOT_MERGED = Refusal("merge-not-standing", "These records are not joined now, so there is nothing to undo.")
UNDO_ASKED_ALREADY = Refusal(
    "merge-undo-asked", "Somebody has asked already for these to be parted. A second must agree."
)
UNDO_NOT_ASKED = Refusal("merge-undo-not-asked", "Nobody has asked yet for these to be parted. Ask first, and say why.")


def add_person(*, actor: Actor) -> Refusal | None:
    """May this actor add somebody to the record? Adding never needs a sight of anyone."""
    return None if actor.may(Permission.PERSON_ADD) else MAY_NOT_ADD


def edit_person(*, actor: Actor, person: Person, at: datetime) -> Refusal | None:
    """May this actor change this person's details? It needs a line to a file that opens them.

    That is their own file; for an adult, one file of a family they are in is enough.
    """
    if not actor.may(Permission.PERSON_EDIT):
        return NOT_YOUR_WORK
    return None if open_through(actor, person, Verb.WRITE, at=at) else MAY_NOT_EDIT


add_name = change_details = add_identifier = edit_person


def see_merges(*, actor: Actor) -> Refusal | None:
    """May this actor see what waits to be joined or parted? Which of them is another question, asked of each."""
    return None if actor.may(Permission.PERSON_MERGE) else MAY_NOT_MERGE


def propose_merge(*, actor: Actor, kept: Person, folded_in: Person, at: datetime) -> Refusal | None:
    """May this actor say that two records are of one person? They must see both; a second person must agree."""
    if refusal := _merging(actor, kept, folded_in, at):
        return refusal
    if kept == folded_in:
        return SAME_RECORD
    return MERGED_ALREADY if _joined(kept, folded_in) else None


def agree_merge(*, actor: Actor, merge: Merge, at: datetime) -> Refusal | None:
    """May this actor agree that two records are of one person? Never who proposed it (two people, ASVS 2.3.5)."""
    if refusal := _merging(actor, merge.kept, merge.folded_in, at):
        return refusal
    if merge.agreed_at or _joined(merge.kept, merge.folded_in):
        return MERGED_ALREADY
    return MERGE_NEEDS_ANOTHER if merge.proposed_by_id == actor.account_id else None


def ask_undo(*, actor: Actor, merge: Merge, at: datetime) -> Refusal | None:
    """May this actor ask for two joined records to be parted again?"""
    if refusal := _merging(actor, merge.kept, merge.folded_in, at):
        return refusal
    if not merge.agreed_at or merge.undone_at:
        return NOT_MERGED
    return UNDO_ASKED_ALREADY if merge.undo_by_id else None


def agree_undo(*, actor: Actor, merge: Merge, at: datetime) -> Refusal | None:
    """May this actor agree to part them? Never who asked."""
    if refusal := _merging(actor, merge.kept, merge.folded_in, at):
        return refusal
    if not merge.agreed_at or merge.undone_at:
        return NOT_MERGED
    if not merge.undo_by_id:
        return UNDO_NOT_ASKED
    return MERGE_NEEDS_ANOTHER if merge.undo_by_id == actor.account_id else None


def _merging(actor: Actor, one: Person, other: Person, at: datetime) -> Refusal | None:
    if not actor.may(Permission.PERSON_MERGE):
        return MAY_NOT_MERGE
    both = all(open_through(actor, person, at=at) for person in (one, other))
    return None if both else NOT_BOTH_OPEN


def _joined(kept: Person, folded_in: Person) -> bool:
    """Whether the folded one leads elsewhere already, or the kept one already leads to it."""
    return current_person(folded_in) != folded_in or current_person(kept) == folded_in
