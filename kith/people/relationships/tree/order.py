"""Saying who stands beside whom: couples side by side, each family's people together, brothers and sisters by age.

A line that passes a row has a place of its own in it, so that no line ever passes through a symbol or a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kith.people.relationships.tree.facts import TOGETHER, Read, Shape, Style, Tie, Undrawn, Union, Why, age_order

PLACE = -(10**6)
"""Numbers from here down are places in a row that a line passes through."""


@dataclass(eq=False)
class Knot:
    """What hangs between one row and the next: at most two above, in `row`, and those beneath, in the row after.

    `of` is the union it is a part of; `bond` is how two people get on. With neither nothing is drawn: somebody who is
    no kin only stands near the child they live with.
    """

    row: int
    above: list[int]
    below: list[tuple[int, Style]]
    of: Union | None = None
    bond: Tie | None = None
    whole: bool = False

    @property
    def couple(self) -> bool:
        """Whether this is where two people are joined, rather than a line on its way."""
        return self.whole and len(self.above) > 1

    @property
    def unseen(self) -> bool:
        """Whether it only brings people near each other."""
        return self.of is None and self.bond is None


@dataclass(eq=False)
class Beside:
    """A line between two of one row that are not a couple: care (from beneath) or how they get on (from above)."""

    row: int
    one: int
    other: int
    bond: Tie | None = None


@dataclass
class Ordered:
    """Rows of people and places, left to right, what hangs between them, and lines within a row."""

    rows: list[list[int]]
    knots: list[Knot]
    besides: list[Beside]
    undrawn: list[Undrawn] = field(default_factory=list)


@dataclass
class _Weave:
    """Makes knots of unions: a line that skips a row is given a place in it."""

    read: Read
    rows: dict[int, int]
    knots: list[Knot] = field(default_factory=list)
    besides: list[Beside] = field(default_factory=list)
    undrawn: list[Undrawn] = field(default_factory=list)

    def place(self, row: int) -> int:
        key = PLACE - len(self.rows)
        self.rows[key] = row
        return key

    def down(self, key: int, row: int, style: Style, of: Union | None, bond: Tie | None = None) -> int:
        """Lead a line down from somebody to this row, place by place; gives the last place, or themselves."""
        while self.rows[key] < row:
            place = self.place(self.rows[key] + 1)
            self.knots.append(Knot(self.rows[key], [key], [(place, style)], of, bond))
            key = place
        return key

    def union(self, union: Union) -> None:
        reached = [(k, s) for k, s in union.children if not union.above or self._beneath(union, k, s)]
        base = max((self.rows[k] for k in union.above), default=min((self.rows[k] for k, _ in reached), default=1) - 1)
        first = union.children[0][1] if union.children else Style.BIRTH
        above = [self.down(k, base, first, union) for k in union.above]
        if len(above) > 1 or reached:
            knot = Knot(base, above, [], union, whole=True)
            self.knots.append(knot)
            knot.below = self._hung(knot, reached, base)

    def _beneath(self, union: Union, child: int, style: Style) -> bool:
        lowest = max(self.rows[k] for k in union.above)
        if lowest < self.rows[child]:
            return True
        if lowest == self.rows[child]:
            self.besides += [Beside(lowest, k, child) for k in union.above if self.rows[k] == lowest]
        else:
            kind = "parent" if style is Style.BIRTH else "carer"
            self.undrawn += [Undrawn(Tie(child, k, kind), Why.ROWS) for k in union.above]
        return False

    def _hung(self, knot: Knot, children: Iterable[tuple[int, Style]], base: int) -> list[tuple[int, Style]]:
        """Those right beneath, and a place for each who stands further down, led on from there."""
        below = []
        for child, style in children:
            place = child
            if self.rows[child] > base + 1:
                place = self.place(base + 1)
                last = self.down(place, self.rows[child] - 1, style, knot.of, knot.bond)
                self.knots.append(Knot(self.rows[last], [last], [(child, style)], knot.of, knot.bond))
            below.append((place, style))
        return below

    def bond(self, tie: Tie) -> None:
        upper, lower = sorted((tie.one, tie.other), key=lambda k: self.rows[k])
        if self.rows[upper] == self.rows[lower]:
            self.besides.append(Beside(self.rows[upper], upper, lower, tie))
            return
        knot = Knot(self.rows[upper], [upper], [], None, tie, whole=True)
        self.knots.append(knot)
        knot.below = self._hung(knot, [(lower, Style.BIRTH)], self.rows[upper])

    def near(self) -> None:
        """Bring whoever is joined to nobody near the child they live with."""
        joined = {k for knot in self.knots for k in (*knot.above, *(c for c, _ in knot.below))}
        for home in self.read.homes:
            for key in sorted(home.people - joined):
                beneath = [k for k in sorted(home.people & joined) if self.rows[k] == self.rows[key] + 1]
                self.knots += [Knot(self.rows[key], [key], [(k, Style.CARE)]) for k in beneath[:1]]


def ordered(read: Read, rows: dict[int, int], bonds: Sequence[Tie] = ()) -> Ordered:
    """Put everybody in their row from left to right, beginning with the parents of the children of the family."""
    weave = _Weave(read, dict(rows))
    for union in read.unions:
        weave.union(union)
    for bond in bonds:
        weave.bond(bond)
    weave.near()
    row = _Rows(read, weave.rows, weave.knots)
    row.fill()
    return Ordered(row.whole(), weave.knots, weave.besides, weave.undrawn)


RIGHT, LEFT = 1, -1


class _Rows:
    """Fills rows outward from the middle, one family after another, so that each family's people stay together."""

    def __init__(self, read: Read, rows: dict[int, int], knots: list[Knot]) -> None:
        self.read, self.rows, self.knots = read, rows, knots
        self.down: dict[int, list[Knot]] = defaultdict(list)
        self.up: dict[int, list[Knot]] = defaultdict(list)
        for knot in knots:
            for key in knot.above:
                self.down[key].append(knot)
            for key, _ in knot.below:
                self.up[key].append(knot)
        self.sides: dict[int, dict[int, list[int]]] = {LEFT: defaultdict(list), RIGHT: defaultdict(list)}
        self.placed: set[int] = set()
        self.done: set[Knot] = set()

    def whole(self) -> list[list[int]]:
        last = max(self.rows.values(), default=-1)
        return [[*reversed(self.sides[LEFT][r]), *self.sides[RIGHT][r]] for r in range(last + 1)]

    def fill(self) -> None:
        """Begin with the parents of the children of the family, then whoever nothing joins to them."""
        first = self._middle()
        if first is not None:
            self._begin(first)
        for key in sorted(self.rows, key=lambda k: (self.rows[k], k < 0, k)):
            self.visit(key, RIGHT)

    def _middle(self) -> Knot | None:
        """Where most of the children of the family hang."""
        people = self.read.people

        def weight(knot: Knot) -> tuple[int, int, int]:
            born = [k for k, style in knot.below if style is Style.BIRTH and k in people and people[k].index]
            return len(born), len(knot.below), -self.knots.index(knot)

        return max((k for k in self.knots if k.above and k.bond is None), key=weight, default=None)

    def _begin(self, knot: Knot) -> None:
        chain = self.chain(knot.above[0])
        self.push(chain, RIGHT)
        self.hang(chain, RIGHT)
        ends = [chain[0], chain[-1]]
        middle = [k for k in chain if k in knot.above]
        free = not any(self.up[k] for k in chain[chain.index(middle[0]) + 1 :])
        self.kin(middle[0], LEFT, younger=RIGHT if free else LEFT)
        for key in middle[1:]:
            self.kin(key, RIGHT)
        self.kin(ends[0], LEFT)
        for key in reversed(chain):
            self.kin(key, RIGHT)

    def visit(self, key: int, side: int) -> None:
        """Place somebody with their partners, their children beneath, and their own family beyond."""
        if key in self.placed:
            return
        chain = self.chain(key)
        inner = chain[0] if side == RIGHT else chain[-1]
        self.placed.update(chain)
        if inner != key:
            self.kin(inner, side)
        self.push(chain, side)
        self.hang(chain, side)
        for one in [*reversed(chain)] if side == RIGHT else chain:
            self.kin(one, side)

    def push(self, chain: Sequence[int], side: int) -> None:
        self.placed.update(chain)
        for key in chain if side == RIGHT else reversed(chain):
            self.sides[side][self.rows[key]].append(key)

    def hang(self, chain: Sequence[int], side: int) -> None:
        """Place the children of these people, in the order of their couples and then by age."""
        knots = [k for key in chain for k in self.down[key] if k not in self.done]
        for knot in dict.fromkeys(
            sorted(knots, key=lambda k: _between(k, chain))
            if side == RIGHT
            else sorted(knots, key=lambda k: _between(k, chain), reverse=True)
        ):
            self.done.add(knot)
            below = self._by_age(knot)
            other = RIGHT if any(k in self.sides[RIGHT][self.rows[k]] for k in below) else side
            for key in below if other == RIGHT else reversed(below):
                self.visit(key, other)

    def kin(self, key: int, side: int, *, younger: int | None = None) -> None:
        """Place somebody's brothers and sisters, and then their parents above."""
        for knot in sorted(self.up[key], key=lambda k: (k.bond is not None, k.below[0][1] is not Style.BIRTH)):
            if knot in self.done:
                continue
            self.done.add(knot)
            below = self._by_age(knot)
            at = below.index(key)
            for sibling in reversed(below[:at]) if side == LEFT else below[:at]:
                self.visit(sibling, side)
            after = side if younger is None else younger
            for sibling in below[at + 1 :] if after == RIGHT else reversed(below[at + 1 :]):
                self.visit(sibling, after)
            over = LEFT if knot.below[0][1] is Style.CARE and self._is_first(key) else side
            for parent in knot.above if over == RIGHT else reversed(knot.above):
                self.visit(parent, over)

    def _is_first(self, key: int) -> bool:
        """Whether nobody stands to their left: whoever cares for them may."""
        row = self.rows[key]
        return not self.sides[LEFT][row] and self.sides[RIGHT][row][:1] == [key]

    def _by_age(self, knot: Knot) -> list[int]:
        people, ends = self.read.people, {k: self._end(k) for k, _ in knot.below}
        order = age_order(people, dict.fromkeys(ends.values()))
        return sorted(ends, key=lambda k: order.index(ends[k]))

    def _end(self, key: int) -> int:
        """Whoever a place leads down to."""
        while key <= PLACE:
            knot = self.down[key][0]
            key = knot.below[0][0] if knot.below else max(knot.above)
        return key

    def chain(self, key: int) -> list[int]:
        """Somebody with their partners who are not placed yet, in the order in which they will stand.

        One partner stands beside them and a second on the other side; more go on from there. Whoever they are with now
        is beside them, and otherwise the earliest is nearest. Where nothing else places two, a man stands left.
        """
        group = [key]
        for one in group:
            group += [k for k in self._partners(one) if k not in group and k not in self.placed]
        if len(group) == 2 and not any(self._has_kin(k) for k in group):  # noqa: PLR2004 two may stand either way
            return sorted(group, key=lambda k: self._shape(k) is not Shape.SQUARE)
        beside = {k: [p for p in self._partners(k) if p in group] for k in group}
        start = min(group, key=lambda k: (len(beside[k]) != 1, k != key, group.index(k)))
        if len(group) > 2 and len(beside[start]) == 1:  # noqa: PLR2004 with two there is no middle
            start = self._earliest_end(group, beside)
        found = [start]
        waiting = list(reversed(beside[start]))
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.append(one)
                waiting += [k for k in reversed(beside[one]) if k not in found]
        return found

    def _has_kin(self, key: int) -> bool:
        return any(k not in self.done for k in self.up[key])

    def _shape(self, key: int) -> Shape | None:
        return self.read.people[key].shape if key > PLACE else None

    def _earliest_end(self, group: list[int], beside: dict[int, list[int]]) -> int:
        hub = max(group, key=lambda k: len(beside[k]))
        ends = [k for k in beside[hub] if len(beside[k]) == 1]
        if len(ends) > 2:  # noqa: PLR2004 two stand either side of whoever they share; of more, the first stays nearest
            return ends[1]
        return ends[0] if ends else next(k for k in group if len(beside[k]) == 1)

    def _partners(self, key: int) -> list[int]:
        """Those who share a knot with somebody, the parents of the eldest child first."""
        people = self.read.people
        shared = [k for k in self.down[key] if len(k.above) > 1]

        def when(knot: Knot) -> tuple[bool, int, int]:
            order = age_order(people, [self._end(k) for k, _ in knot.below if self._end(k) in people])
            born = people[order[0]].born if order else None
            now = len(shared) > 2 and knot.of is not None and knot.of.couple in TOGETHER  # noqa: PLR2004 as in `chain`
            return not now, (born.toordinal() if born else 10**7), self.knots.index(knot)

        return [p for k in sorted(shared, key=when) for p in k.above if p != key]


def _between(knot: Knot, chain: Sequence[int]) -> float:
    places = [chain.index(k) for k in knot.above if k in chain]
    return sum(places) / len(places)
