"""Questions about worries: each with its goal, its scale, and where each person put us. Never an average."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import chain
from operator import or_
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.casework.mapping.models import Goal, Scale, Score, Statement, Where, Worried
from kith.casework.mapping.numbers import Series, taking
from kith.casework.mapping.words import Who, family_first
from kith.council.teams.queries import leaders_of
from kith.framework.kinds import Tie
from kith.people.entries.models import Entry, Status
from kith.people.entries.queries import Reading, add_dissents, newest, readings
from kith.people.involvement.queries import current, who_works_with
from kith.people.persons.models import File, Membership, Person
from kith.people.professionals.models import WorksWith

HIGH_LEVELS = frozenset({"child-protection"})
CHILD_VERSION_LEVELS = frozenset({"child-protection", "in-care"})


@dataclass
class Shown:
    """A worry as one reader may see it."""

    statement: Statement
    reading: Reading
    worried: list[Who]
    goal: Goal | None = None
    goal_reading: Reading | None = None
    series: Series | None = None
    earlier: list[Series] = field(default_factory=list)

    @property
    def only_professionals(self) -> bool:
        """Nobody of the family or its people is among those who are worried."""
        return bool(self.worried) and all(w.paid for w in self.worried)

    @property
    def gaps(self) -> list[str]:
        """What this worry still needs before it can be agreed (LINK-1), in words."""
        missing = []
        if self.goal is None:
            missing.append("Nobody has said what good looks like yet.")
        if self.series is None:
            missing.append("There is no scale yet, so nobody can say how near we are.")
        elif not self.series.takings:
            missing.append("Nobody has been asked for a number yet.")
        return missing


def worries_in(actor: Actor, files: Sequence[File]) -> list[Shown]:
    """The worries in these files as this reader may see them: those still open first, then the newest.

    A fixed number of questions of the store, whatever their number.
    """
    found = _shown(actor, newest(files, "statement"))
    return sorted(found, key=lambda shown: shown.statement.status != Where.OPEN)


@dataclass(frozen=True)
class Found:
    """Where a worry stands in the store: keys, for a page that asks sight itself of all it reads beside it.

    `versions` are every version of its entry.
    """

    family: UUID
    entry: int
    statement: int
    since: datetime
    versions: frozenset[int]

    @property
    def told_in(self) -> Q:
        """The entries about this worry: itself, its goal, its scales, everyone's numbers, what became of it."""
        scores = Score.objects.filter(scale__statement=self.statement, entry__superseded_by__isnull=True)
        settled = Statement.objects.filter(pk=self.statement, settled_in__isnull=False)
        beside = (
            Goal.objects.filter(statement=self.statement).values("entry"),
            Scale.objects.filter(statement=self.statement).values("entry"),
            scores.values("entry"),
            settled.values("settled_in"),
        )
        return reduce(or_, (Q(pk__in=rows) for rows in beside), Q(pk=self.entry))

    @property
    def files(self) -> QuerySet[File]:
        """The files the worry is in, with whose they are."""
        return File.objects.filter(entries__entry=self.entry).select_related("person")


def find_worry(ref: UUID) -> Found | None:
    """Find a worry by the address of any version of its entry. Shows nothing of it: ask sight of what is read.

    `since` is when its first version was written down with the family. One query.
    """
    rows = Entry.objects.filter(kind="statement", family__entries__ref=ref)
    keys = ("pk", "supersedes", "ref", "happened_at", "family__ref", "statement")
    versions = {row.pk: row for row in rows.values_list(*keys, named=True)}
    first = last = next((row for row in versions.values() if row.ref == ref), None)
    if first is None or last is None:
        return None
    newer = {row.supersedes: row for row in versions.values()}
    chain = {first.pk}
    while first.supersedes in versions:
        first = versions[first.supersedes]
        chain.add(first.pk)
    while last.pk in newer:
        last = newer[last.pk]
        chain.add(last.pk)
    return Found(last.family__ref, last.pk, last.statement, first.happened_at, frozenset(chain))


