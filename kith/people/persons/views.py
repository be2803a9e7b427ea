"""Small pages about one person: another name, their details, a number, and joining two records of one person."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in, writes
from kith.kit.refusal import require
from kith.people.persons import actions, policies, queries
from kith.people.persons.called import tell_apart
from kith.people.persons.forms import DetailsForm, IdentifierForm, NameForm, WhyForm, details_now
from kith.people.persons.models import Merge
from kith.people.persons.pages import ask, face, open_or_404


@signed_in
@asks
def person_name(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a name. Names are added, never written over."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    form = NameForm(posted(request))
    if form.is_valid():
        actions.add_name(person=opened.person, by=actor, at=opened.at, **form.cleaned_data)
        return redirect("person", ref=opened.person.ref)
    refusal = policies.add_name(actor=actor, person=opened.person, at=opened.at)
    lead = "Every name stays, so that people can be found by any of them."
    return ask(request, opened, form, title="Add a name", button="Add this name", lead=lead, refusal=refusal)


@signed_in
@asks
def person_details(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change simple facts."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    form = DetailsForm(posted(request), initial=details_now(opened.person))
    form.mark = queries.mark_of(opened.person)
    if form.is_valid():
        said = {"details": form.details(), "read": form.cleaned_data["read"]}
        change = partial(actions.change_details, person=opened.person, by=actor, at=opened.at, **said)
        if form.saves(change, lambda: (details_now(opened.person), queries.mark_of(opened.person))):
            return redirect("person", ref=opened.person.ref)
    refusal = policies.change_details(actor=actor, person=opened.person, at=opened.at)
    title = f"Change what is written about {opened.person.known_as}"
    lead = "Ask them, and write their answer. “Not asked yet” is an honest answer."
    return ask(request, opened, form, title=title, button="Keep these answers", lead=lead, refusal=refusal)


@signed_in
@asks
def person_number(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add a number others know them by."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    form = IdentifierForm(posted(request))
    if form.is_valid():
        actions.add_identifier(person=opened.person, by=actor, at=opened.at, **form.cleaned_data)
        return redirect("person", ref=opened.person.ref)
    refusal = policies.add_identifier(actor=actor, person=opened.person, at=opened.at)
    return ask(request, opened, form, title="Add a number", button="Add this number", refusal=refusal)


@signed_in
@reads
def merges(request: HttpRequest) -> HttpResponse:
    """Records proposed to be joined or parted, waiting for a second person."""
    actor, at = actor_of(request), timezone.now()
    require(policies.see_merges(actor=actor))
    found = queries.merges_waiting(actor, at=at)
    saw(request, "merges", shown=len(found))
    return render(request, "persons/merges.html", {"merges": found})


@signed_in
@reads
def merge(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Two records side by side, and what can be done about them now."""
    return _merge_page(request, _merge(request, ref), WhyForm())


def _merge_page(request: HttpRequest, found: Merge, form: WhyForm) -> HttpResponse:
    at = timezone.now()
    actor = actor_of(request)
    files = [f.ref for p in (found.kept, found.folded_in) for f in queries.open_through(actor, p, at=at)]
    saw(request, "merge", files=files, merge=str(found.ref))
    tell_apart([found.kept, found.folded_in])
    page = {
        "merge": found,
        "faces": [face(found.kept), face(found.folded_in)],
        "both": [found.kept, found.folded_in],
        "agree": policies.agree_merge(actor=actor, merge=found, at=at),
        "part": policies.ask_undo(actor=actor, merge=found, at=at),
        "agree_part": policies.agree_undo(actor=actor, merge=found, at=at),
        "form": form,
        "once": form_key(),
    }
    return render(request, "persons/merge.html", page)


@signed_in
@writes
def merge_agree(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Agree, as the second person."""
    actions.agree_merge(merge=_merge(request, ref), by=actor_of(request), at=timezone.now())
    return redirect("merge", ref=ref)


@signed_in
@writes
def merge_part(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask for two joined records to be parted."""
    found, form = _merge(request, ref), WhyForm(request.POST)
    if not form.is_valid():
        return _merge_page(request, found, form)
    actions.ask_undo(merge=found, why=form.cleaned_data["why"], by=actor_of(request), at=timezone.now())
    return redirect("merge", ref=ref)


@signed_in
@writes
def merge_agree_part(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Agree that they are parted, as the second person."""
    actions.agree_undo(merge=_merge(request, ref), by=actor_of(request), at=timezone.now())
    return redirect("merge", ref=ref)


def _merge(request: HttpRequest, ref: UUID) -> Merge:
    found = queries.open_merge(actor_of(request), ref, at=timezone.now())
    if found is None:
        raise Http404
    return found
