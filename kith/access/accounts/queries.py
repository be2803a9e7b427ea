"""Questions about the people who work here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import FilteredRelation, Q, QuerySet

from kith.access.accounts.models import THE_DOOR, Account, Clearance, Posts, RoleHeld
from kith.access.audit.looks import hashed
from kith.access.audit.models import Act
from kith.access.roles import ROLES, Work
from kith.kit.changed import mark


def work_of(account: Account, *, at: datetime) -> tuple[frozenset[Work], bool]:
    """Give the kinds of work this person holds now, and whether they are cleared for sealed files.

    Two queries; none when the account was read `with_posts`, as a request's is.
    """
    if account.posts is not None:
        works = frozenset(Work(r.work) for r in account.posts.roles if r.since <= at < r.until)
        return works, any(c.since <= at < c.until for c in account.posts.clearances)
    now = Q(since__lte=at, until__gt=at)
    held = RoleHeld.objects.filter(now, account=account).values_list("work", flat=True)
    cleared = Clearance.objects.filter(now, account=account).exists()
    return frozenset(Work(w) for w in held), cleared


def with_posts(pk: int) -> Account | None:
    """Give an account with the work and the clearances it has ever held beside it: one query for a whole request."""
    rows = Account._default_manager.filter(pk=pk).annotate(
        post=FilteredRelation("roles"), clear=FilteredRelation("clearances")
    )
    found = list(rows.select_related("post", "clear"))  # type: ignore[misc]  # names of the FilteredRelations above
    if not found:
        return None
    posts = {row.post.pk: row.post for row in found if getattr(row, "post", None)}
    clear = {row.clear.pk: row.clear for row in found if getattr(row, "clear", None)}
    found[0].posts = Posts(tuple(posts.values()), tuple(clear.values()))
    return found[0]


def works_held(account: Account, *, at: datetime) -> frozenset[Work]:
    """Give the kinds of work this person holds now or will hold."""
    held = RoleHeld.objects.filter(account=account, until__gt=at).values_list("work", flat=True)
    return frozenset(Work(w) for w in held)


CHANGED_IN_PLACE = ("name", "job_title", "email", "phone")


def details_now(account: Account) -> dict[str, str]:
    """Give what is merely current about somebody who works here, as the form begins."""
    return {name: getattr(account, name) for name in CHANGED_IN_PLACE}


def mark_of(account: Account) -> str:
    """Give the mark of those details as they stand, to be held to when they are changed."""
    return mark(*details_now(account).values())


def people(*, at: datetime, like: str = "", closed: bool = False) -> list[tuple[Account, list[Work]]]:
    """Give the people who have, or had, an account, by name, with their work. Two queries.

    `like` is part of a name, a job or a username.
    """
    found = Account.objects.filter(is_job=False, is_active=not closed)
    if like:
        found = found.filter(Q(name__icontains=like) | Q(username__icontains=like) | Q(job_title__icontains=like))
    rows = found.prefetch_related("roles").order_by("name", "pk")
    return [(a, sorted({Work(h.work) for h in a.roles.all() if h.until > at})) for a in rows]


def person(ref: UUID) -> Account | None:
    """Give the person whose account has this address."""
    return Account.objects.filter(ref=ref, is_job=False).first()


@dataclass(frozen=True)
class Event:
    """Something that happened to one account: when, and in words."""

    at: datetime
    words: str


DONE = {
    "signed.in": "Signed in",
    "signed.out": "Signed out",
    "signed.out.everywhere": "Signed out everywhere",
    "password.chosen": "Chose a password",
    "second-step.added": "Added a second step",
    "second-step.removed": "Took away a second step",
    "second-step.failed": "Gave a code that did not fit",
    "recovery-codes.renewed": "Made new recovery codes",
    "stepped.up": "Showed once more that it was them",
}
"""What a history shows of a person's own acts. Nothing about any family is among them."""


def history(account: Account, *, newest: int = 50) -> list[Event]:
    """Give what happened to one account, newest first: its work, its sign-ins, and tries that failed."""
    own = Act.objects.filter(account=account.ref, what__in=DONE).order_by("-at")[:newest]
    events = [Event(act.at, DONE[act.what]) for act in own]
    door = Account.objects.filter(username=THE_DOOR, is_job=True).values("ref")
    failed = Act.objects.filter(
        account__in=door, what="sign-in.refused", body__contains=hashed(account.username.lower())
    )
    events += [Event(act.at, "Somebody could not sign in") for act in failed.order_by("-at")[:newest]]
    return sorted([*events, *_work_events(account)], key=lambda e: e.at, reverse=True)[:newest]


def _work_events(account: Account) -> list[Event]:
    events = [Event(account.joined_at, "Joined")]
    for held in account.roles.all():
        shown = ROLES[Work(held.work)].shown_as
        events.append(Event(held.since, f"Began as {shown}: {held.why}"))
        if held.why_ended:
            events.append(Event(held.until, f"Ended as {shown}: {held.why_ended}"))
    return [*events, *([Event(account.left_at, "Left")] if account.left_at else [])]


def held_now(account: Account, *, at: datetime) -> QuerySet[RoleHeld]:
    """Give the kinds of work this person holds now or will hold, oldest first."""
    return RoleHeld.objects.filter(account=account, until__gt=at).order_by("since", "pk")


def second_steps_set_up(account: Account) -> int:
    """Count this person's apps and passkeys, without saying what they are."""
    return int(Authenticator.objects.filter(user=account).exclude(type="recovery_codes").count())


def holding(kinds: Iterable[Work], *, at: datetime) -> list[Account]:
    """Give the people who do any of these kinds of work now and can sign in: in the order of the kinds, then by name"""
    order = {kind.value: place for place, kind in enumerate(kinds)}
    now = Q(since__lte=at, until__gt=at)
    rows = RoleHeld.objects.filter(now, work__in=order, account__is_active=True, account__is_job=False)
    held = sorted(rows.select_related("account"), key=lambda r: (order[r.work], r.account.name, r.account_id))
    return list({r.account_id: r.account for r in held}.values())


def cleared_among(accounts: Iterable[Account], *, at: datetime) -> frozenset[int]:
    """Give the ids of those of these people who are cleared for sealed files now."""
    rows = Clearance.objects.filter(account__in=[a.pk for a in accounts], since__lte=at, until__gt=at)
    return frozenset(rows.values_list("account_id", flat=True))


def cleared_by(account: Account, *, at: datetime) -> frozenset[int]:
    """Give the ids of those whose word clears this person for sealed files now."""
    rows = Clearance.objects.filter(account=account, since__lte=at, until__gt=at)
    return frozenset(rows.values_list("given_by_id", flat=True))
