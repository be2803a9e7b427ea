"""Questions about the map: everything on it as one reader may see it, and one thing with what it said before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Count, Q

from kith.access.actor import Actor
from kith.casework.mapping import front
from kith.casework.mapping.front import Several, Whole
from kith.casework.mapping.models import Scale, Statement, Where
from kith.casework.mapping.queries import Shown
from kith.casework.mapping.words import Who
from kith.casework.maps.models import HarmTime, Kind, MapItem, Named, Which
from kith.casework.maps.words import MAIN
from kith.kit.days import PartDay
from kith.kit.days import Precision as KnownTo
from kith.people.entries.models import Entry
from kith.people.entries.queries import Reading, newest_version, readings, versions
from kith.people.entries.story import Story
from kith.people.persons.models import File, Person

Beside = TypeVar("Beside", Statement, Scale)
ON_IT = (*Kind.values, "statement", "goal", "scale", "scores")
"""The kinds of entry a map is made of."""
STANDS = Q(kind__in=ON_IT, superseded_by__isnull=True)
BESIDE = (
    *("statement", "goal", "scale", "map_item__harm", "map_item__bottom_line"),
    *front.BESIDE,
    *("name__person", "name__staff", "name__professional"),
    *("dissent__person", "time"),
)
MANY = {
    **front.MANY,
    "dissent": "dissents",
    "name": "named",
    "time": "map_item__harm__times",
}


@dataclass
class Laid:
    """One thing on the map as one reader may see it."""

    item: MapItem
    reading: Reading
    named: Mapping[str, list[Who]] = field(default_factory=dict)
    times: Mapping[str, HarmTime] = field(default_factory=dict)

    @property
    def ref(self) -> UUID:
        """Its address: that of its entry."""
        return self.reading.entry.ref

    @property
    def what(self) -> str:
        """The words that say the thing itself."""
        return self.reading.text(MAIN[Kind(self.item.kind)])

    @property
    def heading(self) -> str:
        """What kind of thing it is, in words."""
        return Kind(self.item.kind).label

    @property
    def child(self) -> Person | None:
        """The one child it tells of, for harm."""
        return self.reading.files[0].person if len(self.reading.files) == 1 else None

    @property
    def day(self) -> str:
        """When a time of safety was, as far as it is known."""
        return _in_words(self.item)

    @property
    def how_far(self) -> str:
        """How far a bottom line has come, in words (domain 1.10): agreed, then told, and only then it holds."""
        line = self.item.bottom_line
        if line.told_in_id:
            return "It held" if self.item.outcome else "It holds"
        if self.item.outcome:
            return "It never held"
        return "Agreed, and the family has not been told yet" if line.agreed_in_id else "It waits for a manager"

    def who(self, role: str) -> list[Who]:
        """Those named in this role, when this reader may know."""
        return self.named.get(role, [])

    def at(self, which: str) -> str:
        """The day of the first, worst or latest time of harm, as far as it is known."""
        return _in_words(self.times[which]) if which in self.times else ""

    @property
    def worst(self) -> str:
        """The day of the worst time."""
        return self.at(Which.WORST)


def part_day(row: MapItem | HarmTime) -> PartDay | None:
    """Give the day of a time of safety or of harm as far as it is known; none when none is."""
    return PartDay(row.on, cast("KnownTo", row.precision)) if row.on else None


def _in_words(row: MapItem | HarmTime) -> str:
    known = part_day(row)
    return known.in_words() if known else ""


@dataclass
class TheMap:
    """The map of some children, as one reader may see it: worries with goals and numbers, and everything else by kind.

    What has ended is not on it; the page of each thing and the timeline keep it.
    """

    worries: list[Shown]
    items: dict[str, list[Laid]]

    def of(self, kind: str) -> list[Laid]:
        """Everything of one kind, newest first; harm the worst first, then the newest."""
        return self.items.get(kind, [])

    @property
    def standing(self) -> list[Shown]:
        """The worries that are still open."""
        return [w for w in self.worries if w.statement.status == Where.OPEN]

    @property
    def settled(self) -> list[Shown]:
        """The worries that have eased, whose goal is met, or that others replaced."""
        return [w for w in self.worries if w.statement.status != Where.OPEN]

    @property
    def worried(self) -> int:
        """How many things stand in the first column."""
        return len(self.standing) + len(self.of(Kind.HARM)) + len(self.of(Kind.FACTOR))

    @property
    def working(self) -> int:
        """How many things stand in the second column."""
        return len(self.of(Kind.SAFETY)) + len(self.of(Kind.STRENGTH))

    @property
    def behaviours(self) -> list[list[Laid]]:
        """The rows of the harm matrix: each behaviour with its children, in the order of the map (domain 1.4)."""
        rows: dict[UUID, list[Laid]] = defaultdict(list)
        for laid in self.of(Kind.HARM):
            rows[laid.item.together].append(laid)
        return list(rows.values())


def map_of(actor: Actor, files: Sequence[File]) -> TheMap:
    """The map as it stands now. A fixed number of questions, however much is on it."""
    story = Story(actor, files, 0, also=STANDS, beside=BESIDE, many=MANY)
    return laid_out(story, story.standing)


def laid_out(story: Story, stands: Sequence[Reading]) -> TheMap:
    """Lay out what stands on a map, from entries read without their words; their words are read here. One question."""
    several = story.several
    whole = Whole(stands, several["worry"], several["score"], several["dissent"])
    on_it = [r for r in stands if hasattr(r.entry, "map_item") and not r.entry.map_item.outcome]
    story.newest(with_=[*whole.picked, *on_it])
    items: dict[str, list[Laid]] = defaultdict(list)
    for laid in (_laid(r, several["name"], several["time"]) for r in on_it):
        items[laid.item.kind].append(laid)
    items[Kind.HARM].sort(key=lambda laid: laid.item.harm.severity, reverse=True)
    return TheMap(whole.worries, items)


def open_item(actor: Actor, ref: UUID) -> Laid | None:
    """Find a thing on the map by the address of any version; the newest is given. Unknown and hidden: None."""
    entry = Entry.objects.filter(ref=ref, kind__in=Kind.values).select_related("author", "family").first()
    if entry is None:
        return None
    entry = newest_version(entry)
    beside_it = ("harm", "statement__entry", "scale__entry", "ended_in")
    line = ("bottom_line__agreed_in__author", "bottom_line__told_in__author")
    rows = MapItem.objects.filter(entry=entry).select_related(*beside_it, *line)
    entry.map_item = item = rows.get()
    beside = [one.entry for one in (item.statement, item.scale) if one]
    found = {r.entry.pk: r for r in readings(actor, [entry, *beside])}
    if entry.pk not in found:
        return None
    item.statement, item.scale = _if_open(item.statement, found), _if_open(item.scale, found)
    named = Named.objects.filter(entry=entry).select_related("person", "staff", "professional")
    times = HarmTime.objects.filter(harm__item=item.pk)
    return _laid(found[entry.pk], {entry.pk: {n.pk: n for n in named}}, {entry.pk: {t.pk: t for t in times}})


def _if_open(one: Beside | None, found: Mapping[int, Reading]) -> Beside | None:
    """Give the worry or scale a thing speaks of only where its own shared words are open: it may be in more files."""
    reading = found.get(one.entry_id) if one else None
    return one if reading and reading.shared_open else None


def said_before(actor: Actor, laid: Laid) -> list[Laid]:
    """What a thing on the map said before, newest first, as this reader may see it."""
    older = [r for r in versions(actor, laid.reading.entry) if r.entry.pk != laid.reading.entry.pk]
    rows = MapItem.objects.filter(entry__in=[r.entry for r in older]).select_related("harm")
    items = {item.entry_id: item for item in rows}
    return [Laid(items[r.entry.pk], r) for r in reversed(older) if r.entry.pk in items]


def _laid(reading: Reading, named: Several[Named], times: Several[HarmTime]) -> Laid:
    """Lay one thing out. Who is named and what was chosen is part of its shared words, and shut with them."""
    pk, item = reading.entry.pk, reading.entry.map_item
    if not reading.shared_open:
        return Laid(MapItem(entry=reading.entry, kind=item.kind, together=item.together), reading)
    whos: dict[str, list[Who]] = defaultdict(list)
    for row in sorted(named.get(pk, {}).values(), key=lambda n: n.pk):
        whos[row.role].append(Who(row.person, row.staff, row.professional))
    return Laid(item, reading, whos, {t.which: t for t in times.get(pk, {}).values()})


def most_bottom_lines(files: Iterable[File]) -> int:
    """How many bottom lines stand for the child of these who has the most, agreed or not (BL-1)."""
    standing = MapItem.objects.filter(kind=Kind.BOTTOM, outcome="", entry__superseded_by__isnull=True)
    counted = standing.filter(entry__files__file__in=list(files)).values("entry__files__file").annotate(n=Count("pk"))
    return max(counted.order_by().values_list("n", flat=True), default=0)


def bottom_lines_waiting(files: Iterable[int]) -> list[MapItem]:
    """Bottom lines in these files that a manager has not agreed, or the family has not been told of, oldest first."""
    rows = MapItem.objects.filter(kind=Kind.BOTTOM, outcome="", bottom_line__told_in__isnull=True)
    rows = rows.filter(entry__files__file__in=list(files), entry__superseded_by__isnull=True)
    rows = rows.select_related("bottom_line", "entry__author", "entry__family")
    return sorted({one.pk: one for one in rows}.values(), key=lambda one: (one.entry.recorded_at, one.pk))


def last_talk(account_id: int, files: Iterable[File], *, since: datetime) -> datetime | None:
    """When this worker's newest conversation about these children was, if they wrote it down since then.

    A form of the map begins with it: things put on the map one after another come from one conversation.
    """
    rows = Entry.objects.filter(author=account_id, files__file__in=list(files), recorded_at__gte=since)
    return rows.order_by("-recorded_at", "-pk").values_list("happened_at", flat=True).first()
