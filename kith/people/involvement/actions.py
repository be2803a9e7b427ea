"""The verbs of working with a child: begin, allocate, end, bar. Ending a tie ends access at once (PV-5)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from kith.access.accounts.models import FOREVER, Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.council.teams.models import Team
from kith.framework.kinds import Tie
from kith.kit.refusal import require
from kith.people.involvement import policies
from kith.people.involvement.models import STANDS_IN, Involvement, Relation
from kith.people.persons.models import Family, File
from kith.people.persons.queries import lock_files


@action
def begin_involvement(*, file: File, family: Family, level: str, why: str, by: Actor, at: datetime) -> Involvement:
    """Begin work with one child at one level, saying why. A level already open is given back as it is."""
    lock_files([file])
    require(policies.begin_involvement(actor=by))
    already = file.involvements.filter(level=level, until__gt=at).first()
    begun = already or Involvement.objects.create(
        file=file, family=family, level=level, since=at, why=why, recorded_by_id=by.account_id, recorded_at=at
    )
    note("involvement.begun", about=begun, files=[file.ref], level=level)
    return begun


@action
def end_involvement(*, involvement: Involvement, why: str, by: Actor, at: datetime) -> Involvement:
    """End a level of work with one child, saying why. The row stays; ties to the file are ended on their own."""
    lock_files([involvement.file])
    require(policies.end_involvement(actor=by, file=involvement.file))
    Involvement.objects.filter(pk=involvement.pk, until__gt=at).update(until=at, why_ended=why)
    involvement.refresh_from_db()
    note("involvement.ended", about=involvement, files=[involvement.file.ref], level=involvement.level)
    return involvement


@action
def allocate(*, file: File, staff: Account, why: str, kind: Tie = Tie.ALLOCATED, by: Actor, at: datetime) -> Relation:
    """Tie one worker to a file: allocated, coworker, chairs or named. They see it from this moment.

    A child has one allocated worker: allocating another hands over, and the earlier worker's tie ends now (PV-5).
    Whoever stood in for a worker who left stands in to the end of the day.
    """
    lock_files([file])
    require(policies.allocate(actor=by, file=file, staff=staff, at=at))
    if kind is Tie.ALLOCATED:
        held = Relation.objects.filter(file=file, kind=kind, since__lte=at, until__gt=at)
        held.update(until=at, why_ended="Another worker was allocated.")
        stood_in = Relation.objects.filter(file=file, why=STANDS_IN, since__lte=at, until__gt=at)
        stood_in.update(until=_tonight(at), why_ended="Somebody was allocated.")
    tie = write_tie(file, kind, by, at, why, staff=staff)
    note("file.tied", about=tie, files=[file.ref], kind=kind, staff=str(staff.ref))
    return tie


def _tonight(at: datetime) -> datetime:
    """Give the end of this day where the council is: who allocated may still see that it was done (PV-5: same day)."""
    day = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


@action
def hold_by_team(*, file: File, team: Team, why: str, by: Actor, at: datetime) -> Relation:
    """Say that a team holds this file, so that its people can answer for each other."""
    lock_files([file])
    require(policies.allocate(actor=by, file=file))
    tie = write_tie(file, Tie.TEAM, by, at, why, team=team)
    note("file.tied", about=tie, files=[file.ref], kind=Tie.TEAM, team=str(team.ref))
    return tie


@action
def end_tie(*, tie: Relation, why: str, by: Actor, at: datetime) -> Relation:
    """End a tie, from this moment, saying why. The row stays: it explains what was seen until now."""
    lock_files([tie.file])
    require(policies.end_tie(actor=by, file=tie.file))
    Relation.objects.filter(pk=tie.pk).update(until=at, why_ended=why)
    tie.refresh_from_db()
    note("file.untied", about=tie, files=[tie.file.ref], kind=tie.kind)
    return tie


@action
def bar(*, file: File, staff: Account, why: str, by: Actor, at: datetime) -> Relation:
    """Keep one worker from a file, whatever else ties them to it: kin, conflict, or an allegation."""
    lock_files([file])
    require(policies.bar(actor=by, file=file))
    tie = write_tie(file, Tie.BARRED, by, at, why, staff=staff)
    note("file.barred", about=tie, files=[file.ref], staff=str(staff.ref))
    return tie


def write_tie(
    file: File,
    kind: Tie,
    by: Actor,
    at: datetime,
    why: str,
    *,
    staff: Account | None = None,
    team: Team | None = None,
    until: datetime | str = FOREVER,
) -> Relation:
    """Write one dated tie, for an action that has asked: `restriction` names workers and breaks the glass by it."""
    return Relation.objects.create(
        file=file,
        kind=kind,
        staff=staff,
        team=team,
        since=at,
        until=until,
        why=why,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )


@action
def tie_self(*, file: File, why: str, until: datetime | str = FOREVER, by: Actor, at: datetime) -> Relation:
    """Tie whoever took a call, decides on it, or opened a new file to that file, as a co-worker until a day.

    Only for an action that has reason to: the call or the new person is on the ledger beside it.
    """
    lock_files([file])
    require(policies.tie_self(actor=by, file=file))
    me = Account.objects.get_queryset().get(pk=by.account_id)
    tie = write_tie(file, Tie.COWORKER, by, at, why, staff=me, until=until)
    note("file.tied", about=tie, files=[file.ref], kind=Tie.COWORKER, staff=str(by.ref))
    return tie


@action
def end_call_ties(*, ties: Sequence[Relation], why: str, by: Actor, at: datetime) -> None:
    """End the ties that taking and deciding a call gave, now that somebody holds the file or nobody needs to."""
    files = lock_files([tie.file for tie in ties])
    require(policies.end_call_ties(actor=by))
    Relation.objects.filter(pk__in=[tie.pk for tie in ties], until__gt=at).update(until=at, why_ended=why)
    note("call.untied", files=[f.ref for f in files])
