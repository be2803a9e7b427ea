"""The verbs of looking after accounts: somebody joins, their work changes, they leave."""

from datetime import date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.db.models import F
from django.utils import timezone

from kith.access.accounts import policies
from kith.access.accounts.models import FOREVER, Account, Clearance, RoleHeld
from kith.access.accounts.queries import mark_of
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.roles import Work
from kith.kit.changed import as_read
from kith.kit.refusal import require


@action
def add_account(
    *,
    username: str,
    name: str,
    job_title: str,
    email: str,
    phone: str,
    works: list[Work],
    why: str,
    by: Actor,
    at: datetime,
) -> Account:
    """Add somebody who joins us, with their kinds of work from now. They have no password until they choose one."""
    require(policies.add_account(actor=by, username=username, works=works))
    joiner = Account(username=username.lower(), name=name, job_title=job_title, email=email, phone=phone, joined_at=at)
    joiner.set_unusable_password()
    joiner.save()
    RoleHeld.objects.bulk_create(RoleHeld(account=joiner, work=w, since=at, why=why) for w in works)
    note("account.added", about=joiner, work=sorted(works))
    return joiner


@action
def change_details(
    *,
    account: Account,
    name: str,
    job_title: str,
    email: str,
    phone: str,
    read: str = "",
    by: Actor,
    at: datetime,  # noqa: ARG001 - every act has a time
) -> Account:
    """Put right what somebody is called, what they do and how to reach them. `read` is the mark of what was read."""
    now = Account.objects.select_for_update().get(pk=account.pk)
    require(policies.change_account(actor=by, account=account))
    require(as_read(read, mark_of(now)))
    Account.objects.filter(pk=account.pk).update(name=name, job_title=job_title, email=email, phone=phone)
    account.refresh_from_db()
    note("account.changed", about=account)
    return account


@action
def add_work(
    *, account: Account, work: Work, since: date, until: date | None, why: str, by: Actor, at: datetime
) -> RoleHeld:
    """Give a kind of work from a day, to the end of a day or until it is ended. Never from a day gone by."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(policies.add_work(actor=by, account=account, work=work, at=at))
    ends = _morning(until + timedelta(days=1)) if until else FOREVER
    held = RoleHeld.objects.create(account=account, work=work, since=max(at, _morning(since)), until=ends, why=why)
    note("work.given", about=account, work=work, since=str(since), until=str(until or ""))
    return held


@action
def end_work(*, held: RoleHeld, why: str, by: Actor, at: datetime) -> RoleHeld:
    """End a kind of work now, saying why. It is gone at that person's next request."""
    require(policies.change_account(actor=by, account=held.account))
    _end(held, why, at)
    note("work.ended", about=held.account, work=held.work)
    return held


def _end(held: RoleHeld, why: str, at: datetime) -> None:
    held.until, held.why_ended = max(at, held.since + timedelta(microseconds=1)), why
    held.save(update_fields=["until", "why_ended"])


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@action
def close_account(*, account: Account, why: str, by: Actor, at: datetime) -> Account:
    """Close the account of somebody who leaves: every kind of work, clearance and stay ends at once (PV-5)."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(policies.change_account(actor=by, account=account))
    for held in RoleHeld.objects.filter(account=account, until__gt=at):
        _end(held, why, at)
    for clearance in Clearance.objects.filter(account=account, until__gt=at):
        clearance.until = max(at, clearance.since + timedelta(microseconds=1))
        clearance.save(update_fields=["until"])
    account.is_active, account.left_at = False, at
    account.session_version = F("session_version") + 1
    account.save(update_fields=["is_active", "left_at", "session_version"])
    account.refresh_from_db()
    note("account.closed", about=account)
    return account


@action
def open_again(*, account: Account, by: Actor, at: datetime) -> Account:  # noqa: ARG001 - as above
    """Open the account of somebody who comes back. They hold no work until it is given, and need a new way in."""
    require(policies.change_account(actor=by, account=account))
    account.is_active, account.left_at = True, None
    account.set_unusable_password()
    account.save(update_fields=["is_active", "left_at", "password"])
    note("account.opened-again", about=account)
    return account


@action
def give_link(*, account: Account, by: Actor, at: datetime) -> str:
    """Make a one-time way in, for two days, to be handed over in person. Its taker chooses a password of their own."""
    require(policies.give_link(actor=by, account=account, at=at))
    note("link.given", about=account)
    return default_token_generator.make_token(account)


@action
def clear_second_steps(*, account: Account, by: Actor, at: datetime) -> None:
    """Take away a lost phone, its codes and passkeys: at the next sign-in they are set up anew."""
    require(policies.clear_second_steps(actor=by, account=account, at=at))
    Authenticator.objects.filter(user=account).delete()
    Account.objects.filter(pk=account.pk).update(session_version=F("session_version") + 1)
    note("second-steps.cleared", about=account)
