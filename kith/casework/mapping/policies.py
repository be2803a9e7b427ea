"""Who may write a worry, a goal and a number, now; and what each cannot be kept without (domain 1.5 to 1.8)."""

from collections.abc import Sequence
from datetime import date, datetime

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.mapping.models import HALVES, Aim, Goal, Kind, Scale, Statement, Unscored, Where
from kith.casework.mapping.numbers import is_asked
from kith.casework.mapping.queries import high_for_all, needs_child_version
from kith.casework.mapping.words import About, GoalWords, Put, Who, WorryWords
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.entries.models import Paragraph
from kith.people.persons.models import File, Membership

NOT_YOUR_WORK = Refusal(
    "worry-not-your-work",
    "Writing worries and goals is not part of your work. Ask the worker who holds the family.",
)
NOT_WORKING_WITH = Refusal(
    "worry-not-working-with", "You are not working with every child this is about. Ask their worker."
)
DANGER_NEEDS_CAUSE = Refusal(
    "worry-danger-needs-cause",
    "Call this a worry. Danger is for when there is reasonable cause to suspect that a child is suffering,"
    " or is likely to suffer, significant harm. If there is, write down what it is.",
)
NEEDS_WHO = Refusal("worry-needs-who", "Say who is worried. Name at least one person, the family’s own people first.")
NEEDS_WORDS = Refusal("worry-needs-words", "Say what has happened, and when it is most likely.")
NEEDS_EACH_CHILD = Refusal("worry-needs-each-child", "For each child, say what could happen if nothing changes.")
NEEDS_GOAL_AND_SCALE = Refusal(
    "worry-needs-goal-and-scale",
    "A worry is not agreed until it says what good looks like and has a scale from 0 to 10. Write those first.",
)
NEEDS_CHILD_VERSION = Refusal(
    "worry-needs-child-version",
    "Write this worry for the children too, in two to four short sentences, before it is agreed.",
)
SETTLED_ALREADY = Refusal("worry-settled", "This worry has been settled. If it is back, write it as it is now.")
NOT_A_WAY_TO_SETTLE = Refusal(
    "worry-how-settled", "Say whether this worry has eased, its goal is met, or another worry took its place, and why."
)
GOAL_WRITTEN = Refusal("goal-written", "This worry has its goal. Open it and change that one, saying why.")
GOAL_NEEDS_WORDS = Refusal("goal-needs-words", "Say what people will be doing instead, so that anyone could see it.")
GOAL_NEEDS_FAMILY = Refusal(
    "goal-needs-family-words", "Write how the family says what good looks like, in their words, before it is agreed."
)
GOAL_NEEDS_CHILDREN = Refusal(
    "goal-needs-child-version",
    "Write what good looks like for the children too, in two to four short sentences, before it is agreed.",
)
GOAL_NEEDS_NETWORK = Refusal(
    "goal-needs-network", "For a safety goal, say what the family’s own people will do to make sure."
)
GOAL_NEEDS_TIME = Refusal("goal-needs-time", "Say for how many weeks it must be seen, and what happens then.")
SCALE_NEEDS_ENDS = Refusal("scale-needs-ends", "Write the question, and what 0 and 10 mean for this family.")
SCALE_ENDED = Refusal(
    "scale-ended",
    "This scale has ended, because its words changed. Ask about the one that stands now, so that numbers compare.",
)
NOBODY_ASKED = Refusal("scores-nobody", "Write at least one person’s number, or why there is none.")
NOT_A_SCORE = Refusal("scores-not-a-score", "A number runs from 0 to 10. Halves are fine, such as 7.5.")
NEEDS_REASON = Refusal(
    "scores-needs-reason", "Where there is no number, say whether the person did not want to or was not asked, and why."
)
NEEDS_HIGH = Refusal(
    "scores-needs-high", "For each number, write what makes it that high, even if it is one small thing."
)
ASKED_TWICE = Refusal("scores-twice", "Each person gives one number in one conversation. Take out the second.")
CHILD_NOT_ASKED = Refusal(
    "scores-child-not-asked",
    "Each child of five or over gives their own number, in their own way. If one was not asked, say why.",
)
CHILD_ELSEWHERE = Refusal(
    "scores-child-elsewhere",
    "This scale is not in one of these children’s files, so their number cannot be kept with them.",
)


