"""The page of one person."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, form_key, reads, saw, signed_in
from kith.desk.people import policies, telling
from kith.desk.people.queries import Page, open_page


@signed_in
@reads
def person(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One person: who they are, before you ring, whom they belong to, and what may be changed about them."""
    actor, at = actor_of(request), timezone.now()
    page = open_page(actor, ref, at=at)
    if page is None:
        raise Http404
    if page.person.ref != ref:
        return redirect("person", ref=page.person.ref)
    saw(request, "person", files=page.refs, person=str(page.person.ref), glass=page.glass is not None)
    shown = _shown(page) | {"may": policies.offers(actor=actor, page=page), "once": form_key()}
    return render(request, "people_page/person.html", shown)


def _shown(page: Page) -> dict[str, Any]:
    today = timezone.localdate(page.at)
    return {
        "page": page,
        "person": page.person,
        "face": {"name": page.person.known_as, "drawing": page.person.token, "child": page.is_child},
        "age": telling.age_line(page.person, today),
        "families": telling.members(page, today),
        "kin": telling.kin(page),
        "responsible": telling.responsible(page),
        "ask": telling.whom_to_ask(page),
        "homes": telling.living(page),
        "places": telling.found(page),
        "reached": telling.reached(page),
        "workers": telling.workers(page),
        "others": telling.others(page),
        "facts": telling.facts(page.person),
        "names": telling.names(page),
        "numbers": telling.numbers(page),
    }
