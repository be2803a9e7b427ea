"""What is due for some families, and whether it is any good yet: each day beside a question from the record itself.

Domain 6.2 and 6.3: K16 and K17 (visits), K1 to K3 (a first call); 6.6: L8 (visits in care); the day on which a plan or
a decision is looked at again. No colour, and nobody's total.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from kith.casework.decisions.models import Decision
from kith.casework.plans.models import Whose
from kith.casework.visits.queries import LastSeen
from kith.council.settings.queries import clocks_in_force
from kith.desk.day.lines import Line, contact_of, decision_of, differing, matter_of, not_asked, plan_of
from kith.framework.calendar import OutsideCalendar, Unit, working_days_between
from kith.framework.clocks import ClockRule
from kith.kit.wording import day, listed, short_day
from kith.pathway.contacts.queries import due_of
from kith.people.persons.models import Person

AHEAD = timedelta(days=28)
"""How far ahead a desk looks: four weeks."""
VISITS = {"child-protection": "K16", "child-in-need": "K17-visit", "in-care": "L8"}
"""Which clock counts from the last visit at each level. Family help and early help have none (domain 6.3)."""


@dataclass(frozen=True)
class Due:
    """One thing that is due: by when, how much of the time is gone, and the question that makes it worth doing."""

    what: str
    who: str
    by: date
    gone: int
    whole: int
    unit: str
    ask: str
    to: str
    ref: UUID

    @property
    def by_words(self) -> str:
        """By when, in words."""
        return f"By {day(self.by)}"


def due_for(lines: Sequence[Line], today: date) -> list[Due]:
    """Give what is due for these families in the next four weeks or was due before, soonest first. One query."""
    rules = clocks_in_force(list(VISITS.values()), on=today)
    found = [due for line in lines for due in _calls(line, today)]
    found += [due for line in lines if line.work for tell in (_plan, _decisions) for due in tell(line, today)]
    found += [due for line in lines for due in _visits(line, rules, today)]
    near = [due for due in found if due.by <= today + AHEAD]
    return sorted(near, key=lambda due: (due.by, due.who, due.what))


def _visits(line: Line, rules: Mapping[str, ClockRule], today: date) -> Iterator[Due]:
    """One line for the children of a family who are to be seen by the same day (K16, K17, L8)."""
    together: dict[tuple[str, date, date], list[tuple[Person, LastSeen | None]]] = defaultdict(list)
    for (child, seen), file in zip(line.each, line.files, strict=True):
        for work in line.work:
            if work.file_id == file.pk and work.level in VISITS:
                start = seen.on if seen else timezone.localdate(work.since)
                if by := _by(rules[VISITS[work.level]], start):
                    together[VISITS[work.level], start, by].append((child, seen))
    for (rule, start, by), each in together.items():
        names = listed(child.called for child, _ in each)
        gone, whole, unit = _counted(rules[rule], start, by, today)
        ask = _ask_of_visit(each) or rules[rule].question
        yield Due(f"See {names}", line.family.name, by, gone, whole, unit, ask, "note-new", line.family.ref)


def _ask_of_visit(each: Sequence[tuple[Person, LastSeen | None]]) -> str:
    """Ask about what the last visit left out, from the note itself; nothing when it left nothing out."""
    never = [child.called for child, seen in each if seen is None]
    if never:
        return (
            f"Nobody has written that {listed(never)} {'was' if len(never) == 1 else 'were'} seen. Where, and by whom?"
        )
    alone = [child.called for child, seen in each if seen and seen.alone_minutes == 0]
    if alone:
        return f"{listed(alone)} had no time alone with us last time. Could this visit make some?"
    unsaid = [child.called for child, seen in each if seen and seen.alone_minutes is None]
    return f"Nobody wrote whether {listed(unsaid)} had time alone with us. Will you ask?" if unsaid else ""


def _plan(line: Line, today: date) -> Iterator[Due]:
    """The day by which the plan they live by is looked at again (domain 2.4)."""
    if line.in_force is None:
        return
    plan = plan_of(line.in_force)
    gone, whole = (today - plan.starts_on).days, (plan.review_by - plan.starts_on).days
    ask, who = _ask_of_plan(line), line.family.name
    yield Due(
        "Look at the plan again", who, plan.review_by, max(gone, 0), whole, "days", ask, "plan", line.in_force.entry.ref
    )


def _ask_of_plan(line: Line) -> str:
    """Ask whoever saw it differently first, then whoever was not asked, then about whose words it is in."""
    assert line.in_force is not None  # noqa: S101 - asked of a plan in force alone
    plan = plan_of(line.in_force)
    answers = line.answered(plan)
    if differ := differing(answers):
        name = differ[0].person.known_as
        return f"{name} saw it differently. What would {name} change now?"
    if left_out := not_asked(answers):
        return f"{left_out[0].person.known_as} was not asked about this plan. Who will ask before then?"
    if plan.in_whose_words == Whose.WORKER:
        return "It is in a worker’s words. How would the family say it?"
    return "Which night was hardest, and did the plan hold?"


def _decisions(line: Line, today: date) -> Iterator[Due]:
    """The day on which a decision is looked at again (domain 6.8)."""
    for reading in line.decisions:
        decision = decision_of(reading)
        if decision.review_on is None or decision.decided_at is None or _looked_at_again(decision, line):
            continue
        made = timezone.localdate(decision.decided_at)
        ask = "What has changed since, and would something lighter do now?"
        gone, whole = (today - made).days, (decision.review_on - made).days
        who, ref = line.family.name, reading.entry.ref
        what = ": ".join(words for words in ("Look at a decision again", matter_of(decision)) if words)
        yield Due(what, who, decision.review_on, max(gone, 0), whole, "days", ask, "decision", ref)


def _looked_at_again(decision: Decision, line: Line) -> bool:
    """Say whether a later decision took its place: one about the same matter, or any made since it was to be read."""
    for other in map(decision_of, line.decisions):
        if other.decided_at is None or decision.decided_at is None or other.decided_at <= decision.decided_at:
            continue
        if other.matter == decision.matter or timezone.localdate(other.decided_at) >= (decision.review_on or date.max):
            return True
    return False


def _calls(line: Line, today: date) -> Iterator[Due]:
    """What a first call still asks of us (K1 to K3)."""
    for reading in line.contacts:
        received = timezone.localdate(reading.entry.happened_at)
        for one in due_of(contact_of(reading)):
            gone, whole = (working_days_between(received, until) for until in (today, one.by))
            who, ref = line.family.name, reading.entry.ref
            what = f"The call of {short_day(received, today)}: {_lower(one.what)}"
            yield Due(what, who, one.by, gone, whole, _WORKING, one.ask, "contact", ref)


_WORKING = "working days"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _by(rule: ClockRule, start: date) -> date | None:
    try:
        return rule.due(start)
    except OutsideCalendar:
        return None


def _counted(rule: ClockRule, start: date, by: date, today: date) -> tuple[int, int, str]:
    """How many days are gone, of how many, in the unit the clock counts in."""
    if rule.unit is Unit.WORKING_DAYS:
        return working_days_between(start, today), working_days_between(start, by), _WORKING
    return (today - start).days, (by - start).days, "days"
