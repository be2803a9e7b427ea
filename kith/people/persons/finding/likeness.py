"""How alike two words of a name are, and why, in a sentence a worker can weigh."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from kith.people.persons.finding.equivalents import same_as
from kith.people.persons.finding.words import Word, word

_WHOLE, _SAME, _NICKNAME, _FORM, _NEARLY, _TWO_NICKNAMES = 1.0, 0.95, 0.88, 0.85, 0.95, 0.65
_START_AT, _START_GAIN = 0.75, 0.2
_SHORTEST_START, _SHORTEST_INSIDE, _SHORTEST_SLIP = 2, 3, 4
_CLOSE, _CLOSE_BY_SOUND = 0.9, 0.7
_BOTH_CODES = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two words are alike by `strength` (1 is the very same). `says` has a place for each word as written."""

    strength: float
    says: str


@lru_cache(maxsize=65_536)
def alike(asked: str, held: str, *, in_part: bool) -> Likeness | None:
    """How a folded word asked for answers to one on record, or None. `in_part` lets it be a piece of the other."""
    if asked == held:
        return Likeness(_WHOLE, "")
    one, other = word(asked), word(held)
    return (
        _one_name(one, other)
        or _nickname(one, other)
        or _form(one, other)
        or (_start(asked, held) if in_part else None)
        or _slip(one, other)
        or _sound(one, other)
        or _two_nicknames(one, other)
        or (_inside(asked, held) if in_part else None)
    )


def _one_name(one: Word, other: Word) -> Likeness | None:
    if shared := one.same & other.same:
        return Likeness(_SAME, "{asked} and {held} " + same_as(one.text)[min(shared)])
    return None


def _nickname(one: Word, other: Word) -> Likeness | None:
    if other.text in one.full or one.full & other.same:
        return Likeness(_NICKNAME, "{asked} is a nickname for {held}")
    if one.text in other.full or other.full & one.same:
        return Likeness(_NICKNAME, "{held} is a nickname for {asked}")
    return None


def _form(one: Word, other: Word) -> Likeness | None:
    shared = one.forms & other.forms
    by_nickname = frozenset().union(*(word(full).forms for full in one.full & other.full))
    return Likeness(_FORM, "{asked} and {held} are forms of the same name") if shared - by_nickname else None


def _two_nicknames(one: Word, other: Word) -> Likeness | None:
    if shared := one.full & other.full:
        return Likeness(_TWO_NICKNAMES, f"{{asked}} and {{held}} are both nicknames for {min(shared).capitalize()}")
    return None


def _start(asked: str, held: str) -> Likeness | None:
    if len(asked) >= _SHORTEST_START and held.startswith(asked):
        return Likeness(_START_AT + _START_GAIN * len(asked) / len(held), "{held} starts with {asked}")
    return None


def _slip(one: Word, other: Word) -> Likeness | None:
    if min(len(one.text), len(other.text)) < _SHORTEST_SLIP:
        return None
    near = _nearness(one, other)
    if near < _CLOSE:
        return None
    says = "{asked} sounds like {held}" if one.sounds & other.sounds else "{asked} is spelt nearly like {held}"
    return Likeness(_NEARLY * near, says)


def _sound(one: Word, other: Word) -> Likeness | None:
    shared, near = one.sounds & other.sounds, _nearness(one, other)
    if not shared or near < _CLOSE_BY_SOUND:
        return None
    strength = (0.6 if len(shared) == _BOTH_CODES else 0.45) + 0.3 * near
    return Likeness(strength, "{asked} sounds like {held}")


def _inside(asked: str, held: str) -> Likeness | None:
    if len(asked) >= _SHORTEST_INSIDE and asked in held:
        return Likeness(0.6, "{asked} is part of {held}")
    return None


def _nearness(one: Word, other: Word) -> float:
    return JaroWinkler.similarity(one.text, other.text)
