"""What a worker who takes a family over reads first."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.desk.handover import policies, queries
from kith.people.involvement.frame import face, frame, open_or_none


@signed_in
@reads
def handover(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One page to take a family over with: people, worries, what works, the plan, promises, and what waits."""
    actor, at = actor_of(request), timezone.now()
    opened = open_or_none(actor, ref, at=at, before_you_ring=True)
    if opened is None:
        raise Http404
    today = timezone.localdate(at)
    gathered = queries.handover_of(actor, opened, today)
    saw(request, "handover", files=opened.refs)
    page = {"family": frame(opened, "handover"), "ref": ref, "page": gathered, "face": face, "today": today}
    page["told"] = policies.told_how_to_reach(actor=actor, files=opened.files)
    return render(request, "handover/handover.html", page | {"me": actor.account_id})
