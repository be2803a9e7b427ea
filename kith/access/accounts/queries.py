"""Questions about the people who work here."""

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