def open_worry(actor: Actor, ref: UUID) -> Shown | None:
    """Find one worry by the address of any version of its entry; the newest is given. Unknown and hidden: None."""
    entry = Entry.objects.filter(ref=ref, kind="statement").select_related("author", "family").first()
    while entry is not None and entry.status == Status.SUPERSEDED:
        later = Entry.objects.filter(supersedes=entry).select_related("author", "family").first()
        if later is None:
            break
        entry = later
    found = _shown(actor, [entry]) if entry else []
    return found[0] if found else None


def earlier_versions(actor: Actor, entry: Entry) -> list[Reading]:
    """What a worry said before, newest first, as this reader may see it."""
    older, at = [], entry
    while at.supersedes_id:
        at = Entry.objects.select_related("author", "family").get(pk=at.supersedes_id)
        older.append(at)
    return readings(actor, older) if older else []


def _shown(actor: Actor, entries: Sequence[Entry]) -> list[Shown]:
    rows = _Rows(entries)
    seen = {r.entry.pk: r for r in readings(actor, rows.entries)}
    add_dissents([seen[e.pk] for e in entries if e.pk in seen])
    found = [one_worry(rows, rows.statements[e.pk], seen) for e in entries if e.pk in rows.statements and e.pk in seen]
    return [quiet(shown) for shown in found]


class WorryRows(Protocol):
    """What stands beside worries, however it was read: goals and scales by worry, scores by scale, who by entry."""

    goals: dict[int, Goal]
    scales: dict[int, list[Scale]]
    scores: dict[int, list[Score]]
    worried: dict[int, list[Who]]


class _Rows:
    """Everything beside these worries, read once for all of them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.statements = {s.entry_id: s for s in Statement.objects.filter(entry__in=entries)}
        ours = list(self.statements.values())
        goals = Goal.objects.filter(statement__in=ours).select_related("entry", "entry__author", "entry__family")
        self.goals = {g.statement_id: g for g in goals}
        self.scales = _scales(ours)
        self.scores = _with_entries(chain.from_iterable(self.scales.values()))
        self.worried = _worried(entries)
        beside = [g.entry for g in self.goals.values()]
        beside += [s.entry for s in chain(*self.scales.values())] + [s.entry for s in chain(*self.scores.values())]
        self.entries = list({e.pk: e for e in [*entries, *beside]}.values())


def one_worry(rows: WorryRows, statement: Statement, seen: dict[int, Reading]) -> Shown:
    """Put one worry together from rows read already and entries judged for this reader (`seen`, by id)."""
    series = [_series(s, rows.scores[s.pk], seen) for s in rows.scales[statement.pk] if _open(s.entry_id, seen)]
    goal = rows.goals.get(statement.pk)
    if goal is not None and goal.entry_id not in seen:
        goal = None
    return Shown(
        statement,
        seen[statement.entry_id],
        rows.worried[statement.entry_id],
        goal,
        seen[goal.entry_id] if goal else None,
        next((s for s in series if s.scale.ended_at is None), None),
        [s for s in series if s.scale.ended_at is not None],
    )


def quiet(shown: Shown) -> Shown:
    """Who shares a worry is part of its shared words, and shut with them."""
    if not shown.reading.shared_open:
        shown.worried = []
    return shown


def overall(actor: Actor, files: Sequence[File]) -> Series | None:
    """The newest open scale for how things are over all in these files that this reader may see, with its numbers."""
    rows = Scale.objects.filter(statement__isnull=True, ended_at__isnull=True, entry__files__file__in=files)
    rows = rows.select_related("entry", "entry__author", "entry__family").distinct()
    opened = (open_series(actor, scale) for scale in rows.order_by("-began_at", "-pk"))
    return next((series for series in opened if series), None)


def open_scale(actor: Actor, ref: UUID) -> Series | None:
    """Find one scale by the address of its entry, with everyone's numbers. Unknown and hidden: None."""
    rows = Scale.objects.filter(entry__ref=ref)
    scale = rows.select_related("entry", "entry__author", "entry__family", "statement", "statement__entry").first()
    return open_series(actor, scale) if scale else None


def open_series(actor: Actor, scale: Scale) -> Series | None:
    """A scale with everyone's numbers, as this reader may see them; None when its shared words are shut."""
    scores = _with_entries([scale])[scale.pk]
    entries = [scale.entry, *{s.entry_id: s.entry for s in scores}.values()]
    seen = {r.entry.pk: r for r in readings(actor, entries)}
    return _series(scale, scores, seen) if _open(scale.entry_id, seen) else None


