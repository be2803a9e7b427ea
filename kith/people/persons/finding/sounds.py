"""How a folded word sounds, in two codes. A shared code is a hint, never a proof."""

import re
from functools import lru_cache

import jellyfish

_SHORTEST = 2
_LONGEST_WORD = 40
_ROMAN = re.compile(r"[a-z]+")

# Spellings that part company when names cross from Arabic, Urdu, Bengali, Punjabi or Slavic scripts.
_AGREED = (
    (re.compile(r"ck|q|x|c(?=[aoulr]|$)"), "k"),
    (re.compile(r"sch|shch|sz|sh"), "s"),
    (re.compile(r"tch|tsch|cz|ch"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"([bdgjkt])h"), r"\1"),
    (re.compile(r"dj|zh"), "j"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=[aeou])w"), ""),
    (re.compile(r"v"), "w"),
    (re.compile(r"(?<=.)[aeiouyh]"), ""),
    (re.compile(r"^[aeiou]"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65_536)
def sounds(word: str) -> frozenset[str]:
    """Both codes of one folded word: metaphone in capitals, and the bones of its consonants in small letters.

    Empty for a word in another script, and for one so short that its code would call half the town.
    """
    if not _ROMAN.fullmatch(word):
        return frozenset()
    word = word[:_LONGEST_WORD]
    return frozenset(code for code in (jellyfish.metaphone(word), bones(word)) if len(code) >= _SHORTEST)


def bones(word: str) -> str:
    """The consonants that survive transliteration: Chowdhury, Choudhry and Chaudhary are all "cdr"."""
    for spelling, agreed in _AGREED:
        word = spelling.sub(agreed, word)
    return word
