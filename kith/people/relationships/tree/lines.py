"""Drawing the lines: couples joined beneath, children hung by age, twins from one point, all round every symbol."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kith.people.relationships.tree.facts import APART as NO_LONGER
from kith.people.relationships.tree.facts import COUPLES, Read, Style, Tie, twins
from kith.people.relationships.tree.lanes import (
    APART,
    Channel,
    Ports,
    Span,
    beside_line,
    besides_of,
    edge,
    knot_line,
    knots_of,
    ports_of,
    shared_out,
    top_edge,
)
from kith.people.relationships.tree.order import PLACE, Knot, Ordered

Point = tuple[float, float]
SOLID, DASHED, UNSAID = "kin", "kin-dashed", "kin-unsaid"
BAR, SLANT = 9, 4
"""Half the height of the bar of a separation, and how far it leans."""


@dataclass(frozen=True)
class Stroke:
    """One line through these points, dressed by this class. `about` are those it speaks of."""

    points: tuple[Point, ...]
    looks: str
    about: tuple[int, ...] = ()


@dataclass(frozen=True)
class Levels:
    """The height of every row's middle, of its edges, and the channels between; `end` is the foot of it all."""

    middle: list[float]
    half: float
    channels: list[Channel]
    head: Channel
    end: float

    def below(self, row: int) -> float:
        """Where the channel beneath this row begins; row -1 is above the first."""
        return self.middle[row] + self.half if row >= 0 else 0.0


@dataclass
class Drawn:
    """Every line, with where the rows are."""

    levels: Levels
    strokes: list[Stroke] = field(default_factory=list)


@dataclass
class _Pen:
    read: Read
    found: Ordered
    where: Mapping[int, float]
    ports: Ports
    drops: dict[int, float]
    joins: dict[int, dict[int, float]]
    levels: Levels
    strokes: list[Stroke] = field(default_factory=list)

    def draw(self, points: Iterable[Point], looks: str, about: Iterable[int] = ()) -> None:
        turns: list[Point] = []
        for x, y in points:
            point = (round(x, 1), round(y, 1))
            if not turns or turns[-1] != point:
                turns.append(point)
        if len(turns) > 1:
            self.strokes.append(Stroke(tuple(turns), looks, tuple(about)))

    def foot(self, key: int, row: int, line: str) -> Point:
        """Where a line leaves somebody downwards: the edge of their symbol, or the middle of a place."""
        off, y = self.ports.bottom.get((key, line), 0.0), self.levels.middle[row]
        return self.where[key] + off, y + (edge(self.read.people[key], off) if key > PLACE else 0)

    def crown(self, key: int, row: int, line: str) -> Point:
        """Where a line comes to somebody from above."""
        off, y = self.ports.top.get((key, line), 0.0), self.levels.middle[row]
        return self.where[key] + off, y - (top_edge(self.read.people[key], off) if key > PLACE else 0)


def drawn(read: Read, found: Ordered, where: Mapping[int, float], half: float) -> Drawn:
    """Draw every line. `half` is half the height of a row with the outlines of homes round it."""
    found = replace(found, knots=[k for k in found.knots if not k.unseen])
    ports = ports_of(found, where)
    drops: dict[int, float] = {}
    joins: dict[int, dict[int, float]] = {}
    channels: list[Channel] = []
    for row in range(-1, len(found.rows)):
        channel, dropped, joined = _channel(read, found, ports, row)
        drops |= dropped
        joins |= joined
        channels.append(channel)
    levels = _levels(channels, half)
    pen = _Pen(read, found, where, ports, drops, joins, levels)
    for n, knot in enumerate(found.knots):
        if knot.bond:
            _bond_down(pen, n, knot)
        else:
            _couple(pen, n, knot)
            _hang(pen, n, knot)
    for row in range(len(found.rows)):
        _within(pen, row)
    return Drawn(levels, pen.strokes)


def _levels(channels: Sequence[Channel], half: float) -> Levels:
    head, *rest = channels
    y, middle = head.height if head.buses or head.bonds else 0.0, []
    for channel in rest:
        middle.append(y + half)
        y += 2 * half + channel.height
    last = rest[-1] if rest else head
    return Levels(middle, half, list(rest), head, y if last.couples or last.buses else y - last.height)


