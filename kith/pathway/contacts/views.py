"""Pages of the front door: taking a call, those that wait, one whole, deciding, and adding somebody to a family."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import (
    actor_of,
    asks,
    bare,
    evenly,
    form_key,
    posted,
    reads,
    refuse_if_sent,
    require_first,
    saw,
    signed_in,
    writes,
)
from kith.access.permissions import Permission
from kith.kit.refusal import require
from kith.pathway.contacts import actions, policies, queries
from kith.pathway.contacts.forms import (
    MORE,
    MOST_ROWS,
    ROWS,
    ContactForm,
    DecideForm,
    NewPersonForm,
    ReplyForm,
)
from kith.pathway.contacts.words import Somebody
from kith.people.drafts.unfinished import begin
from kith.people.involvement.frame import frame, open_or_none
from kith.people.sight.finding import Found
from kith.people.sight.queries import sight_of

ANYBODY = Somebody(is_child=True)


@signed_in
@asks
@evenly
def contact_new(request: HttpRequest) -> HttpResponse:
    """Take a call on one page. "Check" and "more rows" give the same page back and save nothing.

    What is typed is kept for whoever types it, and about nobody, until the call is saved.
    """
    actor, at = actor_of(request), timezone.now()
    require(policies.take_contact(actor=actor, people=[ANYBODY]))
    draft = begin(request, "call", called="A call")
    form = draft.fill(ContactForm(posted(request), actor=actor, at=at, rows=_rows(request, draft.data)))
    asked = _asked(request)
    if not asked and form.is_valid():
        taken = draft.finish(actions.take_contact, by=actor, at=at, **form.arguments())
        readable = queries.open_contact(_afresh(actor, at), taken.entry.ref)
        return redirect("contact", ref=taken.entry.ref) if readable else redirect("contact-saved")
    found = form.check(only=bool(asked)) if form.is_bound else []
    saw(request, "contact form", files=_refs(found))
    page = {
        "form": form,
        "draft": draft,
        "rows": list(form.row_fields()),
        "once": _key(request),
        "checked": asked == "check",
        "found": found,
    }
    return render(request, "contacts/new.html", page)


@signed_in
@reads
@bare
def contact_saved(request: HttpRequest) -> HttpResponse:
    """Say that a call is saved to somebody who may not read the file it went into."""
    return render(request, "contacts/saved.html")


@signed_in
@reads
def contacts(request: HttpRequest) -> HttpResponse:
    """Calls that wait for somebody to decide what follows: those to be read at once first, then the oldest."""
    actor = actor_of(request)
    lines, more = queries.contacts_waiting(actor)
    saw(request, "contacts", files=[f.ref for line in lines for f in line.files])
    page = {"lines": lines, "more": more, "takes": actor.may(Permission.CONTACT_TAKE)}
    return render(request, "contacts/list.html", page)


@signed_in
@reads
def contact(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One call whole; or, for a decider who has not taken it up, who it is about and when it came."""
    shown = _shown(request, ref)
    actor = actor_of(request)
    files = queries.files_in(shown.contact)
    saw(request, "contact", files=shown.refs, entry=str(ref))
    page = {
        "shown": shown,
        "family_url": _family_url(shown) if shown.reading else "",
        "refusal": policies.ask_to_decide(actor=actor, contact=shown.contact, files=files),
        "may_take_up": policies.take_up_contact(actor=actor, contact=shown.contact, files=files) is None,
        "may_reply": policies.record_reply(actor=actor, files=files) is None,
        "reply": ReplyForm(at=timezone.now()),
        "once": form_key(),
    }
    return render(request, "contacts/one.html", page)


