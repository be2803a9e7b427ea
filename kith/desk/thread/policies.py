"""Who may put right what a thread lacks: the rules of the shelves that its links lead to, and no other."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.access.actor import Actor
from kith.casework.decisions.policies import begin_decision
from kith.casework.mapping.policies import write
from kith.casework.plans.policies import make_plan
from kith.casework.visits.policies import begin_note
from kith.kit.refusal import Refusal
from kith.people.persons.models import File


@dataclass(frozen=True)
class Leave:
    """What stops this reader from writing each kind of record; None where nothing does."""

    worry: Refusal | None
    numbers: Refusal | None
    plan: Refusal | None
    note: Refusal | None
    decision: Refusal | None


def leave(*, actor: Actor, worry: Sequence[File], numbers: Sequence[File], family: Sequence[File]) -> Leave:
    """May this reader change the worry, ask for numbers, and write a plan, a note or a decision for the family?

    The same questions as the pages themselves ask: a link that is shown is one that opens.
    """
    return Leave(
        write(actor=actor, files=worry),
        write(actor=actor, files=numbers),
        make_plan(actor=actor, files=family),
        begin_note(actor=actor, files=family),
        begin_decision(actor=actor, files=family),
    )
