"""A council's record, wholly invented: so many people in families, the workers round them, and what was written.

Shapes are those the design was measured with (spine): four people to a family, six in ten with a file of their own; a
worker for fifty people, a team for fourteen workers, a leader for eight; each file with its worker and its team, a third
with a second worker; one file in fifty restricted, one in a thousand sealed; one family in a hundred with a long story.
The same seed makes the same record, address for address.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from kith.access.accounts.models import Account, RoleHeld
from kith.access.roles import Work
from kith.council.teams.models import Agency, Leads, Team, TeamMember
from kith.framework.kinds import Level, Tie
from kith.people.involvement.models import Involvement, Relation
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.persons.keys import fold, keys_for
from kith.people.persons.models import Family, File, Identifier, Key, LevelSet, Membership, Name, Person
from tests.bench import invented
from tests.bench.tables import Table, moment, tables

SEED = 20250901
NOW = datetime(2025, 9, 1, 9, tzinfo=UTC)
BEGAN = NOW - timedelta(days=900)
FOREVER = "9999-12-31 00:00:00"
HOUSEHOLDS = ((2, 2), (3, 1), (2, 2), (3, 2), (2, 1))  # children, adults
LONG_EVERY, SHUT_EVERY, SHUT_AT = 100, 400, 7
FEWEST_WORKERS = 24
DESK = 25
"""How many families are on the desk of the worker called busy, who works beside others with the first that are open."""


@dataclass
class Someone:
    """A person of a family, as the rows that speak of them need them. `file` is 0 for those without one."""

    pk: int
    known_as: str
    ref: str
    file: int = 0
    file_ref: str = ""
    level: Level = Level.OPEN


@dataclass
class Household:
    """One family as it is being written: who is in it, who works with it, and how long its story is."""

    number: int
    pk: int
    ref: str
    name: str
    children: list[Someone]
    adults: list[Someone]
    worker: int
    leader: int

    @property
    def is_long(self) -> bool:
        """One of those with 60 to 200 entries, whose pages are timed."""
        return self.number % LONG_EVERY == 0

    @property
    def is_shut(self) -> bool:
        """One whose second child's file is closed to its worker, so that the newest entries are hidden."""
        return self.number % SHUT_EVERY == SHUT_AT

    @property
    def files(self) -> list[int]:
        """Ids of the children's files, oldest child first."""
        return [child.file for child in self.children]


