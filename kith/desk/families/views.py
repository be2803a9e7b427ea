"""The front page of a worker's day, and the first page of a family."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import actor_of, reads, saw, signed_in
from kith.access.permissions import Permission
from kith.casework.decisions.models import Decision
from kith.desk.families import policies, queries
from kith.people.drafts.queries import drafts_of
from kith.people.involvement.frame import face, frame, open_or_none


@signed_in
@reads
def desk(request: HttpRequest) -> HttpResponse:
    """My families, and what is waiting for me."""
    actor, at = actor_of(request), timezone.now()
    refusal = policies.see_families(actor=actor)
    lines = [] if refusal else queries.my_families(actor, at=at)
    saw(request, "desk", files=[f.ref for line in lines for f in line.files])
    page = {
        "today": timezone.localdate(at),
        "lines": lines,
        "refusal": refusal,
        "face": face,
        "proposals": [] if refusal else _for(actor, queries.proposals_waiting(actor)),
        "notices": queries.unread(actor),
        "unfinished": [] if refusal else drafts_of(actor),
        "takes_calls": policies.takes_calls(actor=actor),
        "administers": policies.administers(actor=actor),
        "none_yet": policies.none_yet(actor=actor),
    }
    return render(request, "families/desk.html", page)


def _for(actor: Actor, proposals: list[Decision]) -> list[Decision]:
    return [one for one in proposals if policies.decides(actor=actor, decision=one)]


@signed_in
@reads
def family(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A family: people first, then how to reach them, then what has happened and been decided."""
    actor, at = actor_of(request), timezone.now()
    opened = open_or_none(actor, ref, at=at, before_you_ring=True)
    if opened is None:
        raise Http404
    gathered = queries.family_page(actor, opened)
    saw(request, "family", files=opened.refs)
    page = {"family": frame(opened, "family"), "ref": ref, "page": gathered, "opened": opened, "face": face}
    page |= {"today": timezone.localdate(at), "may_see_looks": actor.may(Permission.LOOKS_READ)}
    page["forms"] = policies.forms_for(actor=actor, files=opened.files)
    return render(request, "families/family.html", page)
