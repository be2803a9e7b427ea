"""Which people the indexes offer for a search, surest first. Nobody has been judged yet: `finding` does that.

The only place that knows how a store looks up the start or the middle of a name. What holds on both stores is
written here; what only one of them has lies beneath `starting` and `containing`, and is made by
`persons.indexes`: letters in threes (trigrams), in an index on PostgreSQL and in a table of their own on SQLite.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.indexes import PARTS
from kith.people.persons.keys import BirthDate, Query
from kith.people.persons.keys import Key as SearchKey
from kith.people.persons.models import Identifier, Key, Name, Person

MOST = 500
"""Ids taken from one look-up: more than the windows of one search."""

_SHORTEST_MIDDLE = 3
_AFTER_EVERYTHING = "\U0010ffff"
_INWARD = 3


@dataclass(frozen=True)
class LookUp:
    """People one index offers. `by_place` ones count only where the searcher may know where somebody is."""

    people: QuerySet[Person]
    by_place: bool = False

    def ids(self) -> list[int]:
        """The first of them, in a fixed order."""
        return list(self.people.order_by("pk").values_list("pk", flat=True)[:MOST])


def starting(field: str, text: str) -> Q:
    """What begins with these letters. SQLite answers a range from its index, PostgreSQL the start of a text."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + _AFTER_EVERYTHING})
    return Q(**{f"{field}__startswith": text})


def containing(text: str) -> QuerySet[Name, Any]:
    """Names with these letters anywhere in them. Three at least: shorter ones are in too many names to help.

    SQLite asks its table of letters in threes first; the names it offers are then read to the letter, as on
    PostgreSQL, so that both stores give the same.
    """
    if len(text) < _SHORTEST_MIDDLE:
        return Name.objects.none().values("person")
    names = Name.objects.filter(folded__contains=text)
    if connection.vendor == "sqlite":
        phrase = '"' + text.replace('"', '""') + '"'
        names = names.filter(pk__in=RawSQL(f"SELECT rowid FROM {PARTS} WHERE {PARTS} MATCH %s", [phrase]))  # noqa: S608, S611 - our own table's name
    return names.values("person")


def whole(query: Query) -> Iterator[LookUp]:
    """Look-ups that answer all that was asked. A number or a telephone answers alone: OR, never AND."""
    if query.identifier:
        yield _people(Q(pk__in=_with_identifier(query.identifier.value)))
    if query.phone:
        yield _people(Q(pk__in=_reached_by(query.phone)), by_place=True)
    words = _words(query, middle=False)
    if words:
        yield from _narrowed(query, words)
        yield _people(*(_written(text) for text in query.words))
        yield _people(*words)
        yield _people(*_words(query, middle=True))
    else:
        yield from _narrowed(query, [])


def wider(query: Query) -> Iterator[LookUp]:
    """Look-ups that answer part of it, for when nobody answers the whole: fewer words, then a date or place alone."""
    words = _words(query, middle=True)
    if query.words:
        yield from _narrowed(query, [])
    for fewer in sorted({len(words) - 1, 1} & set(range(1, len(words))), reverse=True):
        for some in combinations(words, fewer):
            yield _people(*some)


def _narrowed(query: Query, words: Sequence[Q]) -> Iterator[LookUp]:
    if query.born:
        yield _people(*words, _born(query.born))
    if query.postcode:
        yield _people(*words, Q(pk__in=_living_at(query.postcode)), by_place=True)


def _people(*conditions: Q, by_place: bool = False) -> LookUp:
    return LookUp(Person.objects.filter(reduce(and_, conditions)), by_place)


def _words(query: Query, *, middle: bool) -> list[Q]:
    pairs = zip(query.words, query.alternatives(), strict=True)
    return [_answering(text, keys, middle=middle) for text, keys in pairs]


def _written(text: str) -> Q:
    """Those with this very word in a name: before those it may only sound like, however many they are."""
    return Q(pk__in=Key.objects.filter(kind="name", key=text).values("person"))


def _answering(text: str, keys: frozenset[SearchKey], *, middle: bool) -> Q:
    kinds = sorted({key.kind for key in keys})
    ways = [Q(kind=kind, key__in=sorted(k.key for k in keys if k.kind == kind)) for kind in kinds]
    ways.append(Q(kind="name") & starting("key", text))
    found = Key.objects.filter(reduce(or_, ways)).values("person")
    return Q(pk__in=found.union(containing(text)) if middle and len(text) >= _SHORTEST_MIDDLE else found)


def _born(born: BirthDate) -> Q:
    """Those born then, and those of whom only that month or that year is known."""
    first, last = born.span()
    month, year = first.replace(day=1), first.replace(month=1, day=1)
    return (
        Q(born_on__range=(first, last))
        | Q(born_on=month, born_precision="month")
        | Q(born_on=year, born_precision__in=["year", "estimated"])
    )


def _with_identifier(value: str) -> QuerySet[Identifier, Any]:
    spaced = f"{value[:3]} {value[3:6]} {value[6:]}"
    return Identifier.objects.filter(value__in=[value, spaced]).values("person")


def _reached_by(phone: str) -> QuerySet[ContactDetail, Any]:
    return ContactDetail.objects.filter(folded=phone, protected=False).values("person")


def _living_at(postcode: str) -> QuerySet[Location, Any]:
    """Places in a postcode, whole or its start, stored with its space or without."""
    spaced = [f"{postcode[:-n]} {postcode[-n:]}" for n in range(1, _INWARD + 1) if len(postcode) > n]
    starts = reduce(or_, (starting("postcode", p) for p in [postcode, *spaced]))
    return Location.objects.filter(starts, protected=False).values("person")
