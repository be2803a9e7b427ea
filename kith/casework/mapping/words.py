"""What is said about a worry, a goal or a number before it is saved, and how a worry is put together from its parts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kith.access.accounts.models import Account
from kith.framework import plain
from kith.framework.statements import (
    Finding,
    child_version_findings,
    copied_findings,
    goal_findings,
    statement_findings,
)
from kith.kit.wording import listed
from kith.people.persons.models import Person
from kith.people.professionals.models import Professional


@dataclass(frozen=True)
class Who:
    """Exactly one of a person of the family, a worker here, a professional of another agency."""

    person: Person | None = None
    staff: Account | None = None
    professional: Professional | None = None

    @property
    def name(self) -> str:
        """What they are called."""
        if self.person:
            return self.person.known_as
        one = self.staff or self.professional
        return one.name if one else ""

    @property
    def called(self) -> str:
        """What they are called on a page that may show two of one name. Never written down."""
        return self.person.called if self.person else self.name

    @property
    def key(self) -> str:
        """A word for this one among others: `person-` with their address."""
        kind, one = next(
            (kind, one)
            for kind, one in (("person", self.person), ("staff", self.staff), ("professional", self.professional))
            if one
        )
        return f"{kind}-{one.ref.hex}"

    @property
    def paid(self) -> bool:
        """Somebody whose work it is."""
        return self.person is None


@dataclass(frozen=True)
class About:
    """Some words about, or from, one person: what we fear for a child, how somebody sees it differently."""

    person: Person
    words: str


@dataclass(frozen=True)
class WorryWords:
    """The words of a worry (domain 1.5). `full_text` is left empty to be put together from the rest."""

    happened: str
    feared: Sequence[About]
    context: str
    full_text: str = ""
    credit: str = ""
    child_version: str = ""
    reasonable_cause: str = ""
    differently: Sequence[About] = ()


@dataclass(frozen=True)
class GoalWords:
    """The words of a goal (domain 1.6)."""

    full_text: str
    adults_will: str
    child_will: Sequence[About] = ()
    network_will: str = ""
    professionals_see: str = ""
    family_words: str = ""
    child_version: str = ""


@dataclass(frozen=True)
class Put:
    """Where one person put us: a number, or why there is none; what makes it that high, asked first (domain 1.7).

    `high` is needed with a number. `not_higher` and `one_step` are asked and may stay empty: domain 1.7 marks them
    required, and a child of five gives one answer.
    """

    who: Who
    value: Decimal | None = None
    high: str = ""
    not_higher: str = ""
    one_step: str = ""
    unscored: str = ""
    reason: str = ""
    reported_by: str = ""
    own_words: bool = False


def compose(worried: Sequence[Who], words: WorryWords, *, children: Collection[int] = ()) -> str:
    """Put a worry together from its parts: credit, who is worried, what happened, each child, when, who differs.

    Family first, then those whose work it is (domain 1.5). People edit what comes of it. How one of `children`
    (by key) sees it stays out: that is in the child's own part.
    """
    names = [w.name for w in family_first(worried)]
    opening = f"{listed(names)} {'is' if len(names) == 1 else 'are'} worried." if names else ""
    differ = [
        f"{d.person.known_as} sees it differently: “{d.words}”"
        for d in words.differently
        if d.person.pk not in children
    ]
    parts = [
        words.credit,
        opening,
        words.happened,
        *(f.words for f in words.feared),
        words.context,
        *differ,
    ]
    return " ".join(_ended(p) for p in parts if p.strip())


def family_first(worried: Sequence[Who]) -> list[Who]:
    """The same people, the family's own before those whose work it is."""
    return sorted(worried, key=lambda w: w.paid)


def _ended(words: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?", "”", '"')) else f"{words}."


@dataclass(frozen=True)
class Piece:
    """Some words of a text, marked when there is something to look at in them."""

    words: str
    marked: bool


@dataclass(frozen=True)
class Reads:
    """How a text reads (domain 1.9). It advises; it never blocks and never changes a word."""

    text: str
    length: int
    age: float
    named: list[str]
    findings: list[Finding]
    child_findings: list[Finding]

    @property
    def pieces(self) -> list[Piece]:
        """The text in pieces, so that a page can mark what was noticed."""
        out: list[Piece] = []
        at = 0
        for start, end in sorted((f.start, f.end) for f in self.findings if f.start is not None and f.end is not None):
            if start < at:
                continue
            out += [Piece(self.text[at:start], marked=False), Piece(self.text[start:end], marked=True)]
            at = end
        return [p for p in [*out, Piece(self.text[at:], marked=False)] if p.words]


def how_it_reads(text: str, *, children: Sequence[str], child_version: str = "", feared: Sequence[str] = ()) -> Reads:
    """Read a worry as the family would. `children` are their names; `feared` is what is feared for each."""
    copied = [f for n, own in enumerate(feared) for f in copied_findings(own, feared[:n]) if own.strip()]
    found = [*statement_findings(text, children=children), *copied[:1]] if text.strip() else []
    return _reads(text, children, found, child_version)


def how_a_goal_reads(text: str, *, statement: str, children: Sequence[str], child_version: str = "") -> Reads:
    """Read a goal as the family would, beside the worry it answers."""
    found = goal_findings(text, statement=statement, children=children) if text.strip() else []
    return _reads(text, children, found, child_version)


def _reads(text: str, children: Sequence[str], found: list[Finding], child_version: str) -> Reads:
    read = plain.check(text)
    said = text.lower()
    named = [name for name in children if name.lower() in said]
    child = child_version_findings(child_version) if child_version.strip() else []
    return Reads(text, read.words, read.reading_age, named, found, child)
