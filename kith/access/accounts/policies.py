"""Who may look after accounts, and what even they may not do.

Nobody changes their own account's work. Whoever looks after accounts sees no family (domain 12.1, last column):
that is the rule of sight's, and it is why their kind of work stands alone here.
"""

from datetime import datetime

from kith.access.accounts.models import Account
from kith.access.accounts.queries import works_held
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import Work
from kith.access.step_up import stepped_up
from kith.kit.refusal import Refusal

NOT_YOUR_WORK = Refusal("account-not-your-work", "Looking after accounts is not part of your work.")
NOT_YOUR_OWN = Refusal(
    "account-own", "Nobody changes their own account here. Ask another person who looks after accounts."
)
A_JOB = Refusal("account-is-a-job", "This is a job that Kith does by itself, not a person. It is not changed here.")
CLOSED = Refusal("account-closed", "This account is closed. Open it again first.")
STANDS_ALONE = Refusal(
    "account-work-stands-alone",
    "System administrator goes with no other kind of work: whoever looks after accounts sees no family."
    " Use two accounts, or end the one first.",
)
HELD_ALREADY = Refusal("account-work-held", "They hold that kind of work already.")
NO_WORK = Refusal("account-no-work", "Choose at least one kind of work.")
TAKEN = Refusal("account-username-taken", "Somebody has that username. Choose another.")


def see_accounts(*, actor: Actor) -> Refusal | None:
    """May this person see who works here, and what they may do?"""
    return None if actor.may(Permission.ACCOUNT_MANAGE) else NOT_YOUR_WORK


def change_account(*, actor: Actor, account: Account) -> Refusal | None:
    """May this person change this account? Another's, and a person's."""
    if refusal := see_accounts(actor=actor):
        return refusal
    if account.is_job:
        return A_JOB
    return NOT_YOUR_OWN if account.pk == actor.account_id else None


def add_account(*, actor: Actor, username: str, works: list[Work]) -> Refusal | None:
    """May this person add somebody with these kinds of work and this username?"""
    if refusal := see_accounts(actor=actor):
        return refusal
    if not works:
        return NO_WORK
    if Account.objects.filter(username__iexact=username).exists():
        return TAKEN
    return STANDS_ALONE if Work.ADMINISTRATOR in works and len(set(works)) > 1 else None


def add_work(*, actor: Actor, account: Account, work: Work, at: datetime) -> Refusal | None:
    """May this person give this kind of work to this account, beside what it holds now or will hold?"""
    if refusal := change_account(actor=actor, account=account):
        return refusal
    if not account.is_active:
        return CLOSED
    held = works_held(account, at=at)
    if work in held:
        return HELD_ALREADY
    return STANDS_ALONE if held and Work.ADMINISTRATOR in {work, *held} else None


def give_link(*, actor: Actor, account: Account, at: datetime) -> Refusal | None:
    """May this person hand somebody a way in? Only just after showing that it is really them."""
    refusal = change_account(actor=actor, account=account) or (None if account.is_active else CLOSED)
    return refusal or stepped_up(actor=actor, at=at)


def clear_second_steps(*, actor: Actor, account: Account, at: datetime) -> Refusal | None:
    """May this person take away a lost phone's second step? Only just after showing that it is really them."""
    return give_link(actor=actor, account=account, at=at)
