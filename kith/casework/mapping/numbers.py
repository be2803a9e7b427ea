"""Numbers as they are read: each one person's, line by line over time. Never an average."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from kith.casework.mapping.models import Kind, Scale, Score, Unscored
from kith.casework.mapping.words import Who, family_first
from kith.kit.wording import short_day
from kith.people.entries.queries import Reading
from kith.people.persons.models import File, Person

FAR_APART = Decimal(4)
"""SC-2: steps between two people's numbers from which the page asks what each knows."""
DECIDE_TODAY = Decimal(2)
"""SC-4: at or under this a professional's number on a safety scale asks for a leader's decision the same day."""
ASKED_FROM = 5
"""SC-3: years from which a child without a number asks for a reason."""
ENDS_AND_MIDDLE = 3


def number(value: Decimal | None) -> float | None:
    """A score as it is written: 8, or 7.5."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


@dataclass(frozen=True)
class Told:
    """One person's number in one conversation, with their words as this reader may see them."""

    score: Score
    who: Who
    words: dict[str, str]

    @property
    def number(self) -> float | None:
        """The number as it is written, or None."""
        return number(self.score.value)

    @property
    def gap(self) -> str:
        """Why there is no number, in two or three words; nothing when there is one."""
        return Unscored(self.score.unscored).label if self.score.unscored else ""

    @property
    def cell(self) -> str:
        """What stands in the table of every number: the number, why there is none, and who passed it on (SC-6)."""
        said = self.gap if self.number is None else f"{self.number:g}"
        return f"{said}, reported by {self.score.reported_by}" if self.score.reported_by else said


@dataclass(frozen=True)
class Taking:
    """One conversation in which people were asked for a number, as one reader may see it."""

    reading: Reading
    told: list[Told]

    def of(self, key: str) -> Told | None:
        """What this person said, or None when they were not part of it."""
        return next((t for t in self.told if t.who.key == key), None)


def taking(reading: Reading, scores: Sequence[Score]) -> Taking:
    """A child's own number goes with that child's file; everyone else's with what the family shares.

    Their words stand beside a number where the reading has them.
    """
    opened = {f.pk for f in reading.files}
    words: dict[int, dict[str, str]] = defaultdict(dict)
    for p in reading.paragraphs:
        words[p.row][p.slot] = p.text
    told = [
        Told(s, Who(s.person, s.staff, s.professional), words[s.row])
        for s in scores
        if (s.file_id in opened if s.file_id else reading.shared_open)
    ]
    return Taking(reading, told)


@dataclass(frozen=True)
class Line:
    """One person's numbers over time, oldest first, as the look draws them (SC-5)."""

    name: str
    what: str
    scores: list[float | None]
    gaps: list[str]
    cells: list[str]


@dataclass(frozen=True)
class Series:
    """A scale and every number on it, oldest first (SC-1). Each number belongs to a person: never an average."""

    scale: Scale
    takings: list[Taking]
    files: list[File]

    @property
    def few(self) -> list[Taking]:
        """At most three times: the first, one between, and the latest."""
        if len(self.takings) <= ENDS_AND_MIDDLE:
            return self.takings
        return [self.takings[0], self.takings[len(self.takings) // 2], self.takings[-1]]

    def times(self, takings: Sequence[Taking]) -> list[str]:
        """The days of these conversations, in short; the year is said first, and again whenever it changes."""
        days = [t.reading.entry.happened_at for t in takings]
        return [short_day(day, before) for day, before in zip(days, [None, *days], strict=False)]

    def lines(self, takings: Sequence[Taking]) -> list[Line]:
        """Every person's line over these conversations (SC-5)."""
        everyone = {t.who.key: t.who for taking in self.takings for t in taking.told}
        return [self._line(who, takings) for who in family_first(list(everyone.values()))]

    def _line(self, who: Who, takings: Sequence[Taking]) -> Line:
        told = [taking.of(who.key) for taking in takings]
        latest = told[-1] if told else None
        what = f"reported by {latest.score.reported_by}" if latest and latest.score.reported_by else ""
        return Line(
            who.name,
            what,
            [t.number if t else None for t in told],
            [t.gap if t else "" for t in told],
            [t.cell if t else "not asked" for t in told],
        )

    @property
    def latest(self) -> list[Told]:
        """What each person said the last time anyone was asked."""
        return self.takings[-1].told if self.takings else []

    @property
    def far_apart(self) -> tuple[Told, Told] | None:
        """The lowest and the highest now, when they are four steps or more apart (SC-2)."""
        asked = sorted((t for t in self.latest if t.score.value is not None), key=lambda t: t.score.value or 0)
        if not asked or (asked[-1].score.value or 0) - (asked[0].score.value or 0) < FAR_APART:
            return None
        return asked[0], asked[-1]

    @property
    def decide_today(self) -> list[Told]:
        """Those whose work it is and who put a child's safety at 2 or under in the latest conversation (SC-4)."""
        if self.scale.statement is None or self.scale.statement.kind != Kind.DANGER:
            return []
        return [t for t in self.latest if is_low(t.who, t.score.value)]

    def not_heard(self, children: Iterable[Person]) -> list[Person]:
        """Children of five and over who gave no number in the latest conversation and for whom no reason is written
        that this reader may see (SC-3).
        """
        if not self.takings:
            return []
        on = timezone.localdate(self.takings[-1].reading.entry.happened_at)
        said = {t.who.person.pk for t in self.latest if t.who.person}
        return [c for c in children if is_asked(c, on) and c.pk not in said]


def is_asked(child: Person, on: date) -> bool:
    """Is this child five or over on this day (SC-3)? A child whose birth date nobody knows is not."""
    born = child.born_on
    return born is not None and (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= ASKED_FROM


def is_low(who: Who, value: Decimal | None) -> bool:
    """Is this the number of somebody whose work it is, at 2 or under (SC-4)?"""
    return who.paid and value is not None and value <= DECIDE_TODAY
