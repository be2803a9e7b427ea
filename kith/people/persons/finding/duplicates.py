"""Is the person about to be added already on record? Asked beside the form, never as a gate."""

from collections.abc import Iterable
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
    compare_born,
    in_order,
    number,
    said_of,
    words_held,
)
from kith.people.persons.finding.numbers import plain_number
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
    if set(map(plain_number, new.identifiers)) & set(map(plain_number, held.identifiers)):
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
    phones = {number(each) for each in new.phones} & {number(each) for each in held.phones}
    postcodes = set(map(plain_number, new.postcodes)) & set(map(plain_number, held.postcodes))
    return ("same telephone number",) * bool(phones) + ("same postcode",) * bool(postcodes)


def _best_pairing(new: Particulars, held: Candidate) -> Pairing | None:
    pairings = (_pair(one, other) for one in new.names for other in held.names)
    return max((each for each in pairings if each), key=lambda each: each.agrees, default=None)


def _pair(one: str, other: str) -> Pairing | None:
    ours, theirs = _named(one), _named(other)
    if not ours or not theirs:
        return None
    pairs = _pairs(ours, theirs)
    left = len(ours) + len(theirs) - 2 * len(pairs)
    agrees = sum(pairs.values()) / min(len(ours), len(theirs)) - _EXTRA_WORD * left
    if all(word(text).is_common for text, _ in pairs) and left:
        agrees *= _ONLY_COMMON
    return Pairing(
        agrees=max(0.0, agrees),
        why=_reasons(one, other, pairs),
        same_family_name=any(text == ours[-1] or held == theirs[-1] for text, held in pairs),
        given_names_differ=_given_differ(ours, theirs, pairs),
    )


def _named(name: str) -> list[str]:
    """The words of a name without what stands where a baby has none yet."""
    return [text for text in dict.fromkeys(name_words(name)) if text not in equivalents().unnamed]


def _pairs(ours: list[str], theirs: list[str]) -> dict[tuple[str, str], float]:
    """Each of our words beside the word of theirs it is most like, the surest first, none used twice."""
    found = {
        (text, held): likeness.strength
        for text in ours
        for held in theirs
        if (likeness := alike(text, held, in_part=False))
    }
    kept: dict[tuple[str, str], float] = {}
    for (text, held), strength in sorted(found.items(), key=lambda each: (-each[1], each[0])):
        if all(text != one and held != other for one, other in kept):
            kept[text, held] = strength
    return kept


def _given_differ(ours: list[str], theirs: list[str], pairs: dict[tuple[str, str], float]) -> bool:
    """Has each a word the other lacks, and is no given name that tells people apart the same?"""
    if len(pairs) in {len(ours), len(theirs)}:
        return False
    told_apart = [text for text, held in pairs if text != ours[-1] and held != theirs[-1] and not word(text).is_common]
    return not told_apart


def _reasons(one: str, other: str, pairs: dict[tuple[str, str], float]) -> tuple[str, ...]:
    ours, theirs = dict(words_held(one)), dict(words_held(other))
    said = (
        said_of(likeness, ours[text], theirs[held])
        for text, held in pairs
        if (likeness := alike(text, held, in_part=False)) and likeness.says
    )
    same = [theirs[held] for text, held in pairs if text == held]
    if len(same) == len(ours) == len(theirs):
        return ("same name",)
    return (*(f"{shown} is in both names" for shown in same), *said)
