"""Who may decide what, now, and what a decision cannot be saved without (domain 6.7, 6.8)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.decisions.models import Decision
from kith.casework.decisions.queries import say_of
from kith.framework.decisions import Say
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import File, Person

if TYPE_CHECKING:
    from kith.casework.decisions.actions import OptionConsidered, ViewTaken

NOT_YOUR_WORK = Refusal(
    "decision-not-your-work",
    "Recording decisions is not part of your work. Ask the worker who holds the family.",
)
NOT_WORKING_WITH = Refusal(
    "decision-not-working-with", "You are not working with every child this decides about. Ask their worker."
)
NOT_YOURS_TO_DECIDE = Refusal(
    "decision-not-yours",
    "The council’s list of who decides what does not give you this one, even to propose.",
)
NEEDS_TWO_OPTIONS = Refusal(
    "decision-needs-options",
    "Write at least two options, the lightest first, and why each but the chosen one is not the answer.",
)
NEEDS_VIEWS = Refusal(
    "decision-needs-views",
    "Write what each child and each adult in the family thinks, or why they could not be asked.",
)
NEEDS_DIFFERENCE = Refusal(
    "decision-needs-difference", "For each view, write what difference it made, or why it made none."
)
DECIDED_ALREADY = Refusal("decision-decided", "This has been decided already.")
NOT_THE_PROPOSER = Refusal("decision-own-proposal", "Somebody other than the person who proposed this must decide it.")


def begin_decision(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor begin to record a decision for these children? Asked before they type; what it is comes after."""
    if not actor.may(Permission.DECISION_RECORD):
        return NOT_YOUR_WORK
    if not actor.sees_all([f.pk for f in files], Verb.WRITE, Content.CORE):
        return NOT_WORKING_WITH
    return None


def record_decision(*, actor: Actor, files: Sequence[File], matter: str) -> Refusal | None:
    """May this actor decide this, or propose it, for these children?"""
    if refusal := begin_decision(actor=actor, files=files):
        return refusal
    return None if say_of(actor.work, matter) in {Say.DECIDE, Say.PROPOSE} else NOT_YOURS_TO_DECIDE


def whole(
    *, options: Sequence["OptionConsidered"], views: Sequence["ViewTaken"], people: Sequence[Person]
) -> Refusal | None:
    """Is there what a decision cannot be saved without: options, and everyone's view with its difference?"""
    chosen = [o for o in options if not o.why_not]
    if len(options) < 2 or len(chosen) != 1:  # noqa: PLR2004 - domain 6.8: at least two
        return NEEDS_TWO_OPTIONS
    if {p.pk for p in people} - {v.person.pk for v in views if v.view}:
        return NEEDS_VIEWS
    return None if all(v.difference for v in views) else NEEDS_DIFFERENCE


def decide_proposed(*, actor: Actor, decision: Decision, files: Sequence[File]) -> Refusal | None:
    """May this actor decide what another proposed? Nobody decides their own proposal."""
    if refusal := record_decision(actor=actor, files=files, matter=decision.matter):
        return refusal
    if decision.decided_at is not None:
        return DECIDED_ALREADY
    if decision.entry.author_id == actor.account_id:
        return NOT_THE_PROPOSER
    return None if say_of(actor.work, decision.matter) is Say.DECIDE else NOT_YOURS_TO_DECIDE
