"""Who may be meant: candidates put in order, each with its reasons. Nobody is merged or refused by a score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kith.people.persons.finding.asking import Query
from kith.people.persons.finding.birthdates import BirthDate, Precision, one_digit_apart, swapped
from kith.people.persons.finding.folding import name_words
from kith.people.persons.finding.likeness import Likeness, alike
from kith.people.persons.finding.numbers import e164, is_whole_postcode, plain_number
from kith.people.persons.finding.words import joined, word

_LONGEST_SHOWN = 40
_ESTIMATED_YEARS = 2
# A baby may come sixteen weeks before the day expected and seldom more than three after it.
_EARLY, _LATE = timedelta(weeks=16), timedelta(weeks=3)
_COMMON_WEIGHT = 0.4
_NAMES, _BORN, _IDENTIFIER, _PHONE, _POSTCODE = 50.0, 30.0, 100.0, 30.0, 15.0
_NOT_KNOWN = 0.35
_EXTRA_WORD = 0.02
_SHORTEST_NUMBER = 6


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is known of somebody, for comparing: as written on a new-person form, or on the record.

    A name is the given names and then the family name. `postcodes`, `phones` and `identifiers` may be
    written in any usual way.
    """

    names: tuple[str, ...]
    born: date | None = None
    born_precision: Precision = "exact"
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Candidate(Particulars):
    """Somebody on record who may be the person meant."""

    id: int


@dataclass(frozen=True)
class Match:
    """A candidate, how well it answers (0 to 100), and the plain reasons for and against."""

    id: int
    score: int
    why: tuple[str, ...]
    why_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """One kind of comparison: how much it counts, how far it agrees (0 to 1), and what to say of it."""

    weight: float
    agrees: float
    why: tuple[str, ...] = ()
    why_not: tuple[str, ...] = ()


def rank(query: Query, candidates: Iterable[Candidate]) -> list[Match]:
    """The candidates that answer a search in any way, best first; one with nothing in its favour is left out."""
    found = (_match(candidate.id, list(_evidence(query, candidate))) for candidate in candidates)
    return in_order(match for match in found if match.why)


def is_exact(query: Query, candidate: Candidate) -> bool:
    """Is this so exact that a restricted record may admit it exists (PV-1, the stub)?

    Either an identifier, whole; or the whole birth date with a recorded name's first and last words, every
    word typed standing in that one name letter for letter. Nicknames, parts, sounds and other spellings
    never count, nor does a birth date that is not known to the day.
    """
    return _identifier_agrees(query, candidate) or (
        _born_exactly(query, candidate) and _named_exactly(query, candidate)
    )


def in_order(matches: Iterable[Match]) -> list[Match]:
    """Best first; equals by id, so that a page does not shuffle when it is opened again."""
    return sorted(matches, key=lambda match: (-match.score, match.id))


def compare_born(asked: BirthDate, held: Particulars) -> Evidence:
    """How a birth date asked for agrees with the one on record, allowing for what is not known of either."""
    if held.born is None:
        return Evidence(_BORN, _NOT_KNOWN)
    if held.born_precision == "estimated":
        near = abs(asked.year - held.born.year) <= _ESTIMATED_YEARS
        return Evidence(_BORN, 0.4, ("about the right age",)) if near else _differs()
    if held.born_precision == "expected":
        return _compare_expected(asked, held.born)
    if asked.whole and held.born_precision == "exact":
        return _compare_days(asked.whole, held.born)
    return _compare_parts(asked, held.born, held.born_precision)


@lru_cache(maxsize=65_536)
def words_held(name: str) -> tuple[tuple[str, str], ...]:
    """Each folded word of a recorded name beside the word as written, and the pairs that may be one word."""
    shown = [(text, piece) for piece in name.split() for text in name_words(piece)]
    words = name_words(name)
    as_written = {text: piece[:_LONGEST_SHOWN] for text, piece in shown if name_words(piece) == [text]}
    return tuple((text, as_written.get(text) or text.capitalize()) for text in [*words, *sorted(joined(words))])


def said_of(likeness: Likeness, asked: str, held: str) -> str:
    """The sentence for two words, each with a capital as a name has."""
    return likeness.says.format(asked=capital(asked), held=capital(held))


def capital(text: str) -> str:
    """A word with the capital that a name has, the rest as written."""
    return text[:1].upper() + text[1:]


def identifiers(held: Particulars) -> set[str]:
    """Somebody's identifiers in a form to compare, without any too short or too plain to name one person."""
    plain = map(plain_number, held.identifiers)
    return {value for value in plain if len(value) >= _SHORTEST_NUMBER and len(set(value)) > 1}


def phones(held: Particulars) -> set[str]:
    """Somebody's telephone numbers in a form to compare."""
    return {_in_one_form(phone) for phone in held.phones if phone.strip()}


def postcodes(held: Particulars) -> set[str]:
    """Somebody's postcodes in a form to compare."""
    return {plain_number(postcode) for postcode in held.postcodes if postcode.strip()}


