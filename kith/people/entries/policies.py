"""Who may write, answer and close words on the spine."""

from collections.abc import Iterable

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import Work
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.entries.models import MOVES, Entry, Paragraph, Seal, Status
from kith.people.persons.models import File
from kith.people.sight.queries import kept_from

NOT_YOUR_WORK = Refusal(
    "entry-not-your-work",
    "Writing in a family's record is not part of your work. Ask the worker who holds it.",
)
NO_FILES = Refusal("entry-nobody", "Say which child this is about. A record belongs to at least one child.")
NOT_YOURS_TO_WRITE = Refusal(
    "entry-not-yours",
    "You are not working with every child this is about. Take out those you do not work with, or ask their worker.",
)
NOT_YOURS_TO_CORRECT = Refusal(
    "entry-not-your-words", "Only the person who wrote this, or someone leading their work, can correct it."
)
REPLACED_ALREADY = Refusal(
    "entry-newer-version",
    "Someone has saved a newer version since you opened this. Read theirs beside yours.",
)
NOT_NEXT = Refusal(
    "entry-not-next",
    "That does not follow from where this stands now. A draft goes to the family first; only then is it agreed.",
)
MAY_NOT_SEAL = Refusal(
    "seal-not-your-work",
    "Closing words that leaked is for a team leader or information governance. Ring one.",
)
SEAL_NEEDS_ANOTHER = Refusal(
    "seal-second-person", "A second person must agree to close these words. They stay as they are until then."
)
ASKED_ALREADY = Refusal("seal-asked", "Somebody has asked for these words to be closed. A second person must agree.")
SEALED_ALREADY = Refusal("seal-done", "These words are closed already.")


LEAVE_OF_THEIR_OWN = {"decision": Permission.DECISION_RECORD}
"""Kinds of entry that some write who write no other: a nominated officer decides, and takes no notes."""


def record_entry(*, actor: Actor, files: Iterable[File], kind: str = "") -> Refusal | None:
    """May this actor write an entry of this kind about these children? They need a line to every one of them."""
    if not actor.may(LEAVE_OF_THEIR_OWN.get(kind, Permission.ENTRY_WRITE)):
        return NOT_YOUR_WORK
    ids = [f.pk for f in files]
    if not ids:
        return NO_FILES
    return None if actor.sees_all(ids, Verb.WRITE, Content.CORE) else NOT_YOURS_TO_WRITE


def revise_entry(*, actor: Actor, entry: Entry, files: Iterable[File]) -> Refusal | None:
    """May this actor write a newer version of this entry, now?"""
    if refusal := record_entry(actor=actor, files=files, kind=entry.kind):
        return refusal
    if Entry.objects.filter(supersedes=entry).exists():
        return REPLACED_ALREADY
    return None


def move_entry(*, actor: Actor, entry: Entry, to: str, files: Iterable[File]) -> Refusal | None:
    """May this actor move this entry to where it would stand next?"""
    if refusal := record_entry(actor=actor, files=files, kind=entry.kind):
        return refusal
    return None if to in MOVES[entry.status] and to != Status.SUPERSEDED else NOT_NEXT


def add_dissent(*, actor: Actor, files: Iterable[File]) -> Refusal | None:
    """May this actor write down that somebody sees an entry differently?"""
    return record_entry(actor=actor, files=files)


def mark_shared(*, actor: Actor, files: Iterable[File]) -> Refusal | None:
    """May this actor say that an entry was shown or read to somebody?"""
    return record_entry(actor=actor, files=files)


def attach(*, actor: Actor, files: Iterable[File], file: File | None = None) -> Refusal | None:
    """May this actor put a kept file with an entry? With one child's own words, only if the entry is in that file."""
    files = list(files)
    if file is not None and file.pk not in {f.pk for f in files}:
        return NOT_YOURS_TO_WRITE
    return record_entry(actor=actor, files=files)


def may_seal(*, actor: Actor) -> Refusal | None:
    """Is closing words that leaked part of this actor's work at all?"""
    return None if actor.may(Permission.ENTRY_SEAL) else MAY_NOT_SEAL


def ask_seal(*, actor: Actor, paragraph: Paragraph) -> Refusal | None:
    """May this actor ask for a leaked paragraph to be closed? It is asked by somebody who can read it."""
    if not actor.may(Permission.ENTRY_SEAL) or not _reads_around(actor, paragraph.part.entry_id):
        return MAY_NOT_SEAL
    return ASKED_ALREADY if hasattr(paragraph, "seal") else None


def agree_seal(*, actor: Actor, seal: Seal) -> Refusal | None:
    """May this actor agree to close it? Never the one who asked (two people, ASVS 2.3.5).

    Information governance agrees on the reason alone, without reading; anyone else must be able to read the entry.
    """
    if not actor.may(Permission.ENTRY_SEAL):
        return MAY_NOT_SEAL
    if not _may_agree(actor, seal.paragraph.part.entry_id):
        return MAY_NOT_SEAL
    if seal.agreed_by_id:
        return SEALED_ALREADY
    return SEAL_NEEDS_ANOTHER if seal.asked_by_id == actor.account_id else None


def _may_agree(actor: Actor, entry_id: int) -> bool:
    if Work.GOVERNANCE not in actor.work:
        return _reads_around(actor, entry_id)
    return not kept_from(actor, File.objects.filter(entries__entry=entry_id).values_list("pk", flat=True))


def _reads_around(actor: Actor, entry_id: int) -> bool:
    return bool(actor.sees(File.objects.filter(entries__entry=entry_id).values_list("pk", flat=True)))
