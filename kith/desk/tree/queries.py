"""A family's tree as one reader may see it: the people of its page, what they are to each other, their homes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from re import split

from django.utils import timezone

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.kit.wording import MONTHS, age, short_day
from kith.people.involvement.frame import Opened
from kith.people.persons.models import Person
from kith.people.persons.queries import joined_to
from kith.people.relationships.models import Relationship
from kith.people.relationships.queries import homes, kin_among
from kith.people.relationships.tree.drawing import Tree, laid_out
from kith.people.relationships.tree.facts import Facts, Home, One, Shape, Tie

WOMEN, MEN = frozenset({"woman", "girl", "female", "she"}), frozenset({"man", "boy", "male", "he"})
SHORT = {"day": "d", "days": "d", "week": "w", "weeks": "w", "month": "m", "months": "m"}


@dataclass(frozen=True)
class Written:
    """A relationship as it was written down, between the two people it is about: one record of each."""

    one: Person
    other: Person
    row: Relationship


@dataclass(frozen=True)
class FamilyTree:
    """A family laid out, with the people and what was written. `between` says how people get on, by the two."""

    opened: Opened
    tree: Tree
    people: Mapping[int, Person]
    ties: list[Written]
    between: Mapping[frozenset[int], Relationship]
    today: date


def family_tree(actor: Actor, opened: Opened, *, bonds: bool) -> FamilyTree:
    """Gather and lay out a family's tree (domain 1.11, capabilities 58). Nobody outside the family's page is drawn.

    Two records of one person are drawn once. With `bonds`, how people get on as well, where this reader may read it.
    """
    shown = {p.pk: p for p in opened.people}
    kept = {k: v for k, v in joined_to(shown).items() if k in shown and v in shown}
    people = {k: p for k, p in shown.items() if kept.get(k, k) == k}
    ties = kin_among(shown, at=opened.at)
    private = reads_between(actor, opened)
    today = timezone.localdate(opened.at)
    index = {kept.get(p.pk, p.pk) for p in opened.children}
    written = [Written(shown[kept.get(t.one_id, t.one_id)], shown[kept.get(t.other_id, t.other_id)], t) for t in ties]
    between = {frozenset((w.one.pk, w.other.pk)): w.row for w in written if w.row.quality and private(w.row)}
    facts = Facts(
        {k: drawn_as(p, today, index=k in index) for k, p in people.items()},
        [_tie(w, today, between=between) for w in written],
        [
            Home(home.name, frozenset(kept.get(s.person_id, s.person_id) for s in stays))
            for home, stays in homes(list(shown.values()), shown, at=opened.at).items()
        ],
    )
    return FamilyTree(opened, laid_out(facts, bonds=bonds), people, written, between, today)


def reads_between(actor: Actor, opened: Opened) -> Callable[[Relationship], bool]:
    """Whether this reader may know how the two of a relationship get on: each one's private matters must be open."""
    private = actor.sees([f.pk for f in opened.files], Verb.READ, Content.OTHER_PARTY)
    own = {m.person_id: f.pk for m in opened.members if m.is_child and (f := opened.file_of(m.person))}

    def open_to(person: int) -> bool:
        return own[person] in private if person in own else bool(private)

    return lambda row: open_to(row.one_id) and open_to(row.other_id)


def _tie(written: Written, today: date, *, between: Mapping[frozenset[int], Relationship]) -> Tie:
    row, one, other = written.row, written.one.pk, written.other.pk
    newest = between.get(frozenset((one, other)))
    quality = row.quality if newest is not None and newest.pk == row.pk else ""
    return Tie(one, other, row.kind, quality, row.until is not None and row.until <= today)


def drawn_as(person: Person, today: date, *, index: bool) -> One:
    """How somebody is drawn: the sign they would choose, their age inside, their birth and death beside their name."""
    whole = person.born_precision in ("exact", "month")
    alive = not person.died_on and person.born_precision != "expected"
    return One(
        key=person.pk,
        name=person.called,
        shape=shape_of(person),
        inside=_short_age(person.born_on, today) if alive and person.born_on else "",
        under=(lived(person),),
        born=person.born_on,
        born_day=person.born_on if whole and person.born_precision == "exact" else None,
        died=person.died_on is not None,
        index=index,
    )


def shape_of(person: Person) -> Shape:
    """Circle, square or diamond by how somebody describes themselves, then their pronouns, then the register.

    A diamond where nothing is written, or it is neither; a triangle before birth (domain 1.11).
    """
    if person.born_precision == "expected" and not person.died_on:
        return Shape.TRIANGLE
    register = {"M": "he", "F": "she"}.get(person.sex_registered, "")
    said = next((w for w in (person.gender, person.pronouns, register) if w.strip()), "")
    first = next(iter(_words(said)), "")
    return Shape.CIRCLE if first in WOMEN else Shape.SQUARE if first in MEN else Shape.DIAMOND


def _words(said: str) -> Iterable[str]:
    return [w for w in split(r"\W+", said.lower()) if w and w not in ("trans", "cis", "a")]


def _short_age(born: date, today: date) -> str:
    """An age as it stands inside a symbol: 8, 11m, 3w."""
    number, _, unit = age(born, today).partition(" ")
    return f"{number}{SHORT.get(unit, '')}" if number.isdigit() else ""


def lived(person: Person) -> str:
    """When somebody was born, and died, in a few words, as far as it is known."""
    on, died = person.born_on, person.died_on
    if died:
        return f"{on.year}–{died.year}" if on else f"died {short_day(died)}"
    if on is None:
        return "birth not known"
    return {
        "month": f"born {MONTHS[on.month - 1]} {on.year}",
        "year": f"born {on.year}",
        "estimated": f"born about {on.year}",
        "expected": f"due {short_day(on)}",
    }.get(person.born_precision, short_day(on))
