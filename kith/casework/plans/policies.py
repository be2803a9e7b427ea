"""Who may write, show and agree a plan, now; and what a plan cannot be kept without (domain 2.4)."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.plans.models import Kind, SafetyPlan, Says
from kith.casework.plans.states import may_move
from kith.casework.plans.words import TIMES, WAYS, Answer, PlanWords, RuleWords, ShownTo, WhatIfWords
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.entries.models import Entry
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.persons.models import Family, File, Person

LONGEST = {
    Kind.IMMEDIATE: timedelta(hours=72),
    Kind.INTERIM: timedelta(days=28),
    Kind.FULL: timedelta(days=28),
}
"""How long a plan may go before it is looked at again (domain 2.4; the 28 days are local)."""
WHAT_IFS_OF_A_FULL_PLAN = 2

NOT_YOUR_WORK = Refusal(
    "plan-not-your-work", "Writing safety plans is not part of your work. Ask the worker who holds the family."
)
NOT_WORKING_WITH = Refusal(
    "plan-not-working-with", "You are not working with every child this plan is for. Ask their worker."
)
NOT_YOURS_TO_AGREE = Refusal(
    "plan-not-yours-to-agree",
    "Writing down that a plan is agreed is not part of your work. Ask the worker who holds the family.",
)
NEEDS_A_RULE = Refusal("plan-needs-a-rule", "Write at least one rule: who does what, and who makes sure.")
RULE_NEEDS_WORDS = Refusal("plan-rule-needs-words", "Write each rule in the words of the person who will do it.")
RULE_NEEDS_TIMES = Refusal("plan-rule-needs-times", "For each rule, say which times of the day or month it covers.")
NEEDS_SOMEBODY_SURE = Refusal(
    "plan-needs-somebody-sure", "For each rule, name one person who makes sure: one of their own people, or a worker."
)
SAME_PERSON = Refusal("plan-same-person", "Somebody else must make sure. Nobody checks on themselves.")
CHILD_MAKES_SURE = Refusal(
    "plan-child-makes-sure", "A child never has to make sure. Name a grown-up who will look, and ask them."
)
HURT_MAKES_SURE = Refusal(
    "plan-hurt-makes-sure",
    "The person being hurt cannot be the one who makes sure. Name somebody else who has agreed to.",
)
NEEDS_THE_WORRY = Refusal(
    "plan-needs-the-worry",
    "For each rule, say which worry it guards against. If no worry is written yet, write it first,"
    " or make this a plan for the next three days.",
)
NOT_THEIR_WORRY = Refusal("plan-not-their-worry", "A rule can only guard against a worry written with this family.")
CHILD_ACTS = Refusal(
    "plan-child-acts", "When something goes wrong a grown-up acts, never a child. Name the grown-up who will."
)
WHAT_IF_NEEDS_WORDS = Refusal("plan-what-if-needs-words", "For each what-if, say what is seen and what happens then.")
NEEDS_WHAT_IFS = Refusal("plan-needs-what-ifs", "A whole plan needs at least two what-ifs. Write what could go wrong.")
NOT_A_PLAN = Refusal(
    "plan-kind", "Say whether this is for three days, for now or the whole plan, and whose words it is in."
)
REVIEW_BEFORE_START = Refusal("plan-review-before-start", "The plan is looked at again after it starts, not before.")
THREE_DAYS = Refusal("plan-three-days", "A plan for today lasts at most three days. Choose a day within them.")
TWENTY_EIGHT_DAYS = Refusal(
    "plan-28-days", "While a plan is being tried it is looked at again within 28 days. Choose a nearer day."
)
NOT_NEXT = Refusal(
    "plan-not-next",
    "That does not follow from where the plan stands. A draft goes to the family first; only then is it agreed.",
)
SHOWN_TO_NOBODY = Refusal("plan-shown-to-nobody", "Say who was shown the plan. At least one must be a grown-up in it.")
NOT_A_WAY_TO_SHOW = Refusal("plan-how-shown", "Say how each person was shown it, and on which day. Not a day to come.")
NEEDS_EVERYBODY = Refusal(
    "plan-needs-everybody",
    "Write what each grown-up, and each child of five or over, says to the plan, or why they were not asked.",
)
NEEDS_THEIR_WORDS = Refusal(
    "plan-needs-their-words", "Write each answer in the person’s own words. If they were not asked, say why."
)
NEEDS_A_CARER = Refusal(
    "plan-needs-a-carer",
    "A plan is agreed when at least one parent, or the person who cares for the children, agrees to it."
    " If none does, take it back and change it with them.",
)
NOT_SHOWN = Refusal(
    "plan-not-shown", "Nobody can answer about a plan they have not seen. Show it to them first, and write that down."
)
ANSWERED_TWICE = Refusal("plan-answered-twice", "Each person gives one answer. Take out the second.")
NO_SUCH_RULE = Refusal("plan-no-such-rule", "Choose a rule that is in this plan, or the whole plan.")
AGREED_BEFORE_SHOWN = Refusal(
    "plan-agreed-before-shown", "The family agreed on or after the day they were shown the plan. Check the date."
)
ENDS_IN_ITS_TIME = Refusal(
    "plan-ends-in-its-time", "A plan ends on or after the day it was agreed, and not on a day to come. Check the date."
)
NEEDS_WHY = Refusal("plan-needs-why", "Say why, in words the family would use.")
NOT_IN_FORCE = Refusal("plan-not-in-force", "This plan is not being lived by, so there is nothing to end.")
ENDED = Refusal("plan-ended", "This plan has ended. If there is a worry again, make a new plan.")


def make_plan(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor write a plan for these children?"""
    if not actor.may(Permission.PLAN_WRITE):
        return NOT_YOUR_WORK
    return None if actor.sees_all([f.pk for f in files], Verb.WRITE, Content.CORE) else NOT_WORKING_WITH


