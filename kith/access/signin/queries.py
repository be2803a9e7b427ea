"""Questions about the door: who is there, where somebody is signed in, what second steps they have."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db.models import QuerySet

from kith.access.accounts.models import Account
from kith.access.accounts.queries import work_of
from kith.access.actor import Actor
from kith.access.audit.looks import hashed
from kith.access.signin.models import SignIn

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def session_hash(key: str | None) -> str:
    """Name a session without its key, as the trail does."""
    return hashed(key or "")[:16]


def acting(account: Account, *, at: datetime, session: str = "", stepped_up_at: datetime | None = None) -> Actor:
    """Give the actor of somebody at the door: their kinds of work, and eyes that see no family yet."""
    work, _cleared = work_of(account, at=at)
    return Actor(account.pk, account.ref, account.name, work, session=session, stepped_up_at=stepped_up_at)


def account_of(actor: Actor) -> Account:
    """Give the account of whoever acts."""
    return Account.objects.get(pk=actor.account_id)


def has_second_step(account: Account) -> bool:
    """Say whether this person has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=account, type__in=STEPS).exists())


def second_steps(account: Account) -> list[Authenticator]:
    """Give this person's authenticator app and passkeys, oldest first."""
    return list(Authenticator.objects.filter(user=account, type__in=STEPS).order_by("created_at", "pk"))


def codes_left(account: Account) -> int:
    """Count the recovery codes this person has not used."""
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def stays(account: Account, *, at: datetime) -> QuerySet[SignIn]:
    """Give where this person is signed in: not ended, and seen within the idle time, newest first."""
    lately = at - timedelta(seconds=settings.KITH_IDLE_SECONDS)
    return SignIn.objects.filter(account=account, ended_at=None, seen_at__gt=lately).order_by("-seen_at")


def invited(*, ref: str, token: str) -> Account | None:
    """Give whom a one-time link is for, if fresh and unused. Signing in or choosing a password spends it."""
    account = Account.objects.filter(ref=ref, is_active=True, is_job=False).first() if ref else None
    return account if account and default_token_generator.check_token(account, token) else None
