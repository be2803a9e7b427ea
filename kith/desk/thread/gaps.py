"""What a thread lacks, each in a sentence with a link to where it is put right (LINK-1, LINK-2; capabilities N2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from kith.casework.mapping.models import Kind, Where
from kith.casework.plans.models import Says
from kith.casework.plans.queries import NOT_AGREED
from kith.casework.plans.shown import PlanShown, RuleShown
from kith.casework.plans.states import State
from kith.desk.thread.policies import Leave
from kith.desk.thread.queries import Thread
from kith.desk.thread.touching import Touched
from kith.kit.wording import day, listed, shortened
from kith.people.entries.models import Status

SHORT = 70
"""Letters of a rule quoted in a sentence."""
LINKS = {
    "statement": "Open the worry",
    "statement-change": "Write it for them",
    "goal": "Write it together",
    "scale": "Say what 0 and 10 mean",
    "scores": "Ask for numbers",
    "plan": "Open the plan",
    "plan-new": "Make a plan",
    "note-new": "Write a note",
    "decision-new": "Record a decision",
    "decisions": "Read them",
}
"""What each link is called, by the name of where it leads."""


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: the sentence, what to ask or do, and the link for whoever may."""

    what: str
    ask: str = ""
    url: str = ""
    link: str = ""


Lacks = Iterator[tuple[str, Gap]]
"""Gaps, each with the leave its link takes: a field of `Leave`, or nothing where the link only leads to be read."""


@dataclass(frozen=True)
class Lacking:
    """Everything a thread lacks, and why this reader may not put some of it right."""

    gaps: list[Gap]
    refusals: list[str]


def lacking(thread: Thread, touching: Sequence[Touched], leave: Leave, *, today: date) -> Lacking:
    """Say what is missing from a worry that still stands, and to whom the words of it are open.

    Whoever reads only part is not told what is missing: it may be in the part they do not read.
    """
    if thread.worry.statement.status != Where.OPEN or not thread.worry.reading.shared_open:
        return Lacking([], [])
    found = [*_in_the_worry(thread), *_in_the_numbers(thread), *_in_the_plan(thread, today), *_since(thread, touching)]
    stops = {one.name: getattr(leave, one.name) for one in fields(leave)}
    gaps = [replace(g, url="", link="") if stops.get(asks) else g for asks, g in found]
    reasons = [stops[asks].reason for asks, _ in found if stops.get(asks)]
    return Lacking(gaps, list(dict.fromkeys(reasons)))


def _in_the_worry(thread: Thread) -> Lacks:
    reading, ref = thread.worry.reading, thread.worry.reading.entry.ref
    here = _to("statement", ref)
    if reading.entry.status == Status.DRAFT:
        yield "", Gap("The family has not heard this worry yet.", "Read it to them, and change it with them.", *here)
    if reading.entry.status == Status.WITH_FAMILY:
        yield "", Gap("The family has heard this worry, and it is not agreed yet.", "", *here)
    if not reading.text("child-version"):
        ask = "Two to four short sentences that a seven-year-old would follow."
        yield "worry", Gap("Nobody has written this for the children yet.", ask, *_to("statement-change", ref))
    if thread.worry.goal is None:
        ask = "Ask the family: what would we see instead?"
        yield "worry", Gap("Nobody has said what good looks like yet.", ask, *_to("goal", ref))


def _in_the_numbers(thread: Thread) -> Lacks:
    series = thread.worry.series
    if series is None:
        to = _to("scale", thread.worry.reading.entry.ref)
        yield "worry", Gap("There is no scale yet, so nobody can say how near we are.", "", *to)
        return
    scores = _to("scores", series.scale.entry.ref)
    if not series.takings:
        ask = "Ask each person on their own, the children too."
        yield "numbers", Gap("Nobody has been asked for a number yet.", ask, *scores)
    for child in series.not_heard(f.person for f in series.files):
        ask = "Was there a way to ask that would have suited?"
        yield "numbers", Gap(f"{child.known_as} has no number here, and nobody has said why.", ask, *scores)


