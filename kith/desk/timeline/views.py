"""A family's timeline."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.desk.timeline import policies, queries
from kith.people.involvement.frame import face, frame, open_or_none


@signed_in
@reads
def timeline(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Everything that has been written about a family, by day, newest first, fifty at a time."""
    actor, at = actor_of(request), timezone.now()
    opened = None if policies.read_timeline(actor=actor) else open_or_none(actor, ref, at=at)
    if opened is None:
        raise Http404
    child = opened.person(request.GET.get("child", ""))
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(queries.KINDS) else ""
    found = queries.story(actor, opened, child=child, kind=kind, older=_ref(request.GET.get("older", "")))
    saw(request, "timeline", files=opened.refs, shown=len(found.lines))
    page = {
        "family": frame(opened, "timeline"),
        "ref": ref,
        "story": found,
        "kinds": queries.KINDS,
        "kind": kind,
        "child": child,
        "children": opened.children,
        "face": face,
        "short": queries.SHORT,
    }
    return render(request, "timeline/timeline.html", page)


def _ref(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None
