"""Questions about files held closely, and about each breaking of the glass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kith.access.accounts.models import Account, Clearance
from kith.access.accounts.queries import cleared_among, holding
from kith.access.actor import Actor
from kith.access.roles import Work
from kith.council.teams.queries import leaders_of
from kith.framework.calendar import Unit, due, working_days_between
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.involvement.models import Relation
from kith.people.persons.models import File, LevelSet, Person
from kith.people.restriction.models import Alerted, Grant, Unsealing
from kith.people.sight.queries import sight_of
from kith.people.sight.rules import Situation, judge

REVIEW_WITHIN = 3  # working days: local, trust B 27
ANSWERS = (Work.GOVERNANCE, Work.HEAD_OF_SERVICE, Work.SERVICE_LEADER, Work.TEAM_LEADER, Work.DIRECTOR)


@dataclass(frozen=True)
class Stub:
    """What an exact match on a restricted file shows: that a record exists, and whom to speak to. Nothing else."""

    file: UUID
    keeper: str
    phone: str


@dataclass(frozen=True)
class Cleared:
    """One clearance for sealed files with the last day it holds, or None where no day was ever set."""

    row: Clearance
    last_day: date | None


@dataclass(frozen=True)
class Waiting:
    """One breaking of the glass as one reader may know of it. `person` only when the file itself is open to them."""

    grant: Grant
    person: Person | None
    look_by: date


def custodian_of(file: File) -> Account | None:
    """Give who keeps this file closely, by the newest setting of its level. Nobody for an open file, nor who left."""
    newest = LevelSet.objects.filter(file=file).select_related("custodian").order_by("-set_at", "-pk").first()
    keeper = newest.custodian if newest else None
    return keeper if keeper and keeper.is_active else None


def workers_told_of(file: File, *, at: datetime) -> list[Account]:
    """Give who is allocated to an open file, for telling: never anybody barred from it."""
    ties = Relation.objects.filter(file=file, since__lte=at, until__gt=at, kind__in=[Tie.ALLOCATED, Tie.BARRED])
    rows = list(ties.select_related("staff").order_by("pk"))
    barred = {t.staff_id for t in rows if t.kind == Tie.BARRED}
    return [t.staff for t in rows if t.staff and t.staff_id not in barred and t.staff.is_active]


def stub_of(file: File) -> Stub:
    """Give the words of an exact match on a restricted file. Ask `sight.stubs` first whether it shows at all."""
    keeper = custodian_of(file)
    return Stub(file.ref, keeper.name if keeper else "information governance", keeper.phone if keeper else "")


def levels_of(file: File) -> list[LevelSet]:
    """Give every setting of this file's level, newest first."""
    rows = LevelSet.objects.filter(file=file).select_related("custodian", "set_by")
    return list(rows.order_by("-set_at", "-pk"))


def reachable(actor: Actor, file: File) -> bool:
    """Whether this file may be spoken of to this actor at all: found openly, or by the stub of an exact match.

    A sealed file never is, unless it is open to them, nor is any file they are barred from: both are not found.
    """
    if file.level == Level.SEALED:
        return actor.sees_all([file.pk])
    return actor.sees_all([file.pk], Verb.FIND, Content.INDEX) or bool(sight_of(actor).stubs([file.pk]))


def reachable_file(actor: Actor, ref: UUID) -> File | None:
    """Find a file whose glass this actor could be asked to break. Unknown, sealed and barred alike: None."""
    file = File.objects.filter(ref=ref).select_related("person").first()
    return file if file and reachable(actor, file) else None


def whom_to_tell(file: File, *, but: int, at: datetime) -> list[Account]:
    """Give who should know that the glass was broken, best first: never somebody barred, nor who broke it.

    First the leaders of whoever is allocated, nearest first; then information governance, heads of service and
    other leaders.
    """
    ties = Relation.objects.filter(file=file, since__lte=at, until__gt=at, kind__in=[Tie.ALLOCATED, Tie.BARRED])
    rows = list(ties.values_list("kind", "staff_id"))
    allocated = [staff for kind, staff in rows if kind == Tie.ALLOCATED]
    kept_away = {staff for kind, staff in rows if kind == Tie.BARRED} | {but}
    found = {a.pk: a for a in [*leaders_of(allocated, at=at), *holding(ANSWERS, at=at)]}
    return [account for pk, account in found.items() if pk not in kept_away]


def my_glass(actor: Actor, files: Sequence[int], *, at: datetime) -> Grant | None:
    """Give the glass this actor has broken on one of these files, while it is open."""
    mine = Grant.objects.filter(account=actor.account_id, file__in=files, since__lte=at, until__gt=at)
    return mine.order_by("-until", "-pk").first()


def told_of(grant: Grant) -> list[Account]:
    """Give the people who were told of this breaking of the glass."""
    return [row.account for row in Alerted.objects.filter(grant=grant).select_related("account").order_by("pk")]


