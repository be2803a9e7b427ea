"""What is said in an entry, before it is saved: plain values that actions pass to each other."""

from dataclasses import dataclass, field
from datetime import datetime

from kith.access.accounts.models import Account
from kith.framework.kinds import Content
from kith.people.persons.models import Person
from kith.people.professionals.models import Professional


@dataclass(frozen=True)
class Said:
    """One paragraph: which question it answers, the words, and what must be known before anyone reads them."""

    slot: str
    text: str
    row: int = 0
    content: Content = Content.CORE
    about: Person | None = None
    given_by: Person | None = None
    given_by_words: str = ""
    own_words: bool = False
    in_confidence: bool = False
    pasted: bool = False


@dataclass(frozen=True)
class Here:
    """Somebody who was there: exactly one of a person, a worker, a professional of another agency."""

    person: Person | None = None
    staff: Account | None = None
    professional: Professional | None = None
    how: str = "took-part"


@dataclass(frozen=True)
class Talk:
    """The conversation an entry records: when, where, in which language, through whom, with whom."""

    happened_at: datetime
    place: str = "home"
    language: str = "English"
    interpreter: str = ""
    interpreter_why: str = ""
    present: tuple[Here, ...] = field(default=())
