"""One entry as one reader may see it: files judged first, then words read, and only for what is to be shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation
from django.utils import timezone

from kith.access.actor import Actor
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.entries.imprint import ALTERED, is_whole
from kith.people.entries.models import Attachment, Dissent, Entry, Paragraph, Part, Present, Shared
from kith.people.persons.models import File
from kith.people.sight.queries import sight_of

TITLES = {
    "best-hope": "A hope.",
    "bottom-line": "A bottom line.",
    "bottom-line-agreed": "A bottom line, agreed by a manager.",
    "bottom-line-told": "A bottom line, told to the family.",
    "contact": "First call.",
    "contact-decision": "What followed the call.",
    "decision": "Decision.",
    "existing-safety": "A time someone kept the children safe.",
    "factor": "What makes it harder.",
    "goal": "What good looks like.",
    "harm": "What has happened.",
    "map-ended": "What became of something on the map.",
    "need": "What may be underneath.",
    "network-left": "Somebody has left the network.",
    "network-member": "Somebody round the children.",
    "next-step": "A next step.",
    "not-known": "What we do not know yet.",
    "note": "Note.",
    "plan": "Plan.",
    "plan-answers": "What people said to the plan.",
    "scale": "What 0 and 10 mean.",
    "scores": "Numbers.",
    "statement": "Worry.",
    "strength": "A good thing.",
    "statement-settled": "What became of a worry.",
    "wondering": "Something we wonder about.",
}


@dataclass
class Reading:
    """One entry as one reader may see it: only open parts, only the kinds open to them, no sealed or altered words."""

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

    def take(self, part: int, words: Iterable[Paragraph], kinds: frozenset[Content]) -> None:
        """Open one part, as far as these kinds of content go."""
        self.parts[part] = kinds
        for p in words:
            if p.content not in kinds:
                self.kept_back += 1
            elif is_sealed(p):
                self.closed += 1
            else:
                self.paragraphs.append(p if is_whole(p) else _altered(p))

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


def _altered(p: Paragraph) -> Paragraph:
    p.text, p.given_by_words, p.own_words = ALTERED, "", False
    return p


@dataclass(frozen=True)
class Judged:
    """What one reader may have of one file: which kinds, and whether it shuts what it shares with others."""

    kinds: frozenset[Content]
    shuts: bool

    @property
    def open(self) -> bool:
        """Whether the ordinary record of this file may be read."""
        return Content.CORE in self.kinds


def judged_files(actor: Actor, files: Iterable[int]) -> dict[int, Judged]:
    """Judge these files for every kind of content: one query, none for those a reading request has judged before."""
    sight = sight_of(actor)
    found = {}
    for pk, situation in sight.situations(files, Verb.READ, Content.CORE).items():
        kinds = sight.kinds_open(situation)
        closed = situation.level > Level.OPEN or Tie.BARRED in situation.ties
        found[pk] = Judged(kinds, shuts=closed and Content.CORE not in kinds)
    return found


def unread(entry: Entry, ids: Iterable[int], files: Mapping[int, File], judged: Mapping[int, Judged]) -> Reading | None:
    """Judge an entry by all the files it is in (`ids`) before any of its words are read; None when nothing is open.

    The shared words are open when one of its files is, and none of them is closed or barred to this reader. Of
    `files` only the open ones are needed.
    """
    all_of_it = sorted(ids)
    opened = [files[pk] for pk in all_of_it if judged[pk].open]
    return Reading(entry, opened, [], not any(judged[pk].shuts for pk in all_of_it)) if opened else None


def with_words(readings: Sequence[Reading], judged: Mapping[int, Judged]) -> list[Reading]:
    """Read the words of these entries into them, as far as their files are open. One query."""
    parts = _parts([r.entry.pk for r in readings])
    for reading in readings:
        common = frozenset.intersection(*(judged[f.pk].kinds for f in reading.files))
        for part, words in parts[reading.entry.pk]:
            kinds = common if reading.shared_open else frozenset()
            if part.file_id:
                kinds = judged[part.file_id].kinds if judged[part.file_id].open else frozenset()
            if kinds:
                reading.take(part.pk, words, kinds)
    return list(readings)


def _parts(entries: Sequence[int]) -> dict[int, list[tuple[Part, list[Paragraph]]]]:
    """Give each entry's parts, the shared one first, each with its paragraphs in the order of their rows."""
    rows = Part.objects.filter(entry__in=entries).annotate(words=FilteredRelation("paragraphs"))
    rows = rows.select_related("words__about", "words__given_by", "words__seal")  # type: ignore[misc]  # see above
    in_order = rows.order_by(F("file_id").asc(nulls_first=True), "pk", "words__row", "words__pk")
    parts: dict[int, tuple[Part, list[Paragraph]]] = {}
    for row in in_order if entries else ():
        words = parts.setdefault(row.pk, (row, []))[1]
        words += [row.words] if getattr(row, "words", None) else []
    found: dict[int, list[tuple[Part, list[Paragraph]]]] = defaultdict(list)
    for part, words in parts.values():
        found[part.entry_id].append((part, words))
    return found


def is_sealed(paragraph: Paragraph) -> bool:
    """Say whether two people have closed these words."""
    seal = getattr(paragraph, "seal", None)
    return seal is not None and seal.agreed_at is not None
