"""Finding people: shape 3 of sight. Cut by index, judge what came, drop, refill; then put in order.

Who is shown (PV-6, trust B 22):
- somebody with a file, when the rule lets this searcher find it;
- somebody without one, unless every family they are in has all its children's files hidden from this searcher;
- a telephone number or a postcode counts only where the searcher may know where that person is.
Whether the search falls back to fewer words is decided after judging, so that a hidden person is as an absent one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import cast

from django.db.models import Prefetch

from kith.access.actor import Actor
from kith.framework.kinds import Content, Tie, Verb
from kith.people.involvement.queries import who_works_with
from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.finding.birthdates import Precision as BirthPrecision
from kith.people.persons.keys import (
    BirthDate,
    Candidate,
    Match,
    Particulars,
    Query,
    is_exact,
    likely_duplicates,
    query_keys,
    rank,
)
from kith.people.persons.models import Family, File, Identifier, Membership, Name, Person
from kith.people.sight.lookups import LookUp, whole, wider
from kith.people.sight.queries import Sight, sight_of
from kith.people.sight.rules import Situation, judge

WANT = 25
CUT = 4
REFILLS = 5
LIKE = 5
ADMITTED = {
    "nhs": frozenset({"nhs"}),
    "upn": frozenset({"upn", "former-upn"}),
    "number": frozenset({"ours-before"}),
}
"""Numbers that, typed whole, count as an exact match: NHS, pupil number, and our own former number."""

LookUps = Callable[[Query], Iterator[LookUp]]


@dataclass
class Known:
    """Somebody the indexes offered, with every situation that decides what of them may be shown."""

    person: Person
    file: File | None
    own: Situation | None
    families: list[Family]
    around: dict[int, list[tuple[int, Situation]]]
    candidate: Candidate
    admitted: tuple[str, ...] = ()
    place_open: bool = False
    workers: list[str] = field(default_factory=list)

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

    def _shows(self, family: Family) -> bool:
        group = self.around[family.pk]
        return not group or any(_may(s, Verb.FIND, Content.INDEX) for _, s in group)


@dataclass(frozen=True)
class Found:
    """Somebody who may be shown, and why they answer."""

    known: Known
    match: Match


@dataclass
class Findings:
    """What a search may show: people best first, whether there are more, and hidden files matched exactly."""

    people: list[Found]
    more: bool = False
    exact: list[Known] = field(default_factory=list)


def find_people(actor: Actor, query: Query, *, at: datetime, want: int = WANT) -> Findings:
    """Find whom this searcher may know of. Nothing is counted; one more than wanted says that there are more."""
    sight = sight_of(actor)
    findings = Findings([])
    if query.is_empty:
        return findings
    for look_ups in (whole, wider):
        shown, hidden = _gathered(sight, query, look_ups, at, want)
        findings.exact = findings.exact or [k for k in hidden if _exactly(query, k)]
        by_id = {k.person.pk: k for k in shown}
        ranked = rank(query, [k.candidate for k in shown])
        if ranked:
            findings.people = [Found(by_id[m.id], m) for m in ranked[:want]]
            findings.more = len(ranked) > want
            break
    _name_workers(findings.people, at)
    return findings


def known_like(actor: Actor, new: Particulars, *, at: datetime) -> list[Found]:
    """Give at most five people this actor may know of who may be the one about to be added, with why. Never a gate."""
    query = _query_of(new)
    if query.is_empty:
        return []
    both = (u for look_ups in (whole, wider) for u in look_ups(query))
    shown, _ = _gathered(sight_of(actor), query, lambda _: both, at, WANT)
    by_id = {k.person.pk: k for k in shown}
    found = [Found(by_id[m.id], m) for m in likely_duplicates(new, [k.candidate for k in shown])[:LIKE]]
    _name_workers(found, at)
    return found


def hidden_like(actor: Actor, new: Particulars, *, at: datetime) -> list[Known]:
    """Give the files hidden from this actor of exactly this person (whole name and birth date), for their keepers."""
    query = _query_of(new)
    if not is_exact_form(query):
        return []
    _, hidden = _gathered(sight_of(actor), query, whole, at, WANT)
    return [k for k in hidden if _exactly(query, k)]


def known_by_ref(actor: Actor, refs: Iterable[str], *, at: datetime) -> dict[str, Known]:
    """Give those of these people whom this actor may know of, by address. Unknown and hidden alike are left out."""
    ids = list(Person.objects.filter(ref__in=list(refs)).values_list("pk", flat=True))
    laid = _lay_out(sight_of(actor), ids, Query(), at)
    return {str(k.person.ref): k for k in laid if k.findable}


def is_exact_form(query: Query) -> bool:
    """Say whether a search is of the kind that could match one person exactly: name and birth date, or a number."""
    named = len(query.words) > 1 and query.born is not None and query.born.whole is not None
    return named or query.identifier is not None


def _gathered(
    sight: Sight, query: Query, look_ups: LookUps, at: datetime, want: int
) -> tuple[list[Known], list[Known]]:
    """Take windows of ids until enough may be shown. Gives those who may be shown, and those who may not.

    What is ranked is always the first `CUT * want` who may be shown, in the order the indexes offer them: somebody
    hidden among them moves nobody else out.
    """
    offered = _offered(look_ups(query))
    shown: dict[int, Known] = {}
    hidden: dict[int, Known] = {}
    for _ in range(REFILLS):
        window = list(islice(offered, CUT * want))
        laid = {k.person.pk: k for k in _lay_out(sight, dict(window), query, at)}
        for pk, by_place in window:
            known = laid[pk]
            if not known.findable:
                hidden[pk] = known
            elif known.place_open or not by_place:
                shown.setdefault(pk, known)
        if not window or len(shown) >= CUT * want:
            break
    return list(shown.values())[: CUT * want], list(hidden.values())


def _offered(look_ups: Iterator[LookUp]) -> Iterator[tuple[int, bool]]:
    seen: set[tuple[int, bool]] = set()
    for look_up in look_ups:
        for pk in look_up.ids():
            if (pk, look_up.by_place) not in seen and (pk, False) not in seen:
                seen.add((pk, look_up.by_place))
                yield pk, look_up.by_place


def _lay_out(sight: Sight, ids: Iterable[int], query: Query, at: datetime) -> list[Known]:
    """Load a window of people and every situation around them: a fixed number of queries, whatever their number."""
    names = Prefetch("names", Name.objects.order_by("pk"))
    rows = Person.objects.filter(pk__in=list(ids)).select_related("file").prefetch_related(names).order_by("pk")
    people = list(rows)
    families = _families(people, at)
    beside = _children_of({f.pk for group in families.values() for f in group}, at)
    own = {p.pk: p.file for p in people if hasattr(p, "file")}
    wanted = [f.pk for f in own.values()] + [pk for group in beside.values() for pk in group]
    judged = sight.situations(wanted, Verb.FIND, Content.INDEX)
    laid = [_known(p, own.get(p.pk), families[p.pk], beside, judged) for p in people]
    _add_numbers(laid, query)
    _add_places(laid, query, at)
    return laid


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


def _families(people: Sequence[Person], at: datetime) -> dict[int, list[Family]]:
    """Give the families each is in now; for somebody in none now, those they were in."""
    rows = Membership.objects.filter(person__in=people).select_related("family").order_by("family__name", "pk")
    now: dict[int, list[Family]] = defaultdict(list)
    before: dict[int, list[Family]] = defaultdict(list)
    for m in rows:
        group = now if m.since <= at < m.until else before
        if m.family not in group[m.person_id]:
            group[m.person_id].append(m.family)
    return {p.pk: now[p.pk] or before[p.pk] for p in people}


def _children_of(families: Iterable[int], at: datetime) -> dict[int, list[int]]:
    rows = Membership.objects.filter(
        family__in=list(families), is_child=True, person__file__isnull=False, since__lte=at, until__gt=at
    ).values_list("family_id", "person__file__id")
    found: dict[int, list[int]] = defaultdict(list)
    for family, file in rows:
        found[family].append(file)
    return found


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
    """Add where somebody is and their telephone, only where this searcher may know it and only when asked for."""
    if not (query.phone or query.postcode):
        return
    ids = [k.person.pk for k in laid if k.findable]
    now = {"person__in": ids, "since__lte": at, "until__gt": at}
    phones, postcodes = defaultdict(list), defaultdict(list)
    for detail in ContactDetail.objects.filter(**now, kind="phone"):
        phones[detail.person_id].append((detail.folded, detail.protected))
    for place in Location.objects.filter(**now).exclude(postcode=""):
        postcodes[place.person_id].append((place.postcode, place.protected))
    for known in laid:
        pk = known.person.pk
        told = [tuple(v for v, protected in rows[pk] if _place(known, protected)) for rows in (phones, postcodes)]
        known.place_open = any(told)
        known.candidate = replace(known.candidate, phones=told[0], postcodes=told[1])


def _place(known: Known, protected: bool) -> bool:  # noqa: FBT001 - one fact of one place
    """Say whether a place of theirs may be used. A protected one is for workers named on the file alone."""
    group = [known.own] if known.own else [s for rows in known.around.values() for _, s in rows]
    opened = [s for s in group if _may(s, Verb.READ, Content.LOCATION)]
    hides = any(not _may(s, Verb.FIND, Content.INDEX) for s in group)
    return not hides and any(not protected or Tie.NAMED in s.counts for s in opened)


def _exactly(query: Query, known: Known) -> bool:
    """Whether this hidden file is matched so exactly that its keeper must know, and a stub may show."""
    return known.own is not None and is_exact(query, replace(known.candidate, identifiers=known.admitted))


def _name_workers(people: Sequence[Found], at: datetime) -> None:
    files = {pk for found in people for pk in found.known.workers_files}
    by_file: dict[int, list[str]] = defaultdict(list)
    for tie in who_works_with(list(File.objects.filter(pk__in=files)), at=at):
        if tie.staff and tie.staff.name not in by_file[tie.file_id]:
            by_file[tie.file_id].append(tie.staff.name)
    for found in people:
        names = [n for pk in found.known.workers_files for n in by_file[pk]]
        found.known.workers = list(dict.fromkeys(names))


def _query_of(new: Particulars) -> Query:
    query = query_keys(" ".join(new.names))
    born = new.born
    if born is None:
        return query
    return replace(
        query,
        born=BirthDate(
            born.year,
            None if new.born_precision in {"year", "estimated"} else born.month,
            born.day if new.born_precision in {"exact", "expected"} else None,
        ),
    )


def _may(situation: Situation, verb: Verb, content: Content) -> bool:
    return judge(replace(situation, verb=verb, content=content))[0]


def _reads(situation: Situation) -> bool:
    return _may(situation, Verb.READ, Content.CORE)
