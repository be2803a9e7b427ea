"""The imprint of a paragraph: how words a failing disk has altered are known and not shown (trust B 3, ADR 15)."""

import json
from hashlib import sha256

from kith.people.entries.models import Paragraph

ALTERED = (
    "These words have changed where they are stored since they were written, so they are not shown."
    " Nobody at a page did this. Tell the people who look after Kith: the backup has the words as they were."
)


def imprint_of(p: Paragraph) -> str:
    """Give the SHA-256 of what a paragraph says and how it may be read, as 64 hexadecimal figures."""
    told = [p.slot, p.row, str(p.content), p.text, p.given_by_words, bool(p.own_words), bool(p.in_confidence)]
    return sha256(json.dumps(told).encode()).hexdigest()


def is_whole(p: Paragraph) -> bool:
    """Say whether a paragraph is as it was written."""
    return p.imprint == imprint_of(p)
