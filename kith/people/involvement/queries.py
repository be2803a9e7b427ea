"""Questions about our work with a child and who does it."""

from collections.abc import Sequence
from datetime import datetime

from kith.framework.kinds import Tie
from kith.people.involvement.models import Involvement, Relation
from kith.people.persons.models import File

WORKERS = (Tie.ALLOCATED, Tie.COWORKER, Tie.CHAIRS)


def who_works_with(files: Sequence[File], *, at: datetime) -> list[Relation]:
    """Give the workers and teams tied to these files now, allocated first. Bars and grants are not among them."""
    rows = Relation.objects.filter(file__in=files, since__lte=at, until__gt=at)
    rows = rows.filter(kind__in=[*WORKERS, Tie.TEAM]).select_related("staff", "team", "file")
    return sorted(rows, key=lambda tie: (tie.kind != Tie.ALLOCATED, tie.kind, tie.pk))


def current(files: Sequence[File], *, at: datetime) -> list[Involvement]:
    """Give the involvements open now for these files."""
    rows = Involvement.objects.filter(file__in=files, since__lte=at, until__gt=at)
    return list(rows.select_related("file", "family").order_by("since", "pk"))
