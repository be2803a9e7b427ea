"""The door, in pages: sign in, the second step, sign out."""

import base64
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, clear_totp_secret, generate_totp_secret
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from kith.access.accounts.models import Account
from kith.access.edge import actor_of, asks, bare, evenly, posted, reads, signed_in, writes
from kith.access.signin import actions, devices, knocking, policies
from kith.access.signin.adapters import MFAAdapter, refused_at_the_door
from kith.access.signin.forms import AppForm, CodeForm, NewPasswordForm, SignInForm
from kith.access.signin.queries import account_of, acting, has_second_step, invited
from kith.kit.refusal import Refusal

WAIT_STATUS = 429
AT_THE_DOOR = {
    "idle": "You were away for a while, so Kith signed you out.",
    "too-long": "You had been signed in for a whole day’s work, so Kith signed you out.",
    "kept": "What you typed is kept. Sign in and you will find it.",
    "provider": "We could not match that sign-in to an open account here. Ask whoever looks after accounts.",
    "passkey": "The passkey did not answer as it should. Try again, or use your password.",
    "closed": policies.NOT_MATCHED.reason,
    "out": "You have signed out.",
    "everywhere": "You have signed out everywhere.",
    "password": "Your password is set. Sign in with it.",
}


def next_page(request: HttpRequest) -> str:
    """Give the page somebody was on their way to, if it is one of ours; their desk otherwise."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else settings.LOGIN_REDIRECT_URL


@asks
@bare
@evenly
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who somebody is. One answer for unknown, wrong and closed, in words, status and time."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_page(request))
    form = SignInForm(posted(request))
    if not form.is_valid():
        return _door(request, form)
    comer = devices.comer(request, form.cleaned_data["username"])
    found = knocking.knock(comer=comer, password=form.cleaned_data["password"], at=timezone.now())
    if isinstance(found, Refusal):
        form.add_error(None, found.reason)
        return _door(request, form, status=WAIT_STATUS if found is policies.WAIT else 200)
    clear_login(request)
    login = Login(user=found, redirect_url=next_page(request))
    return cast("HttpResponse", perform_password_login(request, {"username": comer.name}, login))


def _door(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    words: dict[str, Any] = {
        "form": form,
        "next": next_page(request),
        "says": [AT_THE_DOOR[key] for key in request.session.pop("door_says", "").split() if key in AT_THE_DOOR],
        "provider": settings.KITH_OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS else "",
    }
    return render(request, "signin/sign_in.html", words, status=status)


@asks
@bare
@login_stage_required(stage="mfa_authenticate", redirect_urlname="account_login")
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second step: a code from the app, a recovery code, or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]
    form = CodeForm(posted(request))
    status = 200
    if form.is_valid():
        found = _code(request, stage.login.user, form.cleaned_data["code"])
        if not isinstance(found, Refusal):
            post_authentication(request, found)
            return stage.exit()  # type: ignore[no-any-return]
        form.add_error("code", found.reason)
        status = WAIT_STATUS if found is policies.WAIT else 200
    return render(request, "signin/second_step.html", {"form": form}, status=status)


def _code(request: HttpRequest, account: Account, code: str) -> Any:
    comer = devices.comer(request, account.username)
    return knocking.knock_again(comer=comer, account=account, code=code, at=timezone.now())


@signed_in
@asks
@bare
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and have the browser forget the pages it kept."""
    if request.method != "POST":
        return render(request, "signin/sign_out.html")
    with transaction.atomic():  # or the trail could say they left while the session went on
        actions.sign_out(account=account_of(actor_of(request)), why="asked", by=actor_of(request), at=timezone.now())
        return leave(request, "out")


def leave(request: HttpRequest, says: str) -> HttpResponse:
    """End this session here, and go back to the door."""
    logout(request)
    request.session["door_says"] = says
    answer = redirect("account_login")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@asks
@bare
@login_stage_required(stage="enrol", redirect_urlname="account_login")
def enrol(request: HttpRequest) -> HttpResponse:
    """Before anything else, set up a second step: an app on a phone that shows six digits."""
    stage = request._login_stage  # type: ignore[attr-defined]
    form = AppForm(posted(request), secret=app_secret(request))
    if form.is_valid():
        at = timezone.now()
        by = acting(stage.login.user, at=at)
        codes = actions.add_app(account=stage.login.user, secret=form.secret, by=by, at=at)
        clear_totp_secret(request)
        return render(request, "signin/codes.html", {"codes": codes, "then": reverse("sign-in-set-up-done")})
    words = {"form": form} | picture_of(stage.login.user, form.secret)
    return render(request, "signin/enrol.html", words)


@writes
@bare
@login_stage_required(stage="enrol", redirect_urlname="account_login")
def enrolled(request: HttpRequest) -> HttpResponse:
    """Go on to the desk once the second step is there and its recovery codes have been shown."""
    stage = request._login_stage  # type: ignore[attr-defined]
    if not has_second_step(stage.login.user):
        return redirect("sign-in-set-up")
    return stage.exit()  # type: ignore[no-any-return]


def app_secret(request: HttpRequest) -> str:
    """Give the secret being offered to an app, the same one until it is taken."""
    return request.session.setdefault(SECRET_SESSION_KEY, generate_totp_secret())  # type: ignore[no-any-return]


def picture_of(account: Account, secret: str) -> dict[str, str]:
    """Draw the square an app reads, as an image that no script or style touches, and the key beside it."""
    door = MFAAdapter()
    square = door.build_totp_svg(door.build_totp_url(account, secret))
    shown = base64.b64encode(square.encode()).decode()
    spaced = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    return {"square": f"data:image/svg+xml;base64,{shown}", "key": spaced}


@reads
@bare
def join_link(request: HttpRequest, ref: UUID, token: str) -> HttpResponse:
    """Take a one-time link out of the address at once, so that it is not kept in a history or sent on."""
    request.session["join"] = [str(ref), token]
    return redirect("join")


@asks
@bare
def join(request: HttpRequest) -> HttpResponse:
    """Let somebody with a one-time link choose a password that only they know."""
    ref, token = request.session.get("join") or ("", "")
    account = invited(ref=ref, token=token)
    if account is None:
        return render(request, "signin/link_spent.html", status=410)
    form = NewPasswordForm(posted(request), account=account)
    if not form.is_valid():
        return render(request, "signin/join.html", {"form": form, "username": account.username})
    at = timezone.now()
    actions.choose_password(account=account, password=form.cleaned_data["password"], by=acting(account, at=at), at=at)
    request.session.flush()
    return refused_at_the_door(request, "password")
