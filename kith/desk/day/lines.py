"""Families as a worker's day tells them: the children, where things stand, and when each child was last seen.

Everything is read for all of the families at once, in as many questions as for one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max, OuterRef, Q, Subquery

from kith.access.actor import Actor
from kith.casework.decisions.models import Decision
from kith.casework.mapping.lately import WorryNow, worries_now
from kith.casework.mapping.models import Score
from kith.casework.mapping.numbers import Series
from kith.casework.plans.models import AgreedBy, SafetyPlan, Says
from kith.casework.plans.queries import plan_among
from kith.casework.plans.states import State
from kith.casework.visits.queries import LastSeen, Promised, last_seen
from kith.framework.decisions import authority
from kith.pathway.contacts.models import Contact
from kith.people.entries.models import Entry, EntryFile
from kith.people.entries.queries import Reading, opened
from kith.people.involvement.frame import standing
from kith.people.involvement.models import Involvement, Relation
from kith.people.involvement.queries import current, who_works_with
from kith.people.persons.called import tell_apart
from kith.people.persons.models import Family, File, Membership, Person

KINDS = ("contact", "decision", "goal", "plan", "plan-answers", "scale", "scores", "statement")
BESIDE = ("author", "contact", "decision", "goal", "safety_plan", "scale", "statement")
STANDS = Q(superseded_by__isnull=True) | Q(safety_plan__agreed_on__isnull=False, safety_plan__ended_on__isnull=True)
"""What nothing has replaced; and a plan, which is lived by until the version after it is agreed."""


@dataclass
class Line:
    """One family on somebody's day, as that reader may see it."""

    family: Family
    children: list[Person] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    ties: list[Relation] = field(default_factory=list)
    work: list[Involvement] = field(default_factory=list)
    written: datetime | None = None
    seen: dict[int, LastSeen] = field(default_factory=dict)
    worries: list[WorryNow] = field(default_factory=list)
    plans: list[Reading] = field(default_factory=list)
    decisions: list[Reading] = field(default_factory=list)
    contacts: list[Reading] = field(default_factory=list)
    answers: dict[int, list[AgreedBy]] = field(default_factory=dict)
    promises: list[Promised] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """Where things stand and who works with them, in one line."""
        return standing(self.work, self.ties)

    @property
    def each(self) -> list[tuple[Person, LastSeen | None]]:
        """Each child shown, oldest first, with the last time they were seen."""
        return [(c, self.seen.get(f.pk)) for c, f in zip(self.children, self.files, strict=True)]

    @property
    def longest_ago(self) -> date:
        """The day on which the child longest unseen was seen; long ago where one was never seen."""
        return min((seen.on if seen else date.min for _, seen in self.each), default=date.min)

    @property
    def series(self) -> Series | None:
        """The newest numbers of the newest open worry that has any."""
        return next((w.series for w in self.worries if w.series), None)

    @property
    def in_force(self) -> Reading | None:
        """The plan they live by."""
        return plan_among(self.plans)

    @property
    def coming(self) -> Reading | None:
        """The newest plan that is not agreed yet."""
        return next((r for r in self.plans if plan_of(r).state in {State.DRAFT, State.WITH_FAMILY}), None)

    def answered(self, plan: SafetyPlan) -> list[AgreedBy]:
        """What each person last said to this plan, that this reader may know."""
        return self.answers.get(plan.pk, [])


def plan_of(reading: Reading) -> SafetyPlan:
    """Give the plan beside an entry read with one."""
    plan: SafetyPlan = reading.entry.safety_plan
    return plan


def decision_of(reading: Reading) -> Decision:
    """Give the decision beside an entry read with one."""
    decision: Decision = reading.entry.decision
    return decision


def matter_of(decision: Decision) -> str:
    """Say what a decision is about, to follow other words; nothing where the list of matters does not know it."""
    row = authority().get(decision.matter)
    return f"{row.label[:1].lower()}{row.label[1:]}" if row else ""


def contact_of(reading: Reading) -> Contact:
    """Give the first call beside an entry read with one."""
    contact: Contact = reading.entry.contact
    return contact


