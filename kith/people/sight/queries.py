"""Sight reads the rows and asks the one rule. Three shapes, chosen by the kind of page (spine design).

A page about a family judges its few files first. My own lists take the set of my files. Search and all-open
roles cut by index, judge what came, drop and refill. Never one filter with OR and EXISTS.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import FilteredRelation, Q

from kith.access.accounts.models import Account
from kith.access.accounts.queries import work_of
from kith.access.actor import Actor
from kith.access.roles import Work
from kith.council.teams.queries import place_of
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.involvement.models import Relation
from kith.people.persons.models import File
from kith.people.sight.rules import Situation, judge, stub

HOLDERS = (Tie.ALLOCATED, Tie.COWORKER)
Standing = tuple[Level, frozenset[Tie]]


@dataclass
class Sight:
    """The eyes of one worker at one moment. Teams and those they lead are read once.

    Levels and ties are read each time, unless the request only reads (`keeps`): then once for each file, so that
    one page is judged by one state of the record. An act reads them again at every question it asks.
    """

    account_id: int
    work: frozenset[Work]
    at: datetime
    cleared: bool = False
    keeps: bool = False
    _kept: dict[int, Standing] = field(default_factory=dict)

    @cached_property
    def _place(self) -> tuple[frozenset[int], frozenset[int]]:
        return place_of(self.account_id, at=self.at)

    @property
    def teams(self) -> frozenset[int]:
        """The teams this worker is in now."""
        return self._place[0]

    @property
    def led(self) -> frozenset[int]:
        """Everyone this worker leads now, directly or through another leader."""
        return self._place[1]

    def ties_on(self, files: Iterable[int]) -> dict[int, frozenset[Tie]]:
        """Give the ties in force between this worker and each of these files. One query."""
        return {pk: ties for pk, (_, ties) in self._standing(files).items()}

    def _standing(self, files: Iterable[int]) -> dict[int, Standing]:
        """Read the level of each of these files and my ties on it: one query, for those not kept."""
        wanted = list(dict.fromkeys(files))
        unread = [pk for pk in wanted if pk not in self._kept]
        found = self._read(unread) if unread else {}
        if self.keeps:
            self._kept |= found
        return {pk: found.get(pk) or self._kept[pk] for pk in wanted if pk in found or pk in self._kept}

    def _read(self, files: Sequence[int]) -> dict[int, Standing]:
        now = Q(relations__since__lte=self.at, relations__until__gt=self.at)
        rows = File.objects.filter(pk__in=files).annotate(tie=FilteredRelation("relations", condition=now))
        levels: dict[int, Level] = {}
        ties: dict[int, set[Tie]] = defaultdict(set)
        for pk, level, kind, staff_id, team_id in rows.values_list(
            "pk", "level", "tie__kind", "tie__staff_id", "tie__team_id"
        ):
            levels[pk] = Level(level)
            if kind:
                ties[pk] |= self._ties(Tie(kind), staff_id, team_id)
        return {pk: (level, frozenset(ties[pk])) for pk, level in levels.items()}

    def _ties(self, kind: Tie, staff_id: int | None, team_id: int | None) -> set[Tie]:
        if staff_id == self.account_id or (team_id is not None and team_id in self.teams):
            return {kind}
        if kind in HOLDERS and staff_id in self.led:
            return {Tie.MANAGES}
        return set()

    def situations(self, files: Iterable[int], verb: Verb, content: Content) -> dict[int, Situation]:
        """Lay out the situation on each of these files: one query, whatever their number."""
        return {
            pk: Situation(self.work, ties, level, content, verb, self.cleared)
            for pk, (level, ties) in self._standing(files).items()
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


def actor_for(
    account: Account,
    *,
    at: datetime,
    session: str = "",
    stepped_up_at: datetime | None = None,
    only_reads: bool = False,
) -> Actor:
    """Make the actor of one request or job: kinds of work and clearance read now, eyes bound to them.

    `only_reads` is for a request that changes nothing: its eyes keep what they have read of each file until it ends.
    """
    work, cleared = work_of(account, at=at)
    sight = Sight(account.pk, work, at, cleared, keeps=only_reads)
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