@signed_in
@writes
def contact_take_up(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Open a waiting call in order to decide it."""
    shown = _shown(request, ref)
    actions.take_up_contact(contact=shown.contact, by=actor_of(request), at=timezone.now())
    return redirect("contact", ref=ref)


@signed_in
@asks
def contact_decide(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Decide what follows a call."""
    shown = _shown(request, ref)
    actor, at = actor_of(request), timezone.now()
    refusal = policies.ask_to_decide(actor=actor, contact=shown.contact, files=queries.files_in(shown.contact))
    require_first(request, refusal)
    draft = begin(request, f"decide-{ref.hex}", shown.contact.entry.family.ref, called="What follows a call")
    form = draft.fill(DecideForm(posted(request), workers=queries.workers_to_choose(at=at), at=at))
    if form.is_valid():
        draft.finish(actions.decide_contact, contact=shown.contact, by=actor, at=at, **form.arguments())
        return redirect("contact", ref=ref)
    saw(request, "contact form", files=shown.refs, entry=str(ref))
    page = {"shown": shown, "form": form, "draft": draft, "once": form_key()}
    return render(request, "contacts/decide.html", page)


@signed_in
@writes
def contact_reply(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say on which day whoever rang was told what follows."""
    shown = _shown(request, ref)
    at = timezone.now()
    form = ReplyForm(request.POST, at=at)
    if form.is_valid():
        actions.record_reply(contact=shown.contact, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("contact", ref=ref)
    saw(request, "contact form", files=shown.refs, entry=str(ref))
    return render(request, "contacts/reply.html", {"shown": shown, "form": form, "once": form_key()})


@signed_in
@asks
@evenly
def person_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Add somebody to a family, with those they may be beside the questions. Never a gate."""
    actor, at = actor_of(request), timezone.now()
    opened = open_or_none(actor, ref, at=at)
    if opened is None:
        raise Http404
    refusal = policies.add_member(actor=actor, files=opened.files, somebody=ANYBODY)
    refuse_if_sent(request, refusal)
    draft = begin(request, "person", ref, called="Somebody else in a family")
    form = draft.fill(NewPersonForm(posted(request), actor=actor, at=at, rows=1))
    asked = _asked(request)
    if not asked and form.is_valid():
        said = {"family": opened.family, "files": opened.files, "somebody": form.people()[0]}
        draft.finish(actions.add_member, by=actor, at=at, **said)
        return redirect(_after(ref))
    found = form.check(only=bool(asked)) if form.is_bound and not refusal else []
    saw(request, "person form", files=[*opened.refs, *_refs(found)])
    page = {
        "family": frame(opened, "family"),
        "ref": ref,
        "form": form,
        "draft": draft,
        "row": next(form.row_fields()),
        "refusal": refusal,
        "once": _key(request),
        "checked": asked == "check",
        "found": found,
        "back": _after(ref),
    }
    return render(request, "contacts/person.html", page)


def _shown(request: HttpRequest, ref: UUID) -> queries.Shown:
    shown = queries.open_contact(actor_of(request), ref)
    if shown is None:
        raise Http404
    return shown


def _afresh(actor: Actor, at: datetime) -> Actor:
    """The same person, seeing with the ties that this request has just made."""
    return replace(actor, eyes=replace(sight_of(actor), at=at))


def _asked(request: HttpRequest) -> str:
    return next((word for word in ("check", "more") if word in request.POST), "")


def _rows(request: HttpRequest, kept: QueryDict) -> int:
    sent = str(request.POST.get("rows", kept.get("rows", "")))
    rows = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= 2 else ROWS  # noqa: PLR2004 - to 99
    return max(ROWS, min(MOST_ROWS, rows + (MORE if "more" in request.POST else 0)))


def _key(request: HttpRequest) -> str:
    """Keep the key a form came with, so that going back and sending it again counts once."""
    return request.POST.get("once", "")[:64] or form_key()


def _refs(found: Sequence[Found]) -> list[UUID]:
    return [one.known.file.ref for one in found if one.known.file]


def _after(ref: UUID) -> str:
    try:
        return reverse("family", args=[ref])
    except NoReverseMatch:
        return reverse("decisions", args=[ref])


def _family_url(shown: queries.Shown) -> str:
    try:
        return reverse("family", args=[shown.contact.entry.family.ref])
    except NoReverseMatch:
        return ""
