"""One worry gathered from end to end: each part from the shelf that knows, in one reading of what is told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from kith.access.actor import Actor
from kith.casework.decisions.models import RestsOn
from kith.casework.decisions.queries import Shown as Decided
from kith.casework.decisions.queries import decided_since, decisions_among
from kith.casework.mapping import front
from kith.casework.mapping.front import worry_among
from kith.casework.mapping.queries import Found, Shown
from kith.casework.plans.queries import plans_among, standing_of, told_in
from kith.casework.plans.shown import PlanShown, RuleShown, Standing
from kith.casework.visits.queries import notes_that_quote, where
from kith.people.entries.queries import Reading, add_dissents
from kith.people.entries.reading import judged_files
from kith.people.entries.story import Story
from kith.people.involvement.frame import Opened
from kith.people.persons.models import File, Person

QUOTED, DECISIONS = 2, 12
"""Notes looked at for each child's own words, and decisions read: the newest of each."""
WHY_NONE = "reason"
"""Why somebody has no number: words of whoever asked, not their own."""
MANY = {**front.MANY, "rule": "safety_plan__rules", "answer": "plan_answers", "rest": "decision__rests_on"}
BESIDE = (
    *("family", "statement", "goal", "scale__statement", "safety_plan", "decision__decided_by", "rest"),
    *front.BESIDE,
    *("rule__who_does", "rule__makes_sure", "rule__makes_sure_staff"),
    *("answer__person", "answer__rule", "answer__dissent"),
)


@dataclass(frozen=True)
class Quoted:
    """What a child said, exactly, in one note since the worry was written."""

    child: Person
    words: str
    reading: Reading

    @property
    def where(self) -> str:
        """Where it was said, and in which language when that was not English."""
        language = self.reading.entry.language
        return where(self.reading.entry) + ("" if language == "English" else f", in {language}")


@dataclass
class Thread:
    """One worry from end to end, as one reader may see it (capabilities N2): linked records, read together.

    `decisions` are those about the same children since it was written, and `resting` the entries of those that rest on
    it (domain 6.8). None is left out: `desk.thread.touching` says what each of the others has in common with it.
    """

    opened: Opened
    since: datetime
    worry: Shown
    plans: Standing
    said: list[Quoted] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    resting: frozenset[int] = frozenset()
    settled: Reading | None = None

    @property
    def children(self) -> list[Person]:
        """The children of this worry whose file is open to this reader, oldest first."""
        files = sorted(self.worry.reading.files, key=lambda f: (f.person.born_on is None, f.person.born_on, f.pk))
        return [f.person for f in files]

    @property
    def plan(self) -> PlanShown | None:
        """The plan with rules that guard against it (LINK-2): the one lived by, or else one not agreed yet."""
        both = [p for p in (self.plans.current, self.plans.coming) if p]
        return next((p for p in both if self.guarding(p)), next(iter(both), None))

    @property
    def rules(self) -> list[RuleShown]:
        """The rules of that plan that guard against this worry."""
        return self.guarding(self.plan) if self.plan else []

    def guarding(self, plan: PlanShown) -> list[RuleShown]:
        """The rules of one plan that guard against this worry (LINK-2)."""
        return [r for r in plan.rules if r.rule.guards_id == self.worry.statement.pk]

    @property
    def unheard(self) -> list[Person]:
        """Children of the worry none of whose own words since then may be read here, in a note or beside a number."""
        series = [s for s in [self.worry.series, *self.worry.earlier] if s]
        told = [t for one in series for taking in one.takings for t in taking.told if t.words.keys() - {WHY_NONE}]
        heard = {one.child.pk for one in self.said} | {t.who.person.pk for t in told if t.who.person}
        return [child for child in self.children if child.pk not in heard]


def followed(actor: Actor, opened: Opened, found: Found) -> tuple[Thread, list[Reading]] | None:
    """Follow one worry to what was done about it, with everything read for it. None when it is hidden.

    A fixed number of questions: what is told of it is asked for by key and judged by its files before words are read.
    """
    about = list(found.files)
    files = list({f.pk: f for f in [*opened.files, *about]}.values())
    story = Story(actor, files, 0, also=_wanted(actor, about, found), beside=BESIDE, many=MANY)
    readings = story.whole()
    worry = worry_among(found, readings, story.several["worry"], story.several["score"])
    if worry is None:
        return None
    add_dissents([r for r in readings if r.entry.kind in {"statement", "plan"}])
    thread = Thread(
        opened,
        found.since,
        worry,
        plans_among(readings, story.several["rule"], story.several["answer"]),
        _quoted(readings, {f.person_id for f in worry.reading.files}),
        decisions_among(readings),
        frozenset(pk for pk, rows in story.several["rest"].items() if _rests(rows.values(), found)),
        next((r for r in readings if r.entry.kind == "statement-settled"), None),
    )
    return thread, readings


def _rests(rows: Iterable[RestsOn], found: Found) -> bool:
    return any(row.entry_id in found.versions for row in rows)


def _wanted(actor: Actor, about: Sequence[File], found: Found) -> Q:
    """Ask for everything a thread tells of the children it is about. Sight is asked of each entry when it comes."""
    judged = judged_files(actor, [f.pk for f in about])
    mine = [f for f in about if judged[f.pk].open]
    notes = [notes_that_quote(f, judged[f.pk].kinds, found.since, most=QUOTED) for f in mine]
    decided = decided_since(mine, found.since, most=DECISIONS)
    told = found.told_in | told_in(standing_of(mine))
    return reduce(or_, (Q(pk__in=rows.values("pk")) for rows in [decided, *notes]), told)


def _quoted(readings: Iterable[Reading], children: set[int]) -> list[Quoted]:
    """Each of these children's own words, the newest first."""
    notes = [r for r in readings if r.entry.kind == "note"]
    return [Quoted(p.about, p.text, r) for r in notes for p in r.said("words") if p.about_id in children and p.about]
