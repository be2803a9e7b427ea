"""Birth dates as people in England say and mistype them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

# How surely a birth date is known: an estimate is a guess, as for a child who came alone without papers;
# `expected` is a due date before birth.
Precision = Literal["exact", "month", "year", "estimated", "expected"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR, _SHORT = r"(?P<year>(?:19|20)\d\d)", r"(?P<year>(?:19|20)\d\d|\d\d)"
_WAYS = tuple(
    re.compile(rf"(?<![\w/.-]){way}(?![\w/-]|\.\d)", re.IGNORECASE | re.ASCII)
    for way in (
        rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)",
        rf"(?P<day>\d\d?)[-/.](?P<month>\d\d?)[-/.]{_SHORT}",
        rf"(?P<day>\d\d?) (?P<month>\d\d?) {_YEAR}",
        rf"(?P<day>\d\d?)(?:st|nd|rd|th)?[ -]?(?:of )?{_MONTH}\.?,?[ -]?{_SHORT}",
        rf"{_MONTH}\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}",
        rf"{_MONTH}\.?,?[ -]{_YEAR}",
        rf"(?P<month>\d\d?)[/.-]{_YEAR}",
        rf"{_YEAR}[/-](?P<month>\d\d?)",
        rf"(?P<day>\d\d)(?P<month>\d\d){_YEAR}",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        _YEAR,
    )
)
# A two-digit year up to this one is in this century. Nobody we look for by "5/11/39" was born in 1939.
_LAST_SHORT_YEAR = 39


@dataclass(frozen=True)
class BirthDate:
    """A birth date as far as it was given: a year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        """The day itself, or None when only a month or a year was given."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def span(self) -> tuple[date, date]:
        """The first and last day it may mean, for a look-up."""
        if whole := self.whole:
            return whole, whole
        first, last = (self.month, self.month) if self.month else (1, 12)
        after = date(self.year + last // 12, last % 12 + 1, 1)
        return date(self.year, first, 1), after - timedelta(days=1)


@dataclass(frozen=True)
class Reading:
    """Where in the text a birth date stood, and the date, or None when no calendar has that day."""

    start: int
    end: int
    born: BirthDate | None

    @property
    def is_bare_number(self) -> bool:
        """Eight digits together may as well be a number on a record."""
        return self.end - self.start == len("05112016")


def read_birth_date(text: str) -> Reading | None:
    """The first birth date in a text, day before month as in Britain, or None when there is none.

    With a month that cannot be (25 in 11/25/2016) the two are taken the other way round.
    """
    for found in _found(text):
        born = _sensible(found)
        bare = found.group().isdecimal()
        if born or not bare:
            return Reading(found.start(), found.end(), born)
    return None


def swapped(born: date) -> date | None:
    """The same date with day and month changed round, when that is another real date."""
    with suppress(ValueError):
        other = born.replace(month=born.day, day=born.month)
        return other if other != born else None
    return None


def one_digit_apart(one: date, other: date) -> bool:
    """Would one slip of a finger turn one date into the other?"""
    return sum(a != b for a, b in zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=False)) == 1


def _found(text: str) -> Iterator[re.Match[str]]:
    for way in _WAYS:
        if found := way.search(text):
            yield found


def _sensible(found: re.Match[str]) -> BirthDate | None:
    parts = found.groupdict()
    month, day = _month(parts.get("month")), int(parts["day"]) if parts.get("day") else None
    year = _full_year(parts["year"])
    for try_month, try_day in ((month, day), (day, month)):
        with suppress(ValueError):
            date(year, try_month or 1, try_day or 1)
            return BirthDate(year, try_month, try_day)
        if day is None:
            break
    return None


def _month(said: str | None) -> int | None:
    if said is None:
        return None
    return int(said) if said.isdecimal() else _MONTHS.index(said[:3].lower()) + 1


def _full_year(said: str) -> int:
    year = int(said)
    if len(said) > 2:  # noqa: PLR2004 - two digits are what people write
        return year
    return year + (2000 if year <= _LAST_SHORT_YEAR else 1900)
