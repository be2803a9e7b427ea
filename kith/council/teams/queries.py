"""Questions about teams and lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q

from kith.access.accounts.models import Account
from kith.council.teams.models import Agency, Leads, Team, TeamMember
from kith.kit.changed import mark

DEEPEST_LINE = 4  # worker, team leader, service leader, head of service, director


LAST_YEAR = 9999  # a row that has not been ended ends then


def teams_of(account_id: int, *, at: datetime) -> frozenset[int]:
    """Give the ids of the teams this person is in now."""
    rows = TeamMember.objects.filter(account=account_id, since__lte=at, until__gt=at)
    return frozenset(rows.values_list("team_id", flat=True))


_PLACE = """
    SELECT 0, team_id FROM council_teammember WHERE account_id = %(me)s AND since <= %(at)s AND until > %(at)s
    UNION ALL
    SELECT 1, worker_id FROM (
        WITH RECURSIVE line (worker_id, depth) AS (
            SELECT worker_id, 1 FROM council_leads
            WHERE leader_id = %(me)s AND since <= %(at)s AND until > %(at)s
            UNION
            SELECT below.worker_id, line.depth + 1 FROM council_leads below
            JOIN line ON below.leader_id = line.worker_id
            WHERE line.depth < %(deepest)s AND below.since <= %(at)s AND below.until > %(at)s
        )
        SELECT DISTINCT worker_id FROM line
    ) led
"""  # written out, since every page asks it: putting it together from querysets cost more than answering it


def place_of(account_id: int, *, at: datetime) -> tuple[frozenset[int], frozenset[int]]:
    """Give the ids of the teams this person is in now, and of everyone they lead now, in one query.

    They lead those beneath them through at most four lines of leadership.
    """
    found: tuple[set[int], set[int]] = (set(), set())
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"me": account_id, "at": moment, "deepest": DEEPEST_LINE})
        for which, pk in cursor.fetchall():
            found[which].add(pk)
    return frozenset(found[0]), frozenset(found[1] - {account_id})


def everyone_led_by(account_id: int) -> frozenset[int]:
    """Give everyone this person leads or will lead, however many lines down: to keep leadership from a circle."""
    found: set[int] = set()
    edge = {account_id}
    while edge:
        rows = Leads.objects.filter(leader__in=edge, until__year=LAST_YEAR).values_list("worker_id", flat=True)
        edge = set(rows) - found
        found |= edge
    return frozenset(found)


@dataclass(frozen=True)
class TeamShown:
    """One team with the people in it now."""

    team: Team
    people: list[Account]


def teams(*, at: datetime) -> list[TeamShown]:
    """Give every open team with the people in it now, by name. Two queries."""
    now = Q(since__lte=at, until__gt=at)
    inside = Prefetch("members", TeamMember.objects.filter(now).select_related("account"), to_attr="now")
    rows = Team.objects.filter(closed_at=None).select_related("agency").prefetch_related(inside).order_by("name")
    return [TeamShown(t, sorted((m.account for m in t.now), key=lambda a: a.name)) for t in rows]


def open_team(ref: UUID) -> Team | None:
    """Give the open team at this address."""
    return Team.objects.filter(ref=ref, closed_at=None).select_related("agency").first()


def members(team: Team, *, at: datetime) -> list[Account]:
    """Give the people in this team now, by name."""
    rows = TeamMember.objects.filter(team=team, since__lte=at, until__gt=at).select_related("account")
    return sorted((m.account for m in rows), key=lambda a: a.name)


def teams_held(account: Account, *, at: datetime) -> list[Team]:
    """Give the teams this person is in now, by name."""
    now = TeamMember.objects.filter(account=account, since__lte=at, until__gt=at)
    return list(Team.objects.filter(pk__in=now.values("team")).order_by("name"))


def leader_of(account: Account, *, at: datetime) -> Account | None:
    """Give who leads this person now."""
    row = Leads.objects.filter(worker=account, since__lte=at, until__gt=at).select_related("leader").first()
    return row.leader if row else None


def mark_of(account: Account, *, at: datetime) -> str:
    """Give the mark of who leads this person now, to be held to when that is changed."""
    leader = leader_of(account, at=at)
    return mark(leader.pk if leader else None)


def led_directly_by(account: Account, *, at: datetime) -> list[Account]:
    """Give whom this person leads now, without going further down, by name."""
    rows = Leads.objects.filter(leader=account, since__lte=at, until__gt=at).select_related("worker")
    return sorted((row.worker for row in rows), key=lambda a: a.name)


def led_directly(account_id: int, *, at: datetime) -> tuple[list[Account], dict[int, list[Account]]]:
    """Give whom this person leads now, one line down, by name; and whom each of those leads. Two queries."""
    now = Leads.objects.filter(since__lte=at, until__gt=at).select_related("worker")
    people = _by_name(row.worker for row in now.filter(leader=account_id))
    beneath: dict[int, list[Account]] = defaultdict(list)
    for row in now.filter(leader__in=people):
        beneath[row.leader_id].append(row.worker)
    return people, defaultdict(list, {pk: _by_name(each) for pk, each in beneath.items()})


def _by_name(people: Iterable[Account]) -> list[Account]:
    return sorted(people, key=lambda a: (a.name, a.pk))


def workers() -> list[Account]:
    """Give everybody who works here now, by name, for choosing among."""
    return list(Account.objects.filter(is_active=True, is_job=False).order_by("name", "pk"))


def agencies() -> list[Agency]:
    """Give the council and the agencies beside it, by name."""
    return list(Agency.objects.order_by("name"))


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
