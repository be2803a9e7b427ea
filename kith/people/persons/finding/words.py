"""One folded word and every key it may be found by."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Literal, NamedTuple

from kith.people.persons.finding.equivalents import equivalents, same_as
from kith.people.persons.finding.folding import readings
from kith.people.persons.finding.sounds import sounds

LONGEST_KEY = 64
_MOST_JOINED = 8

Kind = Literal["name", "sound", "nick", "same"]


class Key(NamedTuple):
    """One way to find a person. At most 64 characters, so that an index can hold it."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one folded word: its groups, the names it is short for, its sounds and its keys."""

    text: str
    same: frozenset[str]
    forms: frozenset[str]
    full: frozenset[str]
    sounds: frozenset[str]
    is_common: bool
    keys: frozenset[Key]


@lru_cache(maxsize=65_536)
def word(text: str) -> Word:
    """Look a folded word up once."""
    held, same = equivalents(), frozenset(same_as(text))
    forms = held.forms.get(text, frozenset())
    full, heard = held.full.get(text, frozenset()), sounds(text)
    keys = {
        _key("name", text),
        *(_key("sound", code) for code in heard),
        *(_key("nick", name) for name in _nick(text, full)),
        *(_key("same", group) for group in same),
        *(_key("same", "~" + group) for group in forms),
    }
    return Word(text, same, forms, full, heard, text in held.common, frozenset(keys))


def keys_for(names: Iterable[str]) -> set[Key]:
    """Every key a person with these names is found by.

    The order of the words in a name makes no difference, nor does it matter whether O'Brien, Al-Hassan or
    Abdul Rahman are written as one word or two.
    """
    found: set[Key] = set()
    for name in names:
        for text in _words_of(name):
            found |= word(text[:LONGEST_KEY]).keys
    return found


def joined(words: Collection[str]) -> set[str]:
    """Pairs that may be one name: a particle before each other word, or two that together are a listed name."""
    if not 1 < len(words) <= _MOST_JOINED:
        return set()
    held = equivalents()
    return {
        first + second
        for first, second in permutations(words, 2)
        if first in held.particles or held.knows(first + second)
    }


def _words_of(name: str) -> frozenset[str]:
    said = [frozenset(reading) for reading in readings(name)]
    return frozenset().union(*said) | joined(said[0])


def _nick(text: str, full: frozenset[str]) -> frozenset[str]:
    return full | {text} if text in equivalents().full_names else full


def _key(kind: Kind, key: str) -> Key:
    return Key(kind, key[:LONGEST_KEY])
