"""Words, sentences and syllables: what a reading age is made of.

Flesch-Kincaid: 0.39 x words a sentence + 11.8 x syllables a word - 15.59 is a United States school grade;
five more years is about the age that reads it with ease. It knows English only and cannot tell whether a page
makes sense: it is advice to a writer, never a gate. Everything here takes time in proportion to the length of
the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import pyphen

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\Z)|\n[ \t]*\n|\n[ \t]*(?=[-*•–]\s)")
SHORTENED = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|Rev)\.(?=\s+\S)|\b(e\.g|i\.e|etc|vs)\.(?=\s+[a-z\d])")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_ENDING = re.compile(
    r"(?:[^aeiouylr]e|[^bcgt]re|[aeiouyl]le|[aeiou][gq]ues?|[^aeiouytdl]ed|[aeiouyl]led|[^aeiouysxzcghl]es|[aeiouyl]les)$"
)
SILENT_WITHIN = re.compile(
    r"(?<!^el)(?:(?<=[aeiouy][^aeiouy])|(?<=[aeiouy][^aeiouy][^aeiouyl]))e"
    r"(?=(?:ly|ments?|ful|fully|less|ness|ty|things?|times?|where|works?|workers?|body|how|what|sides?|out|one|wise"
    r"|guard(?:s|ed|ing)?|lines?|loads?|holds?|faces?|styles?|stones?|ways?|fore|houses?|hood)$)"
)
INITIALS = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,4}")
SPOKEN_WITHOUT_VOWEL = re.compile(r"sms?$|thm")
BROKEN_RUN = re.compile(
    r"^ide(?=a)|^are(?=a)|^su(?=icid)|[aeiouy][^aeiouy]+i(?=er$|ers$|os?$)|[aeiouy][^aeiouy]*[dr]i(?=as?$)"
    r"|[ai](?=yah?$)|^vide(?=o)"
)
AS_SPOKEN = {
    "beyond": 2, "business": 2, "clothes": 1, "evening": 2, "evenings": 2, "every": 2, "everybody": 4,
    "everyday": 3, "everyone": 3, "everything": 3, "everywhere": 3, "isle": 1, "maybe": 2, "mr": 2,
    "mrs": 2, "ms": 1, "real": 1, "really": 2, "via": 2, "wednesday": 2,
}  # fmt: skip
LONGEST_WORD = 40
GRADE_TO_AGE = 5
OLDEST = 99.0


@dataclass(frozen=True, slots=True)
class Measured:
    """How long the words and sentences of a text are. Every count is 0 for a text without words."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences if self.words else 0.0

    @property
    def reading_age(self) -> float:
        """About how old a person is who reads this with ease, in years up to 99; 0 without words."""
        if not self.words:
            return 0.0
        grade = 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59
        return min(OLDEST, max(0.0, grade + GRADE_TO_AGE))


def measure(text: str) -> Measured:
    """Count words, sentences and syllables. A word with hyphens is as many words as it has parts."""
    letters = _letters_and_stops(text)
    words = WORD.findall(letters)
    return Measured(
        words=len(words),
        sentences=_sentences(letters),
        syllables=sum(syllables(word) for word in words),
    )


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables an English word has, at least 1.

    Runs of vowels, less the silent endings, plus the places where a run of vowels is broken in two (sci-ence,
    be-ing), which the hyphenation patterns of pyphen know. A number counts as one; initials count their letters.
    """
    plain = _unaccented(word).removesuffix("'s").removesuffix("’s")
    if plain in AS_SPOKEN:
        return AS_SPOKEN[plain]
    if INITIALS.fullmatch(plain):
        return len(plain)
    runs = len(VOWELS.findall(plain)) + len(SPOKEN_WITHOUT_VOWEL.findall(plain))
    runs -= len(SILENT_WITHIN.findall(plain))
    if runs > 1 and SILENT_ENDING.search(plain):
        runs -= 1
    return max(1, runs + _breaks_between_vowels(plain))


def _breaks_between_vowels(plain: str) -> int:
    """Where we, or the British or the American patterns, would break a run of vowels in two.

    The patterns keep every word they meet, without end. They are told to forget.
    """
    if len(plain) > LONGEST_WORD:
        return 0
    places = {match.end() for match in BROKEN_RUN.finditer(plain)}
    for patterns in _patterns():
        places.update(patterns.positions(plain))
        patterns.hd.cache.clear()
    return sum(1 for at in places if VOWELS.fullmatch(plain[at - 1 : at + 1]))


@cache
def _patterns() -> tuple[pyphen.Pyphen, ...]:
    return tuple(pyphen.Pyphen(lang=lang) for lang in ("en_GB", "en_US"))


def _unaccented(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


def _letters_and_stops(text: str) -> str:
    """The text without marks that join, hide or turn letters, which would otherwise cut a word in two."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in {"Mn", "Mc", "Cf"})


def _sentences(letters: str) -> int:
    """At least 1. A full stop in "Mr." or "3.5" ends nothing; a blank line or a new bullet does."""
    pieces = SENTENCE_END.split(SHORTENED.sub(r"\1\2", letters))
    return max(1, sum(1 for piece in pieces if WORD.search(piece)))
