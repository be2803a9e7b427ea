"""What a worker's front page and a leader's team page gather, each from the shelf that knows.

The lists by worker and by team of what other systems call a caseload (capability 40), with people first (capability 7).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.notices.models import Notice
from kith.casework.decisions.models import Decision
from kith.casework.maps.models import MapItem
from kith.casework.maps.queries import bottom_lines_waiting
from kith.casework.visits.queries import Promised, promises_around, promises_owed
from kith.council.teams.queries import led_directly
from kith.desk.day.due import Due, due_for
from kith.desk.day.lines import Line, add_what_stands, add_work, families_with
from kith.framework.kinds import Tie
from kith.people.drafts.models import Draft
from kith.people.drafts.queries import drafts_of, place_names
from kith.people.involvement.models import Relation
from kith.people.sight.queries import HOLDERS, sight_of

MINE = frozenset({Tie.ALLOCATED, Tie.COWORKER, Tie.CHAIRS, Tie.NAMED, Tie.GLASS})
"""Ties that put a family on one's own desk. What one sees by team or by leading others is told apart from it."""


FEW = 30
"""How many children's files held by one's team a desk names. A team of fourteen holds hundreds, to be searched for."""


@dataclass(frozen=True)
class Day:
    """Everything a worker's front page gathers. `many_held` says that the team holds more than a desk can name."""

    today: date
    lines: list[Line]
    others: list[Line]
    promises: list[Promised]
    due: list[Due]
    proposals: list[Decision]
    notices: list[Notice]
    drafts: list[Draft]
    places: dict[str, str]
    many_held: bool = False
    bottom_lines: list[MapItem] = field(default_factory=list)

    @property
    def refs(self) -> list[UUID]:
        """Addresses of the files this page shows, for the ledger."""
        shown = {f.pk: f.ref for line in [*self.lines, *self.others] for f in line.files}
        shown |= {f.pk: f.ref for promised in self.promises for f in promised.files}
        return list(shown.values())


def my_day(actor: Actor, *, at: datetime) -> Day:
    """Gather a worker's day: their own families whole, and by name those they may see through others.

    A fixed number of questions of the store, however many families.
    """
    sight, today = sight_of(actor), timezone.localdate(at)
    files = sight.my_files()
    ties = sight.ties_on(files)
    own = {pk for pk in files if ties[pk] & MINE}
    held = {pk for pk in files - own if Tie.MANAGES not in ties[pk]}
    lines = families_with(own | (held if len(held) <= FEW else set()), at=at)
    add_work(lines, at=at)
    mine = [line for line in lines if any(f.pk in own for f in line.files)]
    promises = _tell(actor, mine, promises_around(actor, [line.family.pk for line in mine]))
    others = sorted((line for line in lines if line not in mine), key=_by_name)
    due, drafts = due_for(mine, today), drafts_of(actor)
    lists = (in_visiting_order(mine), others, promises, due, _waiting(files), unread(actor))
    waiting = bottom_lines_waiting(files)
    return Day(today, *lists, drafts, place_names(drafts), many_held=len(held) > FEW, bottom_lines=waiting)


def in_visiting_order(lines: Iterable[Line]) -> list[Line]:
    """Put families in the order of visiting: whoever was seen longest ago first. Never by danger (look 4)."""
    return sorted(lines, key=lambda line: (line.longest_ago, *_by_name(line)))


def _by_name(line: Line) -> tuple[str, int]:
    return line.family.name, line.family.pk


def _tell(actor: Actor, lines: Sequence[Line], promises: list[Promised]) -> list[Promised]:
    """Add to each of these families what stands and what is promised to it. Gives the promises."""
    add_what_stands(actor, lines)
    owed: dict[int, list[Promised]] = defaultdict(list)
    for promised in promises:
        owed[promised.promise.entry.family_id].append(promised)
    for line in lines:
        line.promises = owed[line.family.pk]
    return promises


def _waiting(files: Collection[int]) -> list[Decision]:
    """Decisions about children I may see that nobody has decided yet, mine and others', the oldest first."""
    rows = Decision.objects.waiting().filter(entry__files__file__in=files, entry__superseded_by__isnull=True)
    rows = rows.select_related("entry__author", "entry__family")
    return sorted({d.pk: d for d in rows}.values(), key=lambda d: (d.entry.recorded_at, d.pk))


def unread(actor: Actor) -> list[Notice]:
    """Notices to me that I have not read, newest first, at most twenty."""
    rows = Notice.objects.filter(account=actor.account_id, read_at__isnull=True)
    return list(rows.order_by("-at", "-pk")[:20])


@dataclass(frozen=True)
class OfWorker:
    """One worker a leader leads, with the families they hold that the leader may see."""

    worker: Account
    lines: list[Line] = field(default_factory=list)
    leads: list[Account] = field(default_factory=list)


def my_team(actor: Actor, *, at: datetime) -> list[OfWorker]:
    """Give each worker this leader leads directly, by name, with the families they hold. Nobody is ranked or scored.

    Whom those lead in turn are named beside them: their families are on their own leader's page.
    """
    people, beneath = led_directly(actor.account_id, at=at)
    rows = Relation.objects.filter(staff__in=people, kind__in=HOLDERS, since__lte=at, until__gt=at)
    held = list(rows.values_list("staff_id", "file_id"))
    lines = families_with(actor.sees({file for _, file in held}), at=at)
    add_work(lines, at=at)
    _tell(actor, lines, promises_owed(actor, [line.family.pk for line in lines]))
    mine: dict[int, set[int]] = defaultdict(set)
    for staff, file in held:
        mine[staff].add(file)
    ordered = in_visiting_order(lines)
    return [
        OfWorker(one, [line for line in ordered if mine[one.pk] & {f.pk for f in line.files}], beneath[one.pk])
        for one in people
    ]
