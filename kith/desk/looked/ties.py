"""Which tie there was between a worker and a file at a moment that has passed: dated rows, read once for many looks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from kith.access.accounts.models import RoleHeld
from kith.access.roles import ROLES, Work
from kith.council.teams.models import Leads, TeamMember
from kith.council.teams.queries import DEEPEST_LINE
from kith.framework.kinds import Tie
from kith.people.involvement.models import Relation
from kith.people.sight.queries import HOLDERS

Stretch = tuple[datetime, datetime]


def _held(stretch: Stretch, at: datetime) -> bool:
    return stretch[0] <= at < stretch[1]


class TiesThen:
    """Every tie that stood between these people and these files from a moment until another. Four queries."""

    def __init__(self, accounts: Iterable[int], files: Iterable[int], since: datetime, until: datetime) -> None:
        people = list(accounts)
        then = {"since__lt": until, "until__gt": since}
        self._relations = defaultdict(list)
        rows = Relation.objects.filter(file__in=list(files), **then)
        for file, kind, staff, team, *stretch in rows.values_list(
            "file_id", "kind", "staff_id", "team_id", "since", "until"
        ):
            self._relations[file].append((Tie(kind), staff, team, (stretch[0], stretch[1])))
        self._teams = defaultdict(list)
        for account, team, *stretch in TeamMember.objects.filter(account__in=people, **then).values_list(
            "account_id", "team_id", "since", "until"
        ):
            self._teams[account].append((team, (stretch[0], stretch[1])))
        self._leads = defaultdict(list)
        for leader, worker, *stretch in Leads.objects.filter(**then).values_list(
            "leader_id", "worker_id", "since", "until"
        ):
            self._leads[leader].append((worker, (stretch[0], stretch[1])))
        self._work = defaultdict(list)
        for account, work, *stretch in RoleHeld.objects.filter(account__in=people, **then).values_list(
            "account_id", "work", "since", "until"
        ):
            self._work[account].append((Work(work), (stretch[0], stretch[1])))

    def between(self, account: int, file: int, at: datetime) -> frozenset[Tie]:
        """Give the ties this worker had to this file at that moment."""
        stood = [row for row in self._relations[file] if _held(row[3], at)]
        teams = {team for team, stretch in self._teams[account] if _held(stretch, at)}
        found = {kind for kind, staff, team, _ in stood if staff == account or (team and team in teams)}
        holders = {staff for kind, staff, _, _ in stood if kind in HOLDERS}
        if holders & self._led(account, at):
            found.add(Tie.MANAGES)
        return frozenset(found)

    def work(self, account: int, at: datetime) -> list[str]:
        """Give the kinds of work this person did then, as they are called."""
        return [ROLES[work].shown_as for work, stretch in self._work[account] if _held(stretch, at)]

    def _led(self, account: int, at: datetime) -> set[int]:
        found: set[int] = set()
        edge = {account}
        for _ in range(DEEPEST_LINE):
            edge = (
                {w for leader in edge for w, stretch in self._leads[leader] if _held(stretch, at)} - found - {account}
            )
            found |= edge
        return found