def _channel(
    read: Read, found: Ordered, ports: Ports, row: int
) -> tuple[Channel, dict[int, float], dict[int, dict[int, float]]]:
    """Share out the room beneath one row: where couples' lines drop, what hangs from them, and who has which lane."""
    couples: dict[int, Span] = {}
    for n, knot in knots_of(found, row):
        if knot.couple:
            ends = [ports.under(k, knot_line(n)) for k in knot.above]
            couples[n] = (min(ends), max(ends))
    for n, beside in besides_of(found, row, bonds=False):
        ends = [ports.under(k, beside_line(n)) for k in (beside.one, beside.other)]
        couples[-1 - n] = (min(ends), max(ends))
    joins = {n: _joined(read, knot, ports, knot_line(n)) for n, knot in knots_of(found, row)}
    drops = _dropped(found, ports, row, couples, joins)
    buses = {}
    for n, join in joins.items():
        span = [*join.values(), *([drops[n]] if n in drops else [])]
        if span and max(span) - min(span) > 0:
            buses[n] = (min(span), max(span))
    bonds = {}
    for n, beside in besides_of(found, row + 1, bonds=True):
        ends = [ports.over(k, beside_line(n)) for k in (beside.one, beside.other)]
        bonds[n] = (min(ends), max(ends))
    fork = any(len(set(join.values())) < len(join) for join in joins.values())
    return Channel(shared_out(couples), shared_out(buses), shared_out(bonds), fork), drops, joins


def _joined(read: Read, knot: Knot, ports: Ports, line: str) -> dict[int, float]:
    """Where each child's line leaves the line of brothers and sisters: twins share one point."""
    born = [k for k, style in knot.below if style is Style.BIRTH and k in read.people]
    joined = {k: ports.over(k, line) for k, _ in knot.below}
    for group in twins(read.people, born) if knot.bond is None else ():
        middle = sum(joined[k] for k in group) / len(group)
        joined |= dict.fromkeys(group, round(middle, 1))
    return joined


def _dropped(
    found: Ordered, ports: Ports, row: int, couples: Mapping[int, Span], joins: Mapping[int, Mapping[int, float]]
) -> dict[int, float]:
    """Where each line goes down: from one person straight, from a couple nearest the middle of their children."""
    knots = knots_of(found, row)
    taken = [(ports.under(k, knot_line(n)), -1) for n, knot in knots for k in knot.above]
    taken += [
        (ports.under(k, beside_line(n)), -1) for n, b in besides_of(found, row, bonds=False) for k in (b.one, b.other)
    ]
    taken += [(x, n) for n, join in joins.items() for x in join.values()]
    drops: dict[int, float] = {}
    for n, knot in knots:
        if not (knot.above and knot.below):
            continue
        if n not in couples:
            drops[n] = ports.under(knot.above[0], knot_line(n))
            continue
        left, right = couples[n]
        points = list(joins[n].values())
        middle = (min(points) + max(points)) / 2
        near = min(points, key=lambda x: abs(x - middle))
        wish = near if len(points) == 1 or abs(near - middle) < 2 * APART else middle
        drops[n] = _free(min(max(wish, left + 14), right - 14), (left + 8, right - 8), n, taken)
        taken.append((drops[n], n))
    return drops


def _free(wish: float, span: Span, name: int, taken: Sequence[tuple[float, int]]) -> float:
    """The point nearest to the one wished for on which no other line goes down."""
    left, right = span
    tries = [x for step in range(40) for x in (wish + 6 * step, wish - 6 * step) if left <= x <= right]
    clear = (x for x in tries if all(n == name or abs(x - other) >= APART for other, n in taken))
    return next(clear, min(max(wish, left), right))


def _couple(pen: _Pen, n: int, knot: Knot) -> None:
    """Two people joined beneath: doubled for kin, dotted where nobody said they were a couple, barred when apart."""
    if not knot.couple or knot.of is None:
        return
    ends = sorted(pen.foot(k, knot.row, knot_line(n)) for k in knot.above)
    (a, top), (b, other) = ends
    y = pen.levels.below(knot.row) + pen.levels.channels[knot.row].couple(n)
    looks = SOLID if knot.of.couple in COUPLES else UNSAID
    pen.draw([(a, top), (a, y), (b, y), (b, other)], looks, knot.of.above)
    if knot.of.blood:
        pen.draw([(a, y - 4), (b, y - 4)], looks, knot.of.above)
    bars = {"separated": 1, "divorced": 2}.get(knot.of.couple, 0) if knot.of.couple in NO_LONGER else 0
    turns = sorted([a, b, *([pen.drops[n]] if n in pen.drops else [])])
    left, right = max(pairwise(turns), key=lambda gap: gap[1] - gap[0])
    for bar in range(bars):
        x = (left + right) / 2 + 7 * (bar - (bars - 1) / 2)
        pen.draw([(x - SLANT, y + BAR), (x + SLANT, y - BAR)], SOLID, knot.of.above)


