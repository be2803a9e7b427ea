"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.looks import hashed
from kith.access.edge import actor_of, reads, saw, signed_in
from kith.desk.search import queries
from kith.kit.forms import tidy
from kith.kit.refusal import require
from kith.people.persons.keys import query_keys
from kith.people.restriction.actions import tell_of_search
from kith.people.sight import policies
from kith.people.sight.finding import is_exact_form

LONGEST = 200


@signed_in
@reads
def search(request: HttpRequest) -> HttpResponse:
    """Find a person by name, birth date, telephone, postcode or number. Hidden and absent are the same page."""
    actor, at = actor_of(request), timezone.now()
    require(policies.find_people(actor=actor))
    asked = tidy(request.GET.get("q", ""))[:LONGEST].strip()
    query = query_keys(asked)
    found = queries.answers(actor, query, at=at)
    if is_exact_form(query):
        tell_of_search(query=hashed(asked), met=found.met, by=actor, at=at)
    saw(request, "search", files=found.listed, query=hashed(asked))
    page = {
        "asked": asked,
        "query": query,
        "found": found,
        "take_url": queries.address("contact-new") if queries.may_take(actor) else "",
        "here": reverse("search"),
    }
    return render(request, "search/search.html", page)
