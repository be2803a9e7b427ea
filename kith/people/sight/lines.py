"""How somebody found is written in one line: name, birth date and age, and why they answer."""

from datetime import datetime

from django.utils import timezone

from kith.kit.days import PartDay
from kith.kit.wording import age
from kith.people.persons.keys import Match
from kith.people.persons.models import Person

PARTS = {"month": "month", "year": "year", "estimated": "year"}


def born_words(person: Person, at: datetime) -> str:
    """Say when somebody was born as far as it is known, and how old they are now."""
    if person.born_on is None:
        return "Birth date not known"
    if person.died_on:
        return f"Died {PartDay(person.died_on, 'day').in_words()}"
    if person.born_precision == "expected":
        return f"Due {PartDay(person.born_on, 'day').in_words()}"
    precision = PARTS.get(person.born_precision, "day")
    words = PartDay(person.born_on, precision).in_words()  # type: ignore[arg-type]  # one of three words
    about = "about " if precision != "day" else ""
    years = age(person.born_on, timezone.localdate(at))
    old = f"{years} year{'' if years == '1' else 's'}" if years.isdigit() else years
    return f"Born {about}{words}, {about}{old} old"


def why_words(match: Match) -> str:
    """Say in one sentence why they answer, and why they may not be the one."""
    said = "; ".join([*match.why, *match.why_not])
    return said[:1].upper() + said[1:]