def may_look_into(actor: Actor, grant: Grant) -> bool:
    """Whether this actor may know of a grant: they read the file, were told, or govern; and no bar keeps them away."""
    found = sight_of(actor).situations([grant.file_id], Verb.READ, Content.CORE)[grant.file_id]
    return may_know(found, told=Alerted.objects.filter(grant=grant, account=actor.account_id).exists())


def may_know(found: Situation, *, told: bool) -> bool:
    """Whether somebody in this situation may know that the glass was broken, having been told of it or not."""
    if Tie.BARRED in found.ties:
        return False
    reads = judge(found)[0]
    return reads or ((told or Work.GOVERNANCE in found.work) and found.level is not Level.SEALED)


def grants_waiting(actor: Actor) -> list[Waiting]:
    """Give each breaking of the glass that waits for somebody to look into why, oldest first. Never one's own."""
    rows = Grant.objects.filter(reviewed_at__isnull=True).exclude(account=actor.account_id)
    rows = rows.select_related("account", "file", "file__person").order_by("since", "pk")
    found = sight_of(actor).situations({g.file_id for g in rows}, Verb.READ, Content.CORE)
    told = set(Alerted.objects.filter(grant__in=rows, account=actor.account_id).values_list("grant_id", flat=True))
    known = [g for g in rows if may_know(found[g.file_id], told=g.pk in told)]
    return [_waiting(g, judge(found[g.file_id])[0]) for g in known]


def open_grant(actor: Actor, ref: UUID) -> Waiting | None:
    """Find one breaking of the glass that this actor made or may know of. Unknown and hidden alike: None."""
    rows = Grant.objects.filter(ref=ref).select_related("account", "file", "file__person", "reviewed_by")
    grant = rows.first()
    if grant is None or not (grant.account_id == actor.account_id or may_look_into(actor, grant)):
        return None
    return _waiting(grant, actor.sees_all([grant.file_id]))


def _waiting(grant: Grant, seen: bool) -> Waiting:  # noqa: FBT001 - one word for one question
    began = timezone.localdate(grant.since)
    return Waiting(grant, grant.file.person if seen else None, due(REVIEW_WITHIN, Unit.WORKING_DAYS, began))


def overdue(*, at: datetime) -> list[tuple[Grant, int]]:
    """Give each breaking of the glass nobody has looked into in time, oldest first, and how many times over.

    Once when the three working days have gone by, twice after three more, and so on: each is one step up the line.
    """
    today = timezone.localdate(at)
    rows = Grant.objects.filter(reviewed_at__isnull=True).select_related("file", "account").order_by("since", "pk")
    times = [(g, _times_over(timezone.localdate(g.since), today)) for g in rows]
    return [(grant, over) for grant, over in times if over]


def _times_over(began: date, today: date) -> int:
    days = working_days_between(began, today)
    return max(0, (days - 1) // REVIEW_WITHIN)


def clearances(*, at: datetime) -> list[Cleared]:
    """Give who is cleared for sealed files now or will be, by name, with who cleared them, why and until when."""
    rows = Clearance.objects.filter(until__gt=at).select_related("account", "given_by")
    return [Cleared(row, _last_day(row)) for row in rows.order_by("account__name", "since", "pk")]


def _last_day(row: Clearance) -> date | None:
    ends = timezone.localdate(row.until - timedelta(microseconds=1))
    return None if ends >= date.max - timedelta(days=1) else ends


def clearances_ended(*, at: datetime) -> list[Clearance]:
    """Give the fifty clearances that ended last, newest first."""
    rows = Clearance.objects.filter(until__lte=at).select_related("account", "given_by")
    return list(rows.order_by("-until", "-pk")[:50])


def unsealing_waiting(file: File) -> Unsealing | None:
    """Give what somebody has asked of this sealed file and nobody has agreed yet. None when nothing waits."""
    waiting = Unsealing.objects.filter(file=file, ended_at__isnull=True)
    return waiting.select_related("asked_by", "custodian").first()


def unsealings_of(file: File) -> list[Unsealing]:
    """Give every asking for this file's seal that has ended, newest first: agreed, or left sealed."""
    ended = Unsealing.objects.filter(file=file, ended_at__isnull=False).select_related("asked_by", "ended_by")
    return list(ended.order_by("-ended_at", "-pk"))


def cleared_and_named(file: File, *, but: int, at: datetime) -> list[Account]:
    """Give who, beside this one, sees a sealed file and may be the second person: named, cleared, not barred."""
    now = Relation.objects.filter(file=file, since__lte=at, until__gt=at, kind__in=[Tie.NAMED, Tie.BARRED])
    rows = list(now.select_related("staff").order_by("pk"))
    barred = {t.staff_id for t in rows if t.kind == Tie.BARRED} | {but}
    named = {t.staff_id: t.staff for t in rows if t.kind == Tie.NAMED and t.staff and t.staff.is_active}
    cleared = cleared_among(named.values(), at=at)
    return [account for pk, account in named.items() if pk in cleared - barred]


def is_closed(file: File) -> bool:
    """Say whether a file is held closely at all."""
    return file.level != Level.OPEN
