"""Questions about entries: what one holds for this reader, and a family's story newest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.roles import Work
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.entries.models import (
    Attachment,
    Dissent,
    Entry,
    EntryFile,
    Paragraph,
    Part,
    Present,
    Seal,
    Shared,
    Status,
)
from kith.people.persons.models import File
from kith.people.sight.queries import kept_from, sight_of
from kith.people.sight.rules import Situation

REFILLS = 5
TITLES = {
    "contact": "First call.",
    "contact-decision": "What followed the call.",
    "decision": "Decision.",
    "goal": "What good looks like.",
    "note": "Note.",
    "plan": "Plan.",
    "plan-answers": "What people said to the plan.",
    "scale": "What 0 and 10 mean.",
    "scores": "Numbers.",
    "statement": "Worry.",
    "statement-settled": "What became of a worry.",
}


@dataclass
class Reading:
    """One entry as one reader may see it: only open parts, only the kinds open to them, no sealed words."""

    entry: Entry
    files: list[File]
    paragraphs: list[Paragraph]
    shared_open: bool
    present: list[Present] = field(default_factory=list)
    dissents: list[Dissent] = field(default_factory=list)
    shown_to: list[Shared] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    parts: dict[int, frozenset[Content]] = field(default_factory=dict)
    closed: int = 0
    kept_back: int = 0

    def take(self, part: Part, kinds: frozenset[Content]) -> None:
        """Open one part, as far as these kinds of content go."""
        self.parts[part.pk] = kinds
        for p in part.paragraphs.all():
            if p.content not in kinds:
                self.kept_back += 1
            elif is_sealed(p):
                self.closed += 1
            else:
                self.paragraphs.append(p)

    @property
    def tells(self) -> bool:
        """Is there anything here for this reader: words, words since closed, or a part that never held any?"""
        return bool(self.paragraphs or self.closed or (self.parts and not self.kept_back))

    @property
    def late(self) -> str:
        """How long after it happened it was first written down, when that was not the same day."""
        if self.entry.version > 1:
            return ""
        days = (timezone.localdate(self.entry.recorded_at) - timezone.localdate(self.entry.happened_at)).days
        return "" if days < 1 else f"Written down {days} {'day' if days == 1 else 'days'} later"

    @property
    def title(self) -> str:
        """What kind of record this is, in a word or two."""
        return TITLES.get(self.entry.kind, "Record.")

    def said(self, slot: str) -> list[Paragraph]:
        """Paragraphs that answer this question, in the order they were written."""
        return [p for p in self.paragraphs if p.slot == slot]

    def rows(self, *slots: str) -> list[dict[str, Paragraph]]:
        """Group what belongs together: one dict of slot to paragraph for each row, in order."""
        grouped: dict[int, dict[str, Paragraph]] = defaultdict(dict)
        for p in self.paragraphs:
            if p.slot in slots:
                grouped[p.row][p.slot] = p
        return [grouped[row] for row in sorted(grouped)]

    def text(self, slot: str) -> str:
        """The words that answer this question, or nothing."""
        return "\n\n".join(p.text for p in self.said(slot))


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

    A fixed number of queries: files, ties, levels, parts with paragraphs, people present, dissents.
    A shared part is open when one of its files is, and none of them is closed or barred to this reader.
    """
    links = EntryFile.objects.filter(entry__in=entries).select_related("file", "file__person")
    files: dict[int, list[File]] = defaultdict(list)
    for link in links.order_by("file_id"):
        files[link.entry_id].append(link.file)
    judged = _judged(actor, (f for group in files.values() for f in group))
    kept = [e for e in entries if any(judged[f.pk].open for f in files[e.pk])]
    parts = _parts(kept)
    return [_reading(e, files[e.pk], parts[e.pk], judged) for e in kept]


@dataclass(frozen=True)
class Judged:
    """What one reader may have of one file: which kinds, and whether it shuts what it shares with others."""

    kinds: frozenset[Content]
    shuts: bool

    @property
    def open(self) -> bool:
        return Content.CORE in self.kinds


def _judged(actor: Actor, files: Iterable[File]) -> dict[int, Judged]:
    """Judge files already read with their level: one query, for the ties."""
    sight, levels = sight_of(actor), {f.pk: Level(f.level) for f in files}
    ties = sight.ties_on(levels) if levels else {}
    found = {}
    for pk, level in levels.items():
        mine = ties.get(pk, frozenset())
        kinds = sight.kinds_open(Situation(sight.work, mine, level, Content.CORE, Verb.READ, sight.cleared))
        closed = level > Level.OPEN or Tie.BARRED in mine
        found[pk] = Judged(kinds, shuts=closed and Content.CORE not in kinds)
    return found


def _parts(entries: Sequence[Entry]) -> dict[int, list[Part]]:
    words = Paragraph.objects.select_related("about", "given_by", "seal").order_by("row", "pk")
    rows = Part.objects.filter(entry__in=entries).prefetch_related(Prefetch("paragraphs", words))
    found: dict[int, list[Part]] = defaultdict(list)
    for part in rows.order_by(F("file_id").asc(nulls_first=True), "pk"):
        found[part.entry_id].append(part)
    return found


