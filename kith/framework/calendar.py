"""Days that the law and the guidance count: working days, days, weeks and months in England.

Domain 6.2, the clock engine. The start is day 0, the next working day is day 1, and a duty is due by the end
of its due day. A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or an England bank
holiday (Care Planning, Placement and Case Review (England) Regulations 2010, regulation 2).
"""

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from kith.framework.shipped import read

FIRST = date(2015, 1, 1)
LAST = date(2030, 12, 31)
LONGEST = 9999
SUNDAY_AND_SATURDAY = frozenset({5, 6})
MONTHS_IN_A_YEAR = 12


class Unit(StrEnum):
    """What a length of time is counted in."""

    WORKING_DAYS = "working-days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class OutsideCalendar(ValueError):
    """A day before 2015 or after 2030, for which no bank holidays are known here."""


class NotUnderstood(ValueError):
    """Something typed that is not a length, a unit or a day. Its text says what to type instead."""


def is_working_day(day: date) -> bool:
    """Whether offices in England are open that day: not a weekend and not a bank holiday."""
    _inside(day)
    return day.weekday() not in SUNDAY_AND_SATURDAY and day not in bank_holidays()


def due(length: int, unit: Unit, start: date) -> date:
    """The last day on which something counted from `start` is still in time.

    Domain 6.2. Weeks are seven days each; months keep the day's number, or take the month's last day. A
    length of no working days gives the start itself, or the next working day when offices are closed. Raises
    OutsideCalendar.
    """
    _inside(start)
    return _inside(_count(length, unit, start))


def latest_before(length: int, unit: Unit, event: date) -> date:
    """The last day that still leaves this long before an event, as a report to a family must (K11)."""
    _inside(event)
    return _inside(_count(-length, unit, event))


def aim_by(due_day: date) -> date:
    """The due day, or the working day before it when offices are closed. The law's own day stays as it is."""
    _inside(due_day)
    return _working_day_at(bisect_right(_working_days(), due_day) - 1)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`; below 0 when `end` comes first."""
    _inside(start)
    _inside(end)
    return bisect_right(_working_days(), end) - bisect_right(_working_days(), start)


def parse_length(text: str) -> int:
    """A whole number of 0 or more. Raises NotUnderstood."""
    if not re.fullmatch(r"[0-9]{1,4}", text.strip()):
        raise NotUnderstood(f"The length must be a whole number from 0 to {LONGEST}, for example 15.")
    return int(text)


def parse_unit(text: str) -> Unit:
    """One of working-days, days, weeks, months, in any case, hyphen or not. Raises NotUnderstood."""
    asked = re.sub(r"[\s_-]+", "-", text.strip().lower())
    for unit in Unit:
        if asked in {unit.value, unit.value.removesuffix("s")}:
            return unit
    raise NotUnderstood("The unit must be working-days, days, weeks or months.")


def parse_day(text: str) -> date:
    """A day written as year-month-day, for example 2025-05-20. Raises NotUnderstood or OutsideCalendar."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())
    if not found:
        raise NotUnderstood("The day must be written as year-month-day, for example 2025-05-20.")
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise NotUnderstood(f"There is no such day as {found.group()}. Check the month and the day.") from None
    return _inside(day)


@cache
def bank_holidays() -> Mapping[date, str]:
    """Each bank holiday in England from 2015 to 2030, with its name. One-off holidays are among them."""
    listed: Sequence[Mapping[str, date | str]] = read("holidays")["holiday"]
    return {_as_day(row["day"]): str(row["name"]) for row in listed}


def _as_day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@cache
def _working_days() -> tuple[date, ...]:
    """Every working day in order, about four thousand: counting is then two look-ups, whatever the length."""
    every_day = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    return tuple(day for day in every_day if is_working_day(day))


def _inside(day: date) -> date:
    if FIRST <= day <= LAST:
        return day
    raise _outside()


def _outside() -> OutsideCalendar:
    return OutsideCalendar(
        f"Kith knows England's bank holidays from {FIRST.year} to {LAST.year}. "
        "This day, or the day it leads to, is outside those years."
    )


def _count(length: int, unit: Unit, start: date) -> date:
    if abs(length) > LONGEST:
        raise _outside()
    match unit:
        case Unit.WORKING_DAYS:
            return _working_days_on(length, start)
        case Unit.DAYS:
            return start + timedelta(days=length)
        case Unit.WEEKS:
            return start + timedelta(weeks=length)
        case Unit.MONTHS:
            return _months_on(length, start)


def _working_days_on(length: int, start: date) -> date:
    if length > 0:
        return _working_day_at(bisect_right(_working_days(), start) - 1 + length)
    return _working_day_at(bisect_left(_working_days(), start) + length)


def _working_day_at(index: int) -> date:
    if 0 <= index < len(_working_days()):
        return _working_days()[index]
    raise _outside()


def _months_on(length: int, start: date) -> date:
    year, month = divmod(start.year * MONTHS_IN_A_YEAR + start.month - 1 + length, MONTHS_IN_A_YEAR)
    if not FIRST.year <= year <= LAST.year:
        raise _outside()
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last_day))
