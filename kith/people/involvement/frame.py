"""What every page inside a family shares: whose family it is, where things stand, and where to go next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from kith.access.actor import Actor
from kith.framework.kinds import Content, Tie, Verb
from kith.people.involvement.models import Involvement, Relation
from kith.people.involvement.queries import allocated_first, members_and_work
from kith.people.locations.models import SafeContact
from kith.people.persons.called import tell_apart
from kith.people.persons.models import Family, File, Membership, Person
from kith.people.persons.queries import open_among

SECTIONS = (
    ("family", "The family"),
    ("map", "Map"),
    ("statements", "Worries and goals"),
    ("plans", "Plan"),
    ("network", "Network"),
    ("decisions", "Decisions"),
    ("timeline", "Timeline"),
    ("papers", "Papers"),
)
LEVELS = {
    "early-help": "Early help",
    "family-help": "Family help",
    "child-in-need": "Child in need",
    "child-protection": "Child protection plan",
    "in-care": "In our care",
    "care-leaver": "Leaving care",
}


@dataclass(frozen=True)
class Opened:
    """A family as one reader may see it: the people whose file is open or who have none, and the open files.

    `involvements` and `ties` are our work with those files now, and who does it; `safe_contacts` the newest words of
    each person about how to reach them, for the page that shows them.
    """

    family: Family
    members: list[Membership]
    files: list[File]
    at: datetime
    involvements: list[Involvement] = field(default_factory=list)
    ties: list[Relation] = field(default_factory=list)
    safe_contacts: list[SafeContact] = field(default_factory=list)

    @property
    def refs(self) -> list[UUID]:
        """Addresses of the open files, for the ledgers."""
        return [f.ref for f in self.files]

    @property
    def children(self) -> list[Person]:
        """The children shown, oldest first."""
        return [m.person for m in self.members if m.is_child]

    @property
    def adults(self) -> list[Person]:
        """The adults shown, in the order they were added."""
        return [m.person for m in self.members if not m.is_child]

    @property
    def people(self) -> list[Person]:
        """Everyone shown, children first."""
        return [m.person for m in self.members]

    def written_by(self, actor: Actor) -> list[File]:
        """The files this reader may write in, for a form to offer; all of them where there is none, and it says why.

        A worker of one child may read of their brother and not write about him: they are not asked about him.
        """
        return [f for f in self.files if actor.sees([f.pk], Verb.WRITE, Content.CORE)] or self.files

    def person(self, ref: str) -> Person | None:
        """Give one of the people shown by their address."""
        return next((p for p in self.people if str(p.ref) == ref), None)

    def file_of(self, person: Person) -> File | None:
        """Give the open file of one of these people, if they have one."""
        return next((f for f in self.files if f.person_id == person.pk), None)


def open_or_none(actor: Actor, ref: UUID, *, at: datetime, before_you_ring: bool = False) -> Opened | None:
    """Open a family for a page. Unknown and hidden alike are None; the view answers not found."""
    members, works, ties, safe = members_and_work(ref, at=at, before_you_ring=before_you_ring)
    found = open_among(actor, members)
    if found is None:
        return None
    tell_apart(m.person for m in found[1])
    here = {f.pk for f in found[2]}
    current = sorted((w for w in works.values() if w.file_id in here), key=lambda w: (w.since, w.pk))
    workers = allocated_first(t for t in ties.values() if t.file_id in here)
    return Opened(*found, at, current, workers, _newest_words(safe.values(), {m.person_id for m in found[1]}))


def _newest_words(safe: Iterable[SafeContact], people: Collection[int]) -> list[SafeContact]:
    """How each of these people asked to be reached: the newest words of each, the newest first."""
    newest: dict[int, SafeContact] = {}
    for said in sorted(safe, key=lambda said: (said.recorded_at, said.pk), reverse=True):
        if said.person_id in people:
            newest.setdefault(said.person_id, said)
    return list(newest.values())


def face(person: Person, *, child: bool, what: object = "", url: str = "") -> dict[str, Any]:
    """Lay one person out for the look's people and tokens."""
    return {"name": person.called, "drawing": person.token, "child": child, "what": what, "url": url}


def frame(opened: Opened, here: str) -> dict[str, Any]:
    """Give the header of a family page: name, children's tokens, one line of where things stand, and sections."""
    line = standing(opened.involvements, opened.ties)
    return {
        "name": f"{opened.family.name} family",
        "url": _address("family", opened.family.ref),
        "people": [face(p, child=True) for p in opened.children],
        "line": line,
        "sections": [
            {"label": label, "url": url, "here": name == here}
            for name, label in SECTIONS
            if (url := _address(name, opened.family.ref))
        ],
    }


def _address(name: str, ref: UUID) -> str:
    try:
        return reverse(name, kwargs={"ref": ref})
    except NoReverseMatch:
        return ""


def standing(involvements: Sequence[Involvement], ties: Sequence[Relation]) -> str:
    """Say in one line where things stand and who works with them."""
    levels = list(dict.fromkeys(LEVELS.get(i.level, i.level) for i in involvements))
    holders = list(dict.fromkeys(t.staff.name for t in ties if t.staff and t.kind == Tie.ALLOCATED))
    beside = list(dict.fromkeys(t.staff.name for t in ties if t.staff and t.kind == Tie.COWORKER))
    levels = levels[:1] + [level[0].lower() + level[1:] for level in levels[1:]]
    said = [" and ".join(levels)] if levels else ["Not working with us just now"]
    if holders and not levels:
        said.append(" and ".join(holders) + (" still holds the file" if len(holders) == 1 else " still hold the files"))
    elif holders:
        said.append(" and ".join(holders) + (f" with {' and '.join(beside)}" if beside else ""))
    else:
        said.append("Nobody is allocated yet")
    return ". ".join(said)
