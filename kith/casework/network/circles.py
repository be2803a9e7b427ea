"""Where everybody is put in the drawing of the circles: the children in the middle, each ring's people round them.

Drawn on the server in a box as wide as a phone (look 9). The list beside it has the same people in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from kith.casework.network.models import Ring
from kith.casework.network.queries import Network
from kith.kit.wording import listed
from kith.people.persons.models import Person

BOX = 440
MIDDLE = BOX / 2
SPOT = 17
"""Units: the width of the box, its middle, and half the width of a person."""

RADIUS = {Ring.INNER: 98.0, Ring.MIDDLE: 150.0, Ring.OUTER: 196.0}
"""How far from the middle each ring's people stand."""

ROOM = {Ring.INNER: 7, Ring.MIDDLE: 10, Ring.OUTER: 12}
"""How many of a ring are drawn with their names clear of each other. The list has everybody."""

CHILDREN = 44.0
"""How far from the middle the children stand, when there are several."""


@dataclass(frozen=True)
class Spot:
    """One person in the drawing: the middle of their circle, and what stands in and under it."""

    x: float
    y: float
    name: str
    child: bool = False
    hopes: tuple[float, float] | None = None

    @property
    def initial(self) -> str:
        """The letter in the circle."""
        return self.name[:1].upper()


@dataclass(frozen=True)
class Circles:
    """The drawing: everybody who is in it, how many of each ring are not, and the sentence it says."""

    spots: list[Spot]
    more: dict[str, int]
    says: str


def drawn(network: Network, children: Sequence[Person]) -> Circles:
    """Place the children and the people of each ring."""
    spots = [
        Spot(x, y, child.called, child=True) for child, (x, y) in zip(children, _middle(len(children)), strict=True)
    ]
    more: dict[str, int] = {}
    for ring, stood in network.rings:
        here = stood[: ROOM[ring]]
        for one, (x, y) in zip(here, _round(len(here), RADIUS[ring], _turn(ring)), strict=True):
            hoped = one.member.hope_ring
            spots.append(
                Spot(x, y, one.person.called, hopes=_towards(x, y, hoped) if hoped not in {"", ring} else None)
            )
        if len(stood) > len(here):
            more[ring] = len(stood) - len(here)
    return Circles(spots, more, says(network))


def says(network: Network) -> str:
    """Say what the drawing shows: who stands in each ring."""
    told = []
    for ring, stood in network.rings:
        if stood:
            one = len(stood) == 1
            verb = {Ring.INNER: "knows everything", Ring.MIDDLE: "knows a bit", Ring.OUTER: "knows nothing yet"}[ring]
            words = verb if one else verb.replace("knows", "know")
            told.append(f"{listed([s.person.called for s in stood])} {words}.")
    return " ".join(told) or "Nobody is in the circles yet."


def _middle(count: int) -> list[tuple[float, float]]:
    if count == 1:
        return [(MIDDLE, MIDDLE)]
    return _round(count, CHILDREN if count > 2 else CHILDREN / 2, -pi if count == 2 else -pi / 2)  # noqa: PLR2004 a pair


def _turn(ring: Ring) -> float:
    """Begin each ring a little further round, so that names of two rings do not meet."""
    return {Ring.INNER: -pi / 2, Ring.MIDDLE: -pi / 3, Ring.OUTER: -pi / 4}[ring]


def _round(count: int, radius: float, begin: float) -> list[tuple[float, float]]:
    turns = [begin + 2 * pi * n / count for n in range(count)]
    return [(round(MIDDLE + radius * cos(t), 1), round(MIDDLE + radius * sin(t), 1)) for t in turns]


def _towards(x: float, y: float, ring: str) -> tuple[float, float]:
    """Where the head of the arrow of a hoped-for move is: a way along the line to that ring."""
    away = ((x - MIDDLE) ** 2 + (y - MIDDLE) ** 2) ** 0.5
    share = (RADIUS[Ring(ring)] - away) / away * 0.6
    return round(x + (x - MIDDLE) * share, 1), round(y + (y - MIDDLE) * share, 1)
