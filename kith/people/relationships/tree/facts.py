"""What a family tree is drawn from: people, what they are to each other, and who lives with whom.

People are known here by a number. A number below nought is somebody nobody has named, or no person but a place in a row
that a line passes through.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

BIRTH = frozenset({"parent"})
ADOPTED = frozenset({"adoptive-parent"})
STEP = frozenset({"step-parent"})
CARE = frozenset({"carer", "foster-carer", "kinship-carer", "special-guardian"})
TOGETHER = frozenset({"partner", "married"})
APART = frozenset({"separated", "divorced"})
COUPLES = TOGETHER | APART
SIBLINGS = frozenset({"sibling"})
PART_SIBLINGS = frozenset({"half-sibling", "step-sibling"})
FURTHER = {"grandparent": 2, "aunt-or-uncle": 1, "cousin": 0, "half-sibling": 0, "step-sibling": 0}
"""Kin by a word that does not say through whom, and how many rows above they stand."""

KIN = BIRTH | ADOPTED | STEP | CARE | COUPLES | SIBLINGS | frozenset({"child", *FURTHER})
"""Every kind that has a place on a tree. Friends, godparents and those like family have theirs in the circles."""


class Shape(StrEnum):
    """How a person is drawn, by clinical convention: how they say they are, or the plainest sign when nobody has."""

    SQUARE = "square"
    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


@dataclass(frozen=True)
class One:
    """Somebody to be drawn. `inside` is an age; `under` are short lines that stand beneath the name.

    `born` orders brothers and sisters; `born_day` is given only where the very day is known, and finds twins.
    """

    key: int
    name: str
    shape: Shape = Shape.DIAMOND
    inside: str = ""
    under: tuple[str, ...] = ()
    born: date | None = None
    born_day: date | None = None
    died: bool = False
    index: bool = False
    known: bool = True


@dataclass(frozen=True)
class Tie:
    """`other` is the `kind` of `one`. `ended`: it was so once; `quality`: how they get on, where it may be read."""

    one: int
    other: int
    kind: str
    quality: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Home:
    """People who live together, by the name they give it."""

    name: str
    people: frozenset[int]


@dataclass(frozen=True)
class Facts:
    """Everything a tree is drawn from."""

    people: Mapping[int, One]
    ties: Sequence[Tie] = ()
    homes: Sequence[Home] = ()


class Style(StrEnum):
    """How a child is tied to those above: born to them, adopted, or cared for. All but the first are dashed."""

    BIRTH = "birth"
    ADOPTED = "adopted"
    CARE = "care"


class Why(StrEnum):
    """Why a tie is in words only."""

    LOOP = "loop"  # it would make somebody their own ancestor
    UNSAID = "unsaid"  # nobody has said through whom
    MANY = "many"  # a third parent by birth
    DIFFER = "differ"  # brother or sister, and other parents are written
    ROWS = "rows"  # there is no way down from one to the other
    CROWD = "crowd"  # more people than a drawing holds


@dataclass(frozen=True)
class Undrawn:
    """A tie that is said in words and not drawn, and why."""

    tie: Tie
    why: Why


@dataclass
class Union:
    """One or two people above, and who hangs from them. Nobody above: brothers and sisters whose parents nobody knows.

    `couple` is partner, married, separated or divorced, or empty where nobody has said that they are or were a couple.
    `blood` says that the two are kin to each other: their line is doubled.
    """

    above: tuple[int, ...]
    children: list[tuple[int, Style]] = field(default_factory=list)
    couple: str = ""
    blood: bool = False


@dataclass
class Read:
    """A family read from its ties: who is drawn, in which unions, twins, who gets on how, and what is only said.

    `missing` are children one parent of whom nobody has named, with the number of whoever stands there for them.
    """

    people: dict[int, One]
    unions: list[Union]
    bonds: list[Tie]
    homes: list[Home]
    further: list[Tie]
    undrawn: list[Undrawn]
    missing: dict[int, int]
    left_out: list[int] = field(default_factory=list)


def age_order(people: Mapping[int, One], keys: Iterable[int]) -> list[int]:
    """Put people oldest first; those whose birth nobody knows come last, in the order they were written down."""
    return sorted(keys, key=lambda k: (people[k].born or date.max, k))


def twins(people: Mapping[int, One], keys: Sequence[int]) -> list[list[int]]:
    """Gather brothers and sisters born on one day, or on a day and the next: each group shares a point."""
    groups: list[list[int]] = []
    for key in sorted((k for k in keys if people[k].born_day), key=lambda k: (people[k].born_day or date.max, k)):
        last, day = groups[-1][-1] if groups else None, people[key].born_day
        before = people[last].born_day if last is not None else None
        if day and before and (day - before).days <= 1:
            groups[-1].append(key)
        else:
            groups.append([key])
    return [group for group in groups if len(group) > 1]