def families_with(files: Collection[int], *, at: datetime) -> list[Line]:
    """Give the families with these children's files, which the reader may see: the children alone. One query."""
    rows = Membership.objects.filter(person__file__in=files, since__lte=at, until__gt=at, is_child=True)
    lines: dict[int, Line] = {}
    for row in rows.select_related("family", "person__file").order_by("person__born_on", "pk"):
        line = lines.setdefault(row.family_id, Line(row.family))
        if row.person not in line.children:
            line.children.append(row.person)
            line.files.append(row.person.file)
    for line in lines.values():
        tell_apart(line.children)
    return list(lines.values())


def add_work(lines: Sequence[Line], *, at: datetime) -> None:
    """Add who works with each family, at which levels. Two queries."""
    files = [f for line in lines for f in line.files]
    work: dict[int, list[Involvement]] = defaultdict(list)
    ties: dict[int, list[Relation]] = defaultdict(list)
    for involvement in current(files, at=at):
        work[involvement.file_id].append(involvement)
    for tie in who_works_with(files, at=at):
        ties[tie.file_id].append(tie)
    for line in lines:
        line.work = [i for f in line.files for i in work[f.pk]]
        line.ties = [t for f in line.files for t in ties[f.pk]]


def add_what_stands(actor: Actor, lines: Sequence[Line]) -> None:
    """Add when each child was last seen, and each family's worries, numbers, plans, decisions and first calls."""
    entries = standing_entries([line.family.pk for line in lines])
    read = opened(actor, entries, [f for line in lines for f in line.files])
    lay_out(lines, entries, read)


def lay_out(lines: Sequence[Line], entries: Sequence[Entry], read: dict[int, Reading]) -> None:
    """Lay out in these families what stands of these entries, as far as it may be read, and when children were seen."""
    files = [f for line in lines for f in line.files]
    seen, written = last_seen(files), _written(files)
    worries = worries_now(entries, read)
    answers = _answers(entries, read)
    for line in lines:
        ids = {f.pk for f in line.files}
        line.seen = {pk: one for pk, one in seen.items() if pk in ids}
        line.written = max((written[pk] for pk in ids if pk in written), default=None)
        mine = [read[e.pk] for e in entries if e.family_id == line.family.pk and e.pk in read]
        line.worries = worries[line.family.pk]
        line.plans = [r for r in mine if hasattr(r.entry, "safety_plan")]
        line.decisions = [r for r in mine if hasattr(r.entry, "decision")]
        line.contacts = [r for r in mine if hasattr(r.entry, "contact")]
        line.answers = answers


def standing_entries(families: Collection[int]) -> list[Entry]:
    """Everything of these kinds in these families that nothing has replaced, newest first. One query."""
    scale = Score.objects.filter(entry=OuterRef("pk")).values("scale")[:1]
    rows = Entry.objects.filter(STANDS, family__in=families, kind__in=KINDS).annotate(scale_of=Subquery(scale))
    return list(rows.select_related(*BESIDE).order_by("-happened_at", "-pk"))


def _written(files: Sequence[File]) -> dict[int, datetime]:
    rows = EntryFile.objects.filter(file__in=files).values("file_id").annotate(newest=Max("happened_at"))
    return dict(rows.values_list("file_id", "newest"))


def _answers(entries: Iterable[Entry], read: dict[int, Reading]) -> dict[int, list[AgreedBy]]:
    """What each person last said to each plan: a child's with that child's file, an adult's when the plan is open."""
    plans = {e.safety_plan.pk: e.pk for e in entries if e.pk in read and hasattr(e, "safety_plan")}
    latest: dict[tuple[int, int], AgreedBy] = {}
    for row in AgreedBy.objects.filter(plan__in=plans).select_related("person").order_by("pk"):
        latest[row.plan_id, row.person_id] = row
    found: dict[int, list[AgreedBy]] = defaultdict(list)
    for (plan, _), row in latest.items():
        if row.entry_id in read and _is_open(row, read[plans[plan]], read[row.entry_id]):
            found[plan].append(row)
    return found


def _is_open(row: AgreedBy, plan: Reading, said: Reading) -> bool:
    return any(f.pk == row.file_id for f in said.files) if row.file_id else plan.shared_open


def differing(rows: Iterable[AgreedBy]) -> list[AgreedBy]:
    """Those of these answers that see it differently."""
    return [row for row in rows if row.answer == Says.DIFFERS]


def not_asked(rows: Iterable[AgreedBy]) -> list[AgreedBy]:
    """Those of these answers that stand for somebody who was not asked."""
    return [row for row in rows if row.answer == Says.NOT_ASKED]
