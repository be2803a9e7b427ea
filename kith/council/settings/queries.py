"""What this council has set, from which day: its own clocks, and how to reach it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from kith.council.settings.models import Setting
from kith.framework.clocks import ClockRule, clock, clocks
from kith.kit.changed import mark


@dataclass(frozen=True)
class Known:
    """One thing a council may set: what it is, what it counts in ("" for words), what Kith came with, and why."""

    key: str
    label: str
    unit: str
    shipped: int | str | None
    about: str

    @property
    def counts(self) -> bool:
        """Whether it is a number."""
        return bool(self.unit)


WORDS = (
    Known("council-name", "What the council is called", "", "", "On every paper a family is given."),
    Known("duty-phone", "The duty desk’s phone", "", "", "On papers, and on pages that say whom to ring."),
    Known("out-of-hours-phone", "The phone for nights and weekends", "", "", "On papers, beside the duty desk’s."),
)


@cache
def known() -> Mapping[str, Known]:
    """Give everything a council may set, by key. Clocks of law and guidance are not among them (domain 6.2)."""
    local = [r for r in clocks().values() if r.may_be_changed and r.length is not None and r.unit]
    lengths = [Known(f"clock-{r.id}", r.name, _unit(r), r.length, f"{r.source}. {r.question}") for r in local]
    return MappingProxyType({row.key: row for row in (*WORDS, *lengths)})


def _unit(rule: ClockRule) -> str:
    return str(rule.unit).replace("-", " ")


def setting(key: str, *, on: date) -> int | str | None:
    """Give what is in force on a day: the newest change that counts by then, or what Kith came with."""
    changed = Setting.objects.filter(key=key, since__lte=on).order_by("-since", "-recorded_at", "-pk").first()
    return changed.value if changed else known()[key].shipped


def mark_of(key: str) -> str:
    """Give the mark of the newest change to a setting, to be held to when it is changed again."""
    newest = Setting.objects.filter(key=key).order_by("-recorded_at", "-pk").first()
    return mark(newest.pk if newest else None)


def clocks_in_force(rule_ids: Collection[str], *, on: date) -> dict[str, ClockRule]:
    """Give the clocks of these ids with this council's lengths for a day. One query, however many."""
    rows = Setting.objects.filter(key__in=[f"clock-{rule}" for rule in rule_ids], since__lte=on)
    newest = dict(rows.order_by("since", "recorded_at", "pk").values_list("key", "value"))
    lengths = {key: value for key, value in newest.items() if key in known() and isinstance(value, int)}
    shipped = {rule: clock(rule) for rule in rule_ids}
    return {rule: replace(one, length=lengths.get(f"clock-{rule}", one.length)) for rule, one in shipped.items()}


@dataclass(frozen=True)
class Shown:
    """One setting on the page: what it is, what is in force now, and every change to it, newest first."""

    known: Known
    now: int | str | None
    changes: list[Setting]


def settings_shown(*, on: date) -> list[Shown]:
    """Give every setting with its changes. One query."""
    rows = Setting.objects.select_related("set_by").order_by("-since", "-recorded_at", "-pk")
    by_key: dict[str, list[Setting]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    return [_shown(one, by_key.get(key, []), on) for key, one in known().items()]


def _shown(one: Known, changes: list[Setting], on: date) -> Shown:
    now = next((row.value for row in changes if row.since <= on), one.shipped)
    return Shown(one, now, changes)
