"""What a danger or worry statement and a goal need before a family could use them. Domain 1.5, 1.6 and 1.9.

Every finding advises: it says what was noticed and what to do, and never blocks. People's own words, inside
quotation marks, are left alone. The checks know English only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kith.framework import plain, quotations
from kith.framework.jargon import JargonTerm

FEWEST_WORDS, MOST_WORDS = 25, 90
READING_AGE, CHILD_READING_AGE = 11, 7
FEWEST_CHILD_SENTENCES, MOST_CHILD_SENTENCES = 2, 4
COPIED = 80.0

POSSIBLE = re.compile(r"\b(?:could|might|may|[Cc]ould|[Mm]ight)\b|\b(?:worried|afraid|frightened|scared)\s+that\b")
AND_ALSO = re.compile(r"\band\s+also\b", re.IGNORECASE)
AND_OR = re.compile(r"\band\s*/\s*or\b", re.IGNORECASE)
BLAMING = re.compile(
    r"\b(?:refus(?:es|ed|ing|al)|fail(?:s|ed|ing|ure)?|always|never|admit(?:s|ted|ting)?)\b", re.IGNORECASE
)
HIDDEN_DOER = re.compile(
    r"\b(?:was|were|been|being|is|are|got|gets)\s+(?:\w+ly\s+)?"
    r"(?:abused|assaulted|attacked|beaten|bitten|bruised|burned|burnt|choked|cut|exposed|grabbed|harmed|hit|hurt|"
    r"injured|kicked|kidnapped|left\s+(?:alone|in|at|with|outside|hungry)|locked|neglected|punched|pushed|raped|"
    r"scalded|shaken|shouted|slapped|smacked|stabbed|strangled|subjected|threatened|thrown|touched)\b"
    r"(?!\s+(?:[\w’'-]+\s+){0,6}by\b)",
    re.IGNORECASE,
)
SUPPOSED = re.compile(r"\b(?:could|might|may|would|will)\s+(?:\w+\s+)?(?:have\s+)?\Z", re.IGNORECASE)
WHEN = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|June|July|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
    r"|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|spring|summer|autumn|winter|Christmas)\b"
    r"|\bMay\s+(?:\d|last)|\d\s+May\b|\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}\b"
    r"|\b(?:once|twice|daily|weekly|nightly|monthly|since|yesterday|mornings|nights|weekends|ago)\b"
    r"|\b(?:every|each|most|last|this)\s+(?:other\s+)?(?:day|night|morning|evening|week|weekend|month|year|term|time)s?\b"
    r"|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|few)\s+(?:more\s+)?"
    r"(?:times|days|nights|weeks|months|years|o'clock|o’clock)\b",
    re.IGNORECASE,
)
ATTENDANCE = re.compile(
    r"\b(?:attend(?:s|ing)?|engag(?:e|es|ing)\s+with|complet(?:e|es|ing)\s+(?:the\s+|a\s+|an\s+|his\s+|her\s+|their\s+)?"
    r"(?:\w+\s+){0,2}(?:program(?:me)?|course|sessions?|assessment|work)|co-?operat(?:e|es|ing)\s+with"
    r"|work(?:s|ing)?\s+with\s+(?:professionals|services|social\s+care|children[’']s\s+services))\b",
    re.IGNORECASE,
)
SERVICE = re.compile(
    r"\b(?:CAMHS|parenting\s+(?:course|program(?:me)?|class(?:es)?)|anger\s+management|counselling|therapy|referr(?:al|ed)"
    r"|refuge\s+service|drug\s+and\s+alcohol\s+service|(?:support|services?)\s+(?:is|are|will\s+be)\s+in\s+place"
    r"|receiv(?:e|es|ing)\s+support)\b",
    re.IGNORECASE,
)
ABSENCE = re.compile(
    r"\b(?:will\s+not|won[’']t|no\s+longer|no\s+more|stops?|stopping|refrains?|avoids?|ceases?)\b",
    re.IGNORECASE,
)
LASTS = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)\s+(?:\w+\s+)?"
    r"(?:weeks?|months?|years?|terms?)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:appropriate(?:ly)?|adequate(?:ly)?|suitable|improved?|better|more\s+stable|good\s+enough|positive(?:ly)?"
    r"|healthy\s+relationships?|meet\s+(?:the\s+|\w+\s+)?needs)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed in a text, with what to do about it. Without a place it is the whole text."""

    code: str
    advice: str
    start: int | None = None
    end: int | None = None


def statement_findings(
    text: str, *, children: Sequence[str] = (), extra_terms: Sequence[JargonTerm] = ()
) -> list[Finding]:
    """What to look at again in a danger, worry, stability or success statement. Domain 1.5.

    `children` are the names that the children go by. Findings about the whole text come first, then those
    with a place.
    """
    return [
        *_statement_as_a_whole(text, children),
        *_statement_in_places(text),
        *_plain_words(text, extra_terms),
    ]


def child_version_findings(text: str) -> list[Finding]:
    """What to look at again in the child's version: two to four sentences that a seven-year-old follows."""
    read = plain.check(text)
    findings = list(_too_hard(read, CHILD_READING_AGE))
    if not FEWEST_CHILD_SENTENCES <= read.sentences <= MOST_CHILD_SENTENCES:
        findings.append(Finding("child-version-length", "Say it to the child in two to four short sentences."))
    return findings


