"""A family's story as one page of it: by day, newest first, as this reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from kith.access.actor import Actor
from kith.people.entries.models import Paragraph
from kith.people.entries.queries import Reading, entry_in
from kith.people.entries.story import timeline
from kith.people.involvement.frame import Opened
from kith.people.persons.models import File, Person

PAGE = 50
KINDS = (
    ("note", "Notes"),
    ("decision", "Decisions"),
    ("statement", "Worries"),
    ("goal", "What good looks like"),
    ("scores", "Numbers"),
    ("plan", "Plans"),
    ("contact", "First calls"),
)
SHORT = 280


@dataclass(frozen=True)
class Line:
    """One entry on the timeline: its first words that are open to this reader, and whose those words are."""

    reading: Reading
    words: str
    own: bool
    whose: str
    about: list[Person]


@dataclass(frozen=True)
class DayOf:
    """One day and what is written about it."""

    on: date
    lines: list[Line]


@dataclass(frozen=True)
class Story:
    """One page of a family's story. `older` is where the next page begins; empty at the beginning of the story."""

    days: list[DayOf]
    older: UUID | None

    @property
    def lines(self) -> list[Line]:
        """Every line of the page, newest first."""
        return [line for day in self.days for line in day.lines]


def story(actor: Actor, opened: Opened, *, child: Person | None, kind: str, older: UUID | None) -> Story:
    """Gather one page: everyone's, or one child's; every kind, or one; newest, or older than an entry.

    One entry more than a page is looked for, so that "Older" is there exactly when there is something older
    that this reader may see: it is worded alike whether or not anything was hidden.
    """
    files = _files(opened, child)
    before = entry_in(files, older) if older else None
    kinds = [kind] if kind else []
    found = timeline(actor, files, want=PAGE + 1, kinds=kinds, before=before)
    page = found[:PAGE]
    names = {f.pk: f.person for f in opened.files}
    days = [
        DayOf(on, [_line(r, names) for r in readings])
        for on, readings in groupby(page, key=lambda r: timezone.localdate(r.entry.happened_at))
    ]
    return Story(days, page[-1].entry.ref if len(found) > PAGE else None)


def _files(opened: Opened, child: Person | None) -> Sequence[File]:
    return opened.files if child is None else [f for f in opened.files if f.person_id == child.pk]


def _line(reading: Reading, names: dict[int, Person]) -> Line:
    first = reading.paragraphs[0] if reading.paragraphs else None
    about = [names[f.pk] for f in reading.files if f.pk in names]
    whose = _whose(first, reading.entry.author.name)
    return Line(reading, first.text if first else "", bool(first and first.own_words), whose, about)


def _whose(first: Paragraph | None, author: str) -> str:
    """Say whose words the line begins with: somebody quoted, somebody it came from, or whoever wrote it."""
    said = (first.given_by.known_as if first.given_by else first.given_by_words) if first else ""
    return f"{said}, written down by {author}" if said else author
