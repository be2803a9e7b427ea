"""The verbs of mapping: write a worry and its goal, set a scale, and take everyone's number."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from django.urls import reverse
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices.actions import tell
from kith.casework.mapping import policies
from kith.casework.mapping.laid_out import goal_said, numbers_said, passed_on, worry_said
from kith.casework.mapping.models import Goal, Kind, Scale, Score, Statement, Worried
from kith.casework.mapping.numbers import is_low
from kith.casework.mapping.queries import leaders_for
from kith.casework.mapping.words import GoalWords, Put, Who, WorryWords
from kith.kit.refusal import require
from kith.people.entries.actions import add_dissent, move_entry, record_entry, revise_entry
from kith.people.entries.models import Entry, EntryFile, Paragraph, Status
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import Family, File
from kith.people.persons.queries import lock_files

LOW_WORDS = (
    "Somebody whose work it is put a child’s safety at 2 or under. A team leader must decide today what happens."
)


@action
def compose_statement(
    *,
    family: Family,
    files: Sequence[File],
    talk: Talk,
    kind: str,
    worried: Sequence[Who],
    words: WorryWords,
    by: Actor,
    at: datetime,
) -> Statement:
    """Write one worry about these children, as a draft to be read back to the family (domain 1.5).

    `kind` is danger, worry, stability or success; VAR-1 keeps danger for reasonable cause. Without a
    `full_text` it is put together from its parts. Raises `Refused` when somebody or some part is missing.
    """
    files = lock_files(files)
    require(policies.compose_statement(actor=by, files=files, kind=kind, worried=worried, words=words, at=at))
    shared, own = worry_said(worried, words, files)
    entry = record_entry(
        kind="statement",
        family=family,
        files=files,
        talk=talk,
        shared=shared,
        own=own,
        status=Status.DRAFT,
        by=by,
        at=at,
    )
    statement = Statement.objects.create(entry=entry, kind=kind)
    _who_and_who_differs(entry, worried, words, talk, files, by, at)
    note("statement.written", about=statement, files=[f.ref for f in files], entry=str(entry.ref), kind=kind)
    return statement


@action
def revise_statement(
    *,
    statement: Statement,
    read: Entry,
    why: str,
    files: Sequence[File],
    talk: Talk,
    kind: str,
    worried: Sequence[Who],
    words: WorryWords,
    by: Actor,
    at: datetime,
) -> Statement:
    """Write a newer version of a worry beside the old, saying why; it is a draft until the family has heard it.

    `read` is the version the writer had before them. Raises `Refused` when somebody has saved a newer one.
    """
    locked = lock_files(chain(files, files_of(statement.entry)))
    require(policies.write(actor=by, files=locked))
    files = [f for f in locked if f in files]
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    require(
        policies.revise_statement(
            actor=by, statement=statement, files=files, kind=kind, worried=worried, words=words, at=at
        )
    )
    shared, own = worry_said(worried, words, files)
    entry = revise_entry(
        entry=read,
        why=why,
        files=files,
        talk=talk,
        shared=shared,
        own=own,
        status=Status.DRAFT,
        by=by,
        at=at,
    )
    was = statement.kind
    statement.entry, statement.kind = entry, kind
    statement.save(update_fields=["entry", "kind"])
    _who_and_who_differs(entry, worried, words, talk, files, by, at)
    refs = [f.ref for f in files]
    note("statement.revised", about=statement, files=refs, entry=str(entry.ref), kind=kind, was=was)
    return statement


@action
def take_to_family(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Take a draft worry to the family, to be read back and changed with them."""
    files = lock_files(files_of(statement.entry))
    require(policies.take_to_family(actor=by, files=files))
    statement.entry = move_entry(entry=statement.entry, to=Status.WITH_FAMILY, by=by, at=at)
    note("statement.with-family", about=statement, files=[f.ref for f in files], entry=str(statement.entry.ref))
    return statement


