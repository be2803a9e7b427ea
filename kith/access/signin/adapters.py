"""How the sign-in library meets Kith: nobody signs themselves up, nothing is mailed, every stay is noted."""

import base64
from datetime import datetime
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.signin import actions, devices, knocking, policies
from kith.access.signin.queries import acting, has_second_step, session_hash

NO_MATCH = "provider"


class AccountAdapter(DefaultAccountAdapter):
    """The door itself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def add_message(self, *_words: object, **_more: object) -> None:
        """Say nothing beside the page: Kith's pages say what happened themselves."""

    def send_notification_mail(self, *_words: object, **_more: object) -> None:
        """Send nothing: mail is not a safe place to say who signs in to a record about children."""

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "kith.access.signin.adapters.EnrolStage"]

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        return refused_at_the_door(request, "closed")

    def login(self, request: HttpRequest, user: Account) -> None:
        """Begin the stay: a new session key, its two clocks, and its act; all of it, or nobody has "last signed in"."""
        how = [str(r.get("type", r["method"])) for r in get_authentication_records(request, user)]
        with transaction.atomic():
            super().login(request, user)
            at = timezone.now()
            request.session["signed_in_at"] = request.session["seen_at"] = at.isoformat()
            by = acting(user, at=at, session=session_hash(request.session.session_key))
            actions.sign_in(account=user, how="+".join(how)[:40], device=devices.described(request), by=by, at=at)

    def post_login(self, request: HttpRequest, user: Account, **named: object) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **named)
        devices.remember(request, answer, user)
        return answer


class EnrolStage(LoginStage):
    """Between the password and the desk: set up a second step, unless there is one or this is the demo."""

    key = "enrol"
    urlname = "sign-in-set-up"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if settings.DEMO or has_second_step(self.login.user):
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True


class MFAAdapter(DefaultMFAAdapter):
    """Second steps: their secrets are enciphered in the store, and named in plain words."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "Kith"

    def _get_site_name(self) -> str:
        return "Kith"

    def _get_user_identifier(self, user: Account) -> str:
        return user.username


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"second steps {settings.SECRET_KEY}".encode()).digest()))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in with the council's own provider: only for somebody who has an account here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def send_notification_mail(self, *_words: object, **_more: object) -> None:
        """Send nothing, as at the door."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the one open account with the address the provider vouches for, or turn away."""
        if not sociallogin.is_existing:
            found = _vouched_for(sociallogin)
            if len(found) != 1:
                raise ImmediateHttpResponse(self._turned_away(request, timezone.now()))
            sociallogin.connect(request, found[0])
        if policies.sign_in(account=sociallogin.user):
            raise ImmediateHttpResponse(self._turned_away(request, timezone.now()))

    def on_authentication_error(self, request: HttpRequest, *_words: object, **_more: object) -> None:
        raise ImmediateHttpResponse(self._turned_away(request, timezone.now()))

    def _turned_away(self, request: HttpRequest, at: datetime) -> HttpResponse:
        comer = devices.comer(request, "")
        actions.turn_away(comer=comer, step="provider", by=knocking.the_door(at=at), at=at)
        return refused_at_the_door(request, NO_MATCH)


def _vouched_for(sociallogin: SocialLogin) -> list[Account]:
    vouched = {a.email.lower() for a in sociallogin.email_addresses if a.verified and a.email}
    if len(vouched) != 1:
        return []
    return list(Account.objects.filter(email__iexact=vouched.pop(), is_active=True, is_job=False)[:2])


def refused_at_the_door(request: HttpRequest, why: str) -> HttpResponse:
    """Go back to the door, which says why in its own words."""
    request.session["door_says"] = why
    return HttpResponseRedirect(reverse("account_login"))
