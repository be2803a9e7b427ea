"""Asking ours and the floor in turn, and what is made of it: a ratio with its spread, beside its target."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

Ask = Callable[[], None]
BOTH = ("default", "looks")
PLUMBING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
"""Words of a transaction, which are not questions of the store."""


@dataclass(frozen=True)
class Figure:
    """One thing measured: what was seen, its target, and what stands behind it.

    `seen` is a ratio unless `unit` says otherwise. `low` and `high` are the quarter and three-quarter points of the
    single ratios; `detail` holds medians in milliseconds, counts and whatever else a reader would ask.
    """

    name: str
    store: str
    seen: float
    target: float
    unit: str = "× its floor"
    at_most: bool = True
    low: float | None = None
    high: float | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether what was seen, as it is printed, is within the target."""
        seen = round(self.seen, 2)
        return seen <= self.target if self.at_most else seen >= self.target

    def to_json(self) -> dict[str, Any]:
        """Give the figure as it is kept."""
        return asdict(self) | {"met": self.met}


def seconds(ask: Ask) -> float:
    """How long one asking takes."""
    began = perf_counter()
    ask()
    return perf_counter() - began


def in_turn(pairs: Sequence[tuple[Ask, Ask]], *, rounds: int) -> list[tuple[float, float]]:
    """Ask ours and the floor of every pair in turn, each first every other time. One asking of each warms up."""
    for ours, floor in pairs:
        ours()
        floor()
    times = []
    for n in range(rounds):
        ours, floor = pairs[n % len(pairs)]
        if n // len(pairs) % 2:
            below = seconds(floor)
            times.append((seconds(ours), below))
        else:
            above = seconds(ours)
            times.append((above, seconds(floor)))
    return times


def ratio(name: str, store: str, times: Sequence[tuple[float, float]], target: float, **detail: Any) -> Figure:
    """Make a figure of pairs of times: the median of ours over the median of the floor."""
    ours, floor = (median(t) for t in zip(*times, strict=True))
    single = [a / b for a, b in times]
    low, _, high = quantiles(single, n=4) if len(single) > 1 else (single[0],) * 3
    said = {"ours_ms": thousandths(ours), "floor_ms": thousandths(floor), "rounds": len(times)}
    return Figure(name, store, ours / floor, target, low=low, high=high, detail=said | detail)


def thousandths(time: float) -> float:
    """Seconds in milliseconds, to two places."""
    return round(time * 1000, 2)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the questions asked of either store meanwhile, looks included, transactions' own words left out."""
    asked: list[str] = []
    first, second = (CaptureQueriesContext(connections[alias]) for alias in BOTH)
    with first, second:
        yield asked
    for capture in (first, second):
        asked += [q["sql"] for q in capture.captured_queries if not q["sql"].startswith(PLUMBING)]


def percentile(times: Sequence[float], share: float) -> float:
    """The time within which this share of all were answered: the nearest one seen, never one between two."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
