"""What happens at the door: whoever knocks is weighed, slowed or let in. Pages and adapters knock through here."""

from dataclasses import replace
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate

from kith.access.accounts.models import THE_DOOR, Account
from kith.access.actor import Actor
from kith.access.signin import actions, policies, throttle
from kith.access.signin.queries import acting
from kith.access.signin.throttle import Comer
from kith.kit.refusal import Refusal, require


def the_door(*, at: datetime) -> Actor:
    """Give the job that turns people away: failures are its acts, since nobody has proved who they are."""
    job, _new = Account.objects.get_or_create(
        username=THE_DOOR, defaults={"name": "The door", "is_job": True, "joined_at": at, "password": "!"}
    )
    return Actor(job.pk, job.ref, job.name, frozenset())


def knock(*, comer: Comer, password: str, at: datetime) -> Account | Refusal:
    """Try a name and a password. Unknown, wrong and closed get one answer, at the price of one hash each."""
    if throttle.must_wait(comer, at=at):
        return policies.WAIT
    account = authenticate(username=comer.name, password=password)
    if not isinstance(account, Account) or policies.sign_in(account=account):
        actions.turn_away(comer=comer, step="password", by=the_door(at=at), at=at)
        return policies.NOT_MATCHED
    throttle.forget_failures(comer)
    return account


def knock_again(*, comer: Comer, account: Account, code: str, at: datetime) -> Authenticator | Refusal:
    """Try a code. Counted by itself, so that failing here never slows the password of anybody."""
    comer = replace(comer, name=f"step {comer.name}")
    if throttle.must_wait(comer, at=at):
        return policies.WAIT
    step = actions.use_code(account=account, code=code, by=acting(account, at=at), at=at)
    if step is None:
        actions.turn_away(comer=comer, step="code", by=the_door(at=at), at=at)
        return policies.CODE_WRONG
    throttle.forget_failures(comer)
    return step


def step_up(
    *, comer: Comer, account: Account, by: Actor, at: datetime, password: str = "", code: str = ""
) -> Refusal | None:
    """Check once more that it is this person, by password or by code; note it when it is."""
    require(policies.own(actor=by, account=account))
    if code:
        found = knock_again(comer=comer, account=account, code=code, at=at)
    else:
        found = knock(comer=comer, password=password, at=at)
    if isinstance(found, Refusal):
        return found
    actions.show_again(account=account, by=by, at=at)
    return None
