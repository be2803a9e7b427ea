"""Who may decide what, now, and what a decision cannot be saved without (domain 6.7, 6.8)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.decisions.models import Decision
from kith.casework.decisions.queries import say_of, standing_to_rest_on
from kith.framework.decisions import Say
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.entries.models import Entry
from kith.people.entries.queries import readings
from kith.people.persons.models import File, Person

if TYPE_CHECKING:
    from kith.casework.decisions.actions import OptionConsidered, Reasons, ViewTaken

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
NEEDS_WHAT = Refusal("decision-needs-what", "Say what has been decided, in words the family would use.")
NEEDS_FACTS = Refusal(
    "decision-needs-facts", "Say what it rests on: what somebody saw, heard or was shown, with a date or how often."
)
NEEDS_ANALYSIS = Refusal("decision-needs-analysis", "Say what you make of it: why this, and why now.")
NEEDS_APPEAL = Refusal("decision-needs-appeal", "Say how the family can have this looked at again, and by whom.")
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
NEEDS_TOLD = Refusal("decision-needs-told", "For each person, write how they were told, or why not yet.")
NOT_ON_THEIR_MAP = Refusal(
    "decision-not-on-their-map",
    "One of the things you chose is not on the map of these children as it stands now. Look and choose again.",
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
    *,
    reasons: "Reasons",
    options: Sequence["OptionConsidered"],
    views: Sequence["ViewTaken"],
    people: Sequence[Person],
) -> Refusal | None:
    """Is there what a decision cannot be saved without (domain 6.8): reasons, options, everyone's view, its difference?

    `power` is asked by the table. Whether and how each person was told is the last thing asked.
    """
    return _reasoned(reasons) or _options(options) or _heard(views, people)


def _reasoned(reasons: "Reasons") -> Refusal | None:
    asked = (
        (reasons.what, NEEDS_WHAT),
        (reasons.facts, NEEDS_FACTS),
        (reasons.analysis, NEEDS_ANALYSIS),
        (reasons.appeal, NEEDS_APPEAL),
    )
    return next((refusal for words, refusal in asked if not words.strip()), None)


def _options(options: Sequence["OptionConsidered"]) -> Refusal | None:
    """At least two, all but one with why not (domain 6.8)."""
    chosen = [o for o in options if not o.why_not.strip()]
    whole = len(options) >= 2 and len(chosen) == 1 and all(o.what.strip() for o in options)  # noqa: PLR2004 domain 6.8
    return None if whole else NEEDS_TWO_OPTIONS


def _heard(views: Sequence["ViewTaken"], people: Sequence[Person]) -> Refusal | None:
    if {p.pk for p in people} - {v.person.pk for v in views if v.view.strip()}:
        return NEEDS_VIEWS
    if not all(v.difference.strip() for v in views):
        return NEEDS_DIFFERENCE
    return None if all(v.how.strip() for v in views) else NEEDS_TOLD


def rests_on(*, actor: Actor, entries: Sequence[Entry], files: Sequence[File]) -> Refusal | None:
    """May a decision about these children rest on these? Each tells of one of them, stands, and may be read whole."""
    if not entries:
        return None
    wanted, about = {e.pk for e in entries}, {f.pk for f in files}
    found = readings(actor, list(standing_to_rest_on().filter(pk__in=wanted)))
    may = {r.entry.pk for r in found if r.shared_open and about & {f.pk for f in r.files}}
    return None if may == wanted else NOT_ON_THEIR_MAP


def decide_proposed(*, actor: Actor, decision: Decision, files: Sequence[File]) -> Refusal | None:
    """May this actor decide what another proposed? Nobody decides their own proposal."""
    if refusal := record_decision(actor=actor, files=files, matter=decision.matter):
        return refusal
    if decision.decided_at is not None:
        return DECIDED_ALREADY
    if decision.entry.author_id == actor.account_id:
        return NOT_THE_PROPOSER
    return None if say_of(actor.work, decision.matter) is Say.DECIDE else NOT_YOURS_TO_DECIDE
