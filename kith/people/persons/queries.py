"""Questions about people, families and files. What may be seen of them is the actor's sight, asked by callers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.people.persons.models import Family, File, Membership, Merge, Person

Sees = Callable[[Iterable[int], Verb, Content], frozenset[int]]


def lock_files(files: Iterable[File]) -> list[File]:
    """Lock files by ascending id, before anything else an action does: any other order ends in deadlock."""
    ids = sorted({f.pk for f in files})
    return list(File.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def members_of(family: Family, *, at: datetime) -> list[Membership]:
    """Give the people of this family now, children first by age, then adults in the order they were added."""
    rows = (
        Membership.objects.filter(family=family, since__lte=at, until__gt=at)
        .select_related("person", "person__file")
        .order_by("pk")
    )
    return sorted(
        rows, key=lambda m: (not m.is_child, m.person.born_on or date.max) if m.is_child else (True, date.max)
    )


def files_of(members: Iterable[Membership]) -> list[File]:
    """Give the files of these people: one for each child, and for an adult whose childhood was recorded."""
    return [m.person.file for m in members if hasattr(m.person, "file")]


def open_family(actor: Actor, ref: UUID, *, at: datetime) -> tuple[Family, list[Membership], list[File]] | None:
    """Find a family by its address, if at least one of its files is open to this actor to read.

    Gives the family, the people of it whose own file is open or who have none, and the open files.
    Unknown and hidden are the same answer: None.
    """
    family = Family.objects.filter(ref=ref).first()
    if family is None:
        return None
    members = members_of(family, at=at)
    files = files_of(members)
    seen = actor.sees([f.pk for f in files], Verb.READ, Content.CORE)
    if not seen:
        return None
    grown = [m.person.file.pk for m in members if not m.is_child and hasattr(m.person, "file")]
    known = actor.sees(grown, Verb.FIND, Content.INDEX) if grown else frozenset()
    shown = [m for m in members if is_shown(m, seen, known)]
    return family, shown, [f for f in files if f.pk in seen]


def is_shown(member: Membership, seen: Iterable[int], known: Iterable[int]) -> bool:
    """Say whether somebody stands on the page of a family one file of which is open.

    Those without a file do. A child does when their own file is `seen`. An adult whose own childhood was recorded
    does as the adult they are, when it may at least be `known` that they are here: not when it is closed or barred.
    """
    file = getattr(member.person, "file", None)
    return file is None or file.pk in seen or (not member.is_child and file.pk in known)


def families_of(files: Sequence[int], *, at: datetime) -> list[Family]:
    """Give the families the people of these files belong to now, by name."""
    rows = Membership.objects.filter(Q(since__lte=at, until__gt=at), person__file__in=list(files)).values_list(
        "family_id", flat=True
    )
    return list(Family.objects.filter(pk__in=set(rows)).order_by("name", "pk"))


def known_name(person: Person) -> str:
    """Give the name the person goes by."""
    return person.known_as


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
    own = File.objects.filter(person=person).first()
    now = Q(since__lte=at, until__gt=at)
    theirs = Membership.objects.filter(now, person=person)
    if own is not None:
        theirs = theirs.filter(is_child=False)
    beside = Membership.objects.filter(now, family__in=theirs.values("family"))
    around = File.objects.filter(person__in=beside.values("person")).exclude(person=person)
    return Doors(own, list(around.order_by("pk")))


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


def open_merge(actor: Actor, ref: UUID, *, at: datetime) -> Merge | None:
    """Find a merge of two records both of which are open to this actor. Unknown and hidden alike: None."""
    merge = Merge.objects.filter(ref=ref).select_related("kept", "folded_in", "proposed_by", "agreed_by", "undo_by")
    found = merge.select_related("undone_by").first()
    if found is None:
        return None
    both = all(open_through(actor, p, at=at) for p in (found.kept, found.folded_in))
    return found if both else None


def merges_waiting(actor: Actor, *, at: datetime) -> list[Merge]:
    """Give the merges, and undoings, that wait for a second person and are open to this one. Oldest first."""
    waiting = Q(agreed_at__isnull=True) | Q(undo_by__isnull=False, undone_at__isnull=True)
    refs = Merge.objects.filter(waiting).order_by("proposed_at", "pk").values_list("ref", flat=True)
    return [found for ref in refs if (found := open_merge(actor, ref, at=at))]
