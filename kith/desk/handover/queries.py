"""What a worker who takes a family over reads first, gathered on one page (capability 3).

A family should not have to tell its story again. Everything here is what the shelves hold already; nothing is typed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kith.access.actor import Actor
from kith.casework.decisions.queries import Shown as Decided
from kith.casework.decisions.queries import decisions_in
from kith.casework.mapping.models import Where
from kith.casework.mapping.queries import Shown as Worry
from kith.casework.mapping.queries import worries_in
from kith.casework.plans.queries import plans_of
from kith.casework.plans.shown import NOT_SHOWN_YET, PlanShown, Standing, told_of_review
from kith.casework.plans.states import State
from kith.casework.visits.queries import LastSeen, Promised, last_seen, promises_to_keep
from kith.framework.kinds import Tie
from kith.kit.wording import day
from kith.people.entries.models import Status
from kith.people.entries.queries import Reading
from kith.people.entries.story import timeline
from kith.people.involvement.frame import Opened
from kith.people.involvement.models import Relation
from kith.people.involvement.queries import worked_before
from kith.people.persons.models import Person

NOTES, WELL = 20, 4
"""How many of the newest notes are read for what went well, and how many of those things are told."""


@dataclass(frozen=True)
class Asked:
    """Something one person said would help, or how they see the plan: their words, and when they said them."""

    who: str
    words: str
    about: str
    on: date | datetime | None


@dataclass(frozen=True)
class Waits:
    """Something that waits to be done with this family, in words, and where."""

    words: str
    to: str
    ref: UUID


@dataclass(frozen=True)
class Handover:
    """Everything a handover tells."""

    opened: Opened
    worries: list[Worry]
    well: list[tuple[str, Reading]]
    plan: PlanShown | None
    promises: list[Promised]
    asked: list[Asked]
    waits: list[Waits]
    seen: list[tuple[Person, LastSeen | None]]
    workers: list[Relation]
    before: list[Relation]


def handover_of(actor: Actor, opened: Opened, today: date) -> Handover:
    """Gather a family's handover, in as many questions of the store for a large family as for a small one."""
    worries = [w for w in worries_in(actor, opened.files) if w.statement.status == Where.OPEN]
    plans = plans_of(actor, opened.files)
    seen = last_seen(opened.files)
    files = [(child, opened.file_of(child)) for child in opened.children]
    workers = [t for t in opened.ties if t.staff and t.kind in {Tie.ALLOCATED, Tie.COWORKER, Tie.CHAIRS}]
    return Handover(
        opened,
        worries,
        _well(actor, opened),
        plans.current,
        promises_to_keep(actor, files=opened.files),
        [*_one_step(worries), *_differing(plans.current)],
        list(_waits(worries, plans, decisions_in(actor, opened.files), today)),
        [(child, seen.get(file.pk)) for child, file in files if file],
        _once_each(workers),
        _others(worked_before(opened.files, at=opened.at), workers),
    )


def _well(actor: Actor, opened: Opened) -> list[tuple[str, Reading]]:
    notes = timeline(actor, opened.files, want=NOTES, kinds=["note"])
    return [(r.text("strengths"), r) for r in notes if r.text("strengths")][:WELL]


def _one_step(worries: Iterable[Worry]) -> Iterator[Asked]:
    """What each person said would bring us one step up, the last time anybody was asked."""
    for worry in worries:
        for told in worry.series.latest if worry.series else []:
            if words := told.words.get("one-step", ""):
                on = worry.series.takings[-1].reading.entry.happened_at if worry.series else None
                yield Asked(told.who.called, words, "One step up would be", on)


def _differing(plan: PlanShown | None) -> Iterator[Asked]:
    for answer in plan.answers if plan else []:
        if answer.differs:
            about = "The whole plan" if answer.rule is None else f"Rule {answer.rule + 1} of the plan"
            yield Asked(answer.person.called, answer.words, f"{about}, seen differently", answer.given.said_on)


def _waits(worries: Iterable[Worry], plans: Standing, decisions: Iterable[Decided], today: date) -> Iterator[Waits]:
    """What somebody who takes over would find unfinished: plans and worries not agreed, reviews, proposals."""
    if plans.coming:
        yield Waits(_of_coming(plans.coming), "plan", plans.coming.reading.entry.ref)
    if plans.current:
        yield Waits(told_of_review(plans.current.plan, today), "plan", plans.current.reading.entry.ref)
    for worry in worries:
        for words in [*_with_them(worry), *worry.gaps]:
            yield Waits(words, "statement", worry.reading.entry.ref)
    for shown in decisions:
        if shown.decision.decided_at is None:
            words = f"{shown.reading.entry.author.name} proposed something. Nobody has decided it yet."
            yield Waits(words, "decision", shown.reading.entry.ref)


def _of_coming(plan: PlanShown) -> str:
    if plan.state == State.WITH_FAMILY:
        return f"A plan has been with the family since {day(plan.plan.shown_on)}."
    return NOT_SHOWN_YET


def _with_them(worry: Worry) -> list[str]:
    entry = worry.reading.entry
    if entry.status == Status.DRAFT:
        return ["A worry is written, and the family has not heard it yet."]
    if entry.status == Status.WITH_FAMILY:
        return [f"A worry has been with the family since {day(entry.happened_at)}."]
    return []


def _once_each(ties: Iterable[Relation]) -> list[Relation]:
    """Each worker once, whichever of the children they work with: as they are told first."""
    found: dict[int | None, Relation] = {}
    for tie in ties:
        found.setdefault(tie.staff_id, tie)
    return list(found.values())


def _others(before: Iterable[Relation], now: Iterable[Relation]) -> list[Relation]:
    here = {tie.staff_id for tie in now}
    return _once_each(tie for tie in before if tie.staff_id not in here)
