"""Questions about notes, visits and promises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from kith.access.actor import Actor
from kith.casework.visits.models import APART, Promise, Seen, Visit
from kith.kit.wording import listed
from kith.people.entries.models import Entry, Paragraph
from kith.people.entries.queries import Reading, open_entry, readings
from kith.people.persons.keys import fold
from kith.people.persons.models import File, Name, Person

TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})


@dataclass(frozen=True)
class Promised:
    """One promise beside its words, as one reader may see it."""

    promise: Promise
    words: str
    files: Sequence[File] = ()
    """The files of the note it was made in, where it is opened by itself."""


@dataclass(frozen=True)
class Note:
    """A note as one reader may see it: children whose file is open, words of open parts, promises with words."""

    reading: Reading
    visit: Visit | None
    children: list[Seen] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)

    @property
    def salutation(self) -> str:
        """To whom it is written: "Dear Ellis and Maya," or nothing. Part of what is shared, and shut with it."""
        names = [s.file.person.known_as for s in self.children if s.written_to]
        begins = self.reading.text("what").lstrip().lower().startswith("dear ")
        return f"Dear {listed(names)}," if names and self.reading.shared_open and not begins else ""

    def words_of(self, file: File) -> list[Paragraph]:
        """What this child said, exactly."""
        return [p for p in self.reading.said("words") if p.part.file_id == file.pk]


def open_note(actor: Actor, ref: UUID) -> Note | None:
    """Find one note by its entry's address, as this reader may see it. Unknown and hidden alike: None."""
    reading = open_entry(actor, ref)
    if reading is None or reading.entry.kind != "note" or not reading.tells:
        return None
    visit = Visit.objects.filter(entry=reading.entry).first()
    seen = Seen.objects.filter(visit=visit, file__in=reading.files).select_related("file__person")
    return Note(reading, visit, list(seen.order_by("file__person__born_on", "pk")), _promised(reading))


def _promised(reading: Reading) -> list[Promised]:
    words = {p.row: p.text for p in reading.said("promise")}
    rows = Promise.objects.filter(entry=reading.entry).select_related("to", "made_by").order_by("row")
    return [Promised(p, words[p.row]) for p in rows if p.row in words]


def promise_here(note: Note, ref: UUID) -> Promised | None:
    """Give one of this note's promises by its address, if its words are open to the reader."""
    return next((p for p in note.promises if p.promise.ref == ref), None)


def open_promise(actor: Actor, ref: UUID) -> Promised | None:
    """Find one promise by its address, if its words are open to this reader. Unknown and hidden alike: None."""
    entry = Entry.objects.filter(promises__ref=ref).first()
    note = open_note(actor, entry.ref) if entry else None
    found = promise_here(note, ref) if note else None
    return replace(found, files=note.reading.files) if note and found else None


def promises_to_keep(actor: Actor, *, files: Sequence[File] | None = None) -> list[Promised]:
    """Promises not kept yet, soonest first: this worker's own, or all of those made about these children.

    A worker is shown their own broken promises before anyone else is (domain 11.3).
    """
    rows = Promise.objects.open().select_related("to", "made_by", "entry__author", "entry__family")
    rows = rows.filter(made_by=actor.account_id) if files is None else rows.filter(entry__files__file__in=files)
    found = list(rows.distinct().order_by("due_on", "pk"))
    entries = {p.entry_id: p.entry for p in found}
    words = {(r.entry.pk, p.row): p.text for r in readings(actor, list(entries.values())) for p in r.said("promise")}
    return [Promised(p, words[p.entry_id, p.row]) for p in found if (p.entry_id, p.row) in words]


def last_seen(files: Iterable[File]) -> dict[int, date]:
    """When each of these children was last seen, us in the room, by file id (K16). Ask sight of the files first."""
    rows = Seen.objects.counting().filter(file__in=list(files)).exclude(visit__entry__place__in=APART)
    found: dict[int, date] = {}
    for file_id, at in rows.order_by("visit__entry__happened_at").values_list("file_id", "visit__entry__happened_at"):
        found[file_id] = timezone.localdate(at)
    return found


def in_the_family(name: str, people: Sequence[Person]) -> bool:
    """Is this the name of one of these people, as far as can be told from names alone?"""
    words = _words(name) - TITLES
    known: dict[int, set[str]] = {p.pk: _words(p.known_as) for p in people}
    for person_id, given, family in Name.objects.filter(person__in=people).values_list("person_id", "given", "family"):
        known[person_id] |= _words(f"{given} {family}")
    return bool(words) and any(words <= names for names in known.values())


def _words(name: str) -> set[str]:
    return {fold(word) for word in name.replace("-", " ").split()} - {""}
