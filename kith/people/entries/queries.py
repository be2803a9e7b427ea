"""Questions about entries: what one holds for this reader, and a family's story newest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from kith.access.actor import Actor
from kith.access.roles import Work
from kith.framework.kinds import Tie
from kith.people.entries.models import Attachment, Dissent, Entry, EntryFile, Paragraph, Present, Seal
from kith.people.entries.reading import Reading, is_sealed, judged_files, unread, with_words
from kith.people.persons.models import File
from kith.people.sight.queries import kept_from, sight_of

__all__ = ["Reading", "is_sealed"]


def open_entry(actor: Actor, ref: UUID) -> Reading | None:
    """Find one entry by its address and give what this reader may see of it. Unknown and hidden alike: None."""
    entry = Entry.objects.filter(ref=ref).select_related("author", "family").first()
    if entry is None:
        return None
    found = readings(actor, [entry])
    return _with_company(found[0]) if found else None


def entry_in(files: Sequence[File], ref: UUID) -> Entry | None:
    """Find an entry of these files by its address, to begin a page of the timeline from. Shows nothing of it."""
    return Entry.objects.filter(ref=ref, files__file__in=files).first()


def files_of(entry: Entry) -> list[File]:
    """Give every file an entry is in, whoever may read it: for what must be asked of, or locked in, all of them."""
    return [link.file for link in entry.files.select_related("file")]


def _with_company(reading: Reading) -> Reading:
    """Add who was there, who saw it differently and who was shown it: shared words, and shut with them."""
    if reading.shared_open:
        there = Present.objects.filter(entry=reading.entry).select_related("person", "staff", "professional")
        reading.present = list(there.order_by("pk"))
        reading.dissents = list(reading.entry.dissents.select_related("person").order_by("said_on", "pk"))
        reading.shown_to = list(reading.entry.shared.select_related("person").order_by("shared_on", "pk"))
    kept = Attachment.objects.filter(part__in=reading.parts).select_related("stored", "part").order_by("pk")
    reading.attachments = [a for a in kept if a.content in reading.parts[a.part_id]]
    return reading


def readings(actor: Actor, entries: Sequence[Entry]) -> list[Reading]:
    """Give each entry as this reader may see it, dropping those of which they may see nothing.

    At most three queries, however many entries: their files, the reader's ties to those, and the words.
    """
    if not entries:
        return []
    files: dict[int, File] = {}
    beside: dict[int, list[int]] = defaultdict(list)
    for link in EntryFile.objects.filter(entry__in=entries).select_related("file__person"):
        files[link.file_id] = link.file
        beside[link.entry_id].append(link.file_id)
    judged = judged_files(actor, files)
    found = [unread(e, beside[e.pk], files, judged) for e in entries]
    return with_words([r for r in found if r], judged)


def opened(actor: Actor, entries: Sequence[Entry], files: Iterable[File]) -> dict[int, Reading]:
    """Give each entry this reader may see something of, by its id, before a word of it is read: for lists that tell
    where things stand and no more. `files` are those the page has read already.

    One query; two more where an entry is shared with a child whose file is not among them.
    """
    beside: dict[int, list[int]] = defaultdict(list)
    links = EntryFile.objects.filter(entry__in=[e.pk for e in entries])
    for entry, file in links.values_list("entry_id", "file_id"):
        beside[entry].append(file)
    known = {f.pk: f for f in files}
    judged = judged_files(actor, {pk for ids in beside.values() for pk in ids})
    others = {pk for pk, one in judged.items() if one.open} - known.keys()
    if others:
        known |= {f.pk: f for f in File.objects.filter(pk__in=others).select_related("person")}
    found = {e.pk: unread(e, beside[e.pk], known, judged) for e in entries}
    return {pk: reading for pk, reading in found.items() if reading}


def add_dissents(opened: Sequence[Reading]) -> None:
    """Add to each entry who sees it differently: part of the shared words, and shut with them. One query."""
    rows = Dissent.objects.filter(entry__in=[r.entry for r in opened if r.shared_open]).select_related("person")
    found: dict[int, list[Dissent]] = defaultdict(list)
    for row in rows.order_by("said_on", "pk"):
        found[row.entry_id].append(row)
    for reading in opened:
        reading.dissents = found[reading.entry.pk]


def versions(actor: Actor, entry: Entry) -> list[Reading]:
    """Every version of this entry that this reader may see, oldest first. Two queries and one reading."""
    found = Entry.objects.filter(pk__in=_chain(entry)).select_related("author", "family").order_by("version")
    return readings(actor, list(found))


def _chain(entry: Entry) -> list[int]:
    rows = Entry.objects.filter(family=entry.family_id, kind=entry.kind).values_list("pk", "supersedes_id")
    older = dict(rows)
    newer = {before: pk for pk, before in older.items() if before}
    chain = [entry.pk]
    while before := older.get(chain[0]):
        chain.insert(0, before)
    while chain[-1] in newer:
        chain.append(newer[chain[-1]])
    return chain


def writers_of(entry: Entry) -> set[int]:
    """Account ids of everyone who wrote a version of this entry: each may correct what was corrected after them."""
    return set(Entry.objects.filter(pk__in=_chain(entry)).values_list("author_id", flat=True))


def newest_version(entry: Entry) -> Entry:
    """The version of this entry that stands now: itself, unless somebody has written a newer one."""
    while newer := Entry.objects.filter(supersedes=entry).select_related("author", "family").first():
        entry = newer
    return entry


def version_at(newest: Entry, ref: str) -> Entry | None:
    """Find the version with this address among an entry and those before it: what a writer had before them."""
    at: Entry | None = newest
    while at is not None and str(at.ref) != ref:
        at = at.supersedes
    return at


def paragraph_at(reading: Reading, position: int) -> Paragraph | None:
    """Give the paragraph at this place in the entry, counted as it was written, if the reader may read it."""
    places = places_of(reading)
    return next((p for p in reading.paragraphs if places[p.pk] == position), None)


def places_of(reading: Reading) -> dict[int, int]:
    """Number an entry's paragraphs as they were written, from 1: what a page says instead of a key."""
    rows = Paragraph.objects.filter(part__entry=reading.entry).order_by("pk").values_list("pk", flat=True)
    return {pk: place for place, pk in enumerate(rows, start=1)}


