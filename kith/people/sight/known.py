"""People the indexes offered, laid out with every situation that decides what of them may be shown.

Records of one person joined by two people (a merge) are laid out together: what was found of one is shown under
the record that reads follow, and only what this searcher may know of each counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from django.db.models import Exists, OuterRef, Prefetch, Q

from kith.framework.kinds import Content, Level, Verb
from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.finding.birthdates import Precision as BirthPrecision
from kith.people.persons.keys import Candidate, Query
from kith.people.persons.models import Family, File, Identifier, Membership, Merge, Name, Person
from kith.people.persons.queries import joined_to, standing_merges
from kith.people.sight.queries import Sight
from kith.people.sight.rules import Situation, judge

ADMITTED = {
    "nhs": frozenset({"nhs"}),
    "upn": frozenset({"upn", "former-upn"}),
    "number": frozenset({"ours-before"}),
}
"""Numbers that, typed whole, count as an exact match: NHS, pupil number, and our own former number."""


@dataclass
class Known:
    """Somebody the indexes offered, with every situation that decides what of them may be shown.

    `joined` are the other records of the same person, `follows` the one that reads follow, when there is another.
    """

    person: Person
    file: File | None
    own: Situation | None
    families: list[Family]
    around: dict[int, list[tuple[int, Situation]]]
    candidate: Candidate
    admitted: tuple[str, ...] = ()
    place_open: bool = False
    workers: list[str] = field(default_factory=list)
    joined: list["Known"] = field(default_factory=list, repr=False, compare=False)
    follows: "Known | None" = field(default=None, repr=False, compare=False)

    @property
    def findable(self) -> bool:
        """Whether this searcher may know that they are here at all."""
        if self.own is not None:
            return _may(self.own, Verb.FIND, Content.INDEX)
        return not self.families or any(self._shows(family) for family in self.families)

    @property
    def readable(self) -> bool:
        """Whether something of theirs is open: their own file, or for those without one a file of their family."""
        if self.own is not None:
            return _may(self.own, Verb.READ, Content.CORE)
        return bool(self.open_families)

    @property
    def open_families(self) -> list[Family]:
        """Their families in which at least one file is open to be read."""
        return [f for f in self.families if any(_reads(s) for _, s in self.around[f.pk])]

    @property
    def findable_families(self) -> list[Family]:
        """Their families that may be spoken of: without children's files, or with one that may be found."""
        return [f for f in self.families if self._shows(f)]

    @property
    def workers_files(self) -> list[int]:
        """Files whose workers may be named here: their own, or for those without one their family's findable ones."""
        if self.file is not None:
            return [self.file.pk]
        return [pk for group in self.around.values() for pk, s in group if _may(s, Verb.FIND, Content.INDEX)]

    @property
    def shown_as(self) -> "Known":
        """The record that reads follow, when this searcher may know of it; else this one by itself."""
        return self.follows if self.follows is not None and self.follows.findable else self

    @property
    def candidates(self) -> list[Candidate]:
        """What a search is held against: every name and number of theirs, once with each birth date written down.

        A joined record this searcher may not know of adds nothing: joining two records opens neither wider.
        """
        bodies = [self, *(k for k in self.joined if k.findable)]
        together = replace(
            self.candidate,
            names=tuple(n for k in bodies for n in k.candidate.names),
            phones=tuple(p for k in bodies for p in k.candidate.phones),
            postcodes=tuple(p for k in bodies for p in k.candidate.postcodes),
            identifiers=tuple(i for k in bodies for i in k.candidate.identifiers),
        )
        born = dict.fromkeys((k.candidate.born, k.candidate.born_precision) for k in bodies)
        return [replace(together, born=on, born_precision=precision) for on, precision in born]

    def place_counts(self) -> bool:
        """Whether they may be found by where they are or how they are reached: an open file, or sight of locations.

        Not where anything around them is hidden from this searcher. Protected places are never asked about at all.
        """
        group = [self.own] if self.own else [s for rows in self.around.values() for _, s in rows]
        hides = any(not _may(s, Verb.FIND, Content.INDEX) for s in group)
        opened = any(s.level is Level.OPEN or _may(s, Verb.READ, Content.LOCATION) for s in group)
        return opened and not hides

    def _shows(self, family: Family) -> bool:
        group = self.around[family.pk]
        return not group or any(_may(s, Verb.FIND, Content.INDEX) for _, s in group)


def lay_out(sight: Sight, ids: Iterable[int], query: Query, at: datetime) -> dict[int, Known]:
    """Load these people, the records joined to theirs, and every situation around them, by id.

    A fixed number of queries, whatever their number.
    """
    people, follows = _people(ids)
    families, beside = _families(people, at)
    own = {p.pk: p.file for p in people if hasattr(p, "file")}
    files = [f.pk for f in own.values()] + [pk for group in beside.values() for pk in group]
    judged = sight.situations(files, Verb.FIND, Content.INDEX)
    laid = {p.pk: _known(p, own.get(p.pk), families[p.pk], beside, judged) for p in people}
    _add_numbers(list(laid.values()), query)
    _add_places(list(laid.values()), query, at)
    for pk, kept in follows.items():
        if pk != kept:
            laid[pk].follows = laid[kept]
            laid[kept].joined.append(laid[pk])
    return laid


