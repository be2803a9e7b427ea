"""The front page of a worker's day, and the page of a team for whoever leads it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import actor_of, reads, saw, signed_in
from kith.desk.day import policies, queries
from kith.desk.day.matters import what_matters
from kith.desk.day.queries import Day
from kith.desk.day.waiting import FIRST, line_on_me, line_on_others, on_me, on_others, written_by
from kith.kit.refusal import require
from kith.people.involvement.frame import face


@signed_in
@reads
def desk(request: HttpRequest) -> HttpResponse:
    """My families and what matters now in each, what was promised, what is due, and what waits."""
    actor, at = actor_of(request), timezone.now()
    page: dict[str, Any] = {"today": timezone.localdate(at), "face": face, "me": actor.account_id}
    page |= {"administers": policies.administers(actor=actor), "takes_calls": policies.takes_calls(actor=actor)}
    if refusal := policies.see_families(actor=actor):
        saw(request, "desk")
        return render(request, "day/shut.html", page | {"refusal": refusal, "notices": queries.unread(actor)})
    day = queries.my_day(actor, at=at)
    saw(request, "desk", files=day.refs)
    page |= {"day": day, "what_matters": what_matters, "first": FIRST, "none_yet": policies.none_yet(actor=actor)}
    page |= {"leads": policies.see_team(actor=actor) is None, **_waiting(actor, day)}
    page["mine_to_keep"] = {p.promise.pk for p in day.promises if policies.keeps(actor=actor, promised=p)}
    return render(request, "day/desk.html", page)


def _waiting(actor: Actor, day: Day) -> dict[str, Any]:
    written = written_by(actor.account_id, day.lines)
    mine = [d for d in day.proposals if d.entry.author_id == actor.account_id]
    to_decide = [d for d in day.proposals if policies.decides(actor=actor, decision=d)]
    to_see_to = [one for one in day.bottom_lines if policies.sees_to(actor=actor, line=one)]
    unagreed = [one for one in day.bottom_lines if one.entry.author_id == actor.account_id and one not in to_see_to]
    on = on_me(drafts=day.drafts, places=day.places, proposals=to_decide, notices=day.notices, written=written)
    on = sorted([*on, *map(line_on_me, to_see_to)], key=lambda one: one.since)
    others = [*on_others(proposals=mine, written=written), *map(line_on_others, unagreed)]
    return {"on_me": on, "on_others": sorted(others, key=lambda one: one.since)}


@signed_in
@reads
def my_team(request: HttpRequest) -> HttpResponse:
    """Those I lead, by name, each with their families and what matters now in them. Nobody is ranked."""
    actor, at = actor_of(request), timezone.now()
    require(policies.see_team(actor=actor))
    people = queries.my_team(actor, at=at)
    saw(request, "my team", files={f.ref for one in people for line in one.lines for f in line.files})
    page = {"people": people, "what_matters": what_matters, "face": face, "me": actor.account_id}
    return render(request, "day/team.html", page | {"today": timezone.localdate(at)})
