"""Questions about the people who work here."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from kith.access.accounts.models import Account, Clearance, RoleHeld
from kith.access.roles import Work


def work_of(account: Account, *, at: datetime) -> tuple[frozenset[Work], bool]:
    """Give the kinds of work this person holds now, and whether they are cleared for sealed files. Two queries."""
    now = Q(since__lte=at, until__gt=at)
    held = RoleHeld.objects.filter(now, account=account).values_list("work", flat=True)
    cleared = Clearance.objects.filter(now, account=account).exists()
    return frozenset(Work(w) for w in held), cleared


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
