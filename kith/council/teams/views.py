"""Pages about teams: who is in which, who leads whom; and somebody's first day. No family is on them."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.accounts.queries import person as person_at
from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in, writes
from kith.council.teams import actions, policies, queries
from kith.council.teams.forms import JoinerForm, LeaderForm, PersonForm, TeamForm
from kith.council.teams.models import Team
from kith.kit.refusal import Refusal, require


def _let_in(request: HttpRequest, what: str, **facts: str) -> None:
    require(policies.see_teams(actor=actor_of(request)))
    saw(request, what, files=(), **facts)


def _team(request: HttpRequest, ref: UUID) -> Team:
    _let_in(request, "team", team=str(ref))
    if team := queries.open_team(ref):
        return team
    raise Http404


def _person(request: HttpRequest, ref: UUID) -> Account:
    _let_in(request, "account", account=str(ref))
    if account := person_at(ref):
        return account
    raise Http404


@signed_in
@reads
def teams(request: HttpRequest) -> HttpResponse:
    """Show every team and the people in it."""
    _let_in(request, "teams")
    return render(request, "teams/list.html", {"teams": queries.teams(at=timezone.now())})


@signed_in
@asks
def team_new(request: HttpRequest) -> HttpResponse:
    """Begin a team."""
    _let_in(request, "teams")
    form = TeamForm(posted(request), agencies=queries.agencies())
    if form.is_valid():
        refusal = policies.add_team(actor=actor_of(request), name=form.cleaned_data["name"])
        if refusal is None:
            made = actions.add_team(by=actor_of(request), at=timezone.now(), **form.cleaned_data)
            return redirect("team", ref=made.ref)
        form.add_error("name", refusal.reason)
    return render(request, "teams/new.html", {"form": form, "once": form_key()})


@signed_in
@asks
def team(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one team, and put somebody in it."""
    team, at = _team(request, ref), timezone.now()
    inside = queries.members(team, at=at)
    others = [p for p in queries.workers() if p not in inside and p.pk != actor_of(request).account_id]
    form = PersonForm(posted(request), people=others)
    if form.is_valid():
        actions.join_team(team=team, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("team", ref=ref)
    words = {"team": team, "people": inside, "form": form, "once": form_key()}
    return render(request, "teams/one.html", words)


@signed_in
@writes
def team_leave(request: HttpRequest, ref: UUID, person: UUID) -> HttpResponse:
    """Take somebody out of a team."""
    team, account = _team(request, ref), _person(request, person)
    actions.leave_team(team=team, account=account, by=actor_of(request), at=timezone.now())
    return redirect("team", ref=ref)


@signed_in
@writes
def team_close(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Close an empty team."""
    actions.close_team(team=_team(request, ref), by=actor_of(request), at=timezone.now())
    return redirect("teams")


def _leader_now(account: Account, at: datetime) -> tuple[dict[str, str], str]:
    leader = queries.leader_of(account, at=at)
    return {"leader": str(leader.ref) if leader else ""}, queries.mark_of(account, at=at)


@signed_in
@asks
def person_team(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show where somebody belongs, and say who leads them."""
    account, at = _person(request, ref), timezone.now()
    leader = queries.leader_of(account, at=at)
    others = [p for p in queries.workers() if p != account]
    now, mark = _leader_now(account, at)
    form = LeaderForm(posted(request), people=others, initial=now)
    form.mark = mark
    if form.is_valid():
        chosen = form.cleaned_data["leader"]
        refusal = policies.set_leader(actor=actor_of(request), worker=account, leader=chosen)
        if refusal:
            form.add_error("leader", refusal.reason)
        elif form.saves(
            partial(actions.set_leader, worker=account, by=actor_of(request), at=at, **form.cleaned_data),
            lambda: _leader_now(account, at),
        ):
            return redirect("person-team", ref=ref)
    words = {
        "account": account,
        "teams": queries.teams_held(account, at=at),
        "leader": leader,
        "leads": queries.led_directly_by(account, at=at),
        "form": form,
        "once": form_key(),
    }
    return render(request, "teams/person.html", words)


@signed_in
@asks
def account_new(request: HttpRequest) -> HttpResponse:
    """Bring somebody new in, then give them their way in."""
    _let_in(request, "accounts")
    open_teams = [shown.team for shown in queries.teams(at=timezone.now())]
    form = JoinerForm(posted(request), teams=open_teams, people=queries.workers())
    if form.is_valid():
        refusal = _unwelcome(request, form)
        if refusal is None:
            joiner = actions.welcome(by=actor_of(request), at=timezone.now(), **form.cleaned_data)
            return redirect("account-way-in", ref=joiner.ref)
        form.add_error("username" if "username" in refusal.code else "works", refusal.reason)
    return render(request, "teams/joiner.html", {"form": form, "once": form_key()})


def _unwelcome(request: HttpRequest, form: JoinerForm) -> Refusal | None:
    asked = {name: form.cleaned_data[name] for name in ("username", "works", "team")}
    return policies.welcome(actor=actor_of(request), **asked)
