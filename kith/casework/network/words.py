"""What is said about somebody round the children before it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kith.casework.mapping.words import Who
from kith.casework.network.models import Believes, Ring, Stage
from kith.people.persons.models import Person

KNOWS = (
    ("harm", "What has happened"),
    ("danger", "What we fear could happen"),
    ("goals", "What good looks like"),
    ("bottom-lines", "The bottom lines"),
    ("plan", "The plan"),
)
"""What somebody may have been told (domain 2.2)."""

WILLING = (
    ("ring-daily", "ring every day"),
    ("have-children-to-stay", "have the children to stay"),
    ("be-in-the-house", "be in the house"),
    ("drive", "drive"),
    ("notice-and-tell", "notice, and tell somebody"),
    ("hold-the-safety-talk", "look for the safety object"),
    ("keep-journal", "keep the journal"),
    ("challenge", "say it to a parent’s face"),
    ("tell-services", "tell services"),
)
"""What somebody may be willing to do (domain 2.2)."""

ENOUGH, ENOUGH_ELSEWHERE = 4, 2
"""NW-3: the least people who know and will do something, and how many of them live somewhere else (local default)."""

FEW = 3
"""Fewer strong ties than this, and the page asks who else there was (domain 1.11, capability 22)."""

ORDER = tuple(Ring.values)
STAGES = tuple(Stage.values)


@dataclass(frozen=True)
class Told:
    """When somebody was told, by whom, and why they could be (NW-2)."""

    on: date | None = None
    precision: str = ""
    by: Who | None = None
    why: str = ""


@dataclass(frozen=True)
class Stands:
    """Where somebody stands: the ring, how far they have come, what they know and will do, and words by slot."""

    person: Person
    ring: str
    bond: str
    stage: str
    safe: str
    written_down: str
    said: Mapping[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    believes: str = Believes.NOT_ASKED
    hope_ring: str = ""
    knows: Sequence[str] = ()
    willing: Sequence[str] = ()
    stands_in: Person | None = None

    def words(self, slot: str) -> str:
        """The words of one slot, or nothing."""
        return self.said.get(slot, "").strip()

    @property
    def is_told(self) -> bool:
        """Have they come further than being named?"""
        return STAGES.index(self.stage) >= STAGES.index(Stage.TOLD)

    @property
    def has_promised(self) -> bool:
        """Have they said that they will do something?"""
        return STAGES.index(self.stage) >= STAGES.index(Stage.COMMITTED)
