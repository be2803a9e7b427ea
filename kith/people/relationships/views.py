"""Small pages about kin, parental responsibility and who lives with whom."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kith.access.actor import Actor
from kith.access.edge import actor_of, asks, posted, signed_in, writes
from kith.kit.forms import Form
from kith.kit.refusal import Refused
from kith.kit.wording import listed
from kith.people.persons.models import Membership, Person
from kith.people.persons.pages import Opened, ask, open_or_404
from kith.people.persons.queries import beside
from kith.people.relationships import actions, policies, queries
from kith.people.relationships.forms import HomeForm, RelationshipForm, ResponsibilityForm
from kith.people.relationships.models import Household


@signed_in
@asks
def relationship_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say how somebody is related to one of the people around them."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    people = [m.person for m in _around(opened, actor)]
    form = RelationshipForm(posted(request), people=people)
    if form.is_valid() and _add(opened, actor, form):
        return redirect("person", ref=opened.person.ref)
    refusal = policies.change_kin(actor=actor, person=opened.person, at=opened.at)
    title = f"Who is somebody to {opened.person.known_as}?"
    return ask(request, opened, form, title=title, button="Write it down", refusal=refusal)


def _add(opened: Opened, actor: Actor, form: Form) -> bool:
    try:
        actions.add_relationship(one=opened.person, by=actor, at=opened.at, **form.cleaned_data)
    except Refused as refused:
        form.add_error("kind", refused.refusal.reason)
        return False
    return True


@signed_in
@writes
def relationship_end(request: HttpRequest, ref: UUID, tie: UUID) -> HttpResponse:
    """Say that a relationship has ended."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    found = queries.open_relationship(actor, opened.person, tie, at=opened.at)
    if found is None:
        raise Http404
    actions.end_relationship(relationship=found, by=actor, at=opened.at)
    return redirect("person", ref=opened.person.ref)


@signed_in
@asks
def responsibility_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write whether an adult has parental responsibility for this child."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    adults = [m.person for m in _around(opened, actor) if not m.is_child]
    form = ResponsibilityForm(posted(request), people=adults)
    if form.is_valid():
        actions.say_responsibility(child=opened.person, by=actor, at=opened.at, **form.cleaned_data)
        return redirect("person", ref=opened.person.ref)
    refusal = policies.change_kin(actor=actor, person=opened.person, at=opened.at)
    title = f"Who has parental responsibility for {opened.person.known_as}?"
    lead = "One adult at a time. It is decided for each child, so ask about each."
    return ask(request, opened, form, title=title, button="Write it down", lead=lead, refusal=refusal)


@signed_in
@asks
def home_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say whom somebody lives with."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    form = HomeForm(posted(request), households=_homes(opened, actor))
    if form.is_valid():
        if form.chosen:
            actions.move_in(person=opened.person, household=form.chosen, by=actor, at=opened.at)
        else:
            actions.begin_household(person=opened.person, name=form.cleaned_data["name"], by=actor, at=opened.at)
        return redirect("person", ref=opened.person.ref)
    refusal = policies.change_kin(actor=actor, person=opened.person, at=opened.at)
    title = f"Who does {opened.person.known_as} live with?"
    lead = "The address is written apart, with who may know it."
    return ask(request, opened, form, title=title, button="Keep this home", lead=lead, refusal=refusal)


@signed_in
@writes
def home_end(request: HttpRequest, ref: UUID, household: UUID) -> HttpResponse:
    """Say that somebody does not live there any more."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    found = queries.open_household(actor, household, at=opened.at)
    if found is None:
        raise Http404
    actions.move_out(person=opened.person, household=found, by=actor, at=opened.at)
    return redirect("person", ref=opened.person.ref)


def _around(opened: Opened, actor: Actor) -> list[Membership]:
    """Everyone around this person who is open to the actor, once each, without the person."""
    families = beside([opened.person], actor.sees, at=opened.at)
    members = {m.person_id: m for each in families.values() for m in each if m.person_id != opened.person.pk}
    return list(members.values())


def _homes(opened: Opened, actor: Actor) -> list[tuple[Household, str]]:
    people: list[Person] = [m.person for m in _around(opened, actor)]
    found = queries.homes(people, [p.pk for p in people], at=opened.at)
    return [
        (household, f"{household.name}, with {listed(s.person.known_as for s in stays)}")
        for household, stays in found.items()
    ]
