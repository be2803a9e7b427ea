"""Words that stand in for a story, and what to say instead. Domain 1.9.

The terms are data (`content/jargon.toml`) and a team may add its own. They are shown to the writer, never
replaced for them. Whole words match, in any case; nothing fires inside quotation marks or in the title of a
law or a post.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from kith.framework import quotations
from kith.framework.shipped import read

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
GAP = re.compile(r"['’]?[\s‐‑‒–—-]{1,4}|\.|")
LAW = re.compile(
    r"(?:\b[A-Z][\w’'-]{0,40},?\s(?:\(England\)\s|(?:of|and|the|in|for|to)\s){0,3}){1,9}"
    r"(?:Act|Regulations|Rules|Order|Code)\b(?:\s(?:\(England\)\s)?\d{4})?"
)
ENOUGH_CAPITALS = 2


class Kind(StrEnum):
    """What is the matter with a term."""

    JARGON = "jargon"
    BLAME = "blame"
    COLD = "cold"
    LEGAL = "legal"
    HEALTH = "health"
    INITIALS = "initials"
    LABEL = "label"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class JargonTerm:
    """A term, the other forms of it, and what to say instead.

    `unless` are phrases in which the word is ordinary; `capitals` asks for at least two capital letters,
    where the small word is an ordinary one; `row` is its row in domain 1.9, 0 for a team's own.
    """

    term: str
    kind: Kind
    instead: str
    note: str = ""
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    capitals: bool = False
    row: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a term stands. `start` and `end` count characters from 0, as Python slices do."""

    term: str
    kind: Kind
    instead: str
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    capitals: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of a term or of a phrase that shields one (then `term` is None)."""

    words: tuple[str, ...]
    term: JargonTerm | None


_Phrases = dict[str, list[_Phrase]]


@cache
def terms() -> tuple[JargonTerm, ...]:
    """Every term that Kith ships with, in the order of domain 1.9."""
    return tuple(term_from(row) for row in read("jargon")["term"])


def hits(text: str, extra_terms: Sequence[JargonTerm] = ()) -> tuple[Hit, ...]:
    """Where the text uses a term, in order and apart; of two that begin together the longer counts.

    Takes time in proportion to the length of the text.
    """
    laws = (law.span() for law in LAW.finditer(text))
    is_shielded = quotations.within(quotations.merged([*quotations.spans(text), *laws]))
    return tuple(hit for hit in _found(text, _phrases(tuple(extra_terms))) if not is_shielded(hit.start))


def term_from(row: Mapping[str, Any]) -> JargonTerm:
    """A term as its data file writes it. Raises KeyError, TypeError or ValueError when it is not whole."""
    lists = {key: tuple(row.get(key, ())) for key in ("also", "unless")}
    return JargonTerm(**{**row, **lists, "kind": Kind(row["kind"])})


@lru_cache(maxsize=64)
def _phrases(extra_terms: tuple[JargonTerm, ...]) -> _Phrases:
    """Every phrase under its first word, the longest first."""
    phrases: _Phrases = {}
    shields: list[str] = list(read("jargon")["titles"])
    for term in (*extra_terms, *terms()):
        shields += term.unless
        for form in (term.term, *term.also):
            _add(phrases, form, term)
    for shield in shields:
        _add(phrases, shield, None)
    for same_start in phrases.values():
        same_start.sort(key=lambda phrase: (-len(phrase.words), phrase.term is not None))
    return phrases


def _add(phrases: _Phrases, form: str, term: JargonTerm | None) -> None:
    words = tuple(token.word for token in _tokens(form))
    if words:
        phrases.setdefault(words[0], []).append(_Phrase(words, term))


def _tokens(text: str) -> list[_Token]:
    return [_token(match) for match in TOKEN.finditer(text)]


def _token(match: re.Match[str]) -> _Token:
    """A word in small letters, without the 's that says whose."""
    written = match.group()
    bare = written[:-2] if written.endswith(("'s", "’s", "'S", "’S")) else written
    capitals = sum(1 for letter in bare if letter.isupper())
    return _Token(bare.lower().replace("’", "'"), match.start(), match.start() + len(bare), capitals)


def _found(text: str, phrases: _Phrases) -> Iterator[Hit]:
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        phrase = _phrase_at(text, tokens, at, phrases)
        if phrase is None:
            at += 1
            continue
        end = at + len(phrase.words)
        if term := phrase.term:
            yield Hit(term.term, term.kind, term.instead, tokens[at].start, tokens[end - 1].end, term.note)
        at = end


def _phrase_at(text: str, tokens: Sequence[_Token], at: int, phrases: _Phrases) -> _Phrase | None:
    for phrase in phrases.get(tokens[at].word, ()):
        said = tokens[at : at + len(phrase.words)]
        if tuple(token.word for token in said) == phrase.words and _is_one_phrase(text, said, phrase.term):
            return phrase
    return None


def _is_one_phrase(text: str, said: Sequence[_Token], term: JargonTerm | None) -> bool:
    if term and term.capitals and sum(token.capitals for token in said) < ENOUGH_CAPITALS:
        return False
    return all(GAP.fullmatch(text, before.end, after.start) for before, after in pairwise(said))
