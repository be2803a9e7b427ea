"""Questions about the network: the circles as one reader may see them, one person's place, and how it has grown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Q

from kith.access.actor import Actor
from kith.casework.maps.models import Kind, Named, Role
from kith.casework.network.models import NetworkMember, Ring, Safe
from kith.casework.network.words import ENOUGH, ENOUGH_ELSEWHERE, KNOWS, ORDER, STAGES, WILLING
from kith.kit.days import PartDay, Precision
from kith.people.entries.models import Entry
from kith.people.entries.queries import Reading, newest_version, readings, versions
from kith.people.entries.story import Story
from kith.people.persons.models import File, Person
from kith.people.relationships.queries import homes

MEMBER = "network-member"
STANDS = Q(kind=MEMBER, superseded_by__isnull=True)
BESIDE = tuple(f"network_member__{name}" for name in ("person", "told_by", "told_by_staff", "stands_in", "left_in"))


@dataclass
class Stood:
    """Where one person stands, as one reader may see it."""

    member: NetworkMember
    reading: Reading

    @property
    def ref(self) -> UUID:
        """Its address: that of its entry."""
        return self.reading.entry.ref

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.member.person

    @property
    def told_on(self) -> str:
        """When they were told, as far as it is known."""
        known = told_day(self.member)
        return known.in_words() if known else ""

    @property
    def told_by(self) -> str:
        """Who told them, in words; nothing when nobody did."""
        member = self.member
        return member.told_by.called if member.told_by else member.told_by_staff.name if member.told_by_staff else ""

    @property
    def knows(self) -> list[str]:
        """What they were told, in words."""
        return [words for key, words in KNOWS if key in self.member.knows]

    @property
    def willing(self) -> list[str]:
        """What they are willing to do, in words."""
        return [words for key, words in WILLING if key in self.member.willing]

    @property
    def far(self) -> int:
        """How many of the stages they have come, from one."""
        return STAGES.index(self.member.stage) + 1

    @property
    def counts(self) -> bool:
        """Do they know everything, may they be there, and will they do something (NW-3)?"""
        return self.member.ring == Ring.INNER and self.member.safe != Safe.NO and bool(self.member.willing)


def told_day(member: NetworkMember) -> PartDay | None:
    """Give the day somebody was told, as far as it is known; none when they were not."""
    return PartDay(member.told_on, cast("Precision", member.told_precision)) if member.told_on else None


@dataclass(frozen=True)
class Network:
    """The people round some children, by ring. `elsewhere` are those who do not live with any of them."""

    stood: list[Stood]
    elsewhere: frozenset[int]

    def ring(self, ring: str) -> list[Stood]:
        """Give everybody in one ring, those who have come furthest first, then by name."""
        return sorted(
            (s for s in self.stood if s.member.ring == ring), key=lambda s: (-s.far, s.person.called.casefold())
        )

    @property
    def rings(self) -> list[tuple[Ring, list[Stood]]]:
        """Each ring with its people, from the inside."""
        return [(Ring(ring), self.ring(ring)) for ring in ORDER]

    @property
    def counted(self) -> list[Stood]:
        """Those who count towards enough (NW-3)."""
        return [s for s in self.stood if s.counts]

    @property
    def outside(self) -> list[Stood]:
        """Those of them who live somewhere else."""
        return [s for s in self.counted if s.person.pk in self.elsewhere]

    @property
    def enough(self) -> bool:
        """NW-3: are there enough people, and enough of them outside the home?"""
        return len(self.counted) >= ENOUGH and len(self.outside) >= ENOUGH_ELSEWHERE


def network_of(actor: Actor, files: Sequence[File], people: Sequence[Person], *, at: datetime) -> Network:
    """The circles as they stand, of the people this reader may see. A fixed number of questions."""
    story = Story(actor, files, 0, also=STANDS, beside=BESIDE)
    shown = {p.pk: p for p in people}
    stands = [r for r in story.standing if r.shared_open and r.entry.network_member.person_id in shown]
    story.newest(with_=stands)
    stood = [_stood(r, shown) for r in stands if not r.entry.network_member.left_in_id]
    with_them = {stay.person_id for stays in homes([f.person for f in files], shown, at=at).values() for stay in stays}
    return Network(stood, frozenset(shown.keys() - with_them))


def _stood(reading: Reading, shown: dict[int, Person]) -> Stood:
    """Lay one person out, called as this page calls them; who told or stands in for them only where they are shown."""
    member = reading.entry.network_member
    member.person = shown[member.person_id]
    member.told_by = shown.get(member.told_by_id) if member.told_by_id else None
    member.stands_in = shown.get(member.stands_in_id) if member.stands_in_id else None
    return Stood(member, reading)


def open_member(actor: Actor, ref: UUID) -> Stood | None:
    """Find somebody's place by the address of any version; the newest is given. Unknown and hidden: None."""
    entry = Entry.objects.filter(ref=ref, kind=MEMBER).select_related("author", "family").first()
    if entry is None:
        return None
    entry = newest_version(entry)
    found = readings(actor, [entry])
    if not found or not found[0].shared_open:
        return None
    member = NetworkMember.objects.select_related(*(b.removeprefix("network_member__") for b in BESIDE)).get(
        entry=entry
    )
    return Stood(member, found[0])


def stood_before(actor: Actor, stood: Stood) -> list[Stood]:
    """Where they stood before, newest first: the history of the circles."""
    older = [r for r in versions(actor, stood.reading.entry) if r.entry.pk != stood.reading.entry.pk]
    rows = {m.entry_id: m for m in NetworkMember.objects.filter(entry__in=[r.entry for r in older])}
    return [Stood(rows[r.entry.pk], r) for r in reversed(older) if r.shared_open and r.entry.pk in rows]


def stands_already(actor: Actor, files: Iterable[File], person: Person) -> bool:
    """Does this person stand in the network of these children already, where this reader may know it?"""
    rows = Entry.objects.filter(STANDS, files__file__in=list(files), network_member__person=person)
    rows = rows.filter(network_member__left_in__isnull=True).distinct()
    return any(r.shared_open for r in readings(actor, list(rows)))


def said_to_have_hurt(files: Iterable[File]) -> set[int]:
    """Those of whom harm to one of these children is told and stands (NW-1)."""
    stands = Q(entry__map_item__kind=Kind.HARM, entry__map_item__outcome="", entry__superseded_by__isnull=True)
    rows = Named.objects.filter(stands, role=Role.WHO, person__isnull=False, entry__files__file__in=list(files))
    return {pk for pk in rows.values_list("person", flat=True) if pk}