def _open(entry: int, seen: dict[int, Reading]) -> bool:
    return entry in seen and seen[entry].shared_open


def _scales(statements: Iterable[Statement]) -> dict[int, list[Scale]]:
    rows = Scale.objects.filter(statement__in=list(statements))
    rows = rows.select_related("entry", "entry__author", "entry__family", "statement")
    found: dict[int, list[Scale]] = defaultdict(list)
    for scale in rows.order_by("-began_at", "-pk"):
        if scale.statement_id:
            found[scale.statement_id].append(scale)
    return found


def _with_entries(scales: Iterable[Scale]) -> dict[int, list[Score]]:
    rows = Score.objects.filter(scale__in=list(scales), entry__superseded_by__isnull=True)
    rows = rows.select_related("entry__author", "entry__family", "person", "staff", "professional")
    return by_scale(rows.order_by("entry__happened_at", "entry_id", "row"))


def by_scale(scores: Iterable[Score]) -> dict[int, list[Score]]:
    """Sort numbers by the scale they are on, in the order given."""
    found: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        found[score.scale_id].append(score)
    return found


def _worried(entries: Sequence[Entry]) -> dict[int, list[Who]]:
    return whose(Worried.objects.filter(entry__in=entries).select_related("person", "staff", "professional"))


def whose(rows: Iterable[Worried]) -> dict[int, list[Who]]:
    """Say by entry who shares each worry, the family's own people first."""
    found: dict[int, list[Who]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        found[row.entry_id].append(Who(row.person, row.staff, row.professional))
    return defaultdict(list, {entry: family_first(whos) for entry, whos in found.items()})


def _series(scale: Scale, scores: Sequence[Score], seen: dict[int, Reading]) -> Series:
    by_entry: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        by_entry[score.entry_id].append(score)
    takings = [taking(seen[pk], rows) for pk, rows in by_entry.items() if pk in seen]
    return Series(scale, [t for t in takings if t.told], seen[scale.entry_id].files)


def high_for_all(files: Sequence[File], *, at: datetime) -> bool:
    """Is every one of these children on a child protection plan now (VAR-1)?"""
    levels = {i.file_id for i in current(files, at=at) if i.level in HIGH_LEVELS}
    return {f.pk for f in files} <= levels


def needs_child_version(files: Sequence[File], *, at: datetime) -> bool:
    """Is any of these children on a child protection plan or in our care, and so needs a version of their own (1.5)?"""
    return any(i.level in CHILD_VERSION_LEVELS for i in current(files, at=at))


def leaders_for(files: Sequence[File], account_id: int, *, at: datetime) -> list[Account]:
    """Those who lead the worker asking or the workers who hold these files, other than the worker asking."""
    holders = [t.staff_id for t in who_works_with(files, at=at) if t.staff_id and t.kind == Tie.ALLOCATED]
    leaders = leaders_of([account_id, *holders], at=at)
    return [a for a in leaders if a.is_active and a.pk != account_id]


def round_the_family(people: Sequence[Person], files: Sequence[File], *, at: datetime) -> list[Who]:
    """Everyone who may share a worry or give a number: the family, then their workers, then other professionals."""
    staff = {t.staff_id: t.staff for t in who_works_with(files, at=at) if t.staff}
    beside = WorksWith.objects.filter(file__in=files, since__lte=at, until__gt=at).select_related("professional")
    others = {w.professional_id: w.professional for w in beside.order_by("professional_id")}
    return [
        *(Who(person=p) for p in people),
        *(Who(staff=s) for s in staff.values()),
        *(Who(professional=p) for p in others.values()),
    ]


def to_be_asked(actor: Actor, members: Sequence[Membership], files: Sequence[File], *, at: datetime) -> list[Who]:
    """Give everyone to ask for a number on a scale in these files: children, adults, me, other professionals."""
    here = {f.person_id for f in files}
    people = [m.person for m in members if not m.is_child or m.person_id in here]
    around = [w for w in round_the_family(people, files, at=at) if not w.staff]
    mine = Who(staff=Account._default_manager.get(pk=actor.account_id))
    return [*(w for w in around if w.person), mine, *(w for w in around if w.professional)]