def _reading(entry: Entry, files: list[File], parts: list[Part], judged: dict[int, Judged]) -> Reading:
    opened = [judged[f.pk].kinds for f in files if judged[f.pk].open]
    common = frozenset.intersection(*opened)
    shared_open = not any(judged[f.pk].shuts for f in files)
    reading = Reading(entry, [f for f in files if judged[f.pk].open], [], shared_open)
    for part in parts:
        kinds = common if shared_open else frozenset()
        if part.file_id:
            kinds = judged[part.file_id].kinds if judged[part.file_id].open else frozenset()
        if kinds:
            reading.take(part, kinds)
    return reading


def is_sealed(paragraph: Paragraph) -> bool:
    """Say whether two people have closed these words."""
    seal = getattr(paragraph, "seal", None)
    return seal is not None and seal.agreed_at is not None


Edge = tuple[datetime, int]


def timeline(
    actor: Actor,
    files: Sequence[File],
    *,
    want: int = 50,
    kinds: Iterable[str] = (),
    before: Entry | None = None,
) -> list[Reading]:
    """Give the newest entries of these files that tell this reader anything, refilled: a short page would tell.

    Newest first by `(happened_at, id)`, older than `before` when it is given. Each refill reads four times as
    far: at most five, which is deeper than any family's story, then whatever was found.
    """
    ids, kinds = sorted({f.pk for f in files}), list(kinds)
    out: list[Reading] = []
    edge: Edge | None = (before.happened_at, before.pk) if before else None
    look = want + 10
    judged: dict[int, Judged] = {}
    for _ in range(REFILLS):
        rows = _window(ids, edge, look, kinds)
        out += _told(actor, [pk for _, pk in rows], frozenset(ids), judged, want - len(out))
        if len(out) >= want or len(rows) < look:
            break
        edge, look = rows[-1], look * 4
    return out[:want]


def _told(
    actor: Actor, wanted: Sequence[int], ids: frozenset[int], judged: dict[int, Judged], want: int
) -> list[Reading]:
    """Judge a run of entries by their files first; read words only for as many as are wanted."""
    links = EntryFile.objects.filter(entry__in=wanted).select_related("file__person").order_by("file_id")
    files: dict[int, list[File]] = defaultdict(list)
    for link in links:
        files[link.entry_id].append(link.file)
    judged |= _judged(actor, (f for group in files.values() for f in group if f.pk not in judged))
    open_to_me = [pk for pk in wanted if any(f.pk in ids and judged[f.pk].open for f in files[pk])]
    open_to_me = _with_open_part(open_to_me, files, judged)
    out: list[Reading] = []
    for start in range(0, len(open_to_me), want + 10):
        out += _read(open_to_me[start : start + want + 10], files, judged)
        if len(out) >= want:
            break
    return out


def _with_open_part(wanted: list[int], files: dict[int, list[File]], judged: dict[int, Judged]) -> list[int]:
    """Drop entries whose shared words are shut, unless a child whose file is open has words of their own in them."""
    shut = [pk for pk in wanted if any(judged[f.pk].shuts for f in files[pk])]
    if not shut:
        return wanted
    mine = [pk for pk, one in judged.items() if one.open]
    own = set(Part.objects.filter(entry__in=shut, file__in=mine).values_list("entry_id", flat=True))
    gone = set(shut) - own
    return [pk for pk in wanted if pk not in gone]


def _read(wanted: Sequence[int], files: dict[int, list[File]], judged: dict[int, Judged]) -> list[Reading]:
    rows = Entry.objects.filter(pk__in=wanted).exclude(status=Status.SUPERSEDED).select_related("author", "family")
    by_pk = {e.pk: e for e in rows}
    parts = _parts(list(by_pk.values()))
    found = [_reading(by_pk[pk], files[pk], parts[pk], judged) for pk in wanted if pk in by_pk]
    return [r for r in found if r.tells]


def _window(ids: Sequence[int], edge: Edge | None, want: int, kinds: Iterable[str]) -> list[Edge]:
    rows = EntryFile.objects.filter(file__in=ids)
    if kinds:
        rows = rows.filter(entry__kind__in=kinds)
    if edge:
        when, pk = edge
        rows = rows.filter(Q(happened_at__lt=when) | Q(happened_at=when, entry__lt=pk))
    found = rows.order_by("-happened_at", "-entry").values_list("happened_at", "entry")
    return list(dict.fromkeys(found[: want * max(1, len(ids))]))[:want]


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


def files_under(seal: Seal) -> list[UUID]:
    """Addresses of the files the sealed words are in, for the ledger."""
    return list(EntryFile.objects.filter(entry=seal.paragraph.part.entry_id).values_list("file__ref", flat=True))


def newest(files: Sequence[File], kind: str) -> list[Entry]:
    """Entries of one kind in these files that nothing has replaced, newest first. Sight is asked by `readings`."""
    rows = Entry.objects.filter(files__file__in=files, kind=kind, superseded_by__isnull=True)
    return list(rows.select_related("author", "family").distinct().order_by("-happened_at", "-pk"))


def tie_names(actor: Actor, file: File) -> frozenset[Tie]:
    """Why this reader may see this file: the ties in force, to be shown as a reason."""
    return sight_of(actor).ties_on([file.pk]).get(file.pk, frozenset())
