"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from kith.access.audit.looks import hashed
from kith.access.edge import actor_of, asks, saw, signed_in
from kith.desk.search import asked, queries
from kith.kit.forms import tidy
from kith.kit.refusal import require
from kith.people.persons.keys import query_keys
from kith.people.restriction.actions import tell_of_search
from kith.people.sight import policies
from kith.people.sight.finding import is_exact_form

LONGEST = 200


@signed_in
@asks
def search(request: HttpRequest) -> HttpResponse:
    """Find a person by name, birth date, telephone, postcode or number. Hidden and absent are the same page.

    The form is sent, and answered with an address that holds no name: back and reload work, and no history keeps
    who was looked for. An address with `q` in it answers too.
    """
    actor, at = actor_of(request), timezone.now()
    require(policies.find_people(actor=actor))
    if request.method == "POST":
        token = asked.keep(request.session, _tidied(request.POST.get("q", "")), at=at)
        return redirect(f"{reverse('search')}?{urlencode({'asked': token})}")
    token = request.GET.get("asked", "")
    kept = asked.words_of(request.session, token, at=at) if token else None
    words = _tidied(request.GET.get("q", "")) if kept is None else kept
    query = query_keys(words)
    found = queries.answers(actor, query, at=at)
    if is_exact_form(query):
        tell_of_search(query=hashed(words), met=found.met, by=actor, at=at)
    saw(request, "search", files=found.listed, query=hashed(words))
    page = {
        "asked": words,
        "gone": bool(token) and kept is None,
        "query": query,
        "found": found,
        "take_url": queries.address("contact-new") if queries.may_take(actor) else "",
        "here": reverse("search"),
    }
    answer = render(request, "search/search.html", page)
    answer.takes_as_long = is_exact_form(query)  # type: ignore[attr-defined]  # one match may have told its keeper
    return answer


def _tidied(typed: str) -> str:
    return tidy(typed)[:LONGEST].strip()