def _hang(pen: _Pen, n: int, knot: Knot) -> None:
    """Children from the line above them: down, along, and down to each."""
    if not knot.below:
        return
    channel = pen.levels.channels[knot.row] if knot.row >= 0 else pen.levels.head
    start, join = pen.levels.below(knot.row), pen.joins[n]
    for style in (Style.CARE, Style.ADOPTED, Style.BIRTH):
        children = [k for k, s in knot.below if s is style]
        if not children:
            continue
        looks = SOLID if style is Style.BIRTH else DASHED
        fork = start + channel.fork_at
        for key in children:
            x, y = pen.crown(key, knot.row + 1, knot_line(n))
            at = join[key]
            along = start + channel.bus(n) if n in channel.buses else None
            path = [] if along is None else [(at, along)]
            path += [(at, fork - 14), (x, fork)] if at != x else []
            pen.draw([*_down(pen, n, knot, along), *path, (x, y)], looks, (key,))


def _down(pen: _Pen, n: int, knot: Knot, along: float | None) -> list[Point]:
    """The way from those above to where one child's line goes down."""
    if not knot.above:
        others = [x for x in pen.joins[n].values() if along is not None]
        return [((min(others) + max(others)) / 2, along)] if others and along is not None else []
    if knot.couple:
        channel = pen.levels.channels[knot.row]
        start = (pen.drops[n], pen.levels.below(knot.row) + channel.couple(n))
    else:
        start = pen.foot(knot.above[0], knot.row, knot_line(n))
    return [start, (start[0], along)] if along is not None else [start]


def _within(pen: _Pen, row: int) -> None:
    """Lines between two of one row: care beneath them, how they get on above."""
    for n, beside in besides_of(pen.found, row, bonds=False):
        a, b = (pen.foot(k, row, beside_line(n)) for k in (beside.one, beside.other))
        y = pen.levels.below(row) + pen.levels.channels[row].couple(-1 - n)
        pen.draw([a, (a[0], y), (b[0], y), b], DASHED, (beside.one, beside.other))
    above = pen.levels.channels[row - 1] if row else pen.levels.head
    for n, beside in besides_of(pen.found, row, bonds=True):
        a, b = (pen.crown(k, row, beside_line(n)) for k in (beside.one, beside.other))
        y = pen.levels.below(row - 1) + above.bond(n)
        if beside.bond:
            _bond(pen, [a, (a[0], y), (b[0], y), b], beside.bond)


def _bond_down(pen: _Pen, n: int, knot: Knot) -> None:
    """How two people of different rows get on."""
    channel, start = pen.levels.channels[knot.row], pen.levels.below(knot.row)
    key = knot.below[0][0]
    top, end = pen.foot(knot.above[0], knot.row, knot_line(n)), pen.crown(key, knot.row + 1, knot_line(n))
    along = [start + channel.bus(n)] if n in channel.buses else []
    if knot.bond:
        _bond(pen, [top, *((x, y) for y in along for x in (top[0], end[0])), end], knot.bond, signed=knot.whole)


def _bond(pen: _Pen, points: Sequence[Point], tie: Tie, *, signed: bool = True) -> None:
    """A line about how two people get on, with its own shape: nobody has to tell colours apart."""
    about, looks = (tie.one, tie.other), f"bond bond-{tie.quality}"
    a, b = max(pairwise(points), key=lambda s: abs(s[0][0] - s[1][0]) + abs(s[0][1] - s[1][1]))
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    if tie.quality in ("conflict", "frightening"):
        _zig_zag(pen, points, (a, b), looks, about)
        if tie.quality == "frightening":
            pen.draw(points, looks, about)
        return
    pen.draw(points, looks, about)
    if tie.quality == "close":
        pen.draw(points, "bond-core", about)
    if tie.quality == "cut-off" and signed:
        level = a[1] == b[1]
        for off in (-4, 4):
            ends = [(off - SLANT, 7), (off + SLANT, -7)] if level else [(-7, off + SLANT), (7, off - SLANT)]
            pen.draw([(middle[0] + x, middle[1] + y) for x, y in ends], "bond bond-bar", about)


def _zig_zag(pen: _Pen, points: Sequence[Point], long: tuple[Point, Point], looks: str, about: tuple[int, int]) -> None:
    """The longest part of the way in teeth, four units to either side."""
    path: list[Point] = [points[0]]
    for a, b in pairwise(points):
        if (a, b) == long:
            length = abs(b[0] - a[0]) + abs(b[1] - a[1])
            teeth = max(2, int(length // 8))
            level = a[1] == b[1]
            for i in range(1, teeth):
                x, y = a[0] + (b[0] - a[0]) * i / teeth, a[1] + (b[1] - a[1]) * i / teeth
                off = 4 if i % 2 else -4
                path.append((x, y + off) if level else (x + off, y))
        path.append(b)
    pen.draw(path, looks, about)
