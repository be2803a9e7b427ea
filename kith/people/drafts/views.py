"""Keeping unfinished words as they are typed, and the pages where their author finds them again."""

from collections import Counter
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import actor_of, bare, form_key, reads, saw, signed_in, writes
from kith.kit.forms import tidy
from kith.kit.refusal import Refusal, Refused
from kith.people.drafts import actions, policies, queries
from kith.people.drafts.models import Draft
from kith.people.drafts.unfinished import typed_in, when, whole
from kith.people.sight.queries import file_refs

STATUS = {policies.NOT_YOURS.code: 404, policies.TOO_LONG.code: 413}


@bare
@writes
def draft_keep(request: HttpRequest, form: str) -> HttpResponse:
    """Keep what is typed. Answers a script with JSON; "Finish later" with the author's unfinished pages.

    The answer holds nobody's words but the author's own, and those only when there are two (409).
    """
    later = "later" in request.POST
    actor: Actor | None = getattr(request, "actor", None)
    refusal = _who(actor, request)
    if actor is None or refusal:
        return _no(request, refusal or policies.SIGNED_OUT, later=later, status=403 if actor else 401)
    try:
        kept = keep_sent(request, form, actor)
    except Refused as no:
        if later:
            raise
        return _no(request, no.refusal, later=False, status=STATUS.get(no.refusal.code, 403))
    return redirect("drafts") if later else _kept(request, kept)


def _who(actor: Actor | None, request: HttpRequest) -> Refusal | None:
    """Words are kept for whoever opened the page, never for whoever has signed in since."""
    if actor is None:
        return policies.SIGNED_OUT
    return None if request.POST.get("draft_by", "") == str(actor.ref) else policies.SOMEBODY_ELSE


def keep_sent(request: HttpRequest, form: str, actor: Actor) -> actions.Kept:
    """Keep what a page has sent as the draft of its form. The door does so for a page that came too late."""
    sent = request.POST
    return actions.keep_draft(
        form=form[:80],
        place=sent.get("draft_place", "")[:64],
        fields=typed_in(sent),
        version=whole(sent, "draft_version"),
        page=tidy(sent.get("draft_page", ""))[:40],
        turn=whole(sent, "draft_turn"),
        called=tidy(sent.get("draft_called", ""))[:120],
        address=_address(sent.get("draft_address", "")),
        by=actor,
        at=timezone.now(),
    )


def _address(path: str) -> str:
    """Take the address of the form's page only if it is one of ours: nobody is led away by a draft."""
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return ""
    return path if path.startswith("/") and not path.startswith("//") and len(path) <= 300 else ""  # noqa: PLR2004 the column


def _kept(request: HttpRequest, kept: actions.Kept) -> HttpResponse:
    words: dict[str, object] = {
        "kept_at": when(kept.draft.kept_at),
        "version": kept.draft.version,
        "both": reverse("draft-both", args=[kept.draft.ref]) if kept.beside else "",
    }
    if not kept.apart:
        return JsonResponse(words)
    other = kept.beside[0]
    saw(request, "draft", files=_files(other), form=other.form)
    return JsonResponse(words | {"other": other.fields, "other_kept_at": when(other.kept_at)}, status=409)


def _no(request: HttpRequest, refusal: Refusal, *, later: bool, status: int) -> HttpResponse:
    if later:
        return render(request, "drafts/not_kept.html", {"why": refusal.reason}, status=status)
    return JsonResponse({"code": refusal.code, "words": refusal.reason}, status=status)


@bare
@reads
def form_token(request: HttpRequest) -> HttpResponse:
    """Give a page left open across a new sign-in the token its form needs now: to the same person alone."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return JsonResponse({"code": policies.SIGNED_OUT.code, "words": policies.SIGNED_OUT.reason}, status=401)
    if request.headers.get("X-Draft-By", "") != str(actor.ref):
        return JsonResponse({"code": policies.SOMEBODY_ELSE.code, "words": policies.SOMEBODY_ELSE.reason}, status=403)
    return JsonResponse({"token": get_token(request)})


@signed_in
@reads
def drafts(request: HttpRequest) -> HttpResponse:
    """Everything this author has begun and not finished."""
    actor = actor_of(request)
    mine = queries.drafts_of(actor)
    saw(request, "drafts", files=_files(*mine))
    names = queries.place_names(mine)
    forms = Counter((d.form, d.place) for d in mine)
    page = {
        "drafts": mine,
        "parted": {d.pk for d in mine if forms[d.form, d.place] > 1},
        "names": names,
        "when": when,
        "once": form_key(),
        "held": _held(actor),
    }
    return render(request, "drafts/mine.html", page)


def _held(actor: Actor) -> list[Draft]:
    found = queries.held_for(actor, at=timezone.now())
    about = queries.files_by_draft(found)
    return [d for d in found if policies.open_held(actor=actor, draft=d, files=about[d.pk]) is None]


@signed_in
@reads
def draft_both(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Two or more texts of one form, side by side, to choose which to go on with. Choosing loses nothing."""
    draft = _mine(request, ref)
    texts = queries.drafts_for(actor_of(request), draft.form, draft.place)
    saw(request, "drafts", files=_files(*texts), form=draft.form)
    return render(request, "drafts/both.html", {"draft": draft, "texts": texts, "when": when, "once": form_key()})


@signed_in
@writes
def draft_choose(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Go on with one of two texts."""
    draft = actions.choose_draft(draft=_mine(request, ref), by=actor_of(request), at=timezone.now())
    return redirect(draft.address or "drafts")


@signed_in
@writes
def draft_drop(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Throw unfinished words away."""
    actions.drop_draft(draft=_mine(request, ref), by=actor_of(request), at=timezone.now())
    return redirect("drafts")


@signed_in
@reads
def drafts_held(request: HttpRequest) -> HttpResponse:
    """What people this leader leads had begun about children they no longer work with."""
    held = _held(actor_of(request))
    saw(request, "held drafts", files=_files(*held))
    page = {
        "drafts": held,
        "names": queries.place_names(held),
        "until": [d.held_since + queries.HELD_FOR for d in held if d.held_since],
    }
    return render(request, "drafts/held.html", page)


@signed_in
@reads
def draft_held(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The held words of one author, whole, to one who leads them."""
    draft = next((d for d in _held(actor_of(request)) if d.ref == ref), None)
    if draft is None:
        raise Http404
    saw(request, "held draft", files=_files(draft), draft=str(ref), author=str(draft.author.ref))
    return render(
        request, "drafts/held_one.html", {"draft": draft, "names": queries.place_names([draft]), "when": when}
    )


def _mine(request: HttpRequest, ref: UUID) -> Draft:
    draft = queries.my_draft(actor_of(request), ref)
    if draft is None:
        raise Http404
    return draft


def _files(*drafts: Draft) -> frozenset[UUID]:
    about = queries.files_by_draft(drafts)
    return file_refs(f for files in about.values() for f in files)
