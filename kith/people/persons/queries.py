"""Questions about people, families and files. What may be seen of them is the actor's sight, asked by callers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.kit.changed import mark
from kith.people.persons.models import Family, File, Membership, Merge, Person

SIMPLE_FACTS = frozenset(
    [
        "known_as",
        "pronouns",
        "born_on",
        "born_precision",
        "died_on",
        "sex_registered",
        "gender",
        "ethnicity",
        "ethnicity_words",
        "disabilities",
        "languages",
        "interpreter",
        "faith",
        "about",
        "token",
    ]
)
"""What is merely current about somebody, and is changed in place."""

Sees = Callable[[Iterable[int], Verb, Content], frozenset[int]]


def lock_files(files: Iterable[File]) -> list[File]:
    """Lock files by ascending id, before anything else an action does: any other order ends in deadlock."""
    ids = sorted({f.pk for f in files})
    return list(File.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def members_of(family: Family, *, at: datetime) -> list[Membership]:
    """Give the people of this family now, children first by age, then adults in the order they were added."""
    rows = Membership.objects.filter(family=family, since__lte=at, until__gt=at)
    return in_order(rows.select_related("person", "person__file"))


def in_order(members: Iterable[Membership]) -> list[Membership]:
    """Put members of a family in order: children first, oldest first, then adults in the order they were added."""
    return sorted(sorted(members, key=lambda m: m.pk), key=_children_by_age)


def files_of(members: Iterable[Membership]) -> list[File]:
    """Give the files of these people: one for each child, and for an adult whose childhood was recorded."""
    return [m.person.file for m in members if hasattr(m.person, "file")]


def open_among(actor: Actor, members: Sequence[Membership]) -> tuple[Family, list[Membership], list[File]] | None:
    """Give a family from its members in order, those of them whose own file is open or who have none, and the open
    files. None when no file of theirs is open to this actor to read: unknown and hidden are the same answer.
    """
    files = files_of(members)
    seen = actor.sees([f.pk for f in files], Verb.READ, Content.CORE)
    if not seen:
        return None
    grown = [m.person.file.pk for m in members if not m.is_child and hasattr(m.person, "file")]
    known = actor.sees(grown, Verb.FIND, Content.INDEX) if grown else frozenset()
    shown = [m for m in members if is_shown(m, seen, known)]
    return members[0].family, shown, [f for f in files if f.pk in seen]


def is_shown(member: Membership, seen: Iterable[int], known: Iterable[int]) -> bool:
    """Say whether somebody stands on the page of a family one file of which is open.

    Those without a file do. A child does when their own file is `seen`. An adult whose own childhood was recorded
    does as the adult they are, when it may at least be `known` that they are here: not when it is closed or barred.
    """
    file = getattr(member.person, "file", None)
    return file is None or file.pk in seen or (not member.is_child and file.pk in known)


@dataclass(frozen=True)
class Doors:
    """The files through which one person may be known: their own, and those of the families they stand in.

    A child with a file is known through it alone. An adult is known through any file of a family they are in; their
    own childhood file, if there is one, opens more, and closes the others when it is held closely (architecture 3.2).
    """

    own: File | None
    around: list[File]

    @property
    def ids(self) -> list[int]:
        """Every file that could matter, for judging them together."""
        return [f.pk for f in ([self.own] if self.own else []) + self.around]

    def through(self, sees: Sees, verb: Verb = Verb.READ, content: Content = Content.CORE) -> list[File]:
        """Give the files through which this may be done with this person. None: unknown and hidden alike."""
        if self.own is not None:
            if sees([self.own.pk], verb, content):
                return [self.own]
            if not sees([self.own.pk], Verb.FIND, Content.INDEX):
                return []
        open_to = sees([f.pk for f in self.around], verb, content)
        return [f for f in self.around if f.pk in open_to]


def doors_of(person: Person, *, at: datetime) -> Doors:
    """Lay out the files through which this person may be known now. Two queries."""
    return doors_of_each([person], at=at)[person.pk]


def doors_of_each(people: Sequence[Person], *, at: datetime) -> dict[int, Doors]:
    """Lay out the files through which each of these people may be known now, by their id. Two queries in all."""
    own = {f.person_id: f for f in File.objects.filter(person__in=people)}
    now = Q(since__lte=at, until__gt=at)
    theirs = Membership.objects.filter(now, person__in=people).values("family")
    members: dict[int, list[Membership]] = {}
    for row in Membership.objects.filter(now, family__in=theirs).select_related("person__file"):
        members.setdefault(row.family_id, []).append(row)
    return {p.pk: Doors(own.get(p.pk), _around(p.pk, p.pk in own, members.values())) for p in people}


def _around(person: int, has_file: bool, families: Iterable[Sequence[Membership]]) -> list[File]:  # noqa: FBT001
    """Give the files of the families they stand in: for somebody with a file of their own, as an adult only."""
    stands = [m for m in families if any(r.person_id == person and not (has_file and r.is_child) for r in m)]
    found = {f.pk: f for members in stands for f in files_of(members) if f.person_id != person}
    return [found[pk] for pk in sorted(found)]


def open_through(
    actor: Actor, person: Person, verb: Verb = Verb.READ, content: Content = Content.CORE, *, at: datetime
) -> list[File]:
    """Give the files through which this actor may do this with this person now; none when they may not."""
    return doors_of(person, at=at).through(actor.sees, verb, content)


def beside(people: Sequence[Person], sees: Sees, *, at: datetime) -> dict[Family, list[Membership]]:
    """Give the families these records are in now, with who stands in each: only families with a file open to `sees`.

    Nothing of any other family of theirs is given: to be named here shows nobody who is there (architecture 3.2).
    One query, and two judgements.
    """
    now = Q(since__lte=at, until__gt=at)
    mine = Membership.objects.filter(now, person__in=people).values("family")
    rows = Membership.objects.filter(now, family__in=mine).select_related("family", "person", "person__file")
    rows = rows.order_by("family__name", "family_id", "pk")
    files = {f.pk for f in files_of(rows)}
    seen = sees(files, Verb.READ, Content.CORE)
    known = sees(files - seen, Verb.FIND, Content.INDEX)
    found: dict[Family, list[Membership]] = {}
    for member in rows:
        found.setdefault(member.family, []).append(member)
    return {
        family: sorted((m for m in members if is_shown(m, seen, known)), key=_children_by_age)
        for family, members in found.items()
        if any(f.pk in seen for f in files_of(members))
    }


def _children_by_age(member: Membership) -> tuple[bool, date]:
    """Children first, oldest first; adults keep the order in which they were added."""
    return not member.is_child, (member.person.born_on if member.is_child else None) or date.max


def open_person(actor: Actor, ref: UUID, *, at: datetime) -> tuple[Person, list[File]] | None:
    """Find somebody by their address, with the files that open them. Unknown and hidden alike: None.

    A record folded into another leads to the one that was kept, when that one is open as well.
    """
    person = Person.objects.filter(ref=ref).first()
    if person is None:
        return None
    kept = current_person(person)
    for one in [kept, person] if kept != person else [person]:
        if files := open_through(actor, one, at=at):
            return one, files
    return None


def standing_merges() -> Q:
    """What makes a merge count: two people agreed it, and two have not undone it."""
    return Q(agreed_at__isnull=False, undone_at__isnull=True)


def current_person(person: Person) -> Person:
    """Follow standing merges from a record to the one it was folded into. Nothing was moved: this is all a merge is."""
    seen = {person.pk}
    while merge := Merge.objects.filter(standing_merges(), folded_in=person).select_related("kept").first():
        if merge.kept_id in seen:
            break
        person = merge.kept
        seen.add(person.pk)
    return person


def joined_to(ids: Iterable[int]) -> dict[int, int]:
    """Give, for each of these records that is joined to another and for every other record of the same people, the
    one that reads follow. Only joined records are given; one query where none is.
    """
    kept_by: dict[int, int] = {}
    edge, asked = set(ids), set[int]()
    while edge:
        rows = Merge.objects.filter(standing_merges(), Q(folded_in__in=edge) | Q(kept__in=edge))
        pairs = dict(rows.values_list("folded_in_id", "kept_id"))
        asked |= edge
        edge = {*pairs, *pairs.values()} - asked
        kept_by |= pairs
    return {pk: _followed(pk, kept_by) for pk in {*kept_by, *kept_by.values()}}


def _followed(pk: int, kept_by: dict[int, int]) -> int:
    """Follow a record as `current_person` does; a circle, which no action can make, ends where it would close."""
    seen = {pk}
    while pk in kept_by and kept_by[pk] not in seen:
        pk = kept_by[pk]
        seen.add(pk)
    return pk


def folded_into(person: Person) -> list[Person]:
    """Give the other records of this same person: those folded into theirs, and those folded into these."""
    found: dict[int, Person] = {}
    edge = [person.pk]
    while edge:
        rows = Merge.objects.filter(standing_merges(), kept__in=edge).select_related("folded_in").order_by("pk")
        fresh = {m.folded_in_id: m.folded_in for m in rows if m.folded_in_id not in found}
        found |= fresh
        edge = list(fresh)
    return list(found.values())


def mark_of(person: Person) -> str:
    """Give the mark of the simple facts about somebody as they stand, to be held to when they are changed."""
    return mark(*(getattr(person, fact) for fact in sorted(SIMPLE_FACTS)))


def open_merge(actor: Actor, ref: UUID, *, at: datetime) -> Merge | None:
    """Find a merge of two records both of which are open to this actor. Unknown and hidden alike: None."""
    found = Merge.objects.filter(ref=ref).select_related(*_SAID_BY).first()
    if found is None:
        return None
    both = all(open_through(actor, p, at=at) for p in (found.kept, found.folded_in))
    return found if both else None


def merges_waiting(actor: Actor, *, at: datetime) -> list[Merge]:
    """Give the merges, and undoings, that wait for a second person and are open to this one. Oldest first."""
    waiting = Q(agreed_at__isnull=True) | Q(undo_by__isnull=False, undone_at__isnull=True)
    rows = list(Merge.objects.filter(waiting).select_related(*_SAID_BY).order_by("proposed_at", "pk"))
    doors = doors_of_each([p for m in rows for p in (m.kept, m.folded_in)], at=at)
    sees = _judged_once(actor, {pk for each in doors.values() for pk in each.ids})
    return [m for m in rows if all(doors[pk].through(sees) for pk in (m.kept_id, m.folded_in_id))]


_SAID_BY = ("kept", "folded_in", "proposed_by", "agreed_by", "undo_by", "undone_by")


def _judged_once(actor: Actor, files: Iterable[int]) -> Sees:
    """Ask for all these files together what `Doors.through` asks for a few of them, to read what is ordinary."""
    read, find = (Verb.READ, Content.CORE), (Verb.FIND, Content.INDEX)
    wanted = frozenset(files)
    found = {each: actor.sees(wanted, *each) for each in (read, find)}
    return lambda some, verb, content: found[verb, content] & frozenset(some)
