"""The verbs of teams: begin, close, join, leave, lead; and of the two days everybody has: the first and the last."""

from datetime import datetime

from kith.access.accounts.actions import add_account, close_account
from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.roles import Work
from kith.council.teams import policies
from kith.council.teams.models import Agency, Leads, Team, TeamMember
from kith.council.teams.queries import led_directly_by, mark_of
from kith.kit.changed import as_read
from kith.kit.refusal import require


@action
def add_team(*, name: str, agency: Agency, by: Actor, at: datetime) -> Team:  # noqa: ARG001 - every act has a time
    """Begin a team."""
    require(policies.add_team(actor=by, name=name))
    team = Team.objects.create(name=name, agency=agency)
    note("team.begun", about=team)
    return team


@action
def close_team(*, team: Team, by: Actor, at: datetime) -> Team:
    """Close an empty team. Its past stays."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    empty = not TeamMember.objects.filter(team=team, until__gt=at).exists()
    require(policies.close_team(actor=by, empty=empty))
    team.closed_at = at
    team.save(update_fields=["closed_at"])
    note("team.closed", about=team)
    return team


@action
def join_team(*, team: Team, account: Account, by: Actor, at: datetime) -> TeamMember:
    """Put somebody in a team from now. Already in it: given back as it is."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    require(policies.join_team(actor=by, team=team, account=account))
    inside = TeamMember.objects.filter(team=team, account=account, until__gt=at).first()
    member = inside or TeamMember.objects.create(team=team, account=account, since=at)
    note("team.joined", about=team, staff=str(account.ref))
    return member


@action
def leave_team(*, team: Team, account: Account, by: Actor, at: datetime) -> None:
    """Take somebody out of a team now. What they saw through it ends at their next request."""
    require(policies.leave_team(actor=by, account=account))
    TeamMember.objects.filter(team=team, account=account, since__lt=at, until__gt=at).update(until=at)
    note("team.left", about=team, staff=str(account.ref))


@action
def set_leader(*, worker: Account, leader: Account | None, read: str = "", by: Actor, at: datetime) -> None:
    """Say who leads somebody from now, in place of whoever did; or that nobody does. `read` marks who was read to."""
    Account.objects.select_for_update(no_key=True).get(pk=worker.pk)
    require(policies.set_leader(actor=by, worker=worker, leader=leader))
    require(as_read(read, mark_of(worker, at=at)))
    Leads.objects.filter(worker=worker, since__lt=at, until__gt=at).update(until=at)
    if leader:
        Leads.objects.create(leader=leader, worker=worker, since=at)
    note("leader.set", about=worker, leader=str(leader.ref) if leader else "")


@action
def welcome(
    *,
    username: str,
    name: str,
    job_title: str,
    email: str,
    phone: str,
    works: list[Work],
    why: str,
    team: Team | None,
    leader: Account | None,
    by: Actor,
    at: datetime,
) -> Account:
    """Bring somebody new in: their account and work, and where they belong."""
    require(policies.welcome(actor=by, username=username, works=works, team=team))
    joiner = add_account(
        username=username,
        name=name,
        job_title=job_title,
        email=email,
        phone=phone,
        works=works,
        why=why,
        by=by,
        at=at,
    )
    if team:
        join_team(team=team, account=joiner, by=by, at=at)
    if leader:
        set_leader(worker=joiner, leader=leader, by=by, at=at)
    note("joiner.welcomed", about=joiner)
    return joiner


@action
def say_goodbye(*, account: Account, why: str, by: Actor, at: datetime) -> Account:
    """End where somebody belongs here, and their account, when they leave.

    Their ties to files, and telling whoever must say who works next, are `people.leavers`, which does this too.
    """
    require(policies.say_goodbye(actor=by, account=account))
    for worker in led_directly_by(account, at=at):
        note("leader.lost", about=worker)
    TeamMember.objects.filter(account=account, since__lt=at, until__gt=at).update(until=at)
    for rows in (Leads.objects.filter(worker=account), Leads.objects.filter(leader=account)):
        rows.filter(since__lt=at, until__gt=at).update(until=at)
    close_account(account=account, why=why, by=by, at=at)
    note("leaver.gone", about=account)
    return account
