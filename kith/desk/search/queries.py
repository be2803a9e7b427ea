"""What the page of a search shows: lines about people, stubs of closed files, and nothing of anybody hidden."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Verb
from kith.kit.wording import listed
from kith.people.persons.called import full_name
from kith.people.persons.keys import Query
from kith.people.persons.models import File
from kith.people.restriction.queries import Stub, stub_of
from kith.people.sight.finding import Findings, Found, find_people
from kith.people.sight.known import Known
from kith.people.sight.lines import born_words, why_words
from kith.people.sight.rules import stub


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
    stubs: list[Stub]
    listed: list[UUID]
    met: list[File]


def answers(actor: Actor, query: Query, *, at: datetime) -> Answers:
    """Find people and lay them out. Twenty-five at most; whether there are more is said without a count."""
    found = find_people(actor, query, at=at)
    met = [k.file for k in found.exact if k.file]
    return Answers(
        lines=[_line(one, at) for one in found.people],
        more=found.more,
        stubs=_stubs(found),
        listed=[one.known.file.ref for one in found.people if one.known.file],
        met=met,
    )


def _stubs(found: Findings) -> list[Stub]:
    """Name whom to speak to for each restricted file matched exactly. A sealed one, or one barred, has no stub."""
    shown = [k.file for k in found.exact if k.file and k.own and stub(replace(k.own, verb=Verb.MATCH))]
    return [stub_of(file) for file in shown]


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
        why=why_words(one.match),
        glass="" if known.readable or not known.file else glass(known.file),
    )


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


def may_take(actor: Actor) -> bool:
    """Say whether to offer taking a call when nobody was found."""
    return actor.may(Permission.CONTACT_TAKE)
