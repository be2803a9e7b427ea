"""Sharing out the room between two rows: where each line leaves and reaches a symbol, and the height it runs at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kith.people.relationships.tree.facts import One, Shape, Style
from kith.people.relationships.tree.order import PLACE, Beside, Knot, Ordered
from kith.people.relationships.tree.placing import HALF

LANE, AIR, FORK, APART = 14, 12, 20, 5
"""Between two lines that run side by side, above and below them, for twins to part in, and between two that go down."""

PORTS, STEP = 36, 10
"""The part of a symbol's edge that lines may leave from, and the room between two of them."""

Span = tuple[float, float]


def edge(one: One, off: float) -> float:
    """How far above or below its middle a symbol ends, this far to the side of it: where a line meets it."""
    off = abs(off)
    if one.shape is Shape.CIRCLE:
        return float((HALF**2 - off**2) ** 0.5)
    return HALF - off if one.shape is Shape.DIAMOND else float(HALF)


def top_edge(one: One, off: float) -> float:
    """As `edge`, for what comes from above: a triangle stands on its base."""
    return HALF - 2 * abs(off) if one.shape is Shape.TRIANGLE else edge(one, off)


def shared_out(spans: Mapping[int, Span]) -> dict[int, int]:
    """Give each span a lane, shortest first, so that no two on a lane touch."""
    lanes: list[list[Span]] = []
    found: dict[int, int] = {}
    for name, (left, right) in sorted(spans.items(), key=lambda s: (s[1][1] - s[1][0], s[1], s[0])):
        free = (i for i, lane in enumerate(lanes) if all(right + 6 < a or b + 6 < left for a, b in lane))
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((left, right))
        found[name] = lane
    return found


@dataclass
class Channel:
    """The room beneath one row: lanes for couples, for brothers and sisters, a fork for twins, how people get on.

    Knots and lines within a row are known by their number in `Ordered`. Heights are measured down from its top.
    """

    couples: dict[int, int] = field(default_factory=dict)
    buses: dict[int, int] = field(default_factory=dict)
    bonds: dict[int, int] = field(default_factory=dict)
    fork: bool = False

    @property
    def _couples_end(self) -> float:
        return AIR + LANE * (max(self.couples.values(), default=-1) + 1)

    @property
    def _buses_end(self) -> float:
        return self._couples_end + LANE * (max(self.buses.values(), default=-1) + 1)

    @property
    def height(self) -> float:
        """How much room it all takes."""
        forked = self._buses_end + (FORK if self.fork else 0)
        return forked + LANE * (max(self.bonds.values(), default=-1) + 1) + AIR

    def couple(self, name: int) -> float:
        """How far down a couple's line runs: those close together nearest to them."""
        return AIR + LANE * self.couples[name]

    def bus(self, name: int) -> float:
        """How far down the line of brothers and sisters runs: the longest furthest from them."""
        return self._buses_end - LANE * (self.buses[name] + 1) + 4

    def bond(self, name: int) -> float:
        """How far down a line about two people of the row beneath runs."""
        return self.height - AIR - LANE * self.bonds[name]

    @property
    def fork_at(self) -> float:
        """Where the lines to twins have parted."""
        return self._buses_end + FORK - 4


@dataclass
class Ports:
    """Where lines leave and reach everybody: how far to the side of their middle, by the number of the line."""

    where: Mapping[int, float]
    bottom: dict[tuple[int, str], float] = field(default_factory=dict)
    top: dict[tuple[int, str], float] = field(default_factory=dict)

    def under(self, key: int, line: str) -> float:
        """The point along the row at which this line leaves somebody downwards."""
        return self.where[key] + self.bottom.get((key, line), 0)

    def over(self, key: int, line: str) -> float:
        """The point along the row at which this line comes to somebody from above."""
        return self.where[key] + self.top.get((key, line), 0)


def knot_line(number: int) -> str:
    """What a knot's line is called among ports."""
    return f"k{number}"


def beside_line(number: int) -> str:
    """What a line within a row is called among ports."""
    return f"b{number}"


def ports_of(found: Ordered, where: Mapping[int, float]) -> Ports:
    """Share out the bottom and top edges of every symbol among the lines that leave and reach it."""
    ports = Ports(where)
    below, above = _ends(found, where)
    for key, ends in below.items():
        if key > PLACE:
            ports.bottom |= {(key, line): off for line, off in _bottom(where[key], ends)}
    taken = _taken(found, ports)
    for key, ends in sorted(above.items(), key=lambda e: where[e[0]]):
        if key > PLACE:
            _top(ports, key, ends, taken)
    return ports