@action
def agree_statement(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Say that a worry the family has heard is agreed: with a difference, when anybody sees it differently (LINK-1)."""
    files = lock_files(files_of(statement.entry))
    require(policies.agree_statement(actor=by, statement=statement, files=files, at=at))
    differs = Paragraph.objects.filter(part__entry=statement.entry_id, slot="sees-differently")
    dissent = statement.entry.dissents.exists() or differs.exists()
    to = Status.AGREED_WITH_DISSENT if dissent else Status.AGREED
    statement.entry = move_entry(entry=statement.entry, to=to, by=by, at=at)
    note("statement.agreed", about=statement, files=[f.ref for f in files], entry=str(statement.entry.ref), to=to)
    return statement


@action
def settle_statement(*, statement: Statement, status: str, why: str, talk: Talk, by: Actor, at: datetime) -> Statement:
    """Say that a worry has eased, that its goal is met or that another took its place, where we heard it, and why."""
    files = lock_files(files_of(statement.entry))
    statement = Statement.objects.select_for_update(of=("self",)).select_related("entry").get(pk=statement.pk)
    require(policies.settle_statement(actor=by, statement=statement, files=files, status=status, why=why))
    entry = record_entry(
        kind="statement-settled",
        family=statement.entry.family,
        files=files,
        talk=talk,
        shared=[Said("why", why)],
        by=by,
        at=at,
    )
    statement.status, statement.settled_in = status, entry
    statement.save(update_fields=["status", "settled_in"])
    note("statement.settled", about=statement, files=[f.ref for f in files], entry=str(entry.ref), to=status)
    return statement


@action
def write_goal(
    *,
    statement: Statement,
    talk: Talk,
    kind: str,
    words: GoalWords,
    weeks_needed: int,
    step_down_to: str,
    by: Actor,
    at: datetime,
) -> Goal:
    """Write what good looks like for one worry: what people will be doing, and for how many weeks (domain 1.6)."""
    files = lock_files(files_of(statement.entry))
    require(
        policies.write_goal(
            actor=by, statement=statement, files=files, kind=kind, words=words, weeks_needed=weeks_needed
        )
    )
    entry = record_entry(
        kind="goal", family=statement.entry.family, files=files, talk=talk, shared=goal_said(words), by=by, at=at
    )
    goal = Goal.objects.create(
        entry=entry, statement=statement, kind=kind, weeks_needed=weeks_needed, step_down_to=step_down_to
    )
    note("goal.written", about=goal, files=[f.ref for f in files], entry=str(entry.ref), kind=kind)
    return goal


@action
def revise_goal(
    *,
    goal: Goal,
    read: Entry,
    why: str,
    talk: Talk,
    kind: str,
    words: GoalWords,
    weeks_needed: int,
    step_down_to: str,
    by: Actor,
    at: datetime,
) -> Goal:
    """Write a newer version of a goal beside the old, saying why. Raises `Refused` when a newer one was saved."""
    files = lock_files(files_of(goal.entry))
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    require(policies.revise_goal(actor=by, files=files, kind=kind, words=words, weeks_needed=weeks_needed))
    entry = revise_entry(entry=read, why=why, files=files, talk=talk, shared=goal_said(words), by=by, at=at)
    was = {"weeks": goal.weeks_needed, "then": goal.step_down_to}
    goal.entry, goal.kind = entry, kind
    goal.weeks_needed, goal.step_down_to = weeks_needed, step_down_to
    goal.save(update_fields=["entry", "kind", "weeks_needed", "step_down_to"])
    note("goal.revised", about=goal, files=[f.ref for f in files], entry=str(entry.ref), was=was)
    return goal


@action
def set_scale(
    *,
    family: Family,
    files: Sequence[File],
    talk: Talk,
    question: str,
    anchor_0: str,
    anchor_10: str,
    statement: Statement | None = None,
    by: Actor,
    at: datetime,
) -> Scale:
    """Set the scale of one worry, or of how things are over all when there is no statement.

    SC-1: the same words give back the series that stands; any other words end it and begin another.
    """
    files = lock_files(files_of(statement.entry) if statement else files)
    ends = (question.strip(), anchor_0.strip(), anchor_10.strip())
    require(policies.set_scale(actor=by, files=files, ends=ends))
    standing = _standing(family, statement, files)
    if standing and (standing.question, standing.anchor_0, standing.anchor_10) == ends:
        note("scale.kept", about=standing, files=[f.ref for f in files])
        return standing
    if standing:
        standing.ended_at = at
        standing.save(update_fields=["ended_at"])
    entry = record_entry(kind="scale", family=family, files=files, talk=talk, by=by, at=at)
    scale = Scale.objects.create(
        entry=entry,
        family=family,
        statement=statement,
        question=ends[0],
        anchor_0=ends[1],
        anchor_10=ends[2],
        began_at=talk.happened_at,
    )
    note("scale.set", about=scale, files=[f.ref for f in files], entry=str(entry.ref), again=bool(standing))
    return scale


@action
def take_scores(*, scale: Scale, talk: Talk, scores: Sequence[Put], by: Actor, at: datetime) -> Entry:
    """Take down where each person put us in one conversation: a row and words each, a child's with that child.

    SC-4: a number of 2 or under from somebody whose work it is, on a danger statement, tells the team leaders.
    SC-6: a number given by nobody who was there is marked with who passed it on.
    """
    files = lock_files(files_of(scale.entry))
    scale = Scale.objects.select_for_update(of=("self",)).select_related("statement", "family").get(pk=scale.pk)
    on = timezone.localdate(talk.happened_at)
    require(policies.take_scores(actor=by, scale=scale, files=files, scores=scores, on=on))
    shared, own = numbers_said(scores, files)
    entry = record_entry(
        kind="scores", family=scale.family, files=files, talk=talk, shared=shared, own=own, by=by, at=at
    )
    Score.objects.bulk_create(_score(row, put, entry, scale, files, talk, by) for row, put in enumerate(scores))
    note("scores.taken", about=scale, files=[f.ref for f in files], entry=str(entry.ref), people=len(scores))
    if _is_safety(scale) and any(is_low(s.who, s.value) for s in scores):
        _tell_leaders(scale, files, by, at)
    return entry


def _standing(family: Family, statement: Statement | None, files: Sequence[File]) -> Scale | None:
    open_now = Scale.objects.select_for_update(of=("self",)).filter(family=family, ended_at__isnull=True)
    if statement:
        return open_now.filter(statement=statement).first()
    of_all = open_now.filter(statement__isnull=True).order_by("-began_at", "-pk")
    return next((scale for scale in of_all if _same_files(scale.entry_id, files)), None)


def _same_files(entry: int, files: Sequence[File]) -> bool:
    """A scale for some of the children never ends the one for all of them."""
    of_entry = EntryFile.objects.filter(entry=entry).values_list("file_id", flat=True)
    return set(of_entry) == {f.pk for f in files}


def _is_safety(scale: Scale) -> bool:
    return scale.statement is not None and scale.statement.kind == Kind.DANGER


def _tell_leaders(scale: Scale, files: Sequence[File], by: Actor, at: datetime) -> None:
    if scale.statement is None:
        return
    link = reverse("thread", kwargs={"ref": scale.statement.entry.ref})
    leaders = leaders_for(files, by.account_id, at=at)
    for leader in leaders:
        tell(account=leader, kind="decide-today", words=LOW_WORDS, link=link, by=by, at=at)


def _who_and_who_differs(
    entry: Entry,
    worried: Sequence[Who],
    words: WorryWords,
    talk: Talk,
    files: Sequence[File],
    by: Actor,
    at: datetime,
) -> None:
    Worried.objects.bulk_create(
        Worried(entry=entry, person=w.person, staff=w.staff, professional=w.professional) for w in worried
    )
    children = {f.person_id for f in files}
    for d in words.differently:
        if d.person.pk not in children and d.words.strip():
            on = timezone.localdate(talk.happened_at)
            add_dissent(entry=entry, person=d.person, words=d.words, said_on=on, by=by, at=at)


def _score(row: int, put: Put, entry: Entry, scale: Scale, files: Sequence[File], talk: Talk, by: Actor) -> Score:
    person = put.who.person
    file = next((f for f in files if person and f.person_id == person.pk), None)
    return Score(
        entry=entry,
        scale=scale,
        file=file,
        person=person,
        staff=put.who.staff,
        professional=put.who.professional,
        row=row,
        value=put.value,
        unscored=put.unscored,
        reported_by=put.reported_by.strip() or passed_on(put, talk, by),
    )
