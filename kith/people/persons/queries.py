"""Questions about people, families and files. What may be seen of them is the actor's sight, asked by callers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.people.persons.models import Family, File, Membership, Person


def lock_files(files: Iterable[File]) -> list[File]:
    """Lock files by ascending id, before anything else an action does: any other order ends in deadlock."""
    ids = sorted({f.pk for f in files})
    return list(File.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def members_of(family: Family, *, at: datetime) -> list[Membership]:
    """Give the people of this family now, children first by age, then adults in the order they were added."""
    rows = (
        Membership.objects.filter(family=family, since__lte=at, until__gt=at)
        .select_related("person", "person__file")
        .order_by("-is_child", "person__born_on", "pk")
    )
    return list(rows)


def files_of(members: Iterable[Membership]) -> list[File]:
    """Give the files of these people: one for each child, and for an adult whose childhood was recorded."""
    return [m.person.file for m in members if hasattr(m.person, "file")]


def open_family(actor: Actor, ref: UUID, *, at: datetime) -> tuple[Family, list[Membership], list[File]] | None:
    """Find a family by its address, if at least one of its files is open to this actor to read.

    Gives the family, the people of it whose own file is open or who have none, and the open files.
    Unknown and hidden are the same answer: None.
    """
    family = Family.objects.filter(ref=ref).first()
    if family is None:
        return None
    members = members_of(family, at=at)
    files = files_of(members)
    seen = actor.sees([f.pk for f in files], Verb.READ, Content.CORE)
    if not seen:
        return None
    shown = [m for m in members if not hasattr(m.person, "file") or m.person.file.pk in seen]
    return family, shown, [f for f in files if f.pk in seen]


def families_of(files: Sequence[int], *, at: datetime) -> list[Family]:
    """Give the families the people of these files belong to now, by name."""
    rows = Membership.objects.filter(Q(since__lte=at, until__gt=at), person__file__in=list(files)).values_list(
        "family_id", flat=True
    )
    return list(Family.objects.filter(pk__in=set(rows)).order_by("name", "pk"))


def known_name(person: Person) -> str:
    """Give the name the person goes by."""
    return person.known_as
