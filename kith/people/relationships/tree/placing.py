"""Saying where everybody stands along their row: parents over the middle of their children, nobody over anybody.

Lengths are drawing units; a symbol is 48 wide. Each person's name stands to the right of their symbol, so that the rows
between hold lines and nothing else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kith.kit.wording import shortened
from kith.people.relationships.tree.facts import Home, One
from kith.people.relationships.tree.order import PLACE, Knot, Ordered

HALF = 24
"""Half of a symbol."""

NAME_X, MARGIN, PASSING = 32, 15, 9
"""From a symbol's middle to its name, beside every cell for the outline of a home, and beside a line that passes."""

WIDEST, HOME, SMALL, BOLD = 118, 150, 14, 16
"""The widest line of words, the widest name of a home, and the two sizes of letters."""

SPREAD = 6 * 2 * HALF
"""The most room for each person of the fullest row: six symbols."""

ROUNDS = 6
_NARROW = {"'": 0.27, "’": 0.27, " ": 0.3, **dict.fromkeys(",.:;j|il!`", 0.3), **dict.fromkeys('()-[]ft"Ir{}', 0.42)}
_WIDE = {**dict.fromkeys("mwMWOQ%@", 0.95), **dict.fromkeys("&ADGHNUXBCKPRVY0", 0.71)}
_LETTER, _FOREIGN = 0.6, 1.0


def width(words: str, size: int) -> float:
    """How wide these words are at most, in this size of our typeface; other scripts are taken to be as wide as high."""
    return size * sum(
        _NARROW.get(c) or _WIDE.get(c) or (_LETTER if ord(c) < 0x250 else _FOREIGN)  # noqa: PLR2004 the end of Latin
        for c in words
    )


def fitted(words: str, size: int, most: float = WIDEST) -> str:
    """The beginning of some words that fits, and "…" when there is more."""
    while words and width(words, size) > most:
        words = shortened(words, max(2, len(words.rstrip("…")) - 1))
        if len(words) <= 2:  # noqa: PLR2004 one letter and the sign that there is more
            break
    return words


def name_lines(name: str) -> list[str]:
    """A name on one line, or broken at a space into two; the list beside the drawing has all of it."""
    if width(name, BOLD) <= WIDEST:
        return [name]
    words, first = name.split(), ""
    while words and width(f"{first} {words[0]}".strip(), BOLD) <= WIDEST:
        first = f"{first} {words.pop(0)}".strip()
    return [fitted(w, BOLD) for w in (first, " ".join(words)) if w] or [fitted(name, BOLD)]


@dataclass(frozen=True)
class Cell:
    """The words beside one symbol, and the room a person takes to the left and right of their middle."""

    name: tuple[str, ...]
    under: tuple[str, ...]
    left: float
    right: float


def cell_of(one: One, home: str = "") -> Cell:
    """Lay out the words beside somebody. `home` is the name of a household that ends at them and stands over them."""
    name = tuple(name_lines(one.name))
    under = tuple(fitted(w, SMALL) for w in one.under[: 3 - len(name)])
    letters = BOLD if one.known else SMALL
    wide = max(width(home, SMALL) + 10, *(width(w, letters) for w in name), *(width(w, SMALL) for w in under))
    return Cell(name, under, HALF + MARGIN, NAME_X + wide + MARGIN)


_PASSES = Cell((), (), PASSING, PASSING)


def cells_of(found: Ordered, people: Mapping[int, One], homes: Sequence[Home]) -> dict[int, Cell]:
    """Lay out everybody's words. Whoever stands last of a household in a row leaves room for its name."""
    cells: dict[int, Cell] = {}
    for row in found.rows:
        for key, after in pairwise([*row, PLACE]):
            if key <= PLACE:
                cells[key] = _PASSES
                continue
            ends = [fitted(h.name, SMALL, HOME) for h in homes if key in h.people and after not in h.people]
            cells[key] = cell_of(people[key], max(ends, key=len, default=""))
    return cells


def places(found: Ordered, cells: Mapping[int, Cell]) -> dict[int, float]:
    """Give everybody the middle of their symbol along their row. As wide as the fullest row needs, and little more."""
    packed = [_packed(row, cells) for row in found.rows]
    tight = {k: x for row in packed for k, x in row.items()}
    most = max((len([k for k in row if k > PLACE]) for row in found.rows), default=1)
    ends = [max((tight[k] + cells[k].right for k in row), default=0) for row in found.rows]
    room = max([*ends, min(most * SPREAD, max(ends, default=0) * 1.3)])
    slack = [room - end for end in ends]
    moved = dict.fromkeys(tight, 0.0)
    up, down = _links(found.knots)
    across = list(range(len(found.rows)))
    for turn in range(ROUNDS):
        for r in across:
            _settle(found.rows[r], tight, moved, [up] if turn < ROUNDS - 1 else [up, down], slack[r])
        for r in reversed(across):
            _settle(found.rows[r], tight, moved, [down] if turn < ROUNDS - 2 else [up, down], slack[r])
    where = {k: tight[k] + moved[k] for k in tight}
    first = min((where[k] - cells[k].left for k in where), default=0)
    return {k: round(x - first, 1) for k, x in where.items()}


def _packed(row: Sequence[int], cells: Mapping[int, Cell]) -> dict[int, float]:
    """The row pushed together to the left."""
    steps = [cells[a].right + cells[b].left for a, b in pairwise(row)]
    return dict(zip(row, accumulate(steps, initial=cells[row[0]].left if row else 0), strict=False))


Links = dict[int, list[tuple[Sequence[int], Sequence[int]]]]


def _links(knots: Sequence[Knot]) -> tuple[Links, Links]:
    """For everybody, the groups they hang in with those above it, and the groups they stand over with those beneath."""
    up: Links = defaultdict(list)
    down: Links = defaultdict(list)
    for knot in knots:
        below = [k for k, _ in knot.below]
        if not (knot.above and below):
            continue
        for key in below:
            up[key].append((below, knot.above))
        for key in knot.above:
            down[key].append((knot.above, below))
    return up, down


def _settle(
    row: Sequence[int], tight: Mapping[int, float], moved: dict[int, float], by: Sequence[Links], slack: float
) -> None:
    """Move one row towards what it hangs from or stands over: each group close together, its middle over theirs."""
    wanted: list[tuple[float, float]] = []
    for key in row:
        pulls = [
            _middle(tight, theirs, moved) - _middle(tight, mine) for links in by for mine, theirs in links.get(key, ())
        ]
        wanted.append((sum(pulls) / len(pulls), float(len(pulls))) if pulls else (moved[key], 0.02))
    for key, shift in zip(row, _rising(wanted), strict=True):
        moved[key] = min(max(shift, 0.0), slack)


def _middle(tight: Mapping[int, float], keys: Sequence[int], moved: Mapping[int, float] | None = None) -> float:
    where = [tight[k] + (moved[k] if moved else 0) for k in keys]
    return (min(where) + max(where)) / 2


def _rising(wanted: Sequence[tuple[float, float]]) -> list[float]:
    """The nearest values to those wanted that never fall: neighbours that would pass each other move together."""
    runs: list[tuple[float, float, int]] = []
    for value, weight in wanted:
        mean, heavy, many = value, weight, 1
        while runs and runs[-1][0] > mean:
            before, weighed, count = runs.pop()
            mean = (mean * heavy + before * weighed) / (heavy + weighed)
            heavy, many = heavy + weighed, many + count
        runs.append((mean, heavy, many))
    return [mean for mean, _, many in runs for _ in range(many)]