@dataclass
class World:
    """A record being made: its tables, its chance, and the workers."""

    people: int
    seed: int = SEED
    rng: Random = field(init=False)
    to: dict[type, Table] = field(default_factory=tables)
    workers: list[int] = field(default_factory=list)
    usernames: dict[int, str] = field(default_factory=dict)
    leaders: list[int] = field(default_factory=list)
    teams: list[int] = field(default_factory=list)
    busy: int = 0
    on_desk: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        families = [b + e for b in invented.BEGINS for e in invented.ENDS]
        self.rng.shuffle(families)
        self.family_names = families
        self.began, self.now = moment(BEGAN), moment(NOW)

    @property
    def families(self) -> int:
        """How many families there are: four people to each."""
        return max(1, self.people // 4)

    def ref(self) -> str:
        """Make an address."""
        return f"{self.rng.getrandbits(128):032x}"

    def add(self, model: type, *values: Any) -> int:
        """Put one row by."""
        return self.to[model].add(*values)

    def households(self) -> Iterator[Household]:
        """Write the staff, then family after family: each is whole when it is given."""
        self._staff()
        for number in range(self.families):
            yield self._household(number)

    def _staff(self) -> None:
        count = max(FEWEST_WORKERS, self.people // 50)
        council = self.add(Agency, self.ref(), "Wrenshire Council of the bench", "council")
        self.teams = [self.add(Team, self.ref(), f"Team {n + 1}", council) for n in range(max(2, count // 14))]
        self.leaders = [self._account(f"leader{n}", Work.TEAM_LEADER) for n in range(max(2, count // 8))]
        self.workers = [self._account(f"worker{n}", Work.SOCIAL_WORKER) for n in range(count)]
        self.busy = self._account("busy", Work.SOCIAL_WORKER)
        for n, worker in enumerate(self.workers):
            self.add(TeamMember, self.teams[n % len(self.teams)], worker, self.began)
            self.add(Leads, self.leaders[n % len(self.leaders)], worker, self.began)

    def _account(self, username: str, work: Work) -> int:
        name = f"{self.given()} {self.family_name()}"
        pk = self.add(Account, self.ref(), username, f"{username}@example.org", name, "", "!", self.began)
        self.add(RoleHeld, pk, work.value, self.began, "for the bench")
        self.usernames[pk] = username
        return pk

    def given(self) -> str:
        """Pick a given name."""
        return self.rng.choice(invented.GIVEN)

    def family_name(self) -> str:
        """Pick a family name: some are common, most are not."""
        return self.family_names[int(len(self.family_names) * self.rng.random() ** 2.5)]

    def some(self, share: float) -> bool:
        """Let chance say, this often."""
        return self.rng.random() < share

    def _household(self, number: int) -> Household:
        children, adults = HOUSEHOLDS[number % len(HOUSEHOLDS)]
        name = self.family_name()
        if self.some(0.15):
            name = f"{name}-{self.family_name()}"
        pk, ref = self.to[Family].next(), self.ref()
        self.to[Family].rows.append((pk, ref, name, self.began, *self.to[Family].rest))
        worker = self.workers[number % len(self.workers)]
        leader = self.leaders[number % len(self.leaders)]
        made = Household(number, pk, ref, name, [], [], worker, leader)
        for n in range(children):
            made.children.append(self._child(made, n))
        for n in range(adults):
            made.adults.append(self._adult(made, n))
        if self.on_desk < DESK and not any(child.level for child in made.children):
            self._give_to_busy(made)
        return made

    def _give_to_busy(self, made: Household) -> None:
        self.on_desk += 1
        for child in made.children:
            self._relation(child.file, Tie.COWORKER, self.busy, None, self.began)

    def _person(self, family: str, born: date | None, by: int) -> Someone:
        given, ref = self.given(), self.ref()
        about, token = self.rng.choice(invented.ABOUT), self.rng.choice(invented.TOKENS)
        pk = self.add(Person, ref, given, "", str(born) if born else None, about, token, by, self.began)
        spelt = f"{given} {family}"
        self.add(Name, pk, given, family, "legal", fold(spelt), by, self.began)
        for key in sorted(keys_for([spelt])):
            self.add(Key, pk, key.kind, key.key)
        return Someone(pk, given, ref)

    def _child(self, made: Household, n: int) -> Someone:
        born = (NOW - timedelta(days=365 * (3 + 4 * n) + self.rng.randrange(365))).date()
        child = self._person(made.name, born, made.leader)
        child.file_ref = self.ref()
        child.level = self._level(made, n)
        child.file = self.add(File, child.file_ref, child.pk, child.level.value, self.began)
        self.add(Membership, made.pk, child.pk, "", 1, self.began)
        if self.some(0.5):
            self.add(Identifier, child.pk, "nhs", f"{self.rng.randrange(10**10):010}", made.leader, self.began)
        self._involve(made, child)
        self._tie(made, child)
        return child

    def _level(self, made: Household, n: int) -> Level:
        if made.is_long or made.is_shut:
            return Level.RESTRICTED if made.is_shut and n == 1 else Level.OPEN
        chance = self.rng.random()
        return Level.SEALED if chance < 0.001 else Level.RESTRICTED if chance < 0.021 else Level.OPEN

    def _adult(self, made: Household, n: int) -> Someone:
        born = (NOW - timedelta(days=365 * 24 + self.rng.randrange(365 * 30))).date()
        family = made.name if self.some(0.7) else self.family_name()
        adult = self._person(family, born, made.leader)
        role = invented.ROLES_OF_ADULTS[n] if n < 2 else self.rng.choice(invented.ROLES_OF_ADULTS)
        self.add(Membership, made.pk, adult.pk, role, 0, self.began)
        by = made.leader
        street = f"{self.rng.randrange(1, 200)} {self.rng.choice(invented.STREETS)} Street"
        postcode = f"ZZ{self.rng.randrange(1, 99)} {self.rng.randrange(1, 9)}AB"
        self.add(Location, self.ref(), adult.pk, "home", street, postcode, self.began, by, self.began)
        if self.some(0.6):
            number = f"07700 900{self.rng.randrange(1000):03}"
            folded = f"+44{number[1:].replace(' ', '')}"
            self.add(ContactDetail, self.ref(), adult.pk, "phone", number, folded, self.began, by, self.began)
        if self.some(0.4) or made.is_long:
            self.add(SafeContact, adult.pk, "Text first, and not before ten.", by, self.began)
        return adult

    def _involve(self, made: Household, child: Someone) -> None:
        level = invented.LEVELS[made.number % len(invented.LEVELS)]
        half = moment(BEGAN + timedelta(days=300))
        if made.number % 3 == 0:
            ended = ("early-help", self.began, half, "They asked for a hand.", "More is needed now.")
            self.add(Involvement, self.ref(), child.file, made.pk, *ended, made.leader, self.began)
        began = half if made.number % 3 == 0 else self.began
        now = (level, began, FOREVER, "What we heard at the front door.", "")
        self.add(Involvement, self.ref(), child.file, made.pk, *now, made.leader, began)

    def _tie(self, made: Household, child: Someone) -> None:
        """Tie the worker and the team; on a closed file, those named on it and nobody else sees it."""
        n = made.number
        before, beside = self.workers[(n + 5) % len(self.workers)], self.workers[(n + 11) % len(self.workers)]
        half = moment(BEGAN + timedelta(days=200))
        self._relation(child.file, Tie.ALLOCATED, before, None, self.began, half)
        self._relation(child.file, Tie.ALLOCATED, made.worker, None, half)
        self._relation(child.file, Tie.TEAM, None, self.teams[n % len(self.teams)], self.began)
        if n % 3 == 0:
            self._relation(child.file, Tie.COWORKER, beside, None, half)
        if n % 200 == 3:
            self._relation(child.file, Tie.BARRED, before, None, half)
        if child.level is Level.OPEN:
            return
        set_by = (made.leader, made.leader, half)
        self.add(LevelSet, child.file, child.level.value, "Somebody they know works here.", *set_by)
        if not made.is_shut:
            self._relation(child.file, Tie.NAMED, made.worker, None, half)

    def _relation(
        self, file: int, kind: Tie, staff: int | None, team: int | None, since: str, until: str = FOREVER
    ) -> None:
        why_ended = "" if until == FOREVER else "Moved on."
        by = self.leaders[0]
        self.add(Relation, file, kind.value, staff, team, since, until, "for the bench", why_ended, by, since)