def revise_plan(*, actor: Actor, plan: SafetyPlan, files: Sequence[File]) -> Refusal | None:
    """May this actor write a newer version of this plan? Only of the newest, and not once it has ended."""
    if refusal := make_plan(actor=actor, files=files):
        return refusal
    if Entry.objects.filter(supersedes=plan.entry_id).exists():
        return REPLACED_ALREADY
    return None if may_move("revise_plan", plan.state) else ENDED


def share_with_family(*, actor: Actor, plan: SafetyPlan, files: Sequence[File]) -> Refusal | None:
    """May this actor write down that the family has been shown this plan?"""
    if refusal := make_plan(actor=actor, files=files):
        return refusal
    return None if may_move("share_with_family", plan.state) else NOT_NEXT


def take_back_plan(*, actor: Actor, plan: SafetyPlan, files: Sequence[File]) -> Refusal | None:
    """May this actor take a plan back from the family as a draft, because somebody wants it changed?"""
    if refusal := make_plan(actor=actor, files=files):
        return refusal
    return None if may_move("take_back_plan", plan.state) else NOT_NEXT


def agree_plan(*, actor: Actor, plan: SafetyPlan, files: Sequence[File]) -> Refusal | None:
    """May this actor write down that this plan is agreed? Never from a draft: the family comes between."""
    if not actor.may(Permission.PLAN_AGREE):
        return NOT_YOURS_TO_AGREE
    if refusal := make_plan(actor=actor, files=files):
        return refusal
    return None if may_move("agree_plan", plan.state) else NOT_NEXT


def end_plan(*, actor: Actor, plan: SafetyPlan, files: Sequence[File], why: str) -> Refusal | None:
    """May this actor end a plan the family lives by? `why` is what the family will read."""
    if not actor.may(Permission.PLAN_AGREE):
        return NOT_YOURS_TO_AGREE
    if refusal := make_plan(actor=actor, files=files):
        return refusal
    if plan.agreed_on is None or not may_move("end_plan", plan.state):
        return NOT_IN_FORCE
    return None if why.strip() else NEEDS_WHY


def sound(*, words: PlanWords, family: Family, children: Collection[int]) -> Refusal | None:
    """Is this a plan that could keep somebody safe? `children` are ids of people too young to be made responsible.

    LINK-2: every rule names the worry it guards against; a plan for three days may come before the worry.
    """
    if refusal := dated(words=words):
        return refusal
    if not words.rules:
        return NEEDS_A_RULE
    hurt = {p.pk for p in words.being_hurt}
    each = (rule_sound(rule=r, kind=words.kind, family=family, children=children, hurt=hurt) for r in words.rules)
    if refusal := next(filter(None, each), None):
        return refusal
    if words.kind == Kind.FULL and len(words.what_ifs) < WHAT_IFS_OF_A_FULL_PLAN:
        return NEEDS_WHAT_IFS
    return next(filter(None, (what_if_sound(what_if=w, children=children) for w in words.what_ifs)), None)


def rule_sound(
    *, rule: RuleWords, kind: str, family: Family, children: Collection[int], hurt: Collection[int]
) -> Refusal | None:
    """Could this rule keep somebody safe? It has words and times, somebody else makes sure, and it names a worry."""
    return _rule_said(rule) or _rule_sure(rule, children, hurt) or _rule_guards(rule, kind, family)


