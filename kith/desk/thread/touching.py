"""Whether a decision rests on a worry (domain 6.8), or what else they have in common, in facts a reader can check.

Nothing is left out for having nothing in common: words can miss what people meant, and whoever decided may not have
said what it rests on.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from kith.casework.decisions.queries import Shown as Decided
from kith.casework.mapping.numbers import Taking
from kith.desk.thread.queries import Thread
from kith.desk.thread.telling import ran
from kith.kit.wording import listed

MOST_NAMED = 4
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORD = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS})\b|[^\W\d_]{{4,}}")
_ROOT = 5
_DECIDED_IN = ("what", "facts", "analysis")
_EVERYBODYS = """
about after again against always another because before being bring child children come comes could done down each
every everyone families family first from gets give given goes going good hard have help here home into just keep know
last later least like likely made make month more most much must need network never once only other over people plan
really round said says school seen services should since some still take team than that their them then there these
they thing think this those though three through time today together told under until very want week well were what
when where which while will with without work worker worried worries worry would year your
"""
"""Words that two texts share without being about the same thing."""
_COMMON = frozenset(word.rstrip("s")[:_ROOT] for word in _EVERYBODYS.split())


@dataclass(frozen=True)
class Touched:
    """One decision, whether it rests on the worry, the words they share, and the numbers taken on it that day."""

    shown: Decided
    rests: bool
    words: list[str]
    taken: Taking | None

    @property
    def touches(self) -> bool:
        """Is there anything in common?"""
        return bool(self.rests or self.words or self.taken)

    @property
    def why(self) -> str:
        """What they have in common, in a sentence or two."""
        out = ["It rests on this worry."] if self.rests else []
        out += [f"It speaks of {listed(self.words)}, as this worry does."] if self.words and not self.rests else []
        if self.taken:
            out.append(f"People gave their numbers on this worry the same day: they {ran(self.taken)}.")
        return " ".join(out)


def touched(thread: Thread) -> list[Touched]:
    """Give each decision of a thread with what it has in common with the worry, newest first."""
    ours, rest = _roots(_told(thread), _names(thread)), thread.resting
    return [
        Touched(d, d.reading.shared_open and d.reading.entry.pk in rest, _shared(d, ours), _taken(d, thread))
        for d in thread.decisions
    ]


def _told(thread: Thread) -> Iterator[str]:
    """The words of the worry, of what good looks like, and of the rules that guard against it."""
    worry = thread.worry
    yield worry.reading.text("full-text")
    yield worry.goal_reading.text("full-text") if worry.goal_reading else ""
    yield from (rule.text for rule in thread.rules)


def _names(thread: Thread) -> set[str]:
    """The names of the people: every record of a family holds them."""
    known = [person.known_as for person in thread.opened.people] + [who.name for who in thread.worry.worried]
    known += [thread.opened.family.name]
    return {_root(word) for name in known for word in _WORD.findall(name)}


def _shared(decided: Decided, ours: set[str]) -> list[str]:
    said = {_root(word): word for slot in _DECIDED_IN for word in reversed(_WORD.findall(decided.reading.text(slot)))}
    return sorted((word for root, word in said.items() if root in ours), key=_dates_first)[:MOST_NAMED]


def _taken(decided: Decided, thread: Thread) -> Taking | None:
    """Find the numbers on this worry taken on the day of the decision."""
    on = timezone.localdate(decided.reading.entry.happened_at)
    series = [s for s in [thread.worry.series, *thread.worry.earlier] if s]
    takings = [t for one in series for t in one.takings if timezone.localdate(t.reading.entry.happened_at) == on]
    return next((t for t in takings if ran(t)), None)


def _roots(texts: Iterable[str], names: set[str]) -> set[str]:
    return {_root(word) for text in texts for word in _WORD.findall(text)} - _COMMON - names


def _root(word: str) -> str:
    """Give the beginning of a word, so that shouts and shouted are one; a day of the year is kept whole."""
    return word if word[0].isdigit() else word.lower().rstrip("s")[:_ROOT]


def _dates_first(word: str) -> tuple[bool, str]:
    return not word[0].isdigit(), word.lower()
