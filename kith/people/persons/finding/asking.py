"""What a worker types at the front door, read into names, a birth date and numbers."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from kith.people.persons.finding import numbers
from kith.people.persons.finding.birthdates import BirthDate, read_birth_date
from kith.people.persons.finding.folding import name_words
from kith.people.persons.finding.numbers import Identifier
from kith.people.persons.finding.words import Key, joined, word

_LONGEST = 200
_MOST_WORDS = 8
_SHORTEST_PART = 2
_LEAST_DIGITS = 5
_NOT_NAMES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "dob", "born", "nhs", "upn", "tel", "phone", "postcode"))
_DIGITS = re.compile(r"(?<!\w)[\w/-]*\d[\w/-]*(?!\w)")


@dataclass(frozen=True)
class Query:
    """A search as we understood it.

    `words` are folded and at least two letters long; `typed` is each word as it was written.
    `postcode` is a whole postcode or the start of one, in capitals without a space. `phone` is in its
    international form. `unread` holds plain sentences about what could not be used, to show beside the answers.
    """

    words: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    born: BirthDate | None = None
    phone: str | None = None
    postcode: str | None = None
    identifier: Identifier | None = None
    unread: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Was there nothing in it to look for?"""
        return not (self.words or self.born or self.phone or self.postcode or self.identifier)

    @cached_property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """For each word, itself and the pairs it may be half of: "abdul" is also abdulrahman before "rahman"."""
        pairs = sorted(joined(self.words))
        return tuple((text, *(pair for pair in pairs if _halves(pair, text))) for text in self.words)

    def alternatives(self) -> tuple[frozenset[Key], ...]:
        """For each word the keys that answer it. A person who has one key from every set answers the names.

        A part of a word is found besides by `name` keys that start with it.
        """
        return tuple(frozenset().union(*(word(way).keys for way in ways)) for ways in self.ways)


def query_keys(q: str) -> Query:
    """Read what was typed. Names may stand in any order, with a birth date, a telephone number, a postcode
    or its start, and an identifier among them. Never fails: what cannot be read is named in `unread`.
    """
    rest, query = _tidy(q), Query()
    for part in (_take_birth_date, _take_upn, _take_nhs_number, _take_phone, _take_postcode, _take_numbers):
        rest, query = part(rest, query)
    return _take_words(rest, query)


def _tidy(q: str) -> str:
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", q[:_LONGEST]))[:_LONGEST]
    plain = (str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
    return " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in plain).split())


def _take_birth_date(rest: str, query: Query) -> tuple[str, Query]:
    found = read_birth_date(rest)
    if not found:
        return rest, query
    said = rest[found.start : found.end]
    if found.born is None:
        return _without(rest, said), _unread(query, f"{said} is not a day in the calendar.")
    left = rest if said.isdecimal() and found.is_bare_number else _without(rest, said)
    return left, replace(query, born=found.born)


def _take_upn(rest: str, query: Query) -> tuple[str, Query]:
    for found in numbers.upns(rest):
        left, value = _without(rest, found.group()), found.group().upper()
        if numbers.is_upn(value):
            return left, replace(query, identifier=Identifier("upn", value))
        return left, _unread(query, f"{value} is not a pupil number: one of its letters or figures is wrong.")
    return rest, query


def _take_nhs_number(rest: str, query: Query) -> tuple[str, Query]:
    for found in numbers.nhs_numbers(rest):
        value = numbers.plain_number(found.group())
        if numbers.is_nhs_number(value):
            return _without(rest, found.group()), replace(query, identifier=Identifier("nhs", value))
        if value[0] not in "017":
            left = _without(rest, found.group())
            query = replace(query, identifier=query.identifier or Identifier("number", value))
            return left, _unread(query, f"{found.group()} is not a whole NHS number: one of its figures is wrong.")
    return rest, query


def _take_phone(rest: str, query: Query) -> tuple[str, Query]:
    for found in numbers.phones(rest):
        if number := numbers.e164(found.group()):
            return _without(rest, found.group()), replace(query, phone=number)
    return rest, query


def _take_postcode(rest: str, query: Query) -> tuple[str, Query]:
    for found in numbers.postcodes(rest):
        return _without(rest, found.group()), replace(query, postcode=numbers.plain_number(found.group()))
    return rest, query


def _take_numbers(rest: str, query: Query) -> tuple[str, Query]:
    for found in _DIGITS.findall(rest):
        rest = _without(rest, found)
        if sum(each.isdecimal() for each in found) < _LEAST_DIGITS or query.identifier:
            query = _unread(query, f"We could not use “{found}”.")
        else:
            query = replace(query, identifier=Identifier("number", numbers.plain_number(found)))
    return rest, query


def _take_words(rest: str, query: Query) -> Query:
    pairs = [(text, typed) for typed in _pieces(rest) for text in name_words(typed) if text not in _NOT_NAMES]
    long = [pair for pair in pairs if len(pair[0]) >= _SHORTEST_PART or not pair[0].isascii()]
    long = list(dict(reversed(long)).items())[::-1][:_MOST_WORDS]
    return replace(
        query,
        words=tuple(text for text, _ in long),
        typed=tuple(text if len(name_words(typed)) > 1 else typed for text, typed in long),
        initials=tuple(text for text, _ in pairs if len(text) < _SHORTEST_PART and text.isascii()),
    )


def _halves(pair: str, text: str) -> bool:
    return pair.startswith(text) or pair.endswith(text)


def _pieces(rest: str) -> list[str]:
    closed = re.sub(r"\b([OoDd]) (?=\w{3})", r"\1’", rest)
    return [piece for piece in re.split(r"[\s,;]+", closed) if piece]


def _without(rest: str, taken: str) -> str:
    return " ".join(rest.replace(taken, " ", 1).split())


def _unread(query: Query, sentence: str) -> Query:
    return replace(query, unread=(*query.unread, sentence))
