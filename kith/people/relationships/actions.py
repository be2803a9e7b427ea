"""The verbs of kin: who people are to each other, parental responsibility for each child, and who lives with whom."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.framework.kinds import Verb
from kith.kit.refusal import require
from kith.people.persons.models import File, Person
from kith.people.persons.queries import doors_of, lock_files
from kith.people.relationships import policies
from kith.people.relationships.models import Household, HouseholdStay, ParentalResponsibility, Relationship


@action
def add_relationship(
    *,
    one: Person,
    other: Person,
    kind: str,
    child_calls_them: str = "",
    quality: str = "",
    since: date | None = None,
    by: Actor,
    at: datetime,
) -> Relationship:
    """Say that `other` is `one`’s grandparent, partner, friend and so on; `child_calls_them` is what `one` calls them.

    `quality` is how they get on: it is never printed for the other person (domain 1.11).
    """
    files = _lock(one, by, at)
    require(policies.add_relationship(actor=by, one=one, other=other, kind=kind, at=at))
    tie = Relationship.objects.create(
        one=one,
        other=other,
        kind=kind,
        child_calls_them=child_calls_them,
        quality=quality,
        since=since,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    note("kin.added", about=tie, files=files, kind=kind)
    return tie


@action
def end_relationship(*, relationship: Relationship, by: Actor, at: datetime) -> Relationship:
    """Say that a relationship has ended. The row stays: it was so, then."""
    files = _lock(relationship.one, by, at)
    require(policies.end_relationship(actor=by, relationship=relationship, at=at))
    Relationship.objects.filter(pk=relationship.pk).update(until=timezone.localdate(at))
    relationship.refresh_from_db()
    note("kin.ended", about=relationship, files=files)
    return relationship


@action
def say_responsibility(
    *, child: Person, adult: Person, holds: str, source: str, since: date | None = None, by: Actor, at: datetime
) -> ParentalResponsibility:
    """Write whether one adult has parental responsibility for one child: yes, no or unclear, and how we know.

    A dated fact per child (domain 1.11): what stood before is ended today, and stays.
    """
    files = _lock(child, by, at)
    require(policies.say_responsibility(actor=by, child=child, adult=adult, at=at))
    today = timezone.localdate(at)
    standing = ParentalResponsibility.objects.filter(Q(until__isnull=True) | Q(until__gt=today))
    standing.filter(child=child, adult=adult).update(until=today)
    said = ParentalResponsibility.objects.create(
        child=child,
        adult=adult,
        holds=holds,
        source=source,
        since=since,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    note("responsibility.said", about=said, files=files, holds=holds)
    return said


@action
def begin_household(*, person: Person, name: str, by: Actor, at: datetime) -> Household:
    """Begin a household by the name people give it, with the first person who lives there."""
    files = _lock(person, by, at)
    require(policies.begin_household(actor=by, person=person, at=at))
    household = Household.objects.create(name=name, recorded_at=at)
    _stay(person, household, by, at)
    note("household.begun", about=household, files=files)
    return household


@action
def move_in(*, person: Person, household: Household, by: Actor, at: datetime) -> HouseholdStay:
    """Say that somebody lives in a household from now. People may live in two: a child often does."""
    files = _lock(person, by, at)
    require(policies.move_in(actor=by, person=person, household=household, at=at))
    already = HouseholdStay.objects.filter(household=household, person=person, since__lte=at, until__gt=at).first()
    stay = already or _stay(person, household, by, at)
    note("household.joined", about=household, files=files, person=str(person.ref))
    return stay


@action
def move_out(*, person: Person, household: Household, by: Actor, at: datetime) -> Household:
    """Say that somebody does not live in a household any more."""
    files = _lock(person, by, at)
    require(policies.move_out(actor=by, person=person, at=at))
    HouseholdStay.objects.filter(household=household, person=person, since__lte=at, until__gt=at).update(until=at)
    note("household.left", about=household, files=files, person=str(person.ref))
    return household


def _stay(person: Person, household: Household, by: Actor, at: datetime) -> HouseholdStay:
    return HouseholdStay.objects.create(
        household=household, person=person, since=at, recorded_by_id=by.account_id, recorded_at=at
    )


def _lock(person: Person, by: Actor, at: datetime) -> list[UUID]:
    doors = doors_of(person, at=at)
    lock_files(File.objects.filter(pk__in=doors.ids))
    return [f.ref for f in doors.through(by.sees, Verb.WRITE)]
