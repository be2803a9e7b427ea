"""Pages of who looked: at one family's record, and among the people I lead."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.desk.looked import policies, queries
from kith.kit.refusal import require
from kith.people.involvement.frame import frame, open_or_none


@signed_in
@reads
def looked(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who has looked at this family's record: first anyone without a tie to it, then everyone by day."""
    actor = actor_of(request)
    opened = open_or_none(actor, ref, at=timezone.now())
    if opened is None:
        raise Http404
    require(policies.see_looks(actor=actor))
    saw(request, "who has looked", files=opened.refs)
    page = {
        "family": frame(opened, "looked"),
        "looks": queries.looks_at_family(opened),
        "days": queries.FAMILY_DAYS,
    }
    return render(request, "looked/family.html", page)


@signed_in
@reads
def my_people(request: HttpRequest) -> HttpResponse:
    """Looks at records without a tie to them, in the last 14 days: by those I lead; for governance, by anybody."""
    actor = actor_of(request)
    require(policies.see_looks(actor=actor))
    lookers, files = queries.looks_of_my_people(actor, at=timezone.now())
    saw(request, "looks of my people", files=files)
    page = {"lookers": lookers, "days": queries.TEAM_DAYS, "everybody": queries.answers_for_all(actor)}
    return render(request, "looked/my_people.html", page)
