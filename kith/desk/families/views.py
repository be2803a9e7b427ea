"""The front page of a worker's day, and the first page of a family."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.access.permissions import Permission
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
        "proposals": [] if refusal else queries.proposals_waiting(actor),
        "notices": queries.unread(actor),
        "unfinished": [] if refusal else drafts_of(actor),
    }
    return render(request, "families/desk.html", page)


@signed_in
@reads
def family(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A family: people first, then how to reach them, then what has happened and been decided."""
    actor, at = actor_of(request), timezone.now()
    opened = open_or_none(actor, ref, at=at)
    if opened is None:
        raise Http404
    gathered = queries.family_page(actor, opened)
    saw(request, "family", files=opened.refs)
    page = {"family": frame(opened, "family"), "ref": ref, "page": gathered, "opened": opened, "face": face}
    page |= {"today": timezone.localdate(at), "may_see_looks": actor.may(Permission.LOOKS_READ)}
    return render(request, "families/family.html", page)
