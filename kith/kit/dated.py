"""Questions answered with a day, part of a day, or a day and a time."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kith.kit.asking import Asked, question
from kith.kit.days import (
    DayParts,
    MomentParts,
    PartDay,
    UnclearError,
    read_day,
    read_part_day,
    read_time,
    settle,
)
from kith.kit.wording import clock_time, day

Boxes = DayParts | MomentParts


class Bounded(Asked, total=False):
    """A question about a day. Bounds are included; `too_early` and `too_late` replace the usual sentences."""

    earliest: date
    latest: date
    too_early: str
    too_late: str


def _moment(whole: str) -> MomentParts:
    on, _, at = whole.replace("T", " ", 1).partition(" ")
    return MomentParts(*settle(DayParts(day=on)), time=at[:5] if at[2:3] == ":" else at)


class _DayBoxes(forms.Widget):
    """Reads the three boxes, or the plain name when something other than our page sends it."""

    names: tuple[str, ...] = DayParts._fields

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> object:  # noqa: ARG002
        typed = [str(data.get(f"{name}-{part}", "")) for part in self.names]
        whole = str(data.get(name) or "").strip()
        return self.shared_out(whole) if whole and not any(typed) else self.boxes(typed)

    def boxes(self, typed: list[str]) -> Boxes:
        return DayParts(*typed)

    def shared_out(self, whole: str) -> Boxes:
        return settle(DayParts(day=whole))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:  # noqa: ARG002
        return not any(key in data for key in (name, *(f"{name}-{part}" for part in self.names)))


class _MomentBoxes(_DayBoxes):
    names = MomentParts._fields

    def boxes(self, typed: list[str]) -> Boxes:
        return MomentParts(*typed)

    def shared_out(self, whole: str) -> Boxes:
        return _moment(whole)


class Day(forms.Field):
    """A day somebody knows, in three boxes. The answer is a date, or None."""

    kind, first = "day", "-day"
    widget = _DayBoxes

    def __init__(self, label: str, **asked: Unpack[Bounded]) -> None:
        self.earliest, self.latest = asked.pop("earliest", None), asked.pop("latest", None)
        self.too_early, self.too_late = asked.pop("too_early", ""), asked.pop("too_late", "")
        super().__init__(**question(label, asked))

    def to_python(self, value: object) -> object:
        if not isinstance(value, tuple) or not any(part.strip() for part in value):
            return None
        try:
            return self.read(value)
        except UnclearError as fault:
            raise ValidationError(str(fault), code="unclear") from None

    def read(self, boxes: tuple[str, ...]) -> object:
        """The answer the boxes hold. Raises UnclearError with the sentence to show."""
        on = read_day(DayParts(*boxes))
        if on:
            self.check_bounds(on)
        return on

    def check_bounds(self, on: date) -> None:
        """Raise UnclearError for a day outside the bounds, naming the bound."""
        if self.earliest and on < self.earliest:
            raise UnclearError(self.too_early or f"Enter a day on or after {day(self.earliest)}.")
        if self.latest and on > self.latest:
            raise UnclearError(self.too_late or f"Enter a day on or before {day(self.latest)}.")

    def shown(self, value: object) -> Boxes:
        """What to put in the boxes: what was typed, or the value the form began with."""
        if isinstance(value, tuple):
            return MomentParts(*value) if isinstance(self, Moment) else DayParts(*value)
        return self.from_value(value)

    def from_value(self, value: object) -> Boxes:
        """The boxes that give this value; empty ones for none."""
        return DayParts(str(value.day), str(value.month), str(value.year)) if isinstance(value, date) else DayParts()


class PartialDay(Day):
    """A day known only so far: a day, a month or a year. The answer is a PartDay, or None."""

    def read(self, boxes: tuple[str, ...]) -> PartDay | None:
        known = read_part_day(DayParts(*boxes))
        if known:
            self.check_bounds(known.date)
        return known

    def from_value(self, value: object) -> Boxes:
        if not isinstance(value, PartDay):
            return super().from_value(value)
        whole = DayParts(str(value.date.day), str(value.date.month), str(value.date.year))
        if value.precision == "day":
            return whole
        return whole._replace(day="", month=whole.month if value.precision == "month" else "")


class Moment(Day):
    """A day and a time of day. The answer is a moment in the council's own time zone, or None."""

    kind = "moment"
    widget = _MomentBoxes

    def read(self, boxes: tuple[str, ...]) -> datetime:
        typed = MomentParts(*boxes)
        on = read_day(DayParts(*boxes[:3]))
        if on is None:
            raise UnclearError("Add the day.")
        if not typed.time.strip():
            raise UnclearError("Add the time, such as 4.10 pm.")
        self.check_bounds(on)
        at = timezone.make_aware(datetime.combine(on, read_time(typed.time)))
        if timezone.localtime(at.astimezone(UTC)).hour != at.hour:
            raise UnclearError("The clocks went forward over that hour. Check the time.")
        return at

    def from_value(self, value: object) -> Boxes:
        if not isinstance(value, datetime):
            return MomentParts(*super().from_value(value))
        at = timezone.localtime(value) if timezone.is_aware(value) else value
        return MomentParts(str(at.day), str(at.month), str(at.year), clock_time(at))
