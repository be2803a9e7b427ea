"""A change sent from an old page: refused, so that it can be read beside what stands there now (trust B 6).

What is written as a new version has its own way of showing both. This is for what is merely current, such as the
name somebody goes by: a page carries a mark of what its reader had before them, and the action holds it to now.
"""

from hashlib import sha256

from kith.kit.refusal import Refusal

CHANGED = Refusal(
    "changed-since",
    "Somebody else changed this while you were writing. Open it again, read what it says now, and send yours again.",
)


def mark(*values: object) -> str:
    """Give a short mark of what stands somewhere now. Equal values give equal marks; it says nothing of them."""
    return sha256(repr(values).encode()).hexdigest()[:16]


def as_read(read: str, now: str) -> Refusal | None:
    """Refuse when what was read is not what stands there now. Without a mark nothing had been read, so none is held."""
    return CHANGED if read and read != now else None
