"""Questions about where people can be found and reached, each answered only to those who may know."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.persons.models import Membership, Person
from kith.people.persons.queries import Doors, Sees, doors_of

Place = TypeVar("Place", Location, ContactDetail)


def places(people: Sequence[Person], *, at: datetime) -> list[Location]:
    """Give every place these records can be found now. Ask `known` before anyone reads them."""
    rows = Location.objects.filter(person__in=people, since__lte=at, until__gt=at)
    return list(rows.select_related("person").order_by("kind", "-since", "pk"))


def details(people: Sequence[Person], *, at: datetime) -> list[ContactDetail]:
    """Give every number and address these records can be reached at now. Ask `known` before anyone reads them."""
    rows = ContactDetail.objects.filter(person__in=people, since__lte=at, until__gt=at)
    return list(rows.select_related("person").order_by("-kind", "-since", "pk"))


def known(rows: Sequence[Place], doors: Doors, sees: Sees, *, at: datetime) -> list[Place]:
    """Keep what this reader may know: nothing without sight of locations, and what is protected only in the line.

    The line is whoever may write it: allocated, beside them, leading them, or named. Breaking the glass reads and
    never writes, so it does not open a protected place (domain 12.1: refuge). An adult's protected place is known
    only in the family it was told in: a worker of another family they belong to does not learn it.
    """
    if not doors.through(sees, Verb.READ, Content.LOCATION):
        return []
    asked = {row.known_in_id for row in rows if row.protected and row.known_in_id}
    now = Q(since__lte=at, until__gt=at)
    members = Membership.objects.filter(now, family__in=asked, person__file__isnull=False)
    pairs = list(members.values_list("family_id", "person__file")) if asked else []
    own = doors.own is not None and bool(sees([doors.own.pk], Verb.WRITE, Content.LOCATION))
    line = sees([file for _, file in pairs], Verb.WRITE, Content.LOCATION) if pairs else frozenset()
    families = {family for family, file in pairs if file in line}
    return [row for row in rows if not row.protected or own or row.known_in_id in families]


def newest_safe_contact(people: Sequence[Person]) -> SafeContact | None:
    """Give how somebody last asked to be reached."""
    rows = SafeContact.objects.filter(person__in=people).select_related("person", "recorded_by")
    return rows.order_by("-recorded_at", "-pk").first()


def safe_words_now(person: Person) -> str:
    """Give how somebody last asked to be reached, in their words, or "" when nobody has asked."""
    newest = newest_safe_contact([person])
    return newest.words if newest else ""


def open_location(actor: Actor, person: Person, ref: UUID, *, at: datetime) -> Location | None:
    """Find one place of somebody's that this actor may know. Unknown and hidden alike: None."""
    rows = [row for row in places([person], at=at) if row.ref == ref]
    return next(iter(known(rows, doors_of(person, at=at), actor.sees, at=at)), None)


def open_detail(actor: Actor, person: Person, ref: UUID, *, at: datetime) -> ContactDetail | None:
    """Find one number or address of somebody's that this actor may know. Unknown and hidden alike: None."""
    rows = [row for row in details([person], at=at) if row.ref == ref]
    return next(iter(known(rows, doors_of(person, at=at), actor.sees, at=at)), None)
