"""Giving each generation its row: nought at the top, everybody beneath their parents, a couple side by side."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise, product

from kith.people.relationships.tree.facts import FURTHER, Read, Style


class _Apart:
    """People and how many rows each stands beneath the first of those they are joined with."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._first = {k: k for k in keys}
        self._down = dict.fromkeys(self._first, 0)
        self._with = {k: [k] for k in self._first}

    def join(self, upper: int, lower: int, rows: int) -> None:
        """Put `lower` this many rows beneath `upper`, unless something said earlier has set them already."""
        one, other = self._first[upper], self._first[lower]
        if one == other:
            return
        shift = self._down[upper] + rows - self._down[lower]
        if len(self._with[one]) < len(self._with[other]):
            one, other, shift = other, one, -shift
        for key in self._with.pop(other):
            self._first[key] = one
            self._down[key] += shift
            self._with[one].append(key)

    def found(self) -> list[dict[int, int]]:
        """Each group of joined people with their rows, from nought."""
        groups = []
        for keys in self._with.values():
            top = min(self._down[k] for k in keys)
            groups.append({k: self._down[k] - top for k in keys})
        return groups


def rows_of(read: Read) -> dict[int, int]:
    """Give everybody their row. Parents first, then couples, then looser words; a contradiction moves children down."""
    apart = _Apart(read.people)
    born = {id(u): [k for k, style in u.children if style is not Style.CARE] for u in read.unions}
    for union in read.unions:
        _over(apart, union.above, born[id(union)])
    for union in read.unions:
        for group in (union.above, born[id(union)]):
            for one, other in pairwise(group):
                apart.join(one, other, 0)
    for tie in read.further:
        apart.join(tie.other, tie.one, FURTHER[tie.kind])
    for union in read.unions:
        _over(apart, union.above, [k for k, _ in union.children])
    _beside_their_homes(read, apart)
    return _closed_up(_settled(read, _levelled(read, apart.found())))


def _over(apart: _Apart, above: Iterable[int], children: Iterable[int]) -> None:
    for parent, child in product(above, children):
        apart.join(parent, child, 1)


def _beside_their_homes(read: Read, apart: _Apart) -> None:
    """Somebody of a household who is kin to nobody stands a row above its children, where a carer would."""
    joined = {k for u in read.unions for k in (*u.above, *(c for c, _ in u.children))}
    joined |= {k for t in read.further for k in (t.one, t.other)}
    for home in read.homes:
        children = sorted(k for k in home.people if read.people[k].index) or sorted(home.people & joined)
        for key in sorted(home.people - joined):
            if children and key != children[0]:
                apart.join(key, children[0], 1)


def _levelled(read: Read, groups: list[dict[int, int]]) -> dict[int, int]:
    """Stand groups that nothing joins side by side, their children of the family on one row."""
    found: dict[int, int] = {}
    index = [[row for k, row in g.items() if read.people[k].index] for g in groups]
    deepest = max((max(r) for r in index if r), default=max((max(g.values()) for g in groups), default=0))
    for group, own in zip(groups, index, strict=True):
        shift = deepest - (max(own) if own else max(group.values()))
        found |= {k: row + shift for k, row in group.items()}
    return found


def _settled(read: Read, rows: dict[int, int]) -> dict[int, int]:
    """Move children down until each stands beneath both parents. Ends, because nobody is their own ancestor."""
    beneath: dict[int, list[int]] = defaultdict(list)
    for union in read.unions:
        for parent in union.above:
            beneath[parent] += [k for k, style in union.children if style is not Style.CARE]
    waiting = sorted(rows, key=lambda k: rows[k])
    while waiting:
        key = waiting.pop()
        for child in beneath[key]:
            if rows[child] <= rows[key]:
                rows[child] = rows[key] + 1
                waiting.append(child)
    return rows


def _closed_up(rows: dict[int, int]) -> dict[int, int]:
    """Count rows from nought and leave none empty."""
    order = {row: i for i, row in enumerate(sorted(set(rows.values())))}
    return {k: order[row] for k, row in rows.items()}
