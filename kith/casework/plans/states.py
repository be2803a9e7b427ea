"""Where a plan stands and what may follow. The table is the law; the picture in the docs is drawn from it.

There is no path from draft to agreed that misses the family.
"""

from dataclasses import dataclass
from enum import StrEnum

from kith.people.entries.models import Status


class State(StrEnum):
    """Where one version of a plan stands: the status of its entry, until the plan is ended."""

    DRAFT = Status.DRAFT.value
    WITH_FAMILY = Status.WITH_FAMILY.value
    AGREED = Status.AGREED.value
    AGREED_WITH_DISSENT = Status.AGREED_WITH_DISSENT.value
    SUPERSEDED = Status.SUPERSEDED.value
    ENDED = "ended"


WORDS = {
    State.DRAFT: "A draft. The family has not been shown it yet",
    State.WITH_FAMILY: "With the family",
    State.AGREED: "Agreed",
    State.AGREED_WITH_DISSENT: "Agreed, and someone sees it differently",
    State.SUPERSEDED: "Replaced by a newer version",
    State.ENDED: "Ended",
}


@dataclass(frozen=True)
class Move:
    """One act that takes a plan from one state to another. `act` is the name of the action."""

    act: str
    start: State
    end: State
    when: str


MOVES = (
    Move("share_with_family", State.DRAFT, State.WITH_FAMILY, "somebody in the family has been shown it"),
    Move("share_with_family", State.WITH_FAMILY, State.WITH_FAMILY, "somebody else has been shown it"),
    Move("take_back_plan", State.WITH_FAMILY, State.DRAFT, "somebody wants it changed first"),
    Move("agree_plan", State.WITH_FAMILY, State.AGREED, "everybody asked agrees"),
    Move("agree_plan", State.WITH_FAMILY, State.AGREED_WITH_DISSENT, "a parent or carer agrees, somebody differs"),
    Move("revise_plan", State.DRAFT, State.SUPERSEDED, "a newer version is written"),
    Move("revise_plan", State.WITH_FAMILY, State.SUPERSEDED, "a newer version is written"),
    Move("revise_plan", State.AGREED, State.SUPERSEDED, "a newer version is written"),
    Move("revise_plan", State.AGREED_WITH_DISSENT, State.SUPERSEDED, "a newer version is written"),
    Move("end_plan", State.AGREED, State.ENDED, "the family lives without it"),
    Move("end_plan", State.AGREED_WITH_DISSENT, State.ENDED, "the family lives without it"),
    Move("end_plan", State.SUPERSEDED, State.ENDED, "it was still being lived by"),
)


def may_move(act: str, start: str) -> bool:
    """Say whether this act may be done to a plan that stands here."""
    return any(move.act == act and move.start == start for move in MOVES)


def state_table() -> str:
    """Write the table out in Markdown, one row a move, for the reference pages."""
    rows = [f"| {WORDS[m.start]} | `{m.act}` | {WORDS[m.end]} | {m.when} |" for m in MOVES]
    return "\n".join(["| From | Act | To | When |", "|---|---|---|---|", *rows])


def state_picture() -> str:
    """Draw the table as a state diagram in Mermaid's words."""
    rows = [f"  {m.start.name} --> {m.end.name}: {m.act}" for m in MOVES]
    return "\n".join(["stateDiagram-v2", "  [*] --> DRAFT", *rows])