def what_if_sound(*, what_if: WhatIfWords, children: Collection[int]) -> Refusal | None:
    """Does this what-if say what is seen and what a grown-up then does?"""
    if not what_if.when.strip() or not what_if.then.strip():
        return WHAT_IF_NEEDS_WORDS
    return CHILD_ACTS if what_if.who_does.pk in children else None


def dated(*, words: PlanWords) -> Refusal | None:
    """Is it said how far the plan has come and whose words it is in, and is it looked at again soon enough?"""
    if words.kind not in LONGEST or not words.in_whose_words:
        return NOT_A_PLAN
    if words.review_by < words.starts_on:
        return REVIEW_BEFORE_START
    if words.review_by - words.starts_on <= LONGEST[Kind(words.kind)]:
        return None
    return THREE_DAYS if words.kind == Kind.IMMEDIATE else TWENTY_EIGHT_DAYS


def _rule_said(rule: RuleWords) -> Refusal | None:
    if not rule.text.strip():
        return RULE_NEEDS_WORDS
    return None if rule.times and set(rule.times) <= set(TIMES) else RULE_NEEDS_TIMES


def _rule_sure(rule: RuleWords, children: Collection[int], hurt: Collection[int]) -> Refusal | None:
    if (rule.makes_sure is None) == (rule.makes_sure_staff is None):
        return NEEDS_SOMEBODY_SURE
    if rule.makes_sure is None:
        return None
    if rule.makes_sure.pk == rule.who_does.pk:
        return SAME_PERSON
    if rule.makes_sure.pk in children:
        return CHILD_MAKES_SURE
    return HURT_MAKES_SURE if rule.makes_sure.pk in hurt else None


def _rule_guards(rule: RuleWords, kind: str, family: Family) -> Refusal | None:
    if rule.guards is None:
        return None if kind == Kind.IMMEDIATE else NEEDS_THE_WORRY
    theirs = rule.guards.kind == "statement" and rule.guards.family_id == family.pk
    return None if theirs else NOT_THEIR_WORRY


def shown_to(
    *, shown: Sequence[ShownTo], children: Collection[int], today: date, before: bool = False
) -> Refusal | None:
    """Is it said who was shown the plan, how and when? A grown-up must be among them, or shown it `before`."""
    if not shown or not (before or any(s.person.pk not in children for s in shown)):
        return SHOWN_TO_NOBODY
    return NOT_A_WAY_TO_SHOW if any(s.how not in WAYS or s.shown_on > today for s in shown) else None


def answered(
    *,
    answers: Sequence[Answer],
    asked: Sequence[Person],
    shown: Collection[int],
    rules: Collection[int],
    children: Collection[int],
) -> Refusal | None:
    """Has everybody been asked, and has each answered in their own words? At least one parent or carer must agree."""
    people = [a.person.pk for a in answers]
    if len(set(people)) < len(people):
        return ANSWERED_TWICE
    if {p.pk for p in asked} - set(people):
        return NEEDS_EVERYBODY
    if refusal := next(filter(None, (answer_given(answer=a, shown=shown, rules=rules) for a in answers)), None):
        return refusal
    agree = [a for a in answers if a.carer and a.answer == Says.AGREES and a.person.pk not in children]
    return None if agree else NEEDS_A_CARER


def answer_given(*, answer: Answer, shown: Collection[int], rules: Collection[int]) -> Refusal | None:
    """Is this one answer whole: known, in words, about a rule of this plan, from somebody who was shown it?"""
    if answer.answer not in Says.values or not answer.words.strip():
        return NEEDS_THEIR_WORDS
    if answer.rule is not None and answer.rule not in rules:
        return NO_SUCH_RULE
    return None if answer.answer == Says.NOT_ASKED or answer.person.pk in shown else NOT_SHOWN


def sent_back(*, answer: Answer, rules: Collection[int]) -> Refusal | None:
    """Is it said who wants the plan changed, and what they said, in their own words?"""
    if not answer.differs:
        return NEEDS_THEIR_WORDS
    return answer_given(answer=answer, shown={answer.person.pk}, rules=rules)


def agreed_when(*, plan: SafetyPlan, on: date) -> Refusal | None:
    """Was it agreed on the day the family was first shown it, or after?"""
    return None if plan.shown_on and on >= plan.shown_on else AGREED_BEFORE_SHOWN


def ended_when(*, plan: SafetyPlan, on: date, today: date) -> Refusal | None:
    """Did it end after it was agreed, and not on a day to come?"""
    return None if plan.agreed_on and plan.agreed_on <= on <= today else ENDS_IN_ITS_TIME
