"""Questions about entries: what one holds for this reader, and a family's story newest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q

from kith.access.actor import Actor
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.entries.models import Dissent, Entry, EntryFile, Paragraph, Part, Present, Status
from kith.people.persons.models import File
from kith.people.sight.queries import sight_of

REFILLS = 5
TITLES = {
    "contact": "First call.",
    "decision": "Decision.",
    "goal": "What good looks like.",
    "note": "Note.",
    "plan": "Plan.",
    "scores": "Numbers.",
    "statement": "Worry.",
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


def _with_company(reading: Reading) -> Reading:
    """Add who was there and who saw it differently: part of the shared words, and shut with them."""
    if reading.shared_open:
        there = Present.objects.filter(entry=reading.entry).select_related("person", "staff", "professional")
        reading.present = list(there.order_by("pk"))
        reading.dissents = list(reading.entry.dissents.select_related("person").order_by("said_on", "pk"))
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
    ids = {f.pk for group in files.values() for f in group}
    judged = _judged(actor, ids)
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


def _judged(actor: Actor, ids: Iterable[int]) -> dict[int, Judged]:
    sight = sight_of(actor)
    found = {}
    for pk, situation in sight.situations(ids, Verb.READ, Content.CORE).items():
        kinds = sight.kinds_open(situation)
        closed = situation.level > Level.OPEN or Tie.BARRED in situation.ties
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
    shown: list[Paragraph] = []
    for part in parts:
        kinds = common if shared_open else frozenset()
        if part.file_id:
            kinds = judged[part.file_id].kinds if judged[part.file_id].open else frozenset()
        shown += [p for p in part.paragraphs.all() if p.content in kinds and not is_sealed(p)]
    return Reading(entry, [f for f in files if judged[f.pk].open], shown, shared_open)


def is_sealed(paragraph: Paragraph) -> bool:
    """Say whether two people have closed these words."""
    seal = getattr(paragraph, "seal", None)
    return seal is not None and seal.agreed_at is not None


def timeline(actor: Actor, files: Sequence[File], *, want: int = 50, kinds: Iterable[str] = ()) -> list[Reading]:
    """Give the newest entries of these files, as this reader may see them, refilled so that a short page tells nothing.

    Newest first by `(happened_at, id)`; at most five refills, then whatever was found.
    """
    ids = sorted(actor.sees([f.pk for f in files]))
    out: list[Reading] = []
    edge: tuple[datetime, int] | None = None
    for _ in range(REFILLS):
        rows = _window(ids, edge, want + 10, kinds)
        if not rows:
            break
        edge = rows[-1]
        wanted = list(dict.fromkeys(pk for _, pk in rows))
        entries = Entry.objects.filter(pk__in=wanted).select_related("author", "family")
        entries = entries.exclude(status=Status.SUPERSEDED)
        by_pk = {e.pk: e for e in entries}
        got = readings(actor, [by_pk[pk] for pk in wanted if pk in by_pk])
        out += got
        if len(out) >= want:
            break
    return out[:want]


def _window(
    ids: Sequence[int], edge: tuple[datetime, int] | None, want: int, kinds: Iterable[str]
) -> list[tuple[datetime, int]]:
    rows = EntryFile.objects.filter(file__in=ids)
    if kinds:
        rows = rows.filter(entry__kind__in=list(kinds))
    if edge:
        when, pk = edge
        rows = rows.filter(Q(happened_at__lt=when) | Q(happened_at=when, entry__lt=pk))
    found = rows.order_by("-happened_at", "-entry").values_list("happened_at", "entry")
    return list(dict.fromkeys(found[: want * max(1, len(ids))]))[:want]


def newest(files: Sequence[File], kind: str) -> list[Entry]:
    """Entries of one kind in these files that nothing has replaced, newest first. Sight is asked by `readings`."""
    rows = Entry.objects.filter(files__file__in=files, kind=kind, superseded_by__isnull=True)
    return list(rows.select_related("author", "family").distinct().order_by("-happened_at", "-pk"))


def tie_names(actor: Actor, file: File) -> frozenset[Tie]:
    """Why this reader may see this file: the ties in force, to be shown as a reason."""
    return sight_of(actor).ties_on([file.pk]).get(file.pk, frozenset())
