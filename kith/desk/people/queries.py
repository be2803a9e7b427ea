"""One person as one reader may see them, gathered from the shelves: who they are first, then how to reach them.

The page is judged once: every file that could matter is laid out as a situation, and each question after that is
asked of the one rule without going back to the store.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from kith.access.actor import Actor
from kith.framework.kinds import Content, Tie, Verb
from kith.people.involvement.models import Relation
from kith.people.involvement.queries import who_works_with
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.locations.queries import Place, details, known, newest_safe_contact, places
from kith.people.persons.called import tell_apart
from kith.people.persons.finding.birthdates import Precision
from kith.people.persons.keys import Particulars
from kith.people.persons.models import Family, File, Identifier, Membership, Name, Person
from kith.people.persons.queries import Doors, Sees, beside, doors_of_each, folded_into, joined_to, open_person
from kith.people.professionals.models import WorksWith
from kith.people.professionals.queries import who_else
from kith.people.relationships.models import Household, HouseholdStay, ParentalResponsibility, Relationship
from kith.people.relationships.queries import homes, kin_of, responsibility
from kith.people.restriction.models import Grant
from kith.people.restriction.queries import my_glass
from kith.people.sight.finding import Found, known_like
from kith.people.sight.queries import sight_of
from kith.people.sight.rules import Situation, judge


@dataclass(frozen=True)
class Page:
    """Everything one reader may know of one person, and through which files they know it."""

    person: Person
    doors: Doors
    files: list[File]
    sees: Sees
    at: datetime
    ways: dict[int, Doors]
    bodies: list[Person]
    families: dict[Family, list[Membership]] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    numbers: list[Identifier] = field(default_factory=list)
    kin: list[Relationship] = field(default_factory=list)
    responsibility: list[ParentalResponsibility] = field(default_factory=list)
    homes: dict[Household, list[HouseholdStay]] = field(default_factory=dict)
    places: list[Location] = field(default_factory=list)
    details: list[ContactDetail] = field(default_factory=list)
    safe_contact: SafeContact | None = None
    workers: list[Relation] = field(default_factory=list)
    professionals: list[WorksWith] = field(default_factory=list)
    glass: Grant | None = None

    @property
    def refs(self) -> list[UUID]:
        """Addresses of the files through which they are known, for the ledgers."""
        return [f.ref for f in self.files]

    @property
    def own(self) -> File | None:
        """Their own file, when that is what opens them."""
        return self.doors.own if self.doors.own in self.files else None

    @property
    def is_child(self) -> bool:
        """Whether they stand in a family as one of its children."""
        return any(m.is_child and m.person_id == self.person.pk for each in self.families.values() for m in each)

    @property
    def whole(self) -> bool:
        """Whether their own file opens them, or they have none: earlier names and numbers are part of a file."""
        return self.own is not None or self.doors.own is None

    def may(self, verb: Verb, content: Content = Content.CORE) -> bool:
        """Whether this may be done with this person, through any door."""
        return bool(self.doors.through(self.sees, verb, content))


def open_page(actor: Actor, ref: UUID, *, at: datetime) -> Page | None:
    """Gather one person. Unknown and hidden alike: None. A fixed number of queries, whatever there is to show."""
    found = open_person(actor, ref, at=at)
    if found is None:
        return None
    person, files = found
    sees = judging(actor)
    folded = folded_into(person)
    ways = doors_of_each([person, *folded], at=at)
    bodies = [person, *(p for p in folded if ways[p.pk].through(sees))]
    families = beside(bodies, sees, at=at)
    for members in families.values():
        tell_apart(m.person for m in members)
    page = Page(person, ways[person.pk], files, sees, at, ways, bodies, families)
    return _filled(page, actor)


def judging(actor: Actor) -> Sees:
    """Make a `sees` that asks the store once for each file, and the one rule as often as it likes."""
    sight = sight_of(actor)
    laid: dict[int, Situation] = {}

    def sees(files: Iterable[int], verb: Verb, content: Content) -> frozenset[int]:
        wanted = frozenset(files)
        laid.update(sight.situations(wanted - laid.keys(), verb, content))
        return frozenset(pk for pk in wanted if pk in laid and judge(replace(laid[pk], verb=verb, content=content))[0])

    return sees


def _filled(page: Page, actor: Actor) -> Page:
    shown = {m.person_id for members in page.families.values() for m in members} | {p.pk for p in page.bodies}
    return replace(
        page,
        names=_names(page),
        numbers=_numbers(page),
        kin=kin_of(page.bodies, shown, at=page.at),
        responsibility=responsibility(page.bodies, shown, at=page.at),
        homes=homes(page.bodies, shown, at=page.at),
        places=_known(page, places(page.bodies, at=page.at)),
        details=_known(page, details(page.bodies, at=page.at)),
        safe_contact=newest_safe_contact(page.bodies) if page.may(Verb.READ, Content.OTHER_PARTY) else None,
        workers=_workers(page),
        professionals=who_else([page.own] if page.own else [], at=page.at),
        glass=my_glass(actor, [f.pk for f in page.files], at=page.at),
    )


def _known(page: Page, rows: Sequence[Place]) -> list[Place]:
    """Keep what may be known of each record, by its own doors: joining two records opens neither wider."""
    each = [(page.ways[body.pk], [row for row in rows if row.person_id == body.pk]) for body in page.bodies]
    return [row for doors, theirs in each for row in known(theirs, doors, page.sees, at=page.at)]


def _names(page: Page) -> list[Name]:
    rows = Name.objects.filter(person__in=page.bodies).order_by("-recorded_at", "-pk")
    return [n for n in rows if page.whole or n.use in ("legal", "known-as")]


def _numbers(page: Page) -> list[Identifier]:
    rows = Identifier.objects.filter(person__in=page.bodies).order_by("kind", "pk")
    return list(rows) if page.whole else []


def _workers(page: Page) -> list[Relation]:
    """Who works with them, once each: for an adult, those who work with the children this reader sees."""
    ties = who_works_with(page.files, at=page.at)
    once = {(t.staff_id, t.team_id): t for t in reversed(ties)}
    return [t for t in ties if once[(t.staff_id, t.team_id)] is t and t.kind != Tie.GLASS]


def records_like(actor: Actor, person: Person, *, at: datetime) -> list[Found]:
    """Give the other records open to this reader that may be of this same person, likeliest first, with why.

    Records joined to theirs already are left out. At most five, and fewer where theirs is one of them.
    """
    names = tuple(f"{n.given} {n.family}".strip() for n in person.names.all())
    precision = cast("Precision", person.born_precision) if person.born_on else "exact"
    theirs_now = Particulars(names=names or (person.known_as,), born=person.born_on, born_precision=precision)
    found = known_like(actor, theirs_now, at=at)
    theirs = {person.pk, *joined_to([person.pk])}
    return [f for f in found if f.known.person.pk not in theirs and f.known.readable]
