"""The first page of a family."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.access.permissions import Permission
from kith.desk.families import policies, queries
from kith.people.involvement.frame import face, frame, open_or_none


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
