"""The floors of the pages: a family, a search, a note."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import form_key
from kith.access.roles import Work
from kith.casework.visits.forms import NoteForm
from kith.desk.day.matters import what_matters
from kith.desk.day.waiting import FIRST, on_me, on_others, written_by
from kith.desk.families.policies import FORMS
from kith.people.drafts.unfinished import Unfinished
from kith.people.entries.models import Entry
from kith.people.involvement.frame import face, frame
from kith.people.persons.keys import query_keys
from tests.bench.floor import desk as floor
from tests.bench.floor import gathered

KINDS = frozenset({Work.SOCIAL_WORKER})


def as_worker(request: HttpRequest) -> None:
    """Let the page's frame greet whoever is signed in, as a worker: no role is read and nothing is judged."""
    request.actor = Actor(request.user.pk, request.user.ref, request.user.name, KINDS)


@login_required
def family(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A family's page."""
    at = timezone.now()
    as_worker(request)
    opened = gathered.opened(ref, at)
    page = {"family": frame(opened, "family"), "ref": ref, "page": gathered.page(opened)}
    page |= {"opened": opened, "face": face, "today": timezone.localdate(at), "may_see_looks": False}
    page["forms"] = [(name, words) for name, words, leave in FORMS if request.actor.may(leave)]
    return render(request, "families/family.html", page)


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """A worker's desk, every button on it."""
    as_worker(request)
    me, day = request.user.pk, floor.day(request.user.pk, timezone.now())
    written = written_by(me, day.lines)
    page: dict[str, Any] = {"today": day.today, "face": face, "me": me, "day": day, "what_matters": what_matters}
    page |= {"takes_calls": True, "administers": False, "first": FIRST, "none_yet": ("", ""), "leads": False}
    page["on_me"] = on_me(drafts=day.drafts, places={}, proposals=[], notices=day.notices, written=written)
    mine = [d for d in day.proposals if d.entry.author_id == me]
    page["on_others"] = on_others(proposals=mine, written=written)
    page["mine_to_keep"] = {p.promise.pk for p in day.promises}
    return render(request, "day/desk.html", page)


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """People with these letters anywhere in their name."""
    as_worker(request)
    asked = request.GET["q"]
    page: dict[str, Any] = {"asked": asked, "query": query_keys(asked), "found": gathered.found(asked, timezone.now())}
    page |= {"take_url": reverse("contact-new"), "here": reverse("search")}
    return render(request, "search/search.html", page)


@login_required
def note_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Check the same form and write one row."""
    at = timezone.now()
    as_worker(request)
    opened = gathered.members(ref, at)
    asked = {"files": opened.files, "children": opened.children, "adults": opened.adults, "at": at}
    form = NoteForm(request.POST, request.FILES, **asked)
    if not form.is_valid():
        draft = Unfinished("note", str(ref), "A note", request.path, str(request.user.ref))
        page = {"family": frame(opened, "timeline"), "form": form, "once": form_key(), "draft": draft}
        return render(request, "visits/new.html", page | {"children": opened.files})
    answers = form.arguments()
    entry = Entry.objects.create(
        kind="note",
        family=opened.family,
        happened_at=answers["talk"].happened_at,
        place=answers["talk"].place,
        author_id=request.user.pk,
        recorded_at=at,
    )
    return redirect("floor-note", ref=entry.ref)


@login_required
def note(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Where the floor's note is answered with. Never timed."""
    get_object_or_404(Entry, ref=ref)
    return HttpResponse()
