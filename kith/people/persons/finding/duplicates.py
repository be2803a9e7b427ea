"""Is the person about to be added already on record? Asked beside the form, never as a gate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kith.people.persons.finding.birthdates import BirthDate, Precision
from kith.people.persons.finding.equivalents import equivalents
from kith.people.persons.finding.folding import name_words
from kith.people.persons.finding.likeness import alike
from kith.people.persons.finding.matching import (
    Candidate,
    Evidence,
    Match,
    Particulars,
    capital,
    compare_born,
    identifiers,
    in_order,
    phones,
    postcodes,
    said_of,
    words_held,
)
from kith.people.persons.finding.words import word

LIKELY = 60
"""From this score a match is worth stopping for."""

_WORTH_SHOWING = 50
_TWIN = 45
_TWINS = "same family name and birth date but a different given name: perhaps twins"
_NAMES, _BORN, _SHARED = 55.0, 35.0, 5.0
_NOT_KNOWN = 0.5
_EXTRA_WORD = 0.01
_ONLY_COMMON = 0.5
# Twins are often given names a little alike (Lily and Elsie, Millie and Molly), so a likeness weaker than one
# name in two spellings, a nickname or a slip of the pen is not enough here.
_ALIKE = 0.84


@dataclass(frozen=True)
class Pairing:
    """The words of two names set against each other."""

    agrees: float
    why: tuple[str, ...]
    same_family_name: bool
    given_names_differ: bool


def likely_duplicates(new: Particulars, candidates: Iterable[Candidate]) -> list[Match]:
    """People on record who may be the new person, best first, each with why and why not.

    A score of `LIKELY` or more is worth stopping for. Two people with one family name and one birth date but
    different given names are perhaps twins: they are listed, below that score, with the reason.
    """
    found = (_compare(new, candidate) for candidate in candidates)
    return in_order(match for match in found if match and (match.score >= _WORTH_SHOWING or match.why_not == (_TWINS,)))


def _compare(new: Particulars, held: Candidate) -> Match | None:
    if identifiers(new) & identifiers(held):
        return Match(held.id, 100, ("same identifier",))
    pairing = _best_pairing(new, held)
    if not pairing or not pairing.why:
        return None
    born = _born(new, held)
    match = _scored(held.id, pairing, born, _shared(new, held))
    if pairing.given_names_differ and pairing.same_family_name:
        return replace(match, score=min(match.score, _TWIN), why_not=(_TWINS,)) if born.agrees == 1 else None
    return match


def _scored(person: int, pairing: Pairing, born: Evidence, shared: tuple[str, ...]) -> Match:
    score = _NAMES * pairing.agrees + _BORN * born.agrees + _SHARED * len(shared)
    return Match(person, min(99, round(score)), (*pairing.why, *born.why, *shared), born.why_not)


def _born(new: Particulars, held: Candidate) -> Evidence:
    if new.born is None or held.born is None:
        return Evidence(_BORN, _NOT_KNOWN)
    if new.born_precision in {"estimated", "expected"}:
        return compare_born(_as_asked(held.born, held.born_precision), new)
    return compare_born(_as_asked(new.born, new.born_precision), held)


def _as_asked(born: date, precision: Precision) -> BirthDate:
    if precision in {"year", "estimated"}:
        return BirthDate(born.year)
    return BirthDate(born.year, born.month, None if precision == "month" else born.day)


def _shared(new: Particulars, held: Candidate) -> tuple[str, ...]:
    phone = phones(new) & phones(held)
    postcode = postcodes(new) & postcodes(held)
    return ("same telephone number",) * bool(phone) + ("same postcode",) * bool(postcode)


def _best_pairing(new: Particulars, held: Candidate) -> Pairing | None:
    ours, theirs = ([cut for name in each.names for cut in _cuts(name)] for each in (new, held))
    return max((_pair(one, other) for one in ours for other in theirs), key=lambda each: each.agrees, default=None)


@dataclass(frozen=True)
class Named:
    """A name cut into words, without what stands where a baby has none yet, and which are the family name."""

    name: str
    words: list[str]
    family: list[str]


def _cuts(name: str) -> Iterator[Named]:
    """A name as written, and with its listed pairs closed up: Abdul Rahman Khan is also abdulrahman khan."""
    unnamed = equivalents().unnamed
    words = [text for text in dict.fromkeys(name_words(name)) if text not in unnamed]
    family = name_words("".join(name.split()[-1:]))
    if words:
        yield Named(name, words, [*family, words[-1]])
    closed = _closed_up(words)
    if closed != words:
        yield Named(name, closed, [*family, closed[-1]])


def _closed_up(words: list[str]) -> list[str]:
    closed: list[str] = []
    for text in words:
        if closed and equivalents().knows(closed[-1] + text):
            closed[-1] += text
        else:
            closed.append(text)
    return closed


def _pair(ours: Named, theirs: Named) -> Pairing:
    pairs = _pairs(ours.words, theirs.words)
    left = len(ours.words) + len(theirs.words) - 2 * len(pairs)
    agrees = sum(pairs.values()) / min(len(ours.words), len(theirs.words)) - _EXTRA_WORD * left
    if left and all(word(text).is_common for text, _ in pairs):
        agrees *= _ONLY_COMMON
    back = {(held, text) for text, held in pairs}
    return Pairing(
        agrees=max(0.0, agrees),
        why=_reasons(ours, theirs, pairs),
        same_family_name=any(text in ours.family or held in theirs.family for text, held in pairs),
        given_names_differ=_stands_alone(ours, theirs, set(pairs)) and _stands_alone(theirs, ours, back),
    )


def _stands_alone(ours: Named, theirs: Named, pairs: set[tuple[str, str]]) -> bool:
    """Is the first given name that tells this person apart one that the other person lacks?"""
    paired = {text for text, _ in pairs}
    family = {text for text, held in pairs if held in theirs.family} or {*ours.family}
    given = [text for text in ours.words if text not in family]
    telling = [text for text in given if not word(text).is_common] or [text for text in given if text not in paired]
    return bool(telling) and telling[0] not in paired


def _pairs(ours: list[str], theirs: list[str]) -> dict[tuple[str, str], float]:
    """Each of our words beside the word of theirs it is most like, the surest first, none used twice."""
    found = {
        (text, held): likeness.strength
        for text in ours
        for held in theirs
        if (likeness := alike(text, held, in_part=False)) and likeness.strength >= _ALIKE
    }
    kept: dict[tuple[str, str], float] = {}
    for (text, held), strength in sorted(found.items(), key=lambda each: (-each[1], each[0])):
        if all(text != one and held != other for one, other in kept):
            kept[text, held] = strength
    return kept


def _reasons(ours: Named, theirs: Named, pairs: dict[tuple[str, str], float]) -> tuple[str, ...]:
    if set(ours.words) == set(theirs.words):
        return ("same name",)
    one, other = dict(words_held(ours.name)), dict(words_held(theirs.name))
    return tuple(
        said_of(likeness, one.get(text, text), other.get(held, held))
        if likeness.says
        else f"{capital(other.get(held, held))} is in both names"
        for text, held in pairs
        if (likeness := alike(text, held, in_part=False))
    )
