"""Sight reads the rows and asks the one rule. Three shapes, chosen by the kind of page (spine design).

A page about a family judges its few files first. My own lists take the set of my files. Search and all-open
roles cut by index, judge what came, drop and refill. Never one filter with OR and EXISTS.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from kith.access.accounts.models import Account
from kith.access.accounts.queries import work_of
from kith.access.actor import Actor
from kith.access.roles import Work
from kith.council.teams.queries import led_by, teams_of
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.involvement.models import Relation
from kith.people.persons.models import File
from kith.people.sight.rules import Situation, judge, stub

HOLDERS = (Tie.ALLOCATED, Tie.COWORKER)


@dataclass
class Sight:
    """The eyes of one worker at one moment. Teams and those they lead are read once; ties are read each time."""

    account_id: int
    work: frozenset[Work]
    at: datetime
    cleared: bool = False
    _levels: dict[int, Level] = field(default_factory=dict)

    @cached_property
    def teams(self) -> frozenset[int]:
        """The teams this worker is in now."""
        return teams_of(self.account_id, at=self.at)

    @cached_property
    def led(self) -> frozenset[int]:
        """Everyone this worker leads now, directly or through another leader."""
        return led_by(self.account_id, at=self.at)

    def ties_on(self, files: Iterable[int]) -> dict[int, frozenset[Tie]]:
        """Give the ties in force between this worker and each of these files. One query."""
        rows = Relation.objects.filter(file__in=list(files), since__lte=self.at, until__gt=self.at).values_list(
            "file_id", "kind", "staff_id", "team_id"
        )
        found: dict[int, set[Tie]] = defaultdict(set)
        for file_id, kind, staff_id, team_id in rows:
            found[file_id] |= self._ties(Tie(kind), staff_id, team_id)
        return {file_id: frozenset(ties) for file_id, ties in found.items()}

    def _ties(self, kind: Tie, staff_id: int | None, team_id: int | None) -> set[Tie]:
        if staff_id == self.account_id or (team_id is not None and team_id in self.teams):
            return {kind}
        if kind in HOLDERS and staff_id in self.led:
            return {Tie.MANAGES}
        return set()

    def situations(self, files: Iterable[int], verb: Verb, content: Content) -> dict[int, Situation]:
        """Lay out the situation on each of these files: two queries, whatever their number."""
        wanted = list(dict.fromkeys(files))
        if not wanted:
            return {}
        levels = dict(File.objects.filter(pk__in=wanted).values_list("pk", "level"))
        ties = self.ties_on(levels)
        return {
            pk: Situation(self.work, ties.get(pk, frozenset()), Level(level), content, verb, self.cleared)
            for pk, level in levels.items()
        }

    def allowed(self, files: Iterable[int], verb: Verb, content: Content) -> frozenset[int]:
        """Give those of these files the rule allows."""
        found = self.situations(files, verb, content)
        return frozenset(pk for pk, situation in found.items() if judge(situation)[0])

    def kinds_open(self, situation: Situation) -> frozenset[Content]:
        """Give every kind of content this situation may read: judged for each kind, no query."""
        return frozenset(c for c in Content if judge(replace(situation, verb=Verb.READ, content=c))[0])

    def stubs(self, files: Iterable[int]) -> frozenset[int]:
        """Give those of these exactly matched files that show a stub and no more."""
        found = self.situations(files, Verb.MATCH, Content.INDEX)
        return frozenset(pk for pk, situation in found.items() if stub(situation))

    def my_files(self) -> frozenset[int]:
        """Shape 2: every file I may read because of a tie of mine, those I lead included. For my own lists."""
        now = Q(since__lte=self.at, until__gt=self.at)
        mine = Relation.objects.filter(now, staff=self.account_id).exclude(kind=Tie.BARRED)
        ids = set(mine.values_list("file_id", flat=True))
        if self.teams:
            ids |= set(Relation.objects.filter(now, team__in=self.teams).values_list("file_id", flat=True))
        if self.led:
            held = Relation.objects.filter(now, staff__in=self.led, kind__in=HOLDERS)
            ids |= set(held.values_list("file_id", flat=True))
        return self.allowed(ids, Verb.READ, Content.CORE)


def actor_for(account: Account, *, at: datetime, session: str = "", stepped_up_at: datetime | None = None) -> Actor:
    """Make the actor of one request or job: kinds of work and clearance read now, eyes bound to them."""
    work, cleared = work_of(account, at=at)
    sight = Sight(account.pk, work, at, cleared)
    return Actor(account.pk, account.ref, account.name, work, sight, cleared, session, stepped_up_at)


def sight_of(actor: Actor) -> Sight:
    """Give the eyes of an actor made by `actor_for`, for the shapes that only sight knows."""
    if not isinstance(actor.eyes, Sight):
        return Sight(actor.account_id, frozenset(), datetime.min)  # noqa: DTZ901 - sees nobody
    return actor.eyes


def kept_from(actor: Actor, files: Iterable[int]) -> frozenset[int]:
    """Give those of these files that even a duty which reads nothing must not touch: barred, or sealed and not open."""
    found = sight_of(actor).situations(files, Verb.READ, Content.CORE)
    closed = {pk for pk, s in found.items() if s.level is Level.SEALED and not judge(s)[0]}
    return frozenset(closed | {pk for pk, s in found.items() if Tie.BARRED in s.ties})


def file_refs(ids: Iterable[int]) -> frozenset[UUID]:
    """Give the addresses of these files, for the ledgers."""
    return frozenset(File.objects.filter(pk__in=list(ids)).values_list("ref", flat=True))