def _match(person: int, evidence: Sequence[Evidence]) -> Match:
    weight = sum(each.weight for each in evidence) or 1.0
    score = sum(each.weight * each.agrees for each in evidence) / weight
    return Match(
        id=person,
        score=round(100 * score),
        why=tuple(dict.fromkeys(reason for each in evidence for reason in each.why)),
        why_not=tuple(reason for each in evidence for reason in each.why_not),
    )


def _evidence(query: Query, candidate: Candidate) -> Iterator[Evidence]:
    if query.words:
        yield _compare_words(query, candidate)
    if query.born:
        yield compare_born(query.born, candidate)
    if query.identifier:
        agrees = _identifier_agrees(query, candidate)
        yield Evidence(_IDENTIFIER if agrees else _BORN, float(agrees), ("same identifier",) if agrees else ())
    if query.phone:
        agrees = query.phone in phones(candidate)
        yield Evidence(_PHONE, float(agrees), ("by telephone number",) if agrees else ())
    if query.postcode:
        yield _compare_postcode(query.postcode, postcodes(candidate))


@dataclass(frozen=True, slots=True)
class Answer:
    """The recorded word that best answers a word asked for, and the way it was asked that did."""

    likeness: Likeness
    asked: str
    held: str


def _compare_words(query: Query, candidate: Candidate) -> Evidence:
    held = dict(pair for name in candidate.names for pair in words_held(name))
    answers = [_best(ways, held) for ways in query.ways]
    shares = [_COMMON_WEIGHT if word(asked).is_common else 1.0 for asked in query.words]
    agrees = sum(share * found.likeness.strength for share, found in zip(shares, answers, strict=True) if found)
    answered = {found.held for found in answers if found and not found.likeness.says}
    left = min((len(set(name_words(name)) - answered) for name in candidate.names), default=0)
    why = tuple(_reason(query, found, held) for found in answers if found)
    if not left and all(found and not found.likeness.says for found in answers):
        why = ("same name",)
    return Evidence(_NAMES, max(0.0, agrees / sum(shares) - _EXTRA_WORD * left), why)


def _best(ways: Iterable[str], held: Iterable[str]) -> Answer | None:
    best = None
    for asked in ways:
        for text in held:
            likeness = alike(asked, text, in_part=True)
            if likeness and (best is None or likeness.strength > best.likeness.strength):
                best = Answer(likeness, asked, text)
    return best


def _reason(query: Query, found: Answer, held: Mapping[str, str]) -> str:
    if not found.likeness.says:
        return f"{held[found.held]} is in the name"
    typed = dict(zip(query.words, query.typed, strict=True))
    return said_of(found.likeness, typed.get(found.asked, found.asked), held[found.held])


def _compare_days(asked: date, held: date) -> Evidence:
    if asked == held:
        return Evidence(_BORN, 1.0, ("same birth date",))
    if swapped(asked) == held:
        return Evidence(_BORN, 0.8, ("birth date has day and month the other way round",))
    if one_digit_apart(asked, held):
        return Evidence(_BORN, 0.6, ("birth date differs by one figure",))
    return _differs()


def _compare_expected(asked: BirthDate, due: date) -> Evidence:
    first, last = asked.span()
    if asked.whole == due:
        return Evidence(_BORN, 0.8, ("birth date is the date expected",))
    if first <= due + _LATE and last >= due - _EARLY:
        return Evidence(_BORN, 0.6, ("born near the date expected",))
    return _differs()


def _compare_parts(asked: BirthDate, held: date, precision: Precision) -> Evidence:
    if asked.year != held.year:
        return _differs()
    if asked.month is None or precision == "year":
        return Evidence(_BORN, 0.7, ("same year of birth",))
    return Evidence(_BORN, 0.85, ("same month of birth",)) if asked.month == held.month else _differs()


def _differs() -> Evidence:
    return Evidence(_BORN, 0.0, (), ("birth date is different",))


def _compare_postcode(asked: str, held: Iterable[str]) -> Evidence:
    for postcode in sorted(held, key=lambda each: each != asked):
        if postcode == asked:
            return Evidence(_POSTCODE, 1.0, ("by postcode",))
        if not is_whole_postcode(asked) and postcode.startswith(asked):
            near = 1.0 if postcode[:-3] == asked else 0.9
            return Evidence(_POSTCODE, near, ("by the start of a postcode",))
    return Evidence(_POSTCODE, 0.0)


@lru_cache(maxsize=16_384)
def _in_one_form(phone: str) -> str:
    return e164(phone) or phone


def _identifier_agrees(query: Query, candidate: Candidate) -> bool:
    return query.identifier is not None and query.identifier.value in identifiers(candidate)


def _born_exactly(query: Query, candidate: Candidate) -> bool:
    asked = query.born.whole if query.born else None
    return asked is not None and candidate.born_precision == "exact" and candidate.born == asked


def _named_exactly(query: Query, candidate: Candidate) -> bool:
    asked = set(query.words)
    return len(asked) > 1 and any(
        asked <= set(words) and {words[0], words[-1]} <= asked and _initials_fit(query, words)
        for words in map(name_words, candidate.names)
        if len(words) > 1
    )


def _initials_fit(query: Query, words: Iterable[str]) -> bool:
    return all(any(text.startswith(initial) for text in words) for initial in query.initials)
