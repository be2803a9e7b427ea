"""Finding people: shape 3 of sight. Cut by index, judge what came, drop, refill; then put in order.

Who is shown (PV-6, trust B 22):
- somebody with a file, when the rule lets this searcher find it;
- somebody without one, unless every family they are in has all its children's files hidden from this searcher;
- a telephone number or a postcode finds whom this searcher may know of, where the file is open and nobody has said
  who may know that number or place: what is protected finds nobody, for anyone;
- somebody written down twice is shown once, under the record that reads follow.
Whether the search falls back to fewer words is decided after judging, so that a hidden person is as an absent one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from kith.access.actor import Actor
from kith.people.involvement.queries import names_of_workers
from kith.people.persons.keys import (
    BirthDate,
    Match,
    Particulars,
    Query,
    is_exact,
    likely_duplicates,
    query_keys,
    rank,
)
from kith.people.persons.models import Person
from kith.people.sight.known import Known, lay_out
from kith.people.sight.lookups import LookUp, whole, wider
from kith.people.sight.queries import Sight, sight_of

WANT = 25
CUT, SPARE = 2, 10
"""A window is twice what is wanted, and ten to spare for those who may not be shown."""
REFILLS = 8
LIKE = 5

LookUps = Callable[[Query], Iterator[LookUp]]


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
        ranked = _best(shown, rank(query, [c for k in shown for c in k.candidates]))
        if ranked:
            findings.people = ranked[:want]
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
    found = _best(shown, likely_duplicates(new, [c for k in shown for c in k.candidates]))[:LIKE]
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
    laid = lay_out(sight_of(actor), ids, Query(), at)
    return {str(laid[pk].person.ref): laid[pk] for pk in ids if laid[pk].findable}


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
        window = list(islice(offered, CUT * want + SPARE))
        if not window:
            break
        laid = lay_out(sight, dict(window), query, at)
        for pk, by_place in window:
            known = laid[pk]
            if not known.findable:
                hidden[pk] = known
            elif known.place_open or not by_place:
                shown.setdefault(known.shown_as.person.pk, known.shown_as)
        if len(window) < CUT * want + SPARE or len(shown) >= CUT * want:
            break
    return list(shown.values())[: CUT * want], list(hidden.values())


def _offered(look_ups: Iterator[LookUp]) -> Iterator[tuple[int, bool]]:
    seen: set[tuple[int, bool]] = set()
    for look_up in look_ups:
        for pk in look_up.ids():
            if (pk, look_up.by_place) not in seen and (pk, False) not in seen:
                seen.add((pk, look_up.by_place))
                yield pk, look_up.by_place


def _best(shown: Sequence[Known], matches: Iterable[Match]) -> list[Found]:
    """Give each person once, by the best of what is written down about them; `matches` are in order."""
    by_id, best = {k.person.pk: k for k in shown}, dict[int, Match]()
    for match in matches:
        best.setdefault(match.id, match)
    return [Found(by_id[pk], match) for pk, match in best.items()]


def _exactly(query: Query, known: Known) -> bool:
    """Whether this hidden file is matched so exactly that its keeper must know, and a stub may show."""
    return known.own is not None and is_exact(query, replace(known.candidate, identifiers=known.admitted))


def _name_workers(people: Sequence[Found], at: datetime) -> None:
    files = {pk for found in people for pk in found.known.workers_files}
    by_file: dict[int, list[str]] = defaultdict(list)
    for file, name in names_of_workers(files, at=at):
        by_file[file] += [name] if name not in by_file[file] else []
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
