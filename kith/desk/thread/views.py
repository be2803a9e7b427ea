"""The golden thread: one worry, from what we fear to what was done about it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.casework.mapping.queries import find_worry
from kith.desk.thread import policies, queries
from kith.desk.thread.gaps import lacking
from kith.desk.thread.telling import then_and_now, whose
from kith.desk.thread.touching import touched
from kith.people.involvement.frame import frame, open_or_none


@signed_in
@reads
def thread(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One worry from end to end, each step from the record that holds it, and each gap in words."""
    actor, at = actor_of(request), timezone.now()
    found = find_worry(ref)
    opened = open_or_none(actor, found.family, at=at) if found else None
    followed = queries.followed(actor, opened, found) if found and opened else None
    if followed is None or opened is None:
        raise Http404
    shown, readings = followed
    saw(request, "thread", files={f.ref for r in readings for f in r.files}, entry=str(shown.worry.reading.entry.ref))
    series, touching = shown.worry.series, touched(shown)
    leave = policies.leave(
        actor=actor,
        worry=shown.worry.reading.files,
        numbers=series.files if series else [],
        family=opened.written_by(actor),
    )
    page = {
        "family": frame(opened, "statements"),
        "ref": opened.family.ref,
        "thread": shown,
        "leave": leave,
        "then_and_now": then_and_now(series) if series else "",
        "whose": whose(series, shown.children) if series else "",
        "touching": touching,
        "lacking": lacking(shown, touching, leave, today=timezone.localdate(at)),
    }
    return render(request, "thread/thread.html", page)
