"""The map as it was on a day, and what has changed since: nothing on it is ever overwritten (domain 0.1)."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from kith.access.actor import Actor
from kith.casework.mapping.models import Goal, Statement, Where
from kith.casework.mapping.queries import Shown
from kith.casework.maps.models import BottomLine, Kind
from kith.casework.maps.queries import BESIDE, MANY, ON_IT, Laid, TheMap, laid_out
from kith.people.entries.models import Entry
from kith.people.entries.queries import Reading
from kith.people.entries.story import Story
from kith.people.persons.models import File

MOST_DAYS = 60
"""Days offered to look back to, the newest first."""
PAST = ("map_item__ended_in", "map_item__bottom_line__agreed_in", "map_item__bottom_line__told_in")
"""What is read only for a past day: when each of these was said."""
WORKING = frozenset({Kind.SAFETY, Kind.STRENGTH})
WORRIED = frozenset({Kind.HARM, Kind.FACTOR, Kind.NEED})
SAID_LATER = ("map-ended", "statement-settled", "bottom-line-agreed", "bottom-line-told")
Moved = TypeVar("Moved", Statement, Goal)


def days_of(files: Sequence[File]) -> list[date]:
    """The days on which anything was written on the map of these children, newest first."""
    rows = Entry.objects.filter(files__file__in=files, kind__in=[*ON_IT, *SAID_LATER])
    found = rows.order_by("-recorded_at").values_list("recorded_at", flat=True)
    return list(dict.fromkeys(timezone.localdate(at) for at in found))[:MOST_DAYS]


def map_on(actor: Actor, files: Sequence[File], *, day: date) -> TheMap:
    """The map as it stood at the end of a day. What this reader may not see now stays hidden."""
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    was = Q(superseded_by__isnull=True) | Q(superseded_by__recorded_at__gte=until)
    also = Q(kind__in=ON_IT, recorded_at__lt=until) & was
    story = Story(actor, files, 0, ["none"], also=also, beside=(*BESIDE, *PAST), many=MANY)
    then = story.seen
    _as_they_stood(files, {r.entry.pk: r for r in then}, until)
    return laid_out(story, then)


def _as_they_stood(files: Sequence[File], then: dict[int, Reading], until: datetime) -> None:
    """Put beside each version the row it had, and take back what was only said later."""
    chained = Entry.objects.filter(files__file__in=files, kind__in=["statement", "goal"])
    older = dict(chained.values_list("pk", "supersedes_id"))
    statements = Statement.objects.filter(entry__files__file__in=files).select_related("settled_in").distinct()
    for statement, reading in _versions(statements, older, then):
        if statement.settled_in and statement.settled_in.recorded_at >= until:
            statement.status = Where.OPEN
        reading.entry.statement = statement
    goals = Goal.objects.filter(entry__files__file__in=files).distinct()
    for goal, reading in _versions(goals, older, then):
        reading.entry.goal = goal
    for entry in (r.entry for r in then.values()):
        if hasattr(entry, "scale") and entry.scale.ended_at and entry.scale.ended_at >= until:
            entry.scale.ended_at = None
        if hasattr(entry, "map_item") and entry.map_item.ended_in and entry.map_item.ended_in.recorded_at >= until:
            entry.map_item.outcome = ""
        if hasattr(entry, "map_item") and entry.map_item.kind == Kind.BOTTOM:
            _line_as_it_stood(entry.map_item.bottom_line, until)


def _line_as_it_stood(line: BottomLine, until: datetime) -> None:
    for step in ("told_in", "agreed_in"):
        said = getattr(line, step)
        if said and said.recorded_at >= until:
            setattr(line, step, None)


def _versions(
    rows: Iterable[Moved], older: Mapping[int, int | None], then: Mapping[int, Reading]
) -> Iterable[tuple[Moved, Reading]]:
    """Find for each row, which stands beside the newest version, the version that stood then."""
    for row in rows:
        pk: int | None = row.entry_id
        while pk is not None and pk not in then:
            pk = older.get(pk)
        if pk is not None:
            yield copy(row), then[pk]


@dataclass(frozen=True)
class Changes:
    """What has changed on the map between two days."""

    added: list[Laid]
    reworded: list[Laid]
    gone: list[Laid]
    worries_added: list[Shown]
    worries_gone: list[Shown]

    @property
    def words(self) -> str:
        """The changes counted by column, in words; a sentence when there are none."""
        kinds = [laid.item.kind for laid in self.added]
        counts = (
            (sum(k in WORRIED for k in kinds) + len(self.worries_added), "added to what worries us"),
            (sum(k in WORKING for k in kinds), "added to what is working"),
            (sum(k not in WORRIED | WORKING for k in kinds), "added to what needs to happen"),
            (len(self.reworded), "put in other words"),
            (len(self.gone) + len(self.worries_gone), "gone from it"),
        )
        told = [f"{n} {'thing' if n == 1 else 'things'} {what}" for n, what in counts if n]
        return f"{'; '.join(told)}." if told else "Nothing on the map has changed."


def changes(then: TheMap, now: TheMap) -> Changes:
    """Compare the map of two days. Each thing is known again by its set, harm by its child too."""
    was, now_on = _known(then), _known(now)
    stood = {w.statement.pk for w in then.standing}
    stands = {w.statement.pk for w in now.standing}
    return Changes(
        [laid for key, laid in now_on.items() if key not in was],
        [laid for key, laid in now_on.items() if key in was and was[key].ref != laid.ref],
        [laid for key, laid in was.items() if key not in now_on],
        [w for w in now.standing if w.statement.pk not in stood],
        [w for w in then.standing if w.statement.pk not in stands],
    )


def _known(the: TheMap) -> dict[tuple[object, ...], Laid]:
    every = chain.from_iterable(the.items.values())
    return {
        (laid.item.together, laid.item.kind, laid.child.pk if laid.child and laid.item.kind == Kind.HARM else 0): laid
        for laid in every
    }
