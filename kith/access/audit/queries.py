"""Questions to the ledger of looks. Who may ask them, and which files they may name, is the caller's to know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kith.access.audit.models import Look, LookAt

AMONG_OTHERS = frozenset(
    {"desk", "drafts", "grants", "held drafts", "list", "looks of my people", "merges", "notices", "seals", "search"}
)
"""Looks in which a record came up among others, in a list or a search: nobody opened it."""


@dataclass(frozen=True)
class Seen:
    """One look: when, by which account, at what, and which of the files asked about it showed."""

    at: datetime
    account: UUID
    what: str
    files: frozenset[UUID]
    mark: str  # the first letters of its hash: enough to find the row again, and tells nothing

    @property
    def opened(self) -> bool:
        """Whether the record was opened, and did not only come up among others."""
        return self.what not in AMONG_OTHERS


def looks_at(files: Iterable[UUID], since: datetime, until: datetime, *, most: int = 1_000) -> list[Seen]:
    """Give the looks at any of these files, newest first, each telling only of these files. Three queries at most."""
    asked = list(files)
    rows = Look.objects.filter(showed__file__in=asked, at__gte=since, at__lt=until)
    return _seen(list(rows.order_by("-at", "-pk").distinct()[:most]), asked)


def looks_by(accounts: Iterable[UUID], since: datetime, until: datetime, *, most: int = 20_000) -> list[Seen]:
    """Give the looks in which any of these people opened a record, newest first, with every file each showed."""
    rows = Look.objects.filter(account__in=list(accounts), at__gte=since, at__lt=until, showed__isnull=False)
    rows = rows.exclude(what__in=AMONG_OTHERS).order_by("-at", "-pk").distinct()
    return _seen(list(rows[:most]), None)


def _seen(rows: list[Look], asked: list[UUID] | None) -> list[Seen]:
    places = LookAt.objects.filter(look__in=[row.pk for row in rows])
    if asked is not None:
        places = places.filter(file__in=asked)
    files: dict[int, set[UUID]] = defaultdict(set)
    for look, file in places.values_list("look_id", "file"):
        files[look].add(file)
    return [Seen(r.at, r.account, r.what, frozenset(files[r.pk]), r.hash[:8]) for r in rows]
