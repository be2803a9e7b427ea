"""Small pages about where somebody can be found and how they may be reached."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kith.access.actor import Actor
from kith.access.edge import actor_of, asks, posted, signed_in, writes
from kith.kit.changed import mark
from kith.kit.refusal import Refused
from kith.people.locations import actions, policies, queries
from kith.people.locations.forms import ContactForm, LocationForm, SafeContactForm
from kith.people.persons.models import Family
from kith.people.persons.pages import Opened, ask, open_or_404
from kith.people.persons.queries import beside


@signed_in
@asks
def location_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a place somebody can be found."""
    title = "Where can {} be found?"
    return _ask_and_add(request, ref, LocationForm, actions.add_location, title=title, button="Add this place")


@signed_in
@writes
def location_end(request: HttpRequest, ref: UUID, place: UUID) -> HttpResponse:
    """Say that somebody is not to be found here any more."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    found = queries.open_location(actor, opened.person, place, at=opened.at)
    if found is None:
        raise Http404
    actions.end_location(location=found, by=actor, at=opened.at)
    return redirect("person", ref=opened.person.ref)


@signed_in
@asks
def contact_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a telephone number or e-mail address."""
    title = "How can {} be reached?"
    return _ask_and_add(request, ref, ContactForm, actions.add_contact_detail, title=title, button="Add this")


@signed_in
@writes
def contact_end(request: HttpRequest, ref: UUID, detail: UUID) -> HttpResponse:
    """Say that a number or address is not theirs any more."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    found = queries.open_detail(actor, opened.person, detail, at=opened.at)
    if found is None:
        raise Http404
    actions.end_contact_detail(detail=found, by=actor, at=opened.at)
    return redirect("person", ref=opened.person.ref)


@signed_in
@asks
def safe_contact(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write how somebody asked to be reached."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    form = SafeContactForm(posted(request))
    form.mark = mark(queries.safe_words_now(opened.person))
    if form.is_valid():
        say = partial(actions.say_safe_contact, person=opened.person, by=actor, at=opened.at, **form.cleaned_data)
        if form.saves(say, lambda: _asked_now(opened)):
            return redirect("person", ref=opened.person.ref)
    refusal = policies.say_safe_contact(actor=actor, person=opened.person, at=opened.at)
    lead = "Those who hold the work with them read this before they ring."
    title = f"Before you ring {opened.person.known_as}"
    return ask(request, opened, form, title=title, button="Keep what they said", lead=lead, refusal=refusal)


def _asked_now(opened: Opened) -> tuple[dict[str, str], str]:
    words = queries.safe_words_now(opened.person)
    return {"words": words}, mark(words)


def _ask_and_add(
    request: HttpRequest,
    ref: UUID,
    form_class: type[LocationForm | ContactForm],
    add: Callable[..., object],
    *,
    title: str,
    button: str,
) -> HttpResponse:
    opened, actor = open_or_404(request, ref), actor_of(request)
    form = form_class(posted(request), families=_families(opened, actor))
    if form.is_valid():
        try:
            add(person=opened.person, by=actor, at=opened.at, **form.cleaned_data)
            return redirect("person", ref=opened.person.ref)
        except Refused as refused:
            form.add_error("known_in", refused.refusal.reason)
    refusal = policies.write_place(actor=actor, person=opened.person, at=opened.at)
    return ask(request, opened, form, title=title.format(opened.person.known_as), button=button, refusal=refusal)


def _families(opened: Opened, actor: Actor) -> list[Family]:
    return list(beside([opened.person], actor.sees, at=opened.at))
