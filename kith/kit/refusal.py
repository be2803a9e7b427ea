"""A refusal is an answer: a code for the machine, a sentence for the person who reads it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done now, and whom to ask. `code` is unique in the house."""

    code: str
    reason: str


class Refused(Exception):
    """Raised by an action whose policy said no. Turned into a calm page once, at the edge."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Go on when there is no refusal; raise `Refused` when there is one."""
    if refusal:
        raise Refused(refusal)
