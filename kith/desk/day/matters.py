"""What matters now in one family, in one or two short sentences put together from facts (look 4, capability 7).

Within a family the first that is so is told, and families are never put in its order. A gap is said as a sentence. What
is late and good, or in hand and good, never reads like what is empty.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from kith.casework.plans.shown import NOT_SHOWN_YET, told_of_review
from kith.casework.plans.states import State
from kith.desk.day.lines import Line, contact_of, decision_of, plan_of
from kith.kit.wording import day, listed

SOON = timedelta(days=7)
"""How long before its review day a plan is what matters."""


@dataclass(frozen=True)
class Matter:
    """One thing that matters, in words, and the page on which somebody goes on with it."""

    words: str
    to: str
    ref: UUID
    link: str


def what_matters(line: Line, today: date) -> Matter:
    """Say what matters now for this family. Promises to them come before what the office waits for."""
    return next(found for tell in _IN_TURN if (found := tell(line, today)))


def _decide_today(line: Line, today: date) -> Matter | None:  # noqa: ARG001 - each is asked alike
    """SC-4: a professional at 2 or under on a safety scale asks for a leader's decision the same day."""
    for worry in line.worries:
        low = worry.series.decide_today if worry.series else []
        if not low or worry.series is None:
            continue
        on = timezone.localdate(worry.series.takings[-1].reading.entry.happened_at)
        if not _decided_since(line, on):
            words = (
                f"{low[0].who.name} put safety at {low[0].number:g} on {day(on)}. No decision is written down since."
            )
            return Matter(words, "statement", worry.reading.entry.ref, "Open the worry")
    return None


def _decided_since(line: Line, on: date) -> bool:
    decided = (decision_of(r).decided_at for r in line.decisions)
    return any(at is not None and timezone.localdate(at) >= on for at in decided)


def _promise_past(line: Line, today: date) -> Matter | None:
    for promised in line.promises:
        promise = promised.promise
        if promise.due_on and promise.due_on < today:
            words = f"A promise to {promise.to.known_as} was for {day(promise.due_on)}. It is not done yet."
            return Matter(words, "note", promise.entry.ref, "Open the note it was made in")
    return None


def _call(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    """K2: a first call that nobody has decided yet."""
    waiting = next((r for r in line.contacts if contact_of(r).decided_at is None), None)
    if waiting is None:
        return None
    words = f"A first call came on {day(waiting.entry.happened_at)}. Nobody has decided what follows."
    return Matter(words, "contact", waiting.entry.ref, "Open the call")


def _with_family(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    if line.coming is None or plan_of(line.coming).state != State.WITH_FAMILY:
        return None
    since = day(plan_of(line.coming).shown_on)
    words = f"The plan has been with the family since {since}. What does each of them say?"
    return Matter(words, "plan", line.coming.entry.ref, "Open the plan")


def _review(line: Line, today: date) -> Matter | None:
    if line.in_force is None or plan_of(line.in_force).review_by > today + SOON:
        return None
    words = told_of_review(plan_of(line.in_force), today)
    if plan_of(line.in_force).review_by >= today:
        words += " Who will be there?"
    return Matter(words, "plan", line.in_force.entry.ref, "Open the plan")


def _no_plan(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    if line.in_force or not line.worries:
        return None
    if line.coming:
        return Matter(NOT_SHOWN_YET, "plan", line.coming.entry.ref, "Open the plan")
    return Matter("There is a worry and no plan yet. Who does what tonight?", "plans", line.family.ref, "Make a plan")


def _far_apart(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    """SC-2: two people four steps apart or more; what does each know that the other does not?"""
    for worry in line.worries:
        if worry.series and (apart := worry.series.far_apart):
            low, high = (f"{told.who.name} says {told.number:g}" for told in apart)
            words = f"{low} and {high}. What does each know that the other does not?"
            return Matter(words, "statement", worry.reading.entry.ref, "Open the worry")
    return None


def _not_heard(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    """SC-3: a child of five or over without a number, and no reason written down."""
    for worry in line.worries:
        if not worry.asked:
            words = "There is a worry, and nobody has been asked for a number yet."
            return Matter(words, "statement", worry.reading.entry.ref, "Open the worry")
        if worry.series is None:
            continue
        about = {f.person_id for f in worry.series.files}
        if names := [c.called for c in worry.series.not_heard(line.children) if c.pk in about]:
            words = f"Nobody has asked {listed(names, 'or')} for a number."
            return Matter(words, "statement", worry.reading.entry.ref, "Open the worry")
    return None


def _no_goal(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    """LINK-1: a worry without what good looks like."""
    for worry in line.worries:
        if not worry.has_goal:
            words = "There is a worry, and nobody has said yet what good looks like."
            return Matter(words, "statement", worry.reading.entry.ref, "Open the worry")
    return None


def _empty(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    if line.written is not None:
        return None
    words = "Nothing is written here yet. Start with what happened when you met."
    return Matter(words, "family", line.family.ref, "Open the family")


def _ended(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    if line.work:
        return None
    words = "We are not working with them just now. Does everybody in the family know that?"
    return Matter(words, "timeline", line.family.ref, "Read what has happened")


def _not_seen(line: Line, today: date) -> Matter | None:  # noqa: ARG001
    names = [child.called for child, seen in line.each if seen is None]
    if not names:
        return None
    words = f"Nobody has written that {listed(names)} {'has' if len(names) == 1 else 'have'} been seen."
    return Matter(words, "timeline", line.family.ref, "Read what has happened")


def _holding(line: Line, today: date) -> Matter:  # noqa: ARG001
    if line.in_force:
        plan = plan_of(line.in_force)
        words = f"They live by the plan agreed on {day(plan.agreed_on)}. Which night was hardest, and did it hold?"
        return Matter(words, "plan", line.in_force.entry.ref, "Open the plan")
    words = "No worry stands open. What went well this week, and who did it?"
    return Matter(words, "timeline", line.family.ref, "Read what has happened")


_IN_TURN: tuple[Callable[[Line, date], Matter | None], ...] = (
    _decide_today,
    _promise_past,
    _call,
    _empty,
    _ended,
    _with_family,
    _review,
    _no_plan,
    _far_apart,
    _not_heard,
    _no_goal,
    _not_seen,
    _holding,
)
