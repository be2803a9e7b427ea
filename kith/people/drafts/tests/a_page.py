"""A form page as any shelf would write it, for the tests of drafts: three lines in the view, three in the page."""

from uuid import UUID

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.edge import actor_of, asks, bare, form_key, saw, signed_in
from kith.kit.forms import Choices, Day, Form, LongAnswer, ShortAnswer
from kith.people.drafts.unfinished import begin
from kith.people.involvement.frame import open_or_none
from kith.people.persons.models import Family

PAGE = """{% extends "kit/page.html" %}
{% import "drafts/draft.html" as drafts %}
{% block title %}A note{% endblock %}
{% block main %}{{ c.error_summary(form) }}<h1>A note</h1>
<form method="post" {{ drafts.attrs(draft) }}>{{ drafts.kept(draft) }}
<input type="hidden" name="csrfmiddlewaretoken" value="{{ csrf_token }}">{{ c.once(once) }}
{{ c.fields(form) }}
<div class="buttons"><button class="button" name="save" value="1">Save the note</button>{{ drafts.later(draft) }}</div>
</form>{% endblock %}"""


class NoteForm(Form):
    what = LongAnswer("What happened?", missing="Write what happened", longest=200_000)
    who = Choices("Who was there?", [("ellis", "Ellis"), ("maya", "Maya"), ("kavi", "Kavi")])
    seen_on = Day("When?")
    where = ShortAnswer("Where?")


@action
def write_note(*, family: Family, what: str, by: Actor, at, **_answers: object) -> Family:
    note("note.written", about=family, length=len(what))
    return family


@signed_in
@asks
def note_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    draft = begin(request, "note", ref, called="A note")
    form = draft.fill(NoteForm(request.POST if request.method == "POST" else None))
    if form.is_valid():
        draft.finish(write_note, family=opened.family, by=actor_of(request), at=timezone.now(), **form.cleaned_data)
        return redirect("saved")
    saw(request, "note form", files=opened.refs)
    page = engines["jinja2"].from_string(PAGE)
    return HttpResponse(page.render({"draft": draft, "form": form, "once": form_key()}, request))


@bare
def saved(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><html lang=en><title>Saved</title><main><h1>Saved</h1></main>")


@bare
def door(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><html lang=en><title>Sign in</title><main><h1>Sign in</h1></main>")


@bare
def come_in(request: HttpRequest, name: str) -> HttpResponse:
    login(request, Account.objects.get(username=name))
    return redirect("saved")


@bare
def go_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("door")


urlpatterns = [
    path("", include("kith.people.drafts.urls")),
    path("families/<uuid:ref>/notes/new/", note_new, name="note-new"),
    path("saved/", saved, name="saved"),
    path("sign-in/", door, name="door"),
    path("come-in/<slug:name>/", come_in),
    path("go-out/", go_out),
]
