"""The edge: who is asking, what they were shown, and what a refusal or a fault looks like from outside.

Order matters. `calm` is outermost. `fault` answers whatever breaks: a calm page and no content. `ledgered`
writes what a page showed before it leaves, and holds back any page that did not say. `refusals` turns `Refused`
into words.
"""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from random import SystemRandom
from time import monotonic, sleep
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.audit import looks
from kith.access.audit.acts import Kept, remembered, sent_once
from kith.config import pages
from kith.config.logs import where
from kith.config.pages import calm_page
from kith.config.typed import keep_typed, sentences_typed
from kith.kit.refusal import Refusal, Refused
from kith.people.sight.queries import actor_for

log = logging.getLogger("kith.edge")
Answer = Callable[[HttpRequest], HttpResponse]
SAVES_NOTHING = frozenset({"draft.begun"})
"""Acts after which nothing of what was sent stands in the record yet: only its draft does."""


class NothingSaid(Exception):
    """A page with content was about to leave without a look on the ledger."""


def calm(get_response: Answer) -> Answer:
    """Number every request, so that a fault in the log can be found from what somebody says; keep no copies.

    What was not found leaves on the beat, counted from when it was asked for, and so does every answer that says it
    must (`takes_as_long`): how long it took says nothing of whether there was anything to hide (trust B 23, 39).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.trace = uuid4().hex  # type: ignore[attr-defined]
        came = monotonic()
        answer = get_response(request)
        answer.setdefault("Cache-Control", "no-store")
        if answer.status_code == HTTPStatus.NOT_FOUND or getattr(answer, "takes_as_long", False):
            _wait_for_the_beat(came)
        return answer

    return middleware


def _wait_for_the_beat(came: float) -> None:
    """Wait for the next whole beat since this was asked for, and up to a tenth of one more.

    Nothing is open by now, no row and no transaction. A processor that slept longer wakes some millionths of a second
    later, which thousands of questions could still see: the tenth drowns that, and could hide nothing larger alone.
    """
    if beat := settings.KITH_BEAT_SECONDS:
        sleep(beat - (monotonic() - came) % beat + SystemRandom().uniform(0, beat / 10))


def fault(request: HttpRequest) -> HttpResponse:
    """Answer any fault, in a view or on the way to one, with a calm page that holds nothing (the 500 handler).

    Django turns a fault into an answer around each middleware, so no middleware of ours would ever see it.
    The log gets its kind and place, never its words.
    """
    happened = sys.exc_info()[1]
    log.error("fault %s %s", where(happened) if happened else "?", getattr(request, "trace", "?"))
    store = isinstance(happened, DatabaseError)
    which, ways = _what_became_of_it(request, otherwise="store" if store else "fault")
    return calm_page(which, status=503 if store else 500, ways=ways)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read (the 400 handler), and a stay that the store would not take at the very end.

    The second comes after everything: what was sent may well be in the record, and is not denied.
    """
    if not isinstance(exception, SessionInterrupted):
        return pages.unreadable(request, exception)
    which, ways = _what_became_of_it(request, otherwise="store")
    return calm_page(which, status=503, ways=ways)


def _what_became_of_it(request: HttpRequest, *, otherwise: str) -> tuple[str, list[dict[str, str]] | None]:
    """Say which page tells the truth about what was sent, and where it leads on."""
    kept: Kept = getattr(request, "kept", Kept())
    if kept.unsure:
        return "perhaps-saved", None
    if not set(kept.acts) - SAVES_NOTHING:
        return otherwise, None
    leads = getattr(request, "leads_to", "")
    ways = [{"label": "Go to what you saved", "url": leads}, {"label": "Go to my desk", "url": "/"}] if leads else None
    return "saved-unlooked" if getattr(request, "unlooked", False) else "saved", ways


def ledgered(get_response: Answer) -> Answer:
    """Make the actor, take the form's key, and write what was shown before it leaves: no row, no content."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.looking = looks.Looking()  # type: ignore[attr-defined]
        request.actor = _actor(request)  # type: ignore[attr-defined]
        request.kept = kept = Kept()  # type: ignore[attr-defined]
        with sent_once(request.POST.get("once", "") if request.method == "POST" else ""), remembered(kept):
            answer = get_response(request)
        request.leads_to = answer.headers.get("Location", "")  # type: ignore[attr-defined]
        _close(request, answer)
        return answer

    return middleware


def _actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    stepped = request.session.get("stepped_up_at")
    at = timezone.datetime.fromisoformat(stepped) if stepped else None  # type: ignore[attr-defined]
    key = looks.hashed(request.session.session_key or "")[:16]
    only_reads = request.method in {"GET", "HEAD"}
    return actor_for(request.user, at=timezone.now(), session=key, stepped_up_at=at, only_reads=only_reads)


def _close(request: HttpRequest, answer: HttpResponse) -> None:
    looking: looks.Looking = request.looking  # type: ignore[attr-defined]
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return
    request.unlooked = bool(looking.rows)  # type: ignore[attr-defined]
    if looking.rows:
        looks.write(looking, by=actor, at=timezone.now(), request_id=request.trace)  # type: ignore[attr-defined]
    elif answer.status_code == HTTPStatus.OK and not getattr(answer, "shows_nobody", False):
        raise NothingSaid(request.resolver_match.view_name if request.resolver_match else "?")


def _in_words(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    """Say in words that this address takes only what a form sends: signing in again can lead a person here."""
    page = calm_page("from-its-page", status=answer.status_code, request=request)
    page.headers["Allow"] = answer.headers["Allow"]
    return page


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say why, and lose nothing of what was sent: it is kept as its form's draft, or stands on the page."""
    request.looking.saw("denied", code=refusal.code)  # type: ignore[attr-defined]
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return calm_page("refused", status=403, reason=refusal.reason, request=request)
    if keep_typed(request, actor):
        return calm_page("refused-kept", status=403, reason=refusal.reason, request=request, ways=pages.TO_DRAFTS)
    typed = sentences_typed(request)
    return calm_page("refused", status=403, reason=refusal.reason, request=request, typed=typed)


def refusals(get_response: Answer) -> Answer:
    """Turn a refusal into a page that says why and whom to ask; unknown and hidden alike into not found."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            answer = get_response(request)
            return _in_words(request, answer) if isinstance(answer, HttpResponseNotAllowed) else answer

        def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
            if isinstance(fault, Refused):
                return refused(request, fault.refusal)
            if isinstance(fault, Http404 | PermissionDenied):
                request.looking.saw("denied", code="not-found")  # type: ignore[attr-defined]
                return calm_page("not-found", status=404, request=request)
            return None

    return Middleware()
