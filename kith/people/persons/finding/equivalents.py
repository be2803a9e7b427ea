"""The curated list of names that are one name, read once from the shelf's content."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from nicknames import NickNamer

from kith.people.persons.finding.folding import fold, name_words
from kith.people.persons.finding.sounds import bones

_SHORTEST_STEM = 3
_LONGEST_ENDING = 12
_SPELT_DIFFERENTLY = "are the same name spelt differently"
_SERVANT_OF = re.compile(r"abd(?:ou|u|e|a|o|i)(?:[lrsnztd])?(?P<rest>[a-z]{3,})")
_SON_OF = re.compile(r"ma?c(?P<rest>[a-z]{3,})")

Ids = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Equivalents:
    """What the list knows, every name folded and closed up.

    `same` and `forms` give the groups a word is in; `full` gives the names a word is short for.
    `endings` gives, for an ending, the ending that stands for its row and what to say of two that share it.
    """

    edition: str
    same: Ids
    forms: Ids
    full: Ids
    full_names: frozenset[str]
    endings: Mapping[str, tuple[str, str]]
    particles: frozenset[str]
    common: frozenset[str]
    unnamed: frozenset[str]

    def knows(self, word: str) -> bool:
        """Is this word, closed up, a name on the list?"""
        return any(word in names for names in (self.same, self.forms, self.full, self.full_names))

    @property
    def group_count(self) -> int:
        return len({name for ids in self.same.values() for name in ids})


@cache
def equivalents() -> Equivalents:
    """The list as shipped. Nicknames are the English ones of the nicknames library and our own."""
    page = tomllib.loads(files("kith.people.persons").joinpath("content/equivalents.toml").read_text("utf-8"))
    tongues = [tongue for tongue in page.values() if isinstance(tongue, dict)]
    same, short = list(_lines(tongues, "same")), list(_lines(tongues, "short"))
    full = _full_names(short)
    groups, common = _grouped(same), frozenset(_closed(name) for name in page["common"])
    return Equivalents(
        edition=page["edition"],
        same=groups,
        forms=_grouped(_widened(_lines(tongues, "forms"), [*same, *short])),
        full=full,
        full_names=frozenset().union(*full.values()),
        endings=_endings(page["endings"]),
        particles=frozenset(page["particles"]),
        common=common | {word for word, ids in groups.items() if ids & common},
        unnamed=frozenset(page["unnamed"]),
    )


@lru_cache(maxsize=65_536)
def same_as(word: str) -> Mapping[str, str]:
    """Each group of one-name-spelt-differently this folded word is in, with what two members may be told."""
    held = equivalents()
    found = dict.fromkeys(held.same.get(word, ()), _SPELT_DIFFERENTLY)
    found |= _by_ending(word, held.endings)
    if servant := _SERVANT_OF.fullmatch(word):
        found["abdul+" + bones(servant["rest"])] = _SPELT_DIFFERENTLY
    if son := _SON_OF.fullmatch(word):
        found["mac+" + son["rest"]] = _SPELT_DIFFERENTLY
    return found


def _by_ending(word: str, endings: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    found = {}
    for cut in range(max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING), len(word)):
        if row := endings.get(word[cut:]):
            found[f"{word[:cut]}+{row[0]}"] = row[1]
    return found


def _closed(name: str) -> str:
    return "".join(name_words(name)) or fold(name)


def _lines(tongues: Iterable[Mapping[str, Any]], kind: str) -> Iterator[list[str]]:
    for tongue in tongues:
        for line in tongue.get(kind, ()):
            yield [_closed(name) for name in line.split(",")]


def _grouped(lines: Iterable[list[str]]) -> Ids:
    groups: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for name in line:
            groups[name].add(line[0])
    return _frozen(groups)


def _full_names(lines: Iterable[list[str]]) -> Ids:
    full: dict[str, set[str]] = defaultdict(set)
    english = NickNamer().canonical_lookup
    for short, names in english.items():
        # Where the library has each as short for the other, only the longer can be the full name.
        kept = {name for name in names if len(name) > len(short) or short not in english.get(name, ())}
        full[_closed(short)] |= set(map(_closed, kept))
    for name, *shorts in lines:
        for short in shorts:
            full[short].add(name)
    return _frozen({short: names - {short} for short, names in full.items()})


def _widened(forms: Iterable[list[str]], others: Iterable[list[str]]) -> Iterator[list[str]]:
    """Each line of forms with the spellings and short names of its own members; the first stays first."""
    led_by: dict[str, list[str]] = defaultdict(list)
    for line in others:
        led_by[line[0]] += line
    for line in forms:
        yield list(dict.fromkeys([*line, *(word for name in line for word in led_by.get(name, ()))]))


def _endings(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    return {end: (row[0], table["says"]) for table in tables for row in table["ends"] for end in row}


def _frozen(groups: Mapping[str, set[str]]) -> Ids:
    return {name: frozenset(ids) for name, ids in groups.items() if ids}