def plain_findings(text: str, *, extra_terms: Sequence[JargonTerm] = ()) -> list[Finding]:
    """What to look at again in anything a family will read (domain 0.1.4): how old its reader must be, and jargon."""
    return list(_plain_words(text, extra_terms))


def goal_findings(
    text: str, *, statement: str = "", children: Sequence[str] = (), extra_terms: Sequence[JargonTerm] = ()
) -> list[Finding]:
    """What to look at again in a goal, and whether it answers its statement. Domain 1.6."""
    return [
        *_goal_as_a_whole(text, statement, children),
        *_goal_in_places(text),
        *_plain_words(text, extra_terms),
    ]


def likeness(text: str, other: str) -> float:
    """How alike two texts are, from 0 to 100, whatever their capitals and spaces."""
    return fuzz.ratio(_flat(text), _flat(other))


def copied_findings(text: str, others: Iterable[str]) -> list[Finding]:
    """One finding when a text is four fifths or more like an earlier one, or one of a brother or sister.
    Domain 1.9.
    """
    flat = _flat(text)
    if any(fuzz.ratio(flat, _flat(other), score_cutoff=COPIED) for other in others if other.strip()):
        return [Finding("copied", "This is almost the same as another entry. Say what is true for this child, now.")]
    return []


def _people(text: str) -> set[str]:
    """Words with a capital in the midst of a sentence: nearly always somebody's name."""
    return set(re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]{1,40}", text))


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


def _statement_as_a_whole(text: str, children: Sequence[str]) -> Iterator[Finding]:
    words = plain.check(text).words
    if words < FEWEST_WORDS:
        yield Finding("too-short", f"Say more: {FEWEST_WORDS} to {MOST_WORDS} words. This has {words}.")
    if words > MOST_WORDS:
        yield Finding("too-long", f"Say it shorter: {FEWEST_WORDS} to {MOST_WORDS} words. This has {words}.")
    if children and not _names(text, children):
        yield Finding("no-child", "Name the child, and say what could happen to them.")
    if not POSSIBLE.search(text):
        yield Finding("no-possibility", 'Say what you fear could happen, with "could", "might" or "worried that".')
    if not WHEN.search(text):
        yield Finding("no-when", "Say when it happened, or how often: a date, a count, the times it is most likely.")


def _statement_in_places(text: str) -> Iterator[Finding]:
    more_worries = list(_places(AND_ALSO, text))[1:]
    yield from _found("and-also", "Keep to one main worry. Write another statement for the next one.", more_worries)
    yield from _found("and-or", 'Say which: "and" or "or".', _places(AND_OR, text))
    blaming = "Say what happened, and what got in the way, without a word of blame."
    yield from _found("blaming", blaming, _places(BLAMING, text))
    hidden = (
        place for place in _places(HIDDEN_DOER, text) if not SUPPOSED.search(text, max(0, place[0] - 60), place[0])
    )
    yield from _found("hides-who", "Say who did it, or that nobody knows yet.", hidden)


def _goal_as_a_whole(text: str, statement: str, children: Sequence[str]) -> Iterator[Finding]:
    if not LASTS.search(text):
        yield Finding("no-duration", "Say for how long people need to see it before services step back.")
    if children and not _names(text, children):
        yield Finding("no-child", "Name the child, and say what they will see, hear and feel.")
    if statement:
        yield from _goal_beside_its_statement(text, statement)


def _goal_beside_its_statement(text: str, statement: str) -> Iterator[Finding]:
    if likeness(text, statement) >= COPIED:
        yield Finding("repeats-statement", "Say what people will be doing instead of the worry.")
    elif not _people(text) & _people(statement):
        yield Finding("not-a-mirror", "Answer the worry: speak of the same people, doing something different.")


def _goal_in_places(text: str) -> Iterator[Finding]:
    going = "Say what people will do at home. Going to something is a next step."
    yield from _found("attendance", going, _places(ATTENDANCE, text))
    yield from _found("service", "Say what will be different. A service is a way there.", _places(SERVICE, text))
    yield from _found("absence", "Say what people will do instead, so that it can be seen.", _places(ABSENCE, text))
    yield from _found("vague", "Say it so that a stranger could tell whether it was happening.", _places(VAGUE, text))


def _plain_words(text: str, extra_terms: Sequence[JargonTerm]) -> Iterator[Finding]:
    read = plain.check(text, extra_terms)
    yield from _too_hard(read, READING_AGE)
    for hit in read.hits:
        yield Finding("jargon", f"Instead of “{text[hit.start : hit.end]}”: {hit.instead}.", hit.start, hit.end)


def _too_hard(read: plain.Reading, age: int) -> Iterator[Finding]:
    if read.reading_age > age:
        advice = f"Use shorter sentences and words: this reads at about age {read.reading_age}, aim for {age}."
        yield Finding("reading-age", advice)


def _found(code: str, advice: str, places: Iterable[quotations.Span]) -> Iterator[Finding]:
    return (Finding(code, advice, start, end) for start, end in places)


def _places(pattern: re.Pattern[str], text: str) -> Iterator[quotations.Span]:
    """Where a pattern stands outside anybody's own words."""
    is_quoted = quotations.within(quotations.spans(text))
    return (match.span() for match in pattern.finditer(text) if not is_quoted(match.start()))


def _names(text: str, names: Sequence[str]) -> set[str]:
    said = _flat(text)
    return {name for name in names if name.strip() and re.search(rf"(?<!\w){re.escape(_flat(name))}(?!\w)", said)}
