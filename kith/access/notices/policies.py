"""What may be put before people who work here."""

from kith.kit.refusal import Refusal

SAYS_NOTHING = Refusal("notice-says-nothing", "A notice has to say something. Write what they must know.")


def tell(*, words: str) -> Refusal | None:
    """May this be told? Telling is part of an act that had its own leave, so only the words are asked about."""
    return None if words.strip() else SAYS_NOTHING
