"""Questions about teams and lines."""

from collections.abc import Iterable
from datetime import datetime

from kith.access.accounts.models import Account
from kith.council.teams.models import Leads, TeamMember

DEEPEST_LINE = 4  # worker, team leader, service leader, head of service, director


def teams_of(account_id: int, *, at: datetime) -> frozenset[int]:
    """Give the ids of the teams this person is in now."""
    rows = TeamMember.objects.filter(account=account_id, since__lte=at, until__gt=at)
    return frozenset(rows.values_list("team_id", flat=True))


def led_by(account_id: int, *, at: datetime) -> frozenset[int]:
    """Give the ids of everyone this person leads now, through at most four lines of leadership."""
    found: set[int] = set()
    edge = {account_id}
    for _ in range(DEEPEST_LINE):
        rows = Leads.objects.filter(leader__in=edge, since__lte=at, until__gt=at)
        edge = set(rows.values_list("worker_id", flat=True)) - found - {account_id}
        if not edge:
            break
        found |= edge
    return frozenset(found)


def leaders_of(account_ids: Iterable[int], *, at: datetime) -> list[Account]:
    """Give those who lead these people now, nearest first, through at most four lines of leadership."""
    found: dict[int, Account] = {}
    edge, below = set(account_ids), set(account_ids)
    for _ in range(DEEPEST_LINE):
        rows = (
            Leads.objects.filter(worker__in=edge, since__lte=at, until__gt=at).select_related("leader").order_by("pk")
        )
        fresh = {r.leader_id: r.leader for r in rows if r.leader_id not in below}
        if not fresh:
            break
        found |= fresh
        edge = set(fresh)
        below |= edge
    return [leader for leader in found.values() if leader.is_active]
