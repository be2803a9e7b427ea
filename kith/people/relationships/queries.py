"""Questions about kin, parental responsibility and who lives with whom. Callers give only people they may show."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kith.access.actor import Actor
from kith.people.persons.models import Person
from kith.people.persons.queries import open_through
from kith.people.relationships.models import Household, HouseholdStay, ParentalResponsibility, Relationship
from kith.people.relationships.tree.facts import COUPLES


def kin_of(people: Sequence[Person], among: Iterable[int], *, at: datetime) -> list[Relationship]:
    """Give how these records are related to those of `among`, now. Nobody outside `among` is named."""
    now = Q(until__isnull=True) | Q(until__gt=timezone.localdate(at))
    ours = Q(one__in=people, other__in=among) | Q(other__in=people, one__in=among)
    rows = Relationship.objects.filter(now, ours).select_related("one", "other")
    return list(rows.order_by("kind", "pk"))


def kin_among(people: Iterable[int], *, at: datetime) -> list[Relationship]:
    """Give how these records are related to each other, in the order in which it was written. One query.

    What has ended is left out, but for couples: two who were partners once are drawn so.
    """
    ids = set(people)
    now = Q(until__isnull=True) | Q(until__gt=timezone.localdate(at)) | Q(kind__in=COUPLES)
    rows = Relationship.objects.filter(now, one__in=ids, other__in=ids)
    return list(rows.select_related("recorded_by").order_by("pk"))


def responsibility(people: Sequence[Person], among: Iterable[int], *, at: datetime) -> list[ParentalResponsibility]:
    """Give what is written now of parental responsibility for, or held by, these records. Child by child."""
    now = Q(until__isnull=True) | Q(until__gt=timezone.localdate(at))
    ours = Q(child__in=people, adult__in=among) | Q(adult__in=people, child__in=among)
    rows = ParentalResponsibility.objects.filter(now, ours).select_related("child", "adult", "recorded_by")
    return list(rows.order_by("child__born_on", "child", "adult", "pk"))


def homes(people: Sequence[Person], among: Iterable[int], *, at: datetime) -> dict[Household, list[HouseholdStay]]:
    """Give the households these records are in now, and who of `among` lives there too. One query."""
    now = Q(since__lte=at, until__gt=at)
    mine = HouseholdStay.objects.filter(now, person__in=people).values("household")
    everyone = {p.pk for p in people} | set(among)
    rows = HouseholdStay.objects.filter(now, household__in=mine, person__in=everyone)
    found: dict[Household, list[HouseholdStay]] = {}
    for stay in rows.select_related("household", "person").order_by("household__name", "household_id", "pk"):
        found.setdefault(stay.household, []).append(stay)
    return found


def open_household(actor: Actor, ref: UUID, *, at: datetime) -> Household | None:
    """Find a household in which somebody open to this actor lives now. Unknown and hidden alike: None."""
    stays = HouseholdStay.objects.filter(household__ref=ref, since__lte=at, until__gt=at)
    for stay in stays.select_related("household", "person"):
        if open_through(actor, stay.person, at=at):
            return stay.household
    return None


def open_relationship(actor: Actor, person: Person, ref: UUID, *, at: datetime) -> Relationship | None:
    """Find one relationship of somebody's, both sides of which are open to this actor."""
    rows = Relationship.objects.filter(Q(one=person) | Q(other=person), ref=ref).select_related("one", "other")
    found = rows.first()
    if found is None:
        return None
    other = found.other if found.one == person else found.one
    return found if open_through(actor, other, at=at) else None
