"""Who is who in a family: the tree drawn, and the same in words."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.edge import actor_of, reads, saw, signed_in
from kith.desk.tree import policies, telling
from kith.desk.tree.queries import family_tree
from kith.people.involvement.frame import frame, open_or_none
from kith.people.relationships.tree.drawing import svg


@signed_in
@reads
def tree(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A family's tree, drawn and in words. How people get on is drawn when it is asked for, and never printed."""
    actor, at = actor_of(request), timezone.now()
    opened = open_or_none(actor, ref, at=at)
    if opened is None:
        raise Http404
    may_see_between = policies.offers_between(actor=actor, opened=opened)
    between = may_see_between and request.GET.get("between") == "1"
    found = family_tree(actor, opened, bonds=between)
    title, says = f"The {opened.family.name} family", telling.finding(found)
    saw(request, "tree", files=opened.refs, between=between)
    page = {
        "family": frame(opened, "family"),
        "ref": ref,
        "drawing": svg(found.tree, title, says),
        "on_paper": svg(family_tree(actor, opened, bonds=False).tree, title, says, name="paper") if between else "",
        "key": telling.key(found),
        "rows": telling.rows(found),
        "others": telling.others(found),
        "gaps": telling.gaps(found),
        "may_change": policies.offers_change(actor=actor, opened=opened),
        "may_see_between": may_see_between and bool(found.between),
        "between": between,
        "today": found.today,
    }
    return render(request, "tree/tree.html", page)
