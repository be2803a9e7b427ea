"""How long a stay lasts: idle, and in all (ASVS 7.3; trust row 38). What was typed is kept.

A stay has two clocks in its session: when it began and when it was last used. The second is written at most
every half minute, so that reading does not write.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.signin import actions
from kith.access.signin.queries import session_hash
from kith.config.typed import keep_typed
from kith.people.sight.queries import actor_for

STAMPED_EVERY = timedelta(seconds=30)
Answer = Callable[[HttpRequest], HttpResponse]


def sessions(get_response: Answer) -> Answer:
    """End a stay that has been idle, or has gone on, too long; otherwise go on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        if isinstance(request.user, Account):
            over = _over(request, at)
            if over and _is_a_page(request):
                return _shown_out(request, request.user, over, at)
            (_drop if over else _stamp)(request, request.user, over, at)
        return get_response(request)

    return middleware


def _is_a_page(request: HttpRequest) -> bool:
    """Say whether a person is going to a page. A script's question is answered by its own view, as to a stranger."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _drop(request: HttpRequest, account: Account, why: str, at: datetime) -> None:
    by = actor_for(account, at=at, session=session_hash(request.session.session_key))
    actions.sign_out(account=account, why=why, by=by, at=at)
    logout(request)
    request.session["door_says"] = why


def _over(request: HttpRequest, at: datetime) -> str:
    began, seen = (_moment(request, key, at) for key in ("signed_in_at", "seen_at"))
    if at - began >= timedelta(seconds=settings.KITH_LONGEST_SECONDS):
        return "too-long"
    return "idle" if at - seen >= timedelta(seconds=settings.KITH_IDLE_SECONDS) else ""


def _moment(request: HttpRequest, key: str, at: datetime) -> datetime:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if kept else at


def _stamp(request: HttpRequest, account: Account, _over: str, at: datetime) -> None:
    request.session.setdefault("signed_in_at", at.isoformat())
    if "seen_at" in request.session and at - _moment(request, "seen_at", at) < STAMPED_EVERY:
        return
    request.session["seen_at"] = at.isoformat()
    actions.seen(account_id=account.pk, session=session_hash(request.session.session_key), at=at)


def _shown_out(request: HttpRequest, account: Account, why: str, at: datetime) -> HttpResponse:
    by = actor_for(account, at=at, session=session_hash(request.session.session_key))
    says = f"{why} kept" if _keep_what_was_sent(request, by) else why
    actions.sign_out(account=account, why=why, by=by, at=at)
    logout(request)
    request.session["door_says"] = says
    answer = redirect(f"{settings.LOGIN_URL}?{urlencode({'next': _next(request)})}")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def _next(request: HttpRequest) -> str:
    """Give the page a form was on rather than where it was going: a page can be opened again."""
    return request.POST.get("draft_address", "") or request.path


def _keep_what_was_sent(request: HttpRequest, by: Actor) -> bool:
    """Keep the words of a page that arrives after its time, as its draft, if the page is really ours and theirs."""
    return request.method == "POST" and _ours(request) and keep_typed(request, by)


def _ours(request: HttpRequest) -> bool:
    """Check the form's token now, since the page that would have checked it is never reached."""
    guard = CsrfViewMiddleware(lambda _request: HttpResponse())
    return guard.process_view(request, lambda _request: HttpResponse(), (), {}) is None
