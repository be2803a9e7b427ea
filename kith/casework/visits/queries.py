"""Questions about notes, visits and promises."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.casework.visits.models import APART, Promise, PromiseQuerySet, Seen, Visit
from kith.framework.kinds import Content
from kith.kit.wording import listed
from kith.people.entries.models import Entry, Paragraph
from kith.people.entries.queries import Reading, open_entry, readings
from kith.people.persons.keys import fold
from kith.people.persons.models import File, Name, Person

TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
WHERE = {
    "home": "at home",
    "school": "at school",
    "office": "at our office",
    "hub": "at a family hub",
    "hospital": "in hospital",
    "placement": "where the child lives",
    "outdoors": "out and about",
    "phone": "on the telephone",
    "video": "by video",
    "message": "by message",
}


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


def where(entry: Entry) -> str:
    """Say where a conversation was, as a sentence says it."""
    return WHERE.get(entry.place, "somewhere else")


def notes_that_quote(file: File, kinds: Collection[Content], since: datetime, *, most: int) -> QuerySet[Entry]:
    """The newest notes since then that hold this child's own words, of the kinds of content a reader may have.

    Words that two people closed do not count, nor a note that was corrected.
    """
    said = Paragraph.objects.filter(part__file=file, slot="words", content__in=kinds)
    said = said.exclude(seal__agreed_at__isnull=False)
    notes = Entry.objects.filter(kind="note", superseded_by__isnull=True, happened_at__gte=since)
    return notes.filter(pk__in=said.values("part__entry")).order_by("-happened_at", "-pk")[:most]


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
    rows = _not_kept()
    rows = rows.filter(made_by=actor.account_id) if files is None else rows.filter(entry__files__file__in=files)
    return _in_words(actor, rows.distinct())


def promises_around(actor: Actor, families: Collection[int]) -> list[Promised]:
    """Promises not kept yet, soonest first: this worker's own, and all that are owed to these families (domain 11.3).

    Asked as two questions: one with OR in it would read every promise of the council.
    """
    return _in_words(actor, [*_not_kept().filter(made_by=actor.account_id), *_owed(families)])


def promises_owed(actor: Actor, families: Collection[int]) -> list[Promised]:
    """Promises made to these families and not kept yet, whoever made them, soonest first."""
    return _in_words(actor, _owed(families))


def _owed(families: Collection[int]) -> PromiseQuerySet:
    return _not_kept().filter(entry__family__in=families, entry__kind="note")


def _not_kept() -> PromiseQuerySet:
    return Promise.objects.open().select_related("to", "made_by", "entry__author", "entry__family")


def _in_words(actor: Actor, promises: Iterable[Promise]) -> list[Promised]:
    found = sorted({p.pk: p for p in promises}.values(), key=lambda p: (p.due_on or date.max, p.pk))
    read = {r.entry.pk: r for r in readings(actor, list({p.entry_id: p.entry for p in found}.values()))}
    words = {(pk, p.row): p.text for pk, r in read.items() for p in r.said("promise")}
    return [
        Promised(p, words[p.entry_id, p.row], read[p.entry_id].files) for p in found if (p.entry_id, p.row) in words
    ]


@dataclass(frozen=True)
class LastSeen:
    """The last time a child was seen, us in the room: the day, who wrote it down, and time alone as `Seen` has it."""

    on: date
    by: Account
    alone_minutes: int | None


def last_seen(files: Iterable[File]) -> dict[int, LastSeen]:
    """When each of these children was last seen, us in the room, by file id (K16). Ask sight of the files first."""
    seen = Seen.objects.counting().filter(file=OuterRef("pk")).exclude(visit__entry__place__in=APART)
    newest = seen.order_by("-visit__entry__happened_at", "-pk").values("pk")[:1]
    each = File.objects.filter(pk__in=[f.pk for f in files]).annotate(newest=Subquery(newest))
    ids = [pk for pk in each.values_list("newest", flat=True) if pk]
    rows = Seen.objects.filter(pk__in=ids).select_related("visit__entry__author")
    return {s.file_id: _last(s) for s in rows}


def _last(seen: Seen) -> LastSeen:
    entry = seen.visit.entry
    return LastSeen(timezone.localdate(entry.happened_at), entry.author, seen.alone_minutes)


def in_the_family(name: str, people: Sequence[Person]) -> bool:
    """Is this the name of one of these people, as far as can be told from names alone?"""
    words = _words(name) - TITLES
    known: dict[int, set[str]] = {p.pk: _words(p.known_as) for p in people}
    for person_id, given, family in Name.objects.filter(person__in=people).values_list("person_id", "given", "family"):
        known[person_id] |= _words(f"{given} {family}")
    return bool(words) and any(words <= names for names in known.values())


def _words(name: str) -> set[str]:
    return {fold(word) for word in name.replace("-", " ").split()} - {""}
