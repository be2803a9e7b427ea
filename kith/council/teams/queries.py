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


def leaders_of(accounts: Iterable[int], *, at: datetime) -> list[Account]:
    """Give the people who lead any of these now, directly, each once."""
    rows = Leads.objects.filter(worker__in=list(accounts), since__lte=at, until__gt=at).select_related("leader")
    return list({row.leader_id: row.leader for row in rows.order_by("leader_id")}.values())
