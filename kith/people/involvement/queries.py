"""Questions about our work with a child and who does it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.framework.kinds import Content, Tie, Verb
from kith.people.involvement.models import Involvement, Relation
from kith.people.locations.models import SafeContact
from kith.people.persons.models import File, Membership
from kith.people.persons.queries import in_order

Around = tuple[list[Membership], dict[int, Involvement], dict[int, Relation], dict[int, SafeContact]]
WORKERS = (Tie.ALLOCATED, Tie.COWORKER, Tie.CHAIRS)


def who_works_with(files: Sequence[File], *, at: datetime) -> list[Relation]:
    """Give the workers and teams tied to these files now, allocated first. Bars and grants are not among them."""
    rows = Relation.objects.filter(file__in=files, since__lte=at, until__gt=at)
    rows = rows.filter(kind__in=[*WORKERS, Tie.TEAM]).select_related("staff", "team", "file")
    return allocated_first(rows)


def names_of_workers(files: Collection[int], *, at: datetime) -> list[tuple[int, str]]:
    """Give each of these files with the name of somebody who works with it now, allocated first. No query for none."""
    if not files:
        return []
    rows = Relation.objects.filter(file__in=files, since__lte=at, until__gt=at, kind__in=WORKERS)
    told = rows.order_by("pk").values_list("file_id", "kind", "staff__name")
    in_order = sorted(told, key=lambda row: (row[1] != Tie.ALLOCATED, row[1]))
    return [(file, name) for file, _, name in in_order]


def allocated_first(ties: Iterable[Relation]) -> list[Relation]:
    """Put ties in the order they are told: the allocated worker, then each kind in the order it was begun."""
    return sorted(ties, key=lambda tie: (tie.kind != Tie.ALLOCATED, tie.kind, tie.pk))


def members_and_work(ref: UUID, *, at: datetime, before_you_ring: bool = False) -> Around:
    """Give the people of a family in order, and by id our work with them, who does it, and, when it is asked for, how
    each asked to be reached, ever. One query for a page.
    """
    work = Q(person__file__involvements__since__lte=at, person__file__involvements__until__gt=at)
    ties = Q(person__file__relations__since__lte=at, person__file__relations__until__gt=at)
    ties &= Q(person__file__relations__kind__in=[*WORKERS, Tie.TEAM])
    beside = {
        "work": FilteredRelation("person__file__involvements", condition=work),
        "tie": FilteredRelation("person__file__relations", condition=ties),
        **({"safe": FilteredRelation("person__safe_contacts")} if before_you_ring else {}),
    }
    rows = Membership.objects.filter(family__ref=ref, since__lte=at, until__gt=at).annotate(**beside)
    found = list(rows.select_related("family", "person__file", *beside, "tie__staff"))  # type: ignore[misc]  # as above
    people = {row.person_id: row.person for row in found}
    safe: dict[int, SafeContact] = _each(found, "safe")
    for said in safe.values():
        said.person = people[said.person_id]
    return in_order({row.pk: row for row in reversed(found)}.values()), _each(found, "work"), _each(found, "tie"), safe


def _each(rows: Iterable[Membership], beside: str) -> dict[int, Any]:
    """Give what is joined beside these rows under this name, once each, by id."""
    return {one.pk: one for row in rows if (one := getattr(row, beside, None)) is not None}


def current(files: Sequence[File], *, at: datetime) -> list[Involvement]:
    """Give the involvements open now for these files."""
    rows = Involvement.objects.filter(file__in=files, since__lte=at, until__gt=at)
    return list(rows.select_related("file", "family").order_by("since", "pk"))


def open_file(actor: Actor, ref: UUID) -> File | None:
    """Find one file by its address, if it is open to this actor to read. Unknown and hidden alike: None."""
    file = File.objects.filter(ref=ref).select_related("person").first()
    return file if file and actor.sees([file.pk], Verb.READ, Content.CORE) else None


def known_file(actor: Actor, ref: UUID) -> File | None:
    """Find one file by its address, if this actor may know that it is here at all."""
    file = File.objects.filter(ref=ref).select_related("person").first()
    return file if file and actor.sees([file.pk], Verb.FIND, Content.INDEX) else None


def ties_on(file: File, *, at: datetime) -> list[Relation]:
    """Give every tie in force on this file, bars and named people too; broken glass is told with its own page."""
    rows = Relation.objects.filter(file=file, since__lte=at, until__gt=at).exclude(kind=Tie.GLASS)
    order = [Tie.ALLOCATED, Tie.COWORKER, Tie.TEAM, Tie.CHAIRS, Tie.NAMED, Tie.BARRED]
    return sorted(rows.select_related("staff", "team"), key=lambda tie: (order.index(Tie(tie.kind)), tie.pk))


def ties_ended(file: File, *, at: datetime) -> list[Relation]:
    """Give the work that has ended, newest first: who worked with this child before, and why they stopped."""
    rows = Relation.objects.filter(file=file, until__lte=at, kind__in=[*WORKERS, Tie.TEAM])
    return list(rows.select_related("staff", "team").order_by("-until", "-pk"))


def worked_before(files: Sequence[File], *, at: datetime) -> list[Relation]:
    """Give the workers whose work with these files has ended, the newest first: who can be asked. One query."""
    rows = Relation.objects.filter(file__in=files, until__lte=at, kind__in=WORKERS, staff__is_active=True)
    return list(rows.select_related("staff").order_by("-until", "-pk"))


def workers_to_choose() -> list[Account]:
    """Give everyone who could be tied to a file, by name. Named jobs are not people."""
    return list(Account.objects.get_queryset().open().filter(is_job=False).order_by("name", "pk"))
