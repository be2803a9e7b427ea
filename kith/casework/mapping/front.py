"""Worries as the pages of a whole family tell them: from entries read together, with no question of their own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeVar

from kith.casework.mapping.models import Scale, Score, Statement, Where, Worried
from kith.casework.mapping.numbers import Series
from kith.casework.mapping.queries import Found, Shown, by_scale, one_worry, quiet, whose
from kith.people.entries.models import Dissent
from kith.people.entries.queries import Reading

Row = TypeVar("Row")
Several = Mapping[int, Mapping[int, Row]]
MANY = {"worry": "worried", "score": "scores"}
BESIDE = (
    *("worry__person", "worry__staff", "worry__professional"),
    *("score__person", "score__staff", "score__professional"),
)
"""What a story reads beside its entries (`Story`) for their worries and numbers to be told, and the rows it is of."""
ON_THE_FRONT = 2
"""Worries told on a family's first page."""


class Front:
    """What a family's first page tells of its worries: the two newest that stand, and one series of numbers.

    Made of entries read with `statement`, `goal` and `scale` beside them, newest first, before any words, and by entry
    of who shares each worry and of the scores: `picked` are those whose words it needs. Nobody's different view is
    told here; the page of a worry tells it. No query.
    """

    def __init__(self, readings: Sequence[Reading], worried: Several[Worried], scores: Several[Score]) -> None:
        self._seen = {r.entry.pk: r for r in readings}
        self._rows = Beside(readings, worried, scores)
        statements = [r.entry.statement for r in readings if hasattr(r.entry, "statement")]
        self._open = [s for s in statements if s.status == Where.OPEN][:ON_THE_FRONT]
        self._told = next((s for s in [*self._open, *statements] if self._numbers(s)), None)

    @property
    def picked(self) -> list[Reading]:
        """The entries whose words are needed before the worries and the numbers can be told."""
        told = [self._told] if self._told else []
        ids = {s.entry_id for s in self._open} | {self._rows.goals[s.pk].entry_id for s in self._open if self._goal(s)}
        for scale in chain.from_iterable(self._rows.scales[s.pk] for s in [*self._open, *told]):
            ids |= {scale.entry_id} | {score.entry_id for score in self._rows.scores[scale.pk]}
        return [self._seen[pk] for pk in ids if pk in self._seen]

    @property
    def worries(self) -> list[Shown]:
        """The worries, once their words are read."""
        return [quiet(one_worry(self._rows, s, self._seen)) for s in self._open]

    @property
    def series(self) -> Series | None:
        """The numbers of the first open worry that has any, or else of the newest worry that has; words read."""
        return self._numbers(self._told) if self._told else None

    def _goal(self, statement: Statement) -> bool:
        goal = self._rows.goals.get(statement.pk)
        return goal is not None and goal.entry_id in self._seen

    def _numbers(self, statement: Statement) -> Series | None:
        series = one_worry(self._rows, statement, self._seen).series
        return series if series and series.takings else None


class Whole:
    """Every worry in some files with its goal and its numbers, for the map. Made as `Front` is, without a query.

    `dissents` are those of each entry: on the map a view that differs stands inside the worry it concerns.
    """

    def __init__(
        self,
        readings: Sequence[Reading],
        worried: Several[Worried],
        scores: Several[Score],
        dissents: Several[Dissent],
    ) -> None:
        self._seen = {r.entry.pk: r for r in readings}
        self._rows = Beside(readings, worried, scores)
        self._statements = [r.entry.statement for r in readings if hasattr(r.entry, "statement")]
        self._dissents = dissents

    @property
    def picked(self) -> list[Reading]:
        """The entries whose words are needed: the worries and their goals. Numbers are told without theirs."""
        goals = [g for s in self._statements if (g := self._rows.goals.get(s.pk))]
        ids = [*(s.entry_id for s in self._statements), *(g.entry_id for g in goals)]
        return [self._seen[pk] for pk in ids if pk in self._seen]

    @property
    def worries(self) -> list[Shown]:
        """The worries once their words are read, those still open first, then the newest."""
        for statement in self._statements:
            reading = self._seen[statement.entry_id]
            if reading.shared_open:
                told = self._dissents.get(statement.entry_id, {}).values()
                reading.dissents = sorted(told, key=lambda d: (d.said_on, d.pk))
        shown = [quiet(one_worry(self._rows, s, self._seen)) for s in self._statements]
        return sorted(shown, key=lambda one: one.statement.status != Where.OPEN)


def worry_among(
    found: Found, readings: Sequence[Reading], worried: Several[Worried], scores: Several[Score]
) -> Shown | None:
    """Give one worry among entries read, words and all, with `statement`, `goal` and `scale` beside them. No query."""
    seen = {r.entry.pk: r for r in readings}
    if found.entry not in seen:
        return None
    rows = Beside(readings, worried, scores)
    return quiet(one_worry(rows, seen[found.entry].entry.statement, seen))


class Beside:
    """The rows beside worries that came with the entries of a page."""

    def __init__(self, readings: Sequence[Reading], worried: Several[Worried], scores: Several[Score]) -> None:
        entries = [r.entry for r in readings]
        self.goals = {e.goal.statement_id: e.goal for e in entries if hasattr(e, "goal")}
        self.scales: dict[int, list[Scale]] = defaultdict(list)
        newest = sorted((e.scale for e in entries if hasattr(e, "scale")), key=lambda s: (s.began_at, s.pk))
        for scale in reversed(newest):
            if scale.statement_id:
                self.scales[scale.statement_id].append(scale)
        known = {e.statement.pk: e.statement for e in entries if hasattr(e, "statement")}
        for scale in chain.from_iterable(self.scales.values()):
            if scale.statement_id in known:
                scale.statement = known[scale.statement_id]
        in_order = sorted(entries, key=lambda e: (e.happened_at, e.pk))
        told = (sorted(scores[e.pk].values(), key=lambda s: s.row) for e in in_order if e.pk in scores)
        self.scores = by_scale(chain.from_iterable(told))
        self.worried = whose(one for rows in worried.values() for one in rows.values())
