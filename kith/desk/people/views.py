"""The page of one person, and the question of whether another record is of them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in
from kith.desk.people import policies, telling
from kith.desk.people.forms import MergeForm
from kith.desk.people.queries import Page, open_page, records_like
from kith.people.persons import policies as persons
from kith.people.persons.actions import propose_merge
from kith.people.persons.pages import ask, open_or_404
from kith.people.persons.queries import open_person
from kith.people.sight.queries import file_refs


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


@signed_in
@asks
def person_merge(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that another record is of this same person: one of those that are like theirs, or any by its address."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    refusal = persons.see_merges(actor=actor)
    likely = [] if refusal else records_like(actor, opened.person, at=opened.at)
    form = MergeForm(posted(request), likely=likely, at=opened.at)
    if form.is_valid():
        other = open_person(actor, form.chosen, at=opened.at)
        if other is None:
            form.not_found()
        else:
            asked = {"kept": opened.person, "folded_in": other[0], "why": form.cleaned_data["why"]}
            return redirect("merge", ref=propose_merge(**asked, by=actor, at=opened.at).ref)
    saw(request, "likely", files=file_refs(f.known.file.pk for f in likely if f.known.file))
    lead = "Nothing is moved. A second person must agree, and it can be undone."
    words = {"title": "This is the same person as…", "button": "Propose it", "lead": lead}
    return ask(request, opened, form, **words, refusal=refusal)


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