def _people(ids: Iterable[int]) -> tuple[list[Person], dict[int, int]]:
    """Load these people, and those joined to them with the record that reads follow: none in most windows."""
    found = _loaded(ids)
    joined = [p.pk for p in found if p.joined]  # type: ignore[attr-defined]  # asked for below
    follows = joined_to(joined) if joined else {}
    others = follows.keys() - {p.pk for p in found}
    return [*found, *(_loaded(others) if others else ())], follows


def _loaded(ids: Iterable[int]) -> list[Person]:
    """Load what a search may show of somebody; the rest of them is left in the store."""
    names = Prefetch("names", Name.objects.only("person", "given", "family", "use", "until").order_by("pk"))
    either = Merge.objects.filter(standing_merges()).filter(Q(folded_in=OuterRef("pk")) | Q(kept=OuterRef("pk")))
    rows = Person.objects.filter(pk__in=set(ids)).annotate(joined=Exists(either))
    rows = rows.only("ref", "known_as", "born_on", "born_precision", "died_on", "token", "file")
    return list(rows.select_related("file").prefetch_related(names).order_by("pk"))


def _known(
    person: Person,
    file: File | None,
    families: list[Family],
    beside: dict[int, list[int]],
    judged: dict[int, Situation],
) -> Known:
    names = tuple(f"{n.given} {n.family}".strip() for n in person.names.all())
    precision = cast("BirthPrecision", person.born_precision)
    return Known(
        person=person,
        file=file,
        own=judged[file.pk] if file else None,
        families=families,
        around={f.pk: [(pk, judged[pk]) for pk in beside[f.pk]] for f in families},
        candidate=Candidate(id=person.pk, names=names, born=person.born_on, born_precision=precision),
    )


def _families(people: Sequence[Person], at: datetime) -> tuple[dict[int, list[Family]], dict[int, list[int]]]:
    """Give the families each is in now, or, for somebody in none now, those they were in; and each family's files.

    A family's files are those of the children in it now. One query.
    """
    asked = [p.pk for p in people]
    theirs = Membership.objects.filter(person__in=asked).values("family")
    now: dict[int, dict[int, Family]] = defaultdict(dict)
    before: dict[int, dict[int, Family]] = defaultdict(dict)
    files: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(family__in=theirs).order_by("family__name", "pk")
    for person, is_child, since, until, file, *family in rows.values_list(
        "person", "is_child", "since", "until", "person__file__id", *(f"family__{f}" for f in _FAMILY)
    ):
        one, current = Family(*family), since <= at < until
        (now if current else before)[person].setdefault(one.pk, one)
        if is_child and current and file:
            files[one.pk].append(file)
    return {pk: list((now[pk] or before[pk]).values()) for pk in asked}, files


_FAMILY = [f.attname for f in Family._meta.concrete_fields]


def _add_numbers(laid: Sequence[Known], query: Query) -> None:
    """Add the numbers others know them by, when one was asked for; `admitted` are those that could match exactly."""
    if query.identifier is None:
        return
    found: dict[int, list[Identifier]] = defaultdict(list)
    for row in Identifier.objects.filter(person__in=[k.person.pk for k in laid]).order_by("pk"):
        found[row.person_id].append(row)
    kinds = ADMITTED[query.identifier.kind]
    for known in laid:
        rows = found[known.person.pk]
        known.candidate = replace(known.candidate, identifiers=tuple(r.value for r in rows))
        known.admitted = tuple(r.value for r in rows if r.kind in kinds)


def _add_places(laid: Sequence[Known], query: Query, at: datetime) -> None:
    """Add where somebody is and their telephone, only where that may find them and only when asked for.

    What is protected is never read here: it finds nobody, for anyone, and no page can tell that it is there.
    """
    if not (query.phone or query.postcode):
        return
    ids = [k.person.pk for k in laid if k.findable and k.place_counts()]
    now = {"person__in": ids, "since__lte": at, "until__gt": at, "protected": False}
    phones, postcodes = defaultdict(list), defaultdict(list)
    for pk, folded in ContactDetail.objects.filter(**now, kind="phone").values_list("person_id", "folded"):
        phones[pk].append(folded)
    for pk, postcode in Location.objects.filter(**now).exclude(postcode="").values_list("person_id", "postcode"):
        postcodes[pk].append(postcode)
    for known in laid:
        told = tuple(phones[known.person.pk]), tuple(postcodes[known.person.pk])
        known.place_open = any(told)
        known.candidate = replace(known.candidate, phones=told[0], postcodes=told[1])


def _may(situation: Situation, verb: Verb, content: Content) -> bool:
    return judge(replace(situation, verb=verb, content=content))[0]


def _reads(situation: Situation) -> bool:
    return _may(situation, Verb.READ, Content.CORE)