def _in_the_plan(thread: Thread, today: date) -> Lacks:
    """A plan is asked for where the worry is danger (domain 2.4: every danger statement has a rule)."""
    plan, danger = thread.plan, thread.worry.statement.kind == Kind.DANGER
    if plan is None:
        if danger:
            ask = "Who does what, and who makes sure?"
            yield "plan", Gap("There is no plan yet that guards against this.", ask, *_new("plan-new", thread))
        return
    if not plan.reading.shared_open:
        yield "", Gap("You may see that there is a plan, and not its rules.")
        return
    to = _to("plan", plan.reading.entry.ref)
    if thread.rules:
        yield from (("", gap) for gap in _in_the_rules(thread.rules, plan, to, today))
    elif danger:
        ask = "Who would do what, and who would make sure?"
        yield "", Gap("No rule of the plan guards against this.", ask, *to)


def _in_the_rules(rules: Sequence[RuleShown], plan: PlanShown, to: tuple[str, str], today: date) -> Iterator[Gap]:
    if plan.state in NOT_AGREED:
        with_family = plan.state == State.WITH_FAMILY
        where = "The family has it." if with_family else "It is a draft: the family has not been shown it."
        yield Gap("The plan that guards against this is not agreed yet.", where, *to)
    elif plan.plan.review_by < today:
        was = f"The plan was to be looked at again by {day(plan.plan.review_by)}, and has not been yet."
        yield Gap(was, "Is it still what everyone does?", *to)
    said = {a.person.pk: Says(a.given.answer) for a in plan.answers}
    yield from (Gap(why, "Who will?", *to) for why in dict.fromkeys(filter(None, (_unsure(r, said) for r in rules))))
    if all(r.rule.makes_sure_staff_id for r in rules):
        yield Gap("Only workers make sure of these rules.", "Who of the family’s own people could?", *to)


def _unsure(shown: RuleShown, said: Mapping[int, Says]) -> str:
    """Say why it is not sure that whoever is named will make sure of a rule; or nothing."""
    worker, person = shown.rule.makes_sure_staff, shown.rule.makes_sure
    rule = f"“{shortened(shown.text, SHORT)}”"
    if worker is not None and not worker.is_active:
        return f"{worker.name} is down to make sure of {rule}, and does not work here any more."
    answer = said.get(person.pk) if person else None
    if answer == Says.NOT_ASKED:
        return f"{shown.makes_sure} is down to make sure of {rule}, and was not asked."
    return (
        f"{shown.makes_sure} is down to make sure of {rule}, and sees it differently." if answer == Says.DIFFERS else ""
    )


def _since(thread: Thread, touching: Sequence[Touched]) -> Lacks:
    """The children's own words, and what was decided, since the worry was written."""
    if thread.unheard:
        names = listed([child.known_as for child in thread.unheard], "or")
        what = f"Nothing that {names} said or showed us is written down since {day(thread.since)}."
        yield "note", Gap(what, "How is it for them now?", *_new("note-new", thread))
    stands = [one for one in touching if one.shown.decision.decided_at]
    if not stands:
        waits = "What was proposed waits to be decided." if touching else ""
        yield "decision", Gap("No decision since says what follows from this.", waits, *_new("decision-new", thread))
    elif not any(one.rests for one in stands):
        ask = "Did any of them rest on it? The next one can say so."
        yield (
            "",
            Gap(
                "Decisions were made since, and none says that it rests on this worry.", ask, *_new("decisions", thread)
            ),
        )


def _new(name: str, thread: Thread) -> tuple[str, str]:
    return _to(name, thread.opened.family.ref)


def _to(name: str, ref: UUID) -> tuple[str, str]:
    return reverse(name, kwargs={"ref": ref}), LINKS[name]
