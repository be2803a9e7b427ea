"""What the page of a search shows: lines about people, stubs of closed files, and nothing of anybody hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Verb
from kith.kit.days import PartDay
from kith.kit.wording import age, listed
from kith.people.persons.keys import Query
from kith.people.persons.models import File, Name, Person
from kith.people.sight.finding import Findings, Found, Known, find_people, keepers_of
from kith.people.sight.rules import stub

PARTS = {"month": "month", "year": "year", "estimated": "year"}


@dataclass(frozen=True)
class Line:
    """One person as a search shows them. `url` is empty when they may be known of and not read."""

    name: str
    known_as: str
    drawing: str
    child: bool
    born: str
    url: str
    families: list[dict[str, str]]
    workers: str
    why: str
    glass: str


@dataclass(frozen=True)
class Answers:
    """A whole page of answers. `listed` are the addresses of the files shown, for the ledger of looks."""

    lines: list[Line]
    more: bool
    stubs: list[str]
    listed: list[UUID]
    met: list[File]


def answers(actor: Actor, query: Query, *, at: datetime) -> Answers:
    """Find people and lay them out. Twenty-five at most; whether there are more is said without a count."""
    found = find_people(actor, query, at=at)
    met = [k.file for k in found.exact if k.file]
    return Answers(
        lines=[_line(one, at) for one in found.people],
        more=found.more,
        stubs=_stubs(found, at),
        listed=[one.known.file.ref for one in found.people if one.known.file],
        met=met,
    )


def _stubs(found: Findings, at: datetime) -> list[str]:
    """Name whom to speak to for each restricted file matched exactly. A sealed one, or one barred, has no stub."""
    shown = [k.file for k in found.exact if k.file and k.own and stub(replace(k.own, verb=Verb.MATCH))]
    return [listed([a.name for a in keepers_of(f, at=at)], "or") or "information governance" for f in shown]


def _line(one: Found, at: datetime) -> Line:
    known, person = one.known, one.known.person
    opened = known.open_families
    return Line(
        name=full_name(person),
        known_as=person.known_as,
        drawing=person.token,
        child=known.file is not None,
        born=born_words(person, at),
        url=_url(known) if known.readable else "",
        families=[{"name": f.name, "url": address("family", f.ref)} for f in opened],
        workers=listed(known.workers),
        why=_sentence([*one.match.why, *one.match.why_not]),
        glass="" if known.readable or not known.file else glass(known.file),
    )


def full_name(person: Person) -> str:
    """Give the name as it is written on papers: the legal one in use, or the first there is, or what they go by."""
    names = list(person.names.all())
    legal = next((n for n in names if n.use == "legal" and n.until is None), None)
    return _written(legal or next(iter(names), None)) or person.known_as


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
    return f"Born {about}{words}, {about}{age(person.born_on, at.date())} old"


def address(name: str, *args: UUID) -> str:
    """Give the address of a page, or nothing in a copy of Kith that does not have that page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def glass(file: File) -> str:
    """Give the address where the glass of a file may be broken."""
    return address("break-glass", file.ref) or address("glass", file.ref)


def _url(known: Known) -> str:
    opened = known.open_families
    return address("person", known.person.ref) or (address("family", opened[0].ref) if opened else "")


def _written(name: Name | None) -> str:
    return f"{name.given} {name.family}".strip() if name else ""


def _sentence(reasons: Sequence[str]) -> str:
    said = "; ".join(reasons)
    return said[:1].upper() + said[1:]


def may_take(actor: Actor) -> bool:
    """Say whether to offer taking a call when nobody was found."""
    return actor.may(Permission.CONTACT_TAKE)
