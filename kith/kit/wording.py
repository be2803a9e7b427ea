"""How Kith writes days, times, ages, lists and running text. Every page and every paper uses these."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone
from markupsafe import Markup, escape

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_RUN = re.compile(f"[{_RTL}](?:[^<>&A-Za-z0-9\\n]*[{_RTL}])*")
_PHONE = re.compile(r"(?<![\w£])(?:\+|\b0)\d[\d \u00a0-]{7,14}\d\b")


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def day(value: date | datetime | None) -> str:
    """A day in full, "Wednesday 10 September 2025". A missing day is said to be missing."""
    if value is None:
        return "date not known"
    on = _as_date(value)
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(value: date | datetime | None, beside: date | datetime | None = None) -> str:
    """A short day, "10 Sept 2025". The year goes only when `beside`, a day in the same year, is given."""
    if value is None:
        return "date not known"
    on = _as_date(value)
    words = f"{on.day} {SHORT_MONTHS[on.month - 1]}"
    if beside is not None and _as_date(beside).year == on.year:
        return words
    return f"{words} {on.year}"


def clock_time(value: time | datetime | None) -> str:
    """A time of day as people write it, "4.10 pm", "10 am", "midday", "midnight"."""
    if value is None:
        return "time not known"
    if isinstance(value, datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).time()
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    hour = value.hour % 12 or 12
    minutes = f".{value.minute:02d}" if value.minute else ""
    return f"{hour}{minutes} {'pm' if value.hour >= 12 else 'am'}"  # noqa: PLR2004 hours of a clock


def _whole_months(born: date, on: date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def age(born: date | None, on: date) -> str:
    """How old somebody was on a day: "5 days", "3 weeks", "11 months", "8".

    Days up to two weeks, weeks up to three months, months up to two years, then whole years.
    """
    if born is None:
        return "age not known"
    if born > on:
        return "not born yet"
    months, days = _whole_months(born, on), (on - born).days
    if days < 14:  # noqa: PLR2004 two weeks
        return _count(days, "day")
    if months < 3:  # noqa: PLR2004 a quarter of a year
        return _count(days // 7, "week")
    return _count(months, "month") if months < 24 else str(months // 12)  # noqa: PLR2004 two years


def listed(things: Iterable[object], last: str = "and") -> str:
    """Names as a sentence lists them: "Ellis, Maya and Jude". Nobody gives an empty sentence part."""
    names = [str(thing) for thing in things]
    if len(names) < 2:  # noqa: PLR2004 one needs no joining
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def shortened(text: str, most: int = 160) -> str:
    """The beginning of some words: whole words, at most `most` letters, and "…" when there is more."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    if not text[most - 1].isspace() and " " in kept:
        kept = kept.rsplit(None, 1)[0]
    return f"{kept.rstrip(' ,;:–-')}…"


def initials(name: str) -> str:
    """Up to two letters to stand in a token: the first of the first and of the last word."""
    parts = [word for word in re.split(r"[\s,]+", name) if word and word[0].isalnum()]
    chosen = parts[:1] + parts[-1:] if len(parts) > 1 else parts
    return "".join(word[0] for word in chosen).upper()


def _begins_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in strong if kind in {"L", "R", "AL"}), False)


def _safe_directions(text: str) -> str:
    """Escape, and hold right-to-left words and telephone numbers together, so neither reorders the other.

    Text that begins right to left is left whole: a browser finding its direction passes over what is set apart.
    """
    shown = str(escape(text))
    if not _begins_right_to_left(text):
        shown = _RTL_RUN.sub(lambda run: f"<bdi>{run.group()}</bdi>", shown)
    return _PHONE.sub(lambda number: f'<bdi dir="ltr">{number.group()}</bdi>', shown)


def _paragraph(text: str) -> str:
    turn = ' dir="rtl"' if _begins_right_to_left(text) else ""
    return f"<p{turn}>{_safe_directions(text).replace(chr(10), '<br>')}</p>"


def paragraphs(text: str) -> Markup:
    """Text as paragraphs: escaped, line breaks kept, right-to-left words and phone numbers held apart."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", whole) if part.strip()]
    return Markup("".join(map(_paragraph, parts)))  # noqa: S704 every part is escaped above


def run(text: str) -> Markup:
    """One line of somebody's text, made safe as `paragraphs` does but without a paragraph around it."""
    return Markup(_safe_directions(text).replace("\n", "<br>"))  # noqa: S704 escaped above
