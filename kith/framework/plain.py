"""The plain-language check: how old a reader must be, and which words hide the story. Domain 1.9.

It advises and never blocks; the worker decides. `kith plain` prints what `Reading.to_json` gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.framework import jargon, reading
from kith.framework.jargon import Hit, JargonTerm


@dataclass(frozen=True, slots=True)
class Reading:
    """What the check found: an age in years, lengths in words, and terms that could be said more plainly."""

    reading_age: float
    words: int
    sentences: int
    words_per_sentence: float
    hits: tuple[Hit, ...]

    def to_json(self) -> dict[str, object]:
        """The shape that `kith plain` promises. Numbers have one decimal; places count characters."""
        return {
            "reading_age": self.reading_age,
            "words": self.words,
            "words_per_sentence": self.words_per_sentence,
            "hits": [
                {"term": h.term, "kind": str(h.kind), "instead": h.instead, "start": h.start, "end": h.end}
                for h in self.hits
            ],
        }


def check(text: str, extra_terms: Sequence[JargonTerm] = ()) -> Reading:
    """Read a text as a family would. `extra_terms` are the team's own. Any text is taken, even none."""
    measured = reading.measure(text)
    return Reading(
        reading_age=round(measured.reading_age, 1),
        words=measured.words,
        sentences=measured.sentences,
        words_per_sentence=round(measured.words_per_sentence, 1),
        hits=jargon.hits(text, extra_terms),
    )
