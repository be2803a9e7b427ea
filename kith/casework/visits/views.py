"""Pages about notes: write one, read one, correct one; and keep what was promised."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, require_first, saw, signed_in
from kith.casework.visits import actions, policies, queries
from kith.casework.visits.forms import CorrectionForm, KeptForm, LateForm, NoteForm, as_written
from kith.casework.visits.queries import Note, Promised
from kith.kit.refusal import Refused, require
from kith.people.drafts.unfinished import begin
from kith.people.entries.models import Entry
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.entries.queries import newest_version
from kith.people.files.content import REFUSALS as NOT_KEPT
from kith.people.involvement.frame import Opened, face, frame, open_or_none
from kith.people.persons.models import File


@signed_in
@asks
def note_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a note. Two minutes: one box must be filled, the rest waits behind headings, and none of it is lost."""
    at = timezone.now()
    opened = _open(request, ref, at)
    asked = _asked(opened, at) | {"files": opened.written_by(actor_of(request))}
    require(policies.begin_note(actor=actor_of(request), files=asked["files"]))
    draft = begin(request, "note", ref, called="A note")
    form = draft.fill(NoteForm(posted(request), _files(request), **asked))
    if form.is_valid():
        write, by = actions.write_note, actor_of(request)
        try:
            visit = draft.finish(write, family=opened.family, by=by, at=at, **form.arguments())
        except Refused as no:
            if no.refusal not in NOT_KEPT:
                raise
            form.add_error("picture", no.refusal.reason)
        else:
            return redirect("note", ref=visit.entry.ref)
    saw(request, "note form", files=opened.refs)
    return render(
        request, "visits/new.html", _page(opened, form) | {"children": _children(opened, form), "draft": draft}
    )


@signed_in
@reads
def note(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One note: the words, each child's own, what was promised, and what became of it since."""
    shown = _note(request, ref)
    at = timezone.now()
    opened = _open(request, shown.reading.entry.family.ref, at)
    saw(request, "note", files=[f.ref for f in shown.reading.files], entry=str(ref))
    actor = actor_of(request)
    page = {
        "family": frame(opened, "timeline"),
        "note": shown,
        "where": queries.where(shown.reading.entry),
        "newest": newest_version(shown.reading.entry),
        "face": face,
        "today": timezone.localdate(at),
        "may_write": not policies.begin_note(actor=actor, files=shown.reading.files),
        "may_correct": not policies.correct_note(
            actor=actor, entry=shown.reading.entry, files=shown.reading.files, why="asked"
        ),
    }
    return render(request, "visits/note.html", page)


@signed_in
@asks
def note_correct(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a note again. Whoever began from an old version is shown the newer one beside their own words."""
    shown, at = _note(request, ref), timezone.now()
    entry = shown.reading.entry
    opened = _open(request, entry.family.ref, at)
    draft = begin(request, f"note-{ref.hex}", opened.family.ref, called="A note that is being corrected")
    form = draft.fill(CorrectionForm(posted(request), initial=as_written(shown), **_asked(opened, at)))
    newest = newest_version(entry)
    _before_anybody_types(request, newest, shown)
    if form.is_valid() and request.POST.get("read", str(ref)) == str(newest.ref):
        asked = {"entry": newest, "why": form.cleaned_data["why"], **form.again()}
        try:
            visit = draft.finish(actions.correct_note, by=actor_of(request), at=at, **asked)
        except Refused as no:
            if no.refusal is not REPLACED_ALREADY:
                raise
            newest = newest_version(entry)
        else:
            return redirect("note", ref=visit.entry.ref)
    if request.method == "GET" and newest != entry and draft.kept is None:
        return redirect("note-correct", ref=newest.ref)
    theirs = queries.open_note(actor_of(request), newest.ref) if newest != entry else None
    saw(request, "note form", files=opened.refs, entry=str(newest.ref))
    page = {"children": _children(opened, form), "theirs": theirs, "newest": newest, "draft": draft}
    return render(request, "visits/correct.html", _page(opened, form) | page)


@signed_in
@asks
def promise_kept(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that a promise was kept."""
    promised, at = _promise(request, ref), timezone.now()
    refusal = policies.keep_promise(actor=actor_of(request), promise=promised.promise, files=promised.files)
    require_first(request, refusal)
    form = KeptForm(posted(request), today=timezone.localdate(at))
    if form.is_valid():
        actions.keep_promise(promise=promised.promise, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("note", ref=promised.promise.entry.ref)
    return _promise_page(request, promised, form, "It is done", at)


@signed_in
@asks
def promise_late(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say sorry and say when."""
    promised, at = _promise(request, ref), timezone.now()
    refusal = policies.explain_promise(actor=actor_of(request), promise=promised.promise, files=promised.files)
    require_first(request, refusal)
    form = LateForm(posted(request), today=timezone.localdate(at))
    if form.is_valid():
        actions.explain_promise(promise=promised.promise, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("note", ref=promised.promise.entry.ref)
    return _promise_page(request, promised, form, "Keep this", at)


def _promise_page(
    request: HttpRequest, promised: Promised, form: KeptForm | LateForm, button: str, at: datetime
) -> HttpResponse:
    opened = _open(request, promised.promise.entry.family.ref, at)
    saw(request, "promise", files=opened.refs)
    page = {"promised": promised, "button": button}
    return render(request, "visits/promise.html", _page(opened, form) | page)


def _page(opened: Opened, form: Any) -> dict[str, Any]:
    return {
        "family": frame(opened, "timeline"),
        "form": form,
        "once": form_key(),
    }


def _children(opened: Opened, form: NoteForm) -> list[File]:
    """The children this form asks about, oldest first."""
    return [f for c in opened.children if (f := opened.file_of(c)) in form.files_here]


def _asked(opened: Opened, at: datetime) -> dict[str, Any]:
    return {"files": opened.files, "children": opened.children, "adults": opened.adults, "at": at}


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _note(request: HttpRequest, ref: UUID) -> Note:
    shown = queries.open_note(actor_of(request), ref)
    if shown is None:
        raise Http404
    return shown


def _before_anybody_types(request: HttpRequest, newest: Entry, shown: Note) -> None:
    """Refuse at once whoever may not write a note again: after they have typed is too late."""
    files = shown.reading.files
    refusal = policies.correct_note(actor=actor_of(request), entry=newest, files=files, why="asked")
    require(None if refusal is REPLACED_ALREADY else refusal)


def _promise(request: HttpRequest, ref: UUID) -> Promised:
    found = queries.open_promise(actor_of(request), ref)
    if found is None:
        raise Http404
    return found


def _open(request: HttpRequest, ref: UUID, at: datetime) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=at)
    if opened is None:
        raise Http404
    return opened
