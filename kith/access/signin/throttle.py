"""Slowing down guesses without ever shutting anybody out (ASVS 6.3.1, trust row 39).

Three counts, all in the store so that every process shares them. A browser that has signed in to an
account before carries a signed mark for it and is counted by that mark alone: however hard somebody else tries, on the
same network or another, its owner still gets in. Everybody else is counted by address and name together, by
address, and by name. Over a limit the answer comes at once and is "wait a minute": the same whether or not
there is such an account. Limits are a local choice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from kith.access.audit.looks import hashed
from kith.access.signin.models import Attempt

WINDOW = timedelta(minutes=15)
PAUSE = timedelta(minutes=1)
TRIES_HERE, TRIES_BY_ADDRESS, TRIES_BY_NAME = 5, 100, 50


@dataclass(frozen=True)
class Comer:
    """Whoever is at the door: the name they gave, the address they come from, the mark of a known browser."""

    name: str
    address: str
    mark: str = ""

    def buckets(self) -> list[tuple[str, int]]:
        """The counts that apply to this comer, each with the tries it allows before a pause."""
        if self.mark:
            return [(hashed(f"mark {self.mark} {self.name}"), TRIES_HERE)]
        return [
            (hashed(f"here {self.address} {self.name}"), TRIES_HERE),
            (hashed(f"address {self.address}"), TRIES_BY_ADDRESS),
            (hashed(f"name {self.name}"), TRIES_BY_NAME),
        ]


def must_wait(comer: Comer, *, at: datetime) -> bool:
    """Say whether this comer has tried too often, and too lately, to try again now. One query."""
    limits = dict(comer.buckets())
    lately = Attempt.objects.filter(key__in=limits, last_at__gt=at - PAUSE, since__gt=at - WINDOW)
    return any(count >= limits[key] for key, count in lately.values_list("key", "count"))


def count_failure(comer: Comer, *, at: datetime) -> None:
    """Count one more try in vain; a count whose quarter of an hour is over begins again."""
    forget_old(at=at)
    for key, limit in comer.buckets():
        row, _new = Attempt.objects.get_or_create(key=key, defaults={"since": at, "last_at": at})
        if row.since <= at - WINDOW:
            # One pause leads to one more try, not to a fresh five.
            Attempt.objects.filter(pk=row.pk).update(count=min(row.count, limit - 1), since=at)
        Attempt.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=at)


def forget_old(*, at: datetime) -> None:
    """Drop every count whose last try is a quarter of an hour ago."""
    Attempt.objects.filter(last_at__lte=at - WINDOW).delete()


def forget_failures(comer: Comer) -> None:
    """Begin again after a success: this browser's count, or this address and name's. The others stay."""
    _clear(key for key, limit in comer.buckets() if limit == TRIES_HERE)


def _clear(keys: Iterable[str]) -> None:
    Attempt.objects.filter(key__in=list(keys)).delete()