Ends = dict[int, list[tuple[str, float | None, bool]]]


def _ends(found: Ordered, where: Mapping[int, float]) -> tuple[Ends, Ends]:
    """For everybody, the lines beneath and above them, each with where it goes and whether it is by birth."""
    below: Ends = defaultdict(list)
    above: Ends = defaultdict(list)
    for n, knot in enumerate(found.knots):
        children = [where[k] for k, _ in knot.below]
        for key in knot.above:
            to = [where[k] for k in knot.above if k != key] if knot.couple else None
            goes = to[0] if to else None
            below[key].append((knot_line(n), goes, True))
        parents = [where[k] for k in knot.above] or children
        for key, style in knot.below:
            born = style is Style.BIRTH and knot.bond is None
            above[key].append((knot_line(n), sum(parents) / len(parents), born))
    for n, beside in enumerate(found.besides):
        ends = above if beside.bond else below
        for key, other in ((beside.one, beside.other), (beside.other, beside.one)):
            ends[key].append((beside_line(n), where[other], False))
    return below, above


def _bottom(x: float, ends: Sequence[tuple[str, float | None, bool]]) -> list[tuple[str, float]]:
    """Those to the left, nearest first; straight down; those to the right, furthest first: so none crosses another."""
    left = sorted((e for e in ends if e[1] is not None and e[1] < x), key=lambda e: -(e[1] or 0))
    down = [e for e in ends if e[1] is None]
    right = sorted((e for e in ends if e[1] is not None and e[1] >= x), key=lambda e: -(e[1] or 0))
    order = [line for line, _, _ in (*left, *down, *right)]
    step = min(STEP, PORTS / max(len(order) - 1, 1))
    return [(line, round(step * (i - (len(order) - 1) / 2), 1)) for i, line in enumerate(order)]


@dataclass
class _Taken:
    """Where lines go down into the room above each row, and the row of everybody."""

    rows: Mapping[int, int]
    points: dict[int, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))


def _taken(found: Ordered, ports: Ports) -> _Taken:
    """Where lines go down from the row above, and the places that lines pass through."""
    taken = _Taken({k: r for r, row in enumerate(found.rows) for k in row})
    for n, knot in enumerate(found.knots):
        for key in knot.above:
            taken.points[taken.rows[key] + 1].append((ports.under(key, knot_line(n)), knot_line(n)))
        for key, _ in knot.below:
            if key <= PLACE:
                taken.points[taken.rows[key]].append((ports.where[key], knot_line(n)))
    for n, beside in enumerate(found.besides):
        for key in (beside.one, beside.other) if not beside.bond else ():
            taken.points[taken.rows[key] + 1].append((ports.under(key, beside_line(n)), beside_line(n)))
    return taken


def _top(ports: Ports, key: int, ends: Sequence[tuple[str, float | None, bool]], taken: _Taken) -> None:
    """The line of birth comes to the middle, others beside it from their own side; none on a line of another."""
    x, here = ports.where[key], taken.points[taken.rows[key]]
    for n, (line, to, born) in enumerate(sorted(ends, key=lambda e: not e[2])):
        side = -1 if to is not None and to < x else 1
        first = 0 if n == 0 and born else side * STEP
        tries = sorted(range(-PORTS // 2, PORTS // 2 + 1, 2), key=lambda o: abs(o - first))
        off = max(tries, key=lambda o: min(_clear(x + o, line, here), APART))
        ports.top[key, line] = off
        here.append((x + off, line))


def _clear(x: float, line: str, taken: Iterable[tuple[float, str]]) -> float:
    """How far the nearest other line is from this point."""
    return min((abs(x - other) for other, name in taken if line != name), default=float(PORTS))


def besides_of(found: Ordered, row: int, *, bonds: bool) -> list[tuple[int, Beside]]:
    """The lines within this row: how people get on, or care."""
    return [(n, b) for n, b in enumerate(found.besides) if b.row == row and bool(b.bond) is bonds]


def knots_of(found: Ordered, row: int) -> list[tuple[int, Knot]]:
    """The knots that hang beneath this row."""
    return [(n, k) for n, k in enumerate(found.knots) if k.row == row]
