"""Where a text quotes somebody: people may use their own words, so nothing there is corrected.

Domain 1.9. Straight and curly marks, double, and single ones around a phrase. An apostrophe is not a mark; a
mark that is never closed in its paragraph quotes nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

Span = tuple[int, int]

SAME_PARAGRAPH = r"(?!\n[ \t\r]*\n)"
CURLY = re.compile(rf"“(?:{SAME_PARAGRAPH}[^“”])*”")
ANGLED = re.compile(rf"«(?:{SAME_PARAGRAPH}[^«»])*»")
STRAIGHT = re.compile(rf'(?<!\d)"(?:{SAME_PARAGRAPH}[^"])*"')
SHORTENED = r"(?:[Cc]ause|[Cc]os|[Cc]oz|[Tt]il|[Ee]m|[Tt]is|[Tt]was|[Bb]out|n|\d\ds)\b"
SINGLE = re.compile(
    rf"(?<![\w'’])(?:'(?!{SHORTENED})(?=\S)(?:{SAME_PARAGRAPH}[^\"“”]){{1,300}}?(?<=\S)'(?!\w)"
    rf"|‘(?!{SHORTENED})(?=\S)(?:{SAME_PARAGRAPH}[^\"“”]){{1,300}}?(?<=\S)’(?!\w))"
)


def spans(text: str) -> list[Span]:
    """Start and end of every quotation, in order, none inside another, in linear time."""
    found = (match.span() for pattern in (CURLY, ANGLED, STRAIGHT, SINGLE) for match in pattern.finditer(text))
    return merged(found)


def within(stretches: list[Span]) -> Callable[[int], bool]:
    """A question about stretches that are in order and apart: does this place lie inside one of them?"""
    starts = [start for start, _ in stretches]

    def is_within(place: int) -> bool:
        before = bisect_right(starts, place) - 1
        return before >= 0 and place < stretches[before][1]

    return is_within


def merged(found: Iterable[Span]) -> list[Span]:
    """The same stretches of text with those that overlap joined, in order."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
