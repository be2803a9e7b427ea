"""Passkeys, in pages. The browser speaks to the key; these say what to ask it and check what it answered."""

import json
from typing import Any, cast

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.edge import actor_of, asks, bare, posted, reads, show_again_first, signed_in, writes
from kith.access.signin import actions, devices, knocking
from kith.access.signin.adapters import refused_at_the_door
from kith.access.signin.forms import PasskeyForm
from kith.access.signin.mine import show_codes
from kith.access.signin.queries import account_of
from kith.access.signin.views import next_page

NOT_TAKEN = "The passkey did not answer as it should. Nothing was changed. Try again."


@reads
@bare
def question(request: HttpRequest) -> HttpResponse:
    """Give the browser what to ask of a passkey: anybody's at the door, this person's at the second step."""
    stage = get_pending_stage(request)
    return JsonResponse(auth.begin_authentication(stage.login.user if stage else None))


@writes
@bare
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is something held and something known, both at once."""
    try:
        credential = _answer(request)
        step = auth.complete_authentication(_owner(credential), credential)
    except ValidationError:
        return _turned_away(request)
    login = Login(user=step.user, redirect_url=next_page(request))
    return cast("HttpResponse", perform_passwordless_login(request, step, login))


@writes
@bare
@login_stage_required(stage="mfa_authenticate", redirect_urlname="account_login")
def second_step(request: HttpRequest) -> HttpResponse:
    """Take a passkey as the second step after a password."""
    stage = request._login_stage  # type: ignore[attr-defined]
    try:
        step = auth.complete_authentication(stage.login.user, _answer(request))
    except ValidationError:
        return _turned_away(request)
    post_authentication(request, step)
    return stage.exit()  # type: ignore[no-any-return]


def _answer(request: HttpRequest) -> dict[str, Any]:
    credential = _sent(request)
    auth.parse_authentication_response(credential)
    return credential


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        credential = json.loads(request.POST.get("credential", ""))
    except ValueError:
        credential = None
    if not isinstance(credential, dict):
        raise ValidationError(NOT_TAKEN)
    return credential


def _owner(credential: dict[str, Any]) -> Account:
    account: Account = auth.extract_user_from_response(credential)
    return account


def _turned_away(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    actions.turn_away(comer=devices.comer(request, ""), step="passkey", by=knocking.the_door(at=at), at=at)
    return refused_at_the_door(request, "passkey")


@signed_in
@reads
@bare
def new_question(request: HttpRequest) -> HttpResponse:
    """Give the browser what to ask of a new passkey. Only to somebody who has just shown it is them."""
    if show_again_first(request):
        return JsonResponse({}, status=403)
    return JsonResponse(auth.begin_registration(account_of(actor_of(request)), passwordless=True))


@signed_in
@asks
@bare
def add(request: HttpRequest) -> HttpResponse:
    """Add a passkey to my account."""
    if show := show_again_first(request):
        return show
    form = PasskeyForm(posted(request))
    if form.is_valid():
        try:
            return show_codes(request, _register(request, form.cleaned_data["name"]))
        except ValidationError:
            form.add_error(None, NOT_TAKEN)
    return render(request, "signin/passkey.html", {"form": form})


def _register(request: HttpRequest, name: str) -> list[str]:
    credential = _sent(request)
    auth.parse_registration_response(credential)
    auth.complete_registration(credential)
    return actions.add_passkey(
        account=account_of(actor_of(request)),
        name=name,
        credential=credential,
        by=actor_of(request),
        at=timezone.now(),
    )
