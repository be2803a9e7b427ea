"""Questions about people of other agencies."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kith.council.teams.models import Agency
from kith.people.persons.models import File
from kith.people.professionals.models import WorksWith


def who_else(files: Sequence[File], *, at: datetime) -> list[WorksWith]:
    """Give the professionals who work with these files now, by what they are."""
    rows = WorksWith.objects.filter(file__in=files, since__lte=at, until__gt=at)
    return list(rows.select_related("professional", "professional__agency").order_by("as_what", "pk"))


def works_with(file: File, professional: UUID, *, at: datetime) -> WorksWith | None:
    """Find one professional's work with this file, while it lasts."""
    rows = WorksWith.objects.filter(file=file, professional__ref=professional, since__lte=at, until__gt=at)
    return rows.select_related("professional", "file").order_by("pk").first()


def agencies() -> list[Agency]:
    """Give every agency there is, by name."""
    return list(Agency.objects.order_by("name"))