def write(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor write worries, goals, scales and numbers for these children?"""
    if not actor.may(Permission.STATEMENT_WRITE):
        return NOT_YOUR_WORK
    return None if actor.sees_all([f.pk for f in files], Verb.WRITE, Content.CORE) else NOT_WORKING_WITH


def compose_statement(
    *, actor: Actor, files: Sequence[File], kind: str, worried: Sequence[Who], words: WorryWords, at: datetime
) -> Refusal | None:
    """May this worry be kept? VAR-1: danger only with reasonable cause, recorded or by the plan the children are on."""
    if refusal := write(actor=actor, files=files):
        return refusal
    if kind == Kind.DANGER and not words.reasonable_cause.strip() and not high_for_all(files, at=at):
        return DANGER_NEEDS_CAUSE
    return _whole(files, worried, words)


def _whole(files: Sequence[File], worried: Sequence[Who], words: WorryWords) -> Refusal | None:
    if not worried:
        return NEEDS_WHO
    if not words.happened.strip() or not words.context.strip():
        return NEEDS_WORDS
    return None if _each_child(files, words.feared) else NEEDS_EACH_CHILD


def _each_child(files: Sequence[File], said: Sequence[About]) -> bool:
    return {f.person_id for f in files} <= {s.person.pk for s in said if s.words.strip()}


def revise_statement(
    *,
    actor: Actor,
    statement: Statement,
    files: Sequence[File],
    kind: str,
    worried: Sequence[Who],
    words: WorryWords,
    at: datetime,
) -> Refusal | None:
    """May this worry be changed like this? One that was settled stays as it was."""
    if statement.status != Where.OPEN:
        return SETTLED_ALREADY
    return compose_statement(actor=actor, files=files, kind=kind, worried=worried, words=words, at=at)


def take_to_family(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor take a draft worry to the family to be read back?"""
    return write(actor=actor, files=files)


def agree_statement(*, actor: Actor, statement: Statement, files: Sequence[File], at: datetime) -> Refusal | None:
    """May this worry be agreed? LINK-1: not without a goal and a scale; nor without the goal in the family's own
    words (domain 1.6); nor, on a plan or in care, without the children's version of both.
    """
    if refusal := write(actor=actor, files=files):
        return refusal
    goal = Goal.objects.filter(statement=statement).first()
    if goal is None or not Scale.objects.filter(statement=statement, ended_at__isnull=True).exists():
        return NEEDS_GOAL_AND_SCALE
    if not _says(goal.entry_id, "family-words"):
        return GOAL_NEEDS_FAMILY
    if not needs_child_version(files, at=at):
        return None
    if not _says(statement.entry_id, "child-version"):
        return NEEDS_CHILD_VERSION
    return None if _says(goal.entry_id, "child-version") else GOAL_NEEDS_CHILDREN


def _says(entry: int, slot: str) -> bool:
    return Paragraph.objects.filter(part__entry=entry, slot=slot).exists()


def settle_statement(
    *, actor: Actor, statement: Statement, files: Sequence[File], status: str, why: str
) -> Refusal | None:
    """May this worry be settled: eased, met, or replaced?"""
    if refusal := write(actor=actor, files=files):
        return refusal
    if statement.status != Where.OPEN:
        return SETTLED_ALREADY
    settles = status in {Where.EASED, Where.MET, Where.REPLACED}
    return None if settles and why.strip() else NOT_A_WAY_TO_SETTLE


def write_goal(
    *, actor: Actor, statement: Statement, files: Sequence[File], kind: str, words: GoalWords, weeks_needed: int
) -> Refusal | None:
    """May this goal be written for this worry? One worry, one goal."""
    if refusal := revise_goal(actor=actor, files=files, kind=kind, words=words, weeks_needed=weeks_needed):
        return refusal
    return GOAL_WRITTEN if Goal.objects.filter(statement=statement).exists() else None


def revise_goal(
    *, actor: Actor, files: Sequence[File], kind: str, words: GoalWords, weeks_needed: int
) -> Refusal | None:
    """May this goal be kept like this? A safety goal says what the family's own people will do (domain 1.6)."""
    if refusal := write(actor=actor, files=files):
        return refusal
    if not words.full_text.strip() or not words.adults_will.strip():
        return GOAL_NEEDS_WORDS
    if kind == Aim.SAFETY and not words.network_will.strip():
        return GOAL_NEEDS_NETWORK
    return None if weeks_needed >= 1 else GOAL_NEEDS_TIME


def set_scale(*, actor: Actor, files: Sequence[File], ends: Sequence[str]) -> Refusal | None:
    """May this scale be set? `ends` are the question and what 0 and 10 mean: all three are needed."""
    if refusal := write(actor=actor, files=files):
        return refusal
    return None if all(e.strip() for e in ends) else SCALE_NEEDS_ENDS


def take_scores(
    *, actor: Actor, scale: Scale, files: Sequence[File], scores: Sequence[Put], on: date
) -> Refusal | None:
    """May these numbers be kept? Each is one person's, in halves from 0 to 10, or there is a reason (domain 1.7).

    A number says what makes it that high. Domain 1.7 marks `why_not_higher` and `one_step_up` required too: they are
    asked of everybody and block nobody, because a child of five gives one answer and then is done.
    """
    if refusal := write(actor=actor, files=files):
        return refusal
    if scale.ended_at is not None:
        return SCALE_ENDED
    return _each_score(scores) or _children(scale, files, scores, on)


def _each_score(scores: Sequence[Put]) -> Refusal | None:
    if not scores:
        return NOBODY_ASKED
    if len({s.who.key for s in scores}) < len(scores):
        return ASKED_TWICE
    if any(s.value is not None and s.value not in HALVES for s in scores):
        return NOT_A_SCORE
    if any(s.value is not None and not s.high.strip() for s in scores):
        return NEEDS_HIGH
    unasked = [s for s in scores if s.value is None]
    if any(s.unscored not in Unscored.values or not s.reason.strip() for s in unasked):
        return NEEDS_REASON
    return NEEDS_REASON if any(s.unscored for s in scores if s.value is not None) else None


def _children(scale: Scale, files: Sequence[File], scores: Sequence[Put], on: date) -> Refusal | None:
    """SC-3, and no child's number outside that child's own file."""
    here = {f.person_id for f in files}
    said = {s.who.person.pk for s in scores if s.who.person}
    elsewhere = Membership.objects.filter(family=scale.family_id, is_child=True, person__in=said - here)
    if said - here and elsewhere.exists():
        return CHILD_ELSEWHERE
    asked = {f.person_id for f in files if is_asked(f.person, on)}
    return CHILD_NOT_ASKED if asked - said else None
