"""The clocks that law, guidance and local practice set, each with a question about the work itself.

Domain 6.2, 6.3 (K1 to K22) and 6.6 (L1 to L22 and C1 to C6). The clock helps the worker; it does not judge
them. A clock is never shown alone: its question stands beside it. A council may change the local ones, with
dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from kith.framework import calendar
from kith.framework.calendar import Unit
from kith.framework.shipped import read


class Authority(StrEnum):
    """Who says so. Only a local clock may be changed by a council."""

    LAW = "law"
    GUIDANCE = "guidance"
    LOCAL = "local"


class Mark(StrEnum):
    """How sure we are: found in a source, settled but to be read again before use, or a local default."""

    VERIFIED = "V"
    PRACTICE = "P"
    LOCAL = "L"


class Counts(StrEnum):
    """Which way a clock counts: forward from its start, or back from the event it prepares."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How long something may take, from when, on whose word, and what makes it worth doing.

    `row` is its row in domain 6.3 or 6.6 and `id` tells the parts of a row apart (K17-plan, K17-visit). A
    rule without a length has no number of days anywhere: it is shown with its question only.
    """

    id: str
    row: str
    name: str
    starts_at: str
    met_when: str
    decided_by: str
    authority: Authority
    mark: Mark
    source: str
    question: str
    length: int | None = None
    unit: Unit | None = None
    repeats: bool = False
    counts: Counts = Counts.AFTER

    @property
    def may_be_changed(self) -> bool:
        return self.authority is Authority.LOCAL

    def due(self, start: date) -> date | None:
        """The last day in time, or None where no length is set. Raises OutsideCalendar.

        `start` is the day of what `starts_at` names; for a clock that counts before, the day of the event.
        """
        if self.length is None or self.unit is None:
            return None
        count = calendar.latest_before if self.counts is Counts.BEFORE else calendar.due
        return count(self.length, self.unit, start)


@cache
def clocks() -> Mapping[str, ClockRule]:
    """Every clock that Kith ships with, by id, in the order of the tables."""
    return MappingProxyType({row["id"]: rule_from(row) for row in read("clocks")["clock"]})


def clock(rule_id: str) -> ClockRule:
    """The clock of that id, for example K10. Raises KeyError when there is none."""
    return clocks()[rule_id]


def rule_from(row: Mapping[str, Any]) -> ClockRule:
    """A clock as its data file writes it. Raises KeyError, TypeError or ValueError when it is not whole."""
    unit = Unit(row["unit"]) if "unit" in row else None
    counts = Counts(row.get("counts", Counts.AFTER))
    typed = {
        "authority": Authority(row["authority"]),
        "mark": Mark(row["mark"]),
        "unit": unit,
        "counts": counts,
    }
    return ClockRule(**{**row, **typed})
