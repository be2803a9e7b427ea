"""Where several families' open worries stand now, and each person's newest number: for lists, and few questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kith.casework.mapping.models import Scale, Score, Statement, Where
from kith.casework.mapping.numbers import Series, taking
from kith.people.entries.models import Entry
from kith.people.entries.queries import Reading


@dataclass(frozen=True)
class WorryNow:
    """One open worry as one reader may see it: whether it has a goal and a scale, and its newest numbers.

    `asked` says that somebody was asked for a number, also where none of those numbers may be shown to this reader.
    """

    statement: Statement
    reading: Reading
    has_goal: bool
    has_scale: bool
    asked: bool
    series: Series | None


@dataclass(frozen=True)
class _Beside:
    """The goals, scales and conversations about numbers that stand beside worries, and of those the newest open."""

    goals: set[int]
    scales: dict[int, Scale]
    newest: dict[int, Entry]
    takings: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))


def worries_now(entries: Sequence[Entry], seen: Mapping[int, Reading]) -> dict[int, list[WorryNow]]:
    """Give the open worries among these entries by family, the newest first. One query, for the newest numbers.

    `entries` are those of many families that nothing has replaced, newest first, with `statement`, `goal` and `scale`
    beside them and, where people were asked, `scale_of`; `seen` is what of them the reader may see, by id.
    """
    beside = _beside(entries, seen)
    scores = _scores(beside.newest.values())
    found: dict[int, list[WorryNow]] = defaultdict(list)
    for entry in entries:
        statement = getattr(entry, "statement", None)
        if statement and statement.status == Where.OPEN and entry.pk in seen:
            found[entry.family_id].append(_now(statement, beside, scores, seen))
    return found


def _beside(entries: Iterable[Entry], seen: Mapping[int, Reading]) -> _Beside:
    """Gather what stands beside worries. What this reader is shut from still keeps a page from saying it is missing."""
    found = _Beside(set(), {}, {})
    for entry in entries:
        if hasattr(entry, "goal"):
            found.goals.add(entry.goal.statement_id)
        elif hasattr(entry, "scale") and entry.scale.ended_at is None and entry.scale.statement_id:
            found.scales[entry.scale.statement_id] = entry.scale
        elif entry.kind == "scores":
            found.takings[entry.scale_of].append(entry)  # type: ignore[attr-defined]  # asked beside each such entry
    for scale in found.scales.values():
        opened = [e for e in found.takings[scale.pk] if e.pk in seen]
        if opened and scale.entry_id in seen and seen[scale.entry_id].shared_open:
            found.newest[scale.pk] = opened[0]
    return found


def _now(
    statement: Statement, beside: _Beside, scores: Mapping[int, Sequence[Score]], seen: Mapping[int, Reading]
) -> WorryNow:
    scale = beside.scales.get(statement.pk)
    series = None
    if scale:
        scale.statement = statement
    if scale and (entry := beside.newest.get(scale.pk)):
        last = taking(seen[entry.pk], scores[entry.pk])
        series = Series(scale, [last], seen[scale.entry_id].files) if last.told else None
    asked = scale is not None and bool(beside.takings[scale.pk])
    reading = seen[statement.entry_id]
    return WorryNow(statement, reading, statement.pk in beside.goals, scale is not None, asked, series)


def _scores(entries: Iterable[Entry]) -> dict[int, list[Score]]:
    rows = Score.objects.filter(entry__in=[e.pk for e in entries]).select_related("person", "staff", "professional")
    found: dict[int, list[Score]] = defaultdict(list)
    for score in sorted(rows, key=lambda s: s.row):
        found[score.entry_id].append(score)
    return found
