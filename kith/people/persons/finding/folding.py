"""One plain shape for a name, whatever its accents, case, script, apostrophes or hyphens."""

import re
import unicodedata
from collections.abc import Iterator

# Letters that no decomposition takes apart, as people without them on the keyboard type them.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ŋ": "ng", "ŧ": "t", "ə": "a", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ĸ": "k",
})  # fmt: skip
_APOSTROPHES = "'’‘‛`´ʹʻʼʽʾʿˈ′＇\u02c8\u2032\u05f3\u05f4"
_HYPHENS = "-‐‑‒–—−﹣－_\u00ad"
_DROPPED = frozenset(_APOSTROPHES) | {"\u0640"}  # and the stroke that only lengthens an Arabic word
_VARIANT = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TO_SPACE = str.maketrans(dict.fromkeys(_APOSTROPHES, " "))
_TO_NOTHING = str.maketrans(dict.fromkeys(_HYPHENS))
_STANDS_BEFORE = re.compile(r"\b([od]) (?=[a-z]{3})")


def fold(text: str) -> str:
    """Lower case, no accents, apostrophes closed up, anything else between words one space.

    Letters of every script are kept. Folding what is folded changes nothing. Each character is folded
    alone, so a text made to be slow (a hundred thousand stacked accents) costs no more than plain words.
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLDED)).split())


def name_words(name: str) -> list[str]:
    """The words of one name in the order given, with "O Brien" and "D Souza" closed up as O'Brien is."""
    return _STANDS_BEFORE.sub(r"\1", fold(name)).split()


def readings(name: str) -> Iterator[list[str]]:
    """The ways one name may be cut into words: "Ann O'Dea-Wu" is ann odea wu, ann dea wu and ann odeawu."""
    yield fold(name).split()
    if (opened := name.translate(_TO_SPACE)) != name:
        yield [word for word in fold(opened).split() if len(word) > 1]
    if (closed := name.translate(_TO_NOTHING)) != name:
        yield fold(closed).split()


def _fold_letter(letter: str) -> str:
    if letter in _DROPPED or unicodedata.category(letter) == "Cf":
        return ""
    opened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(_plain(part) for part in opened.translate(_LETTERS))


def _plain(part: str) -> str:
    if part in _DROPPED or unicodedata.combining(part) or _VARIANT.match(part):
        return ""
    kind = unicodedata.category(part)
    if kind == "Cf":
        return ""
    return part if kind[0] in "LNM" else " "


class _Folded(dict[int, str]):
    """Each character's folding, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_letter(chr(code))
        return folded


_FOLDED = _Folded()
