"""Pages about any entry: its versions, who differs, who was shown it, what is kept with it, what leaked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in
from kith.kit.refusal import require
from kith.people.drafts.unfinished import Unfinished, begin
from kith.people.entries import actions, policies, queries
from kith.people.entries.forms import DissentForm, SealForm, SharedForm
from kith.people.entries.queries import Reading
from kith.people.files.queries import NotWhole, read_whole
from kith.people.involvement.frame import Opened, frame, open_or_none

PAGES = {"note": "note", "decision": "decision", "statement": "statement", "plan": "plan", "contact": "contact"}
"""The shelf's own page of each kind of entry, where there is one."""


@signed_in
@reads
def entry(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Go to the page of the shelf this entry belongs to, or show it here when it has none."""
    reading = _reading(request, ref)
    try:
        return redirect(reverse(PAGES.get(reading.entry.kind, ""), kwargs={"ref": ref}))
    except NoReverseMatch:
        return _versions(request, reading)


@signed_in
@reads
def entry_versions(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Every version of an entry, what changed and why, who differs, and who was shown it."""
    return _versions(request, _reading(request, ref))


def _versions(request: HttpRequest, reading: Reading) -> HttpResponse:
    at = timezone.now()
    opened = _open(request, reading, at)
    actor = actor_of(request)
    found = queries.versions(actor, reading.entry)
    saw(request, "entry", files=[f.ref for f in reading.files], entry=str(reading.entry.ref))
    page = {
        "family": frame(opened, "timeline"),
        "reading": reading,
        "versions": found,
        "places": {pk: place for one in found for pk, place in queries.places_of(one).items()},
        "may_write": not policies.add_dissent(actor=actor, files=reading.files),
        "may_seal": policies.may_seal(actor=actor) is None,
        "file_of": {f.pk: f.person.known_as for f in reading.files},
    }
    return render(request, "entries/entry.html", page)


@signed_in
@asks
def entry_differs(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write down that somebody sees an entry differently, in their own words."""
    reading, at = _shared(request, ref), timezone.now()
    require(policies.add_dissent(actor=actor_of(request), files=reading.files))
    opened = _open(request, reading, at)
    draft = begin(request, f"differs-{ref.hex}", opened.family.ref, called="Somebody sees it differently")
    form = draft.fill(DissentForm(posted(request), people=opened.people, today=timezone.localdate(at)))
    if form.is_valid():
        draft.finish(actions.add_dissent, entry=reading.entry, by=actor_of(request), at=at, **form.arguments())
        return redirect("entry", ref=ref)
    return _ask(request, opened, reading, form, "Somebody sees it differently", "Keep their words", draft=draft)


@signed_in
@asks
def entry_shared(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that somebody was shown an entry, how, and what they said."""
    reading, at = _shared(request, ref), timezone.now()
    require(policies.mark_shared(actor=actor_of(request), files=reading.files))
    opened = _open(request, reading, at)
    draft = begin(request, f"shown-{ref.hex}", opened.family.ref, called="Somebody was shown what is written")
    form = draft.fill(SharedForm(posted(request), people=opened.people, today=timezone.localdate(at)))
    if form.is_valid():
        draft.finish(actions.mark_shared, entry=reading.entry, by=actor_of(request), at=at, **form.arguments())
        return redirect("entry", ref=ref)
    return _ask(request, opened, reading, form, "Somebody was shown it", "Write it down", draft=draft)


@signed_in
@asks
def entry_seal(request: HttpRequest, ref: UUID, position: int) -> HttpResponse:
    """Ask for words that leaked to be closed. Nothing is hidden until a second person agrees."""
    reading, at = _reading(request, ref), timezone.now()
    paragraph = queries.paragraph_at(reading, position)
    if paragraph is None or policies.may_seal(actor=actor_of(request)):
        raise Http404
    opened = _open(request, reading, at)
    form = SealForm(posted(request))
    if form.is_valid():
        seal = actions.ask_seal(paragraph=paragraph, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("seal", ref=seal.ref)
    return _ask(request, opened, reading, form, "Close words that leaked", "Ask for them to be closed", paragraph.text)


@signed_in
@reads
def entry_file(request: HttpRequest, ref: UUID, file: UUID) -> HttpResponse:
    """Give a stored file, as a download, to somebody who may read the part of the entry it is kept with."""
    reading = _reading(request, ref)
    stored = next((a.stored for a in reading.attachments if a.stored.ref == file), None)
    if stored is None:
        raise Http404
    try:
        content = read_whole(stored)
    except NotWhole:
        raise Http404 from None
    saw(request, "stored file", files=[f.ref for f in reading.files], entry=str(ref), stored=str(file))
    answer = HttpResponse(content, content_type=stored.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=stored.shown_as)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@signed_in
@reads
def seals(request: HttpRequest) -> HttpResponse:
    """Words somebody has asked to close, that wait for a second person."""
    actor = actor_of(request)
    if policies.may_seal(actor=actor):
        raise Http404
    found = queries.seals_waiting(actor)
    saw(request, "seals", files=queries.files_under(*found), waiting=len(found))
    return render(request, "entries/seals.html", {"seals": found})


@signed_in
@asks
def seal(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Agree, as the second person, to close words that leaked."""
    actor, at = actor_of(request), timezone.now()
    found = queries.seal_waiting(actor, ref)
    if found is None or policies.may_seal(actor=actor):
        raise Http404
    if request.method == "POST":
        actions.agree_seal(seal=found, by=actor, at=at)
        return redirect("seals")
    words = queries.words_under(actor, found)
    saw(request, "seal", files=queries.files_under(found), words=bool(words), seal=str(ref))
    refusal = policies.agree_seal(actor=actor, seal=found)
    return render(request, "entries/seal.html", {"seal": found, "words": words, "refusal": refusal, "once": form_key()})


def _ask(  # a page of one question, whichever it is
    request: HttpRequest,
    opened: Opened,
    reading: Reading,
    form: Any,
    title: str,
    button: str,
    words: str = "",
    draft: Unfinished | None = None,
) -> HttpResponse:
    saw(request, "entry form", files=[f.ref for f in reading.files], entry=str(reading.entry.ref))
    page = {
        "family": frame(opened, "timeline"),
        "reading": reading,
        "form": form,
        "title": title,
        "button": button,
        "words": words,
        "draft": draft,
        "once": form_key(),
    }
    return render(request, "entries/ask.html", page)


def _reading(request: HttpRequest, ref: UUID) -> Reading:
    found = queries.open_entry(actor_of(request), ref)
    if found is None or not found.tells:
        raise Http404
    return found


def _shared(request: HttpRequest, ref: UUID) -> Reading:
    """An entry whose shared words are open: what is said about the whole is said by those who can read it."""
    reading = _reading(request, ref)
    if not reading.shared_open:
        raise Http404
    return reading


def _open(request: HttpRequest, reading: Reading, at: datetime) -> Opened:
    opened = open_or_none(actor_of(request), reading.entry.family.ref, at=at)
    if opened is None:
        raise Http404
    return opened