def seals_waiting(actor: Actor) -> list[Seal]:
    """Words somebody has asked to close, that this worker may agree to or has asked for: oldest first.

    Information governance is shown each but those of a file they are barred from or that is sealed to them; a leader
    those in entries they may read.
    """
    rows = Seal.objects.filter(agreed_at__isnull=True).select_related("paragraph__part__entry__family", "asked_by")
    waiting = list(rows.order_by("asked_at", "pk"))
    if Work.GOVERNANCE in actor.work:
        return [s for s in waiting if not kept_from(actor, _file_ids(s))]
    open_entries = {r.entry.pk for r in readings(actor, list({s.paragraph.part.entry for s in waiting}))}
    return [s for s in waiting if s.paragraph.part.entry_id in open_entries]


def seal_waiting(actor: Actor, ref: UUID) -> Seal | None:
    """Find one of those by its address. Unknown, hidden and closed alike: None."""
    return next((s for s in seals_waiting(actor) if s.ref == ref), None)


def words_under(actor: Actor, seal: Seal) -> str:
    """The words somebody asked to close, if this reader may read them; else nothing."""
    reading = open_entry(actor, seal.paragraph.part.entry.ref)
    found = [p.text for p in reading.paragraphs if p.pk == seal.paragraph_id] if reading else []
    return "".join(found)


def _file_ids(seal: Seal) -> list[int]:
    return list(EntryFile.objects.filter(entry=seal.paragraph.part.entry_id).values_list("file_id", flat=True))


def files_under(*seals: Seal) -> list[UUID]:
    """Addresses of the files the words to be closed are in, for the ledger. The reason alone may tell of a child."""
    entries = [seal.paragraph.part.entry_id for seal in seals]
    return list(EntryFile.objects.filter(entry__in=entries).values_list("file__ref", flat=True))


def newest(files: Sequence[File], kind: str) -> list[Entry]:
    """Entries of one kind in these files that nothing has replaced, newest first. Sight is asked by `readings`."""
    rows = Entry.objects.filter(files__file__in=files, kind=kind, superseded_by__isnull=True)
    return list(rows.select_related("author", "family").distinct().order_by("-happened_at", "-pk"))


def tie_names(actor: Actor, file: File) -> frozenset[Tie]:
    """Why this reader may see this file: the ties in force, to be shown as a reason."""
    return sight_of(actor).ties_on([file.pk]).get(file.pk, frozenset())
