"""Questions about the children somebody leaves behind: who stands in, who is told, who still waits for a worker."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kith.access.accounts.models import Account
from kith.access.accounts.queries import holding
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import ROLES, Work
from kith.council.teams.queries import leaders_of
from kith.framework.kinds import Level, Tie
from kith.people.involvement.models import Involvement, Relation
from kith.people.persons.models import File, LevelSet
from kith.people.restriction.queries import custodian_of
from kith.people.sight.queries import sight_of

ALLOCATES = (Work.TEAM_LEADER, Work.SERVICE_LEADER, Work.HEAD_OF_SERVICE, Work.DIRECTOR)
"""Who can be asked to stand in, nearest to the work first."""


@dataclass(frozen=True)
class Waiting:
    """One child with whom nobody is allocated to work, and whose work was the last to end."""

    file: File
    last: Relation | None


def ties_to_end(account: Account, *, at: datetime) -> list[Relation]:
    """Give every tie of this worker that is in force or still to come. A bar is not among them: it outlives a job."""
    rows = Relation.objects.filter(staff=account, until__gt=at).exclude(kind=Tie.BARRED)
    return list(rows.select_related("file").order_by("pk"))


def kept_by(account: Account) -> list[File]:
    """Give the closed files whose custodian this is, by the newest setting of their level."""
    ids = LevelSet.objects.filter(custodian=account).values("file")
    closed = File.objects.filter(pk__in=ids).exclude(level=Level.OPEN).order_by("pk")
    return [file for file in closed if custodian_of(file) == account]


def line_above(account: Account, *, at: datetime) -> list[Account]:
    """Give who could stand in for this worker, best first: those who lead them, then whoever else may allocate."""
    above = [a for a in leaders_of([account.pk], at=at) if _may_allocate(a, at=at)]
    found = {a.pk: a for a in [*above, *holding(ALLOCATES, at=at)]}
    return [a for pk, a in found.items() if pk != account.pk]


def _may_allocate(account: Account, *, at: datetime) -> bool:
    held = account.roles.filter(since__lte=at, until__gt=at).values_list("work", flat=True)
    return any(Permission.FILE_ALLOCATE in ROLES[Work(w)].may for w in held)


def stands_in(file: File, line: Sequence[Account], *, at: datetime) -> Account | None:
    """Give the first of these people who is not kept from this file."""
    now = Relation.objects.filter(file=file, kind=Tie.BARRED, since__lte=at, until__gt=at)
    barred = set(now.values_list("staff_id", flat=True))
    return next((a for a in line if a.pk not in barred), None)


def named_on(file: File, *, but: int, at: datetime) -> list[Account]:
    """Give who is still named on a closed file, can sign in and is not kept from it: never whoever is leaving."""
    rows = Relation.objects.filter(file=file, since__lte=at, until__gt=at, kind__in=[Tie.NAMED, Tie.BARRED])
    ties = list(rows.select_related("staff").order_by("pk"))
    away = {t.staff_id for t in ties if t.kind == Tie.BARRED} | {but}
    named = {t.staff_id: t.staff for t in ties if t.kind == Tie.NAMED and t.staff and t.staff.is_active}
    return [staff for pk, staff in named.items() if pk not in away]


def without_worker(actor: Actor, *, at: datetime) -> list[Waiting]:
    """Give the children this reader may read, with whom we work and to whom nobody who works here is allocated.

    The longest without a worker come first. Three queries, however many children there are.
    """
    now = Q(since__lte=at, until__gt=at)
    mine = sight_of(actor).my_files()
    working = Involvement.objects.filter(now, file__in=mine).values("file")
    held = Relation.objects.filter(now, kind=Tie.ALLOCATED, staff__is_active=True).values("file")
    files = File.objects.filter(pk__in=working).exclude(pk__in=held).select_related("person")
    last = _last_worker(files)
    waiting = [Waiting(file, last.get(file.pk)) for file in files]
    return sorted(waiting, key=lambda one: (one.last.until if one.last else one.file.opened_at, one.file.pk))


def _last_worker(files: Iterable[File]) -> dict[int, Relation]:
    rows = Relation.objects.filter(file__in=[f.pk for f in files], kind=Tie.ALLOCATED).select_related("staff")
    return {tie.file_id: tie for tie in rows.order_by("until", "pk")}
