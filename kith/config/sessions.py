"""How long a stay lasts: idle, and in all (ASVS 7.3; trust row 38). What was typed is kept.

A stay has two clocks in its session: when it began and when it was last used. The second is written at most
every half minute, so that reading does not write.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode

from kith.access.accounts.models import Account
from kith.access.signin import actions
from kith.access.signin.queries import acting, session_hash

STAMPED_EVERY = timedelta(seconds=30)
Answer = Callable[[HttpRequest], HttpResponse]


def sessions(get_response: Answer) -> Answer:
    """End a stay that has been idle, or has gone on, too long; otherwise go on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        if isinstance(request.user, Account):
            over = _over(request, at)
            if over:
                return _shown_out(request, request.user, over, at)
            _stamp(request, request.user, at)
        return get_response(request)

    return middleware


def _over(request: HttpRequest, at: datetime) -> str:
    began, seen = (_moment(request, key, at) for key in ("signed_in_at", "seen_at"))
    if at - began >= timedelta(seconds=settings.KITH_LONGEST_SECONDS):
        return "too-long"
    return "idle" if at - seen >= timedelta(seconds=settings.KITH_IDLE_SECONDS) else ""


def _moment(request: HttpRequest, key: str, at: datetime) -> datetime:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if kept else at


def _stamp(request: HttpRequest, account: Account, at: datetime) -> None:
    request.session.setdefault("signed_in_at", at.isoformat())
    if "seen_at" in request.session and at - _moment(request, "seen_at", at) < STAMPED_EVERY:
        return
    request.session["seen_at"] = at.isoformat()
    actions.seen(account_id=account.pk, session=session_hash(request.session.session_key), at=at)


def _shown_out(request: HttpRequest, account: Account, why: str, at: datetime) -> HttpResponse:
    by = acting(account, at=at, session=session_hash(request.session.session_key))
    actions.sign_out(why=why, by=by, at=at)
    logout(request)
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return HttpResponse(status=401)
    request.session["door_says"] = why
    answer = redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
    answer["Clear-Site-Data"] = '"cache"'
    return answer
