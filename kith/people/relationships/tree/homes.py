"""Outlines round those who live together, dashed and rounded, with the name they give their home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kith.people.relationships.tree.facts import Home
from kith.people.relationships.tree.lines import Levels, Point
from kith.people.relationships.tree.order import PLACE, Ordered
from kith.people.relationships.tree.placing import HALF, HOME, SMALL, Cell, fitted, width

INSET, CLEAR, NESTED, LABEL, ROUND = 9, 9, 4, 16, 10
"""From a cell's edge in, above a symbol, for one home in another, for a line of words, and the corner's radius."""


@dataclass(frozen=True)
class Outline:
    """A closed line round some of a home's people, corner by corner, and where the end of its name stands."""

    name: str
    corners: tuple[Point, ...]
    at: Point
    people: tuple[int, ...]


@dataclass(frozen=True)
class _Run:
    """Those of a home who stand side by side in a row."""

    row: int
    left: float
    right: float
    people: tuple[int, ...]


def depths(homes: Sequence[Home]) -> list[int]:
    """How many outlines each home's stands inside of: none where nobody lives in two."""
    found: list[int] = []
    for n, home in enumerate(homes):
        taken = {found[m] for m in range(n) if homes[m].people & home.people}
        found.append(next(d for d in range(n + 1) if d not in taken))
    return found


def half_row(homes: Sequence[Home]) -> float:
    """Half the height of a row, with room for the outlines and names of homes."""
    if not homes:
        return HALF + 8
    deepest = max(depths(homes))
    return HALF + CLEAR + NESTED * min(deepest, 2) + LABEL * (1 + deepest // 2) - 4


def outlines(
    homes: Sequence[Home], found: Ordered, where: Mapping[int, float], cells: Mapping[int, Cell], levels: Levels
) -> list[Outline]:
    """Draw round each home. One whose people do not stand together has an outline for each part, each with the name."""
    return [
        _outline(home, part, depth, levels)
        for home, depth in zip(homes, depths(homes), strict=True)
        for part in _parts(_runs(home, found, where, cells, depth))
    ]


def _runs(home: Home, found: Ordered, where: Mapping[int, float], cells: Mapping[int, Cell], depth: int) -> list[_Run]:
    inset = INSET - NESTED * min(depth, 2)
    runs: list[_Run] = []
    for r, row in enumerate(found.rows):
        group: list[int] = []
        for key in [*(k for k in row if k > PLACE), PLACE]:
            if key in home.people:
                group.append(key)
            elif group:
                first, last = group[0], group[-1]
                left, right = where[first] - cells[first].left + inset, where[last] + cells[last].right - inset
                runs.append(_Run(r, left, right, tuple(group)))
                group = []
    return runs


def _parts(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Runs right above one another share an outline."""
    parts: list[list[_Run]] = []
    for run in runs:
        over = (p for p in parts if p[-1].row == run.row - 1 and _shares(p[-1], run))
        part = next(over, None)
        if part is None:
            parts.append([run])
        else:
            part.append(run)
    return parts


def _shares(upper: _Run, lower: _Run) -> bool:
    return min(upper.right, lower.right) - max(upper.left, lower.left) > 3 * ROUND


def _outline(home: Home, part: Sequence[_Run], depth: int, levels: Levels) -> Outline:
    pad = HALF + CLEAR + NESTED * min(depth, 2)
    top, end = levels.middle[part[0].row] - pad, levels.middle[part[-1].row] + pad
    down: list[Point] = [(part[0].right, top)]
    back: list[Point] = [(part[0].left, top)]
    for upper, lower in pairwise(part):
        y = levels.middle[lower.row] - pad
        down += [(upper.right, y), (lower.right, y)]
        back += [(upper.left, y), (lower.left, y)]
    down.append((part[-1].right, end))
    back.append((part[-1].left, end))
    beneath = depth % 2 == 1
    run = part[-1] if beneath else part[0]
    y = end + LABEL * (depth // 2) + 4 if beneath else top - LABEL * (depth // 2) + 4
    corners = [*down, *reversed(back)]
    people = tuple(k for r in part for k in r.people)
    return Outline(fitted(home.name, SMALL, HOME), tuple(_plain(corners)), (run.right - ROUND - 2, y), people)


def _plain(corners: Sequence[Point]) -> list[Point]:
    """The corners that turn: two runs that end at one point make none."""
    kept = [c for n, c in enumerate(corners) if c != corners[n - 1]]
    turns = [
        c
        for n, c in enumerate(kept)
        if not (kept[n - 1][0] == c[0] == kept[(n + 1) % len(kept)][0])
        and not (kept[n - 1][1] == c[1] == kept[(n + 1) % len(kept)][1])
    ]
    return [(round(x, 1), round(y, 1)) for x, y in turns]


def rounded(corners: Sequence[Point]) -> str:
    """The outline as a path, its corners rounded."""
    parts = []
    for n, (x, y) in enumerate(corners):
        (ax, ay), (bx, by) = corners[n - 1], corners[(n + 1) % len(corners)]
        before, after = abs(x - ax) + abs(y - ay), abs(x - bx) + abs(y - by)
        r = min(ROUND, before / 2, after / 2)
        sx, sy = _towards(x, y, ax, ay, r)
        ex, ey = _towards(x, y, bx, by, r)
        parts.append(f"{'L' if n else 'M'}{sx:g} {sy:g}Q{x:g} {y:g} {ex:g} {ey:g}")
    return "".join(parts) + "Z"


def _towards(x: float, y: float, to_x: float, to_y: float, far: float) -> Point:
    return x + max(-far, min(far, to_x - x)), y + max(-far, min(far, to_y - y))


def label_box(outline: Outline) -> tuple[float, float, float, float]:
    """The room a home's name takes: left, top, right, bottom."""
    x, y = outline.at
    return x - width(outline.name, SMALL), y - 11, x, y + 3
