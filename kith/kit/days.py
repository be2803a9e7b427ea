"""Reading the days and times people type: three boxes, a pasted date, "4.10 pm" or "16:10"."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, NamedTuple

from kith.kit.wording import MONTHS, listed

Precision = Literal["day", "month", "year"]
_LETTERS_OF_A_MONTH = 3
_DAYS_IN_ANY_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class UnclearError(ValueError):
    """What was typed is not a day or a time; the message is the sentence to show."""


class DayParts(NamedTuple):
    """What stands in the three boxes, exactly as typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class MomentParts(NamedTuple):
    """What stands in the three boxes and the box for the time, exactly as typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""


@dataclass(frozen=True)
class PartDay:
    """A day known only so far: `date` is the first day it could be, `precision` how much of it is known."""

    date: date
    precision: Precision

    def in_words(self) -> str:
        """Only what is known: "5 November 2016", "November 2016" or "2016"."""
        month = f"{MONTHS[self.date.month - 1]} {self.date.year}"
        if self.precision == "day":
            return f"{self.date.day} {month}"
        return month if self.precision == "month" else str(self.date.year)


def split_day(text: str) -> DayParts:
    """The parts of a date written or pasted in one go: 5/11/2016, 5 November 2016, 2016-11-05."""
    words = [word for word in re.split(r"[\s/.,\-]+", text.strip()) if word]
    if len(words) != len(DayParts._fields):
        return DayParts(day=text.strip())
    if len(words[0]) == 4:  # noqa: PLR2004 a year written first
        words.reverse()
    return DayParts(*words)


def settle(parts: DayParts) -> DayParts:
    """The parts, with a whole date pasted into one box shared out among the three."""
    typed = DayParts(*(part.strip() for part in parts))
    filled = [part for part in typed if part]
    return split_day(filled[0]) if len(filled) == 1 and re.search(r"\d\D+\d|\d\s\w+\s\d", filled[0]) else typed


def _month(text: str) -> int:
    if text.isdecimal():
        number = int(text)
    else:
        short = text[:_LETTERS_OF_A_MONTH].casefold()
        fits = [at for at, name in enumerate(MONTHS, 1) if name[:_LETTERS_OF_A_MONTH].casefold() == short]
        number = fits[0] if fits and len(text) >= _LETTERS_OF_A_MONTH else 0
    if not 1 <= number <= len(MONTHS):
        raise UnclearError(f"{text} is not a month. Check the month.")
    return number


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise UnclearError("Write the year in full, such as 2016.")
    if int(text) < 1800:  # noqa: PLR2004 nobody in the record was born sooner
        raise UnclearError(f"Check the year: {text} is too long ago.")
    return int(text)


def _number(text: str) -> int:
    bare = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", text.casefold())
    if not re.fullmatch(r"[0-9]{1,2}", bare):
        raise UnclearError("Write the day as a number, such as 5.")
    return int(bare)


def read_day(parts: DayParts) -> date | None:
    """The day three boxes hold, or None when all are empty. Raises UnclearError with one clear sentence."""
    typed = settle(parts)
    if not any(typed):
        return None
    lacking = [f"the {name}" for name, part in zip(DayParts._fields, typed, strict=True) if not part]
    if lacking:
        raise UnclearError(f"Add {listed(lacking)}.")
    number, month, year = _number(typed.day), _month(typed.month), _year(typed.year)
    try:
        return date(year, month, number)
    except ValueError:
        leap = number <= _DAYS_IN_ANY_MONTH[month - 1] and number > 0
        shown = f"{number} {MONTHS[month - 1]}{f' {year}' if leap else ''}"
        raise UnclearError(f"{shown} is not a day. Check the day and month.") from None


def read_part_day(parts: DayParts) -> PartDay | None:
    """As much of a day as the boxes hold: all of it, a month and year, or a year."""
    typed = settle(parts)
    if not any(typed):
        return None
    if not typed.year:
        raise UnclearError("Add the year, even if it is a guess.")
    if typed.day and not typed.month:
        raise UnclearError("Add the month, or leave the day empty too.")
    if typed.day:
        whole = read_day(typed)
        return PartDay(whole, "day") if whole else None
    if typed.month:
        return PartDay(date(_year(typed.year), _month(typed.month), 1), "month")
    return PartDay(date(_year(typed.year), 1, 1), "year")


_NAMED_TIMES = {"midday": time(12), "noon": time(12), "12 noon": time(12), "midnight": time(0)}
_TIME = re.compile(r"(\d{1,2})(?:[.:h ]?(\d{2}))?\s*([ap])?\.?m?\.?")


def _hour(hour: int, half: str | None) -> int:
    if half and 1 <= hour <= 12:  # noqa: PLR2004 hours of a clock
        return hour % 12 + (12 if half == "p" else 0)
    return hour


def read_time(text: str) -> time:
    """A time as people write it: "4.10 pm", "4pm", "16:10", "midday". Raises UnclearError with a sentence."""
    typed = " ".join(text.casefold().split())
    if typed in _NAMED_TIMES:
        return _NAMED_TIMES[typed]
    found = _TIME.fullmatch(typed)
    if not found:
        raise UnclearError(f"{text.strip()} is not a time. Write it like 4.10 pm.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if not half and not found[1].startswith("0") and 1 <= hour <= 12:  # noqa: PLR2004 hours of a clock
        raise UnclearError(f"Say whether {text.strip()} is am or pm.")
    try:
        return time(_hour(hour, half), minute)
    except ValueError:
        raise UnclearError(f"{text.strip()} is not a time. Write it like 4.10 pm.") from None
