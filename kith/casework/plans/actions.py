"""The verbs of safety planning: write a plan, take it to the family, agree it, write the next version, end it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from django.utils import timezone

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.casework.plans import policies
from kith.casework.plans.models import AgreedBy, BeingHurt, Rule, SafetyPlan, Says, WhatIf
from kith.casework.plans.queries import asked_of, children_among
from kith.casework.plans.words import Answer, PlanWords, ShownTo
from kith.kit.refusal import Refusal, require
from kith.people.entries.actions import add_dissent, mark_shared, move_entry, record_entry, revise_entry
from kith.people.entries.models import Entry, Status
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import Family, File
from kith.people.persons.queries import lock_files

REPLACED = "A newer version was agreed."


@action
def make_plan(
    *, family: Family, files: Sequence[File], talk: Talk, words: PlanWords, by: Actor, at: datetime
) -> SafetyPlan:
    """Write a safety plan for these children, as a draft to be taken to the family (domain 2.4).

    LINK-2: every rule names the worry it guards against. Raises `Refused` when somebody would make sure of
    themselves, when a child or the person being hurt would have to, or when it is looked at again too late.
    """
    files = lock_files(files)
    require(policies.make_plan(actor=by, files=files))
    require(_sound(words, family, at))
    shared, own = _words(words, files)
    entry = record_entry(
        kind="plan",
        family=family,
        files=files,
        talk=talk,
        shared=shared,
        own=own,
        status=Status.DRAFT,
        by=by,
        at=at,
    )
    plan = _lay_out(entry, words)
    note("plan.drafted", about=plan, files=[f.ref for f in files], entry=str(entry.ref), kind=plan.kind)
    return plan


@action
def revise_plan(
    *, plan: SafetyPlan, why: str, files: Sequence[File], talk: Talk, words: PlanWords, by: Actor, at: datetime
) -> SafetyPlan:
    """Write a newer version beside this one, saying why; it is a draft until the family has seen and agreed it.

    Until then the family lives by the version it agreed. Raises `Refused` when a newer version was saved since.
    """
    locked = lock_files(chain(files, files_of(plan.entry)))
    plan = _locked(plan)
    require(policies.revise_plan(actor=by, plan=plan, files=locked))
    require(None if why.strip() else policies.NEEDS_WHY)
    require(_sound(words, plan.entry.family, at))
    files = [f for f in locked if f in files]
    shared, own = _words(words, files)
    entry = revise_entry(
        entry=plan.entry,
        why=why,
        files=files,
        talk=talk,
        shared=shared,
        own=own,
        status=Status.DRAFT,
        by=by,
        at=at,
    )
    newer = _lay_out(entry, words)
    note("plan.revised", about=newer, files=[f.ref for f in files], entry=str(entry.ref), older=str(plan.entry.ref))
    return newer


@action
def share_with_family(*, plan: SafetyPlan, shown: Sequence[ShownTo], by: Actor, at: datetime) -> SafetyPlan:
    """Write down who in the family was shown this plan, how and when. From then it is with the family.

    It may be done again while the plan is with them, as more people are shown it.
    """
    files, plan = lock_files(files_of(plan.entry)), _locked(plan)
    require(policies.share_with_family(actor=by, plan=plan, files=files))
    children = children_among(plan.entry.family, [s.person for s in shown], at=at)
    today = timezone.localdate(at)
    require(policies.shown_to(shown=shown, children=children, today=today, before=plan.shown_on is not None))
    for one in shown:
        mark_shared(
            entry=plan.entry,
            person=one.person,
            how=one.how,
            shared_on=one.shown_on,
            response=one.response,
            by=by,
            at=at,
        )
    plan.shown_on = min([one.shown_on for one in shown] + ([plan.shown_on] if plan.shown_on else []))
    plan.save(update_fields=["shown_on"])
    if plan.entry.status == Status.DRAFT:
        plan.entry = move_entry(entry=plan.entry, to=Status.WITH_FAMILY, by=by, at=at)
    note("plan.with-family", about=plan, files=[f.ref for f in files], shown=[str(s.person.ref) for s in shown])
    return plan


@action
def take_back_plan(*, plan: SafetyPlan, talk: Talk, answer: Answer, by: Actor, at: datetime) -> SafetyPlan:
    """Take a plan back as a draft because somebody wants it changed. What they said is kept in their own words."""
    files, plan = lock_files(files_of(plan.entry)), _locked(plan)
    require(policies.take_back_plan(actor=by, plan=plan, files=files))
    require(policies.sent_back(answer=answer, rules=_rules(plan)))
    _keep_answers(plan, files, talk, [answer], by, at)
    plan.shown_on = None
    plan.save(update_fields=["shown_on"])
    plan.entry = move_entry(entry=plan.entry, to=Status.DRAFT, by=by, at=at)
    note("plan.taken-back", about=plan, files=[f.ref for f in files], entry=str(plan.entry.ref))
    return plan


@action
def agree_plan(*, plan: SafetyPlan, talk: Talk, answers: Sequence[Answer], by: Actor, at: datetime) -> SafetyPlan:
    """Write down that the family agrees this plan, with what each person says to it; from then they live by it.

    Each adult and each child of five or over has answered, or there is a reason; a parent or carer agrees.
    Anybody's no is kept and stands beside the plan or the rule. The version before it ends the same day.
    """
    files, plan = lock_files(files_of(plan.entry)), _locked(plan)
    require(policies.agree_plan(actor=by, plan=plan, files=files))
    require(
        policies.answered(
            answers=answers,
            asked=asked_of(by, plan, at=at),
            shown=set(plan.entry.shared.values_list("person_id", flat=True)),
            rules=_rules(plan),
            children=children_among(plan.entry.family, [a.person for a in answers], at=at),
        )
    )
    on = timezone.localdate(talk.happened_at)
    require(policies.agreed_when(plan=plan, on=on))
    _keep_answers(plan, files, talk, answers, by, at)
    to = Status.AGREED_WITH_DISSENT if any(a.differs for a in answers) else Status.AGREED
    plan.agreed_on = on
    plan.save(update_fields=["agreed_on"])
    plan.entry = move_entry(entry=plan.entry, to=to, by=by, at=at)
    _end_those_before(plan, on)
    note("plan.agreed", about=plan, files=[f.ref for f in files], entry=str(plan.entry.ref), to=to)
    return plan


@action
def end_plan(*, plan: SafetyPlan, why: str, on: date, by: Actor, at: datetime) -> SafetyPlan:
    """End a plan the family lives by, saying why in words they would use. Nothing of it is lost."""
    files, plan = lock_files(files_of(plan.entry)), _locked(plan)
    require(policies.end_plan(actor=by, plan=plan, files=files, why=why))
    require(policies.ended_when(plan=plan, on=on, today=timezone.localdate(at)))
    plan.ended_on, plan.ended_why = on, why
    plan.save(update_fields=["ended_on", "ended_why"])
    note("plan.ended", about=plan, files=[f.ref for f in files], entry=str(plan.entry.ref))
    return plan


def _locked(plan: SafetyPlan) -> SafetyPlan:
    rows = SafetyPlan.objects.select_for_update(of=("self",)).select_related("entry__family")
    return rows.get(pk=plan.pk)


def _rules(plan: SafetyPlan) -> set[int]:
    return set(plan.rules.values_list("row", flat=True))


def _sound(words: PlanWords, family: Family, at: datetime) -> Refusal | None:
    named = [p for r in words.rules for p in (r.who_does, r.makes_sure) if p]
    named += [w.who_does for w in words.what_ifs]
    return policies.sound(words=words, family=family, children=children_among(family, named, at=at))


def _lay_out(entry: Entry, words: PlanWords) -> SafetyPlan:
    plan = SafetyPlan.objects.create(
        entry=entry,
        kind=words.kind,
        in_whose_words=words.in_whose_words,
        starts_on=words.starts_on,
        review_by=words.review_by,
    )
    Rule.objects.bulk_create(
        Rule(
            plan=plan,
            row=row,
            who_does=r.who_does,
            makes_sure=r.makes_sure,
            makes_sure_staff=r.makes_sure_staff,
            guards=r.guards,
            times=list(r.times),
            at=r.at,
        )
        for row, r in enumerate(words.rules)
    )
    WhatIf.objects.bulk_create(WhatIf(plan=plan, row=row, who_does=w.who_does) for row, w in enumerate(words.what_ifs))
    BeingHurt.objects.bulk_create(BeingHurt(plan=plan, person=p) for p in words.being_hurt)
    return plan


def _words(words: PlanWords, files: Sequence[File]) -> tuple[list[Said], Mapping[int, list[Said]]]:
    """Lay the words out: a rule in a child's own words goes in that child's own part, the rest is shared."""
    shared: list[Said] = []
    own: dict[int, list[Said]] = {f.pk: [] for f in files}
    part_of = {f.person_id: own[f.pk] for f in files}
    for row, rule in enumerate(words.rules):
        where = part_of.get(rule.given_by.pk, shared) if rule.given_by else shared
        where.append(Said("rule", rule.text, row, given_by=rule.given_by, own_words=rule.given_by is not None))
        shared += [Said("instead", rule.instead, row), Said("know", rule.child_knows, row)]
    for row, w in enumerate(words.what_ifs):
        shared += [Said("if", w.when, row), Said("then", w.then, row)]
        shared += [Said("backup", w.backup, row), Said("call-999", w.call_999, row)]
    return shared, own


def _keep_answers(
    plan: SafetyPlan, files: Sequence[File], talk: Talk, answers: Sequence[Answer], by: Actor, at: datetime
) -> None:
    """Keep what people said as one conversation: a child's words in their own part, an adult's no as a dissent."""
    shared: list[Said] = []
    own: dict[int, list[Said]] = {f.pk: [] for f in files}
    file_of = {f.person_id: f for f in files}
    for row, a in enumerate(answers):
        file = file_of.get(a.person.pk)
        if file is None and a.differs:
            continue
        (own[file.pk] if file else shared).append(_said(a, row))
    entry = record_entry(
        kind="plan-answers", family=plan.entry.family, files=files, talk=talk, shared=shared, own=own, by=by, at=at
    )
    rules = {r.row: r for r in plan.rules.all()}
    day = timezone.localdate(talk.happened_at)
    for row, a in enumerate(answers):
        _keep_answer(plan, entry, row, a, file_of.get(a.person.pk), rules, day, by, at)


def _said(answer: Answer, row: int) -> Said:
    slots = {Says.AGREES: "answer", Says.DIFFERS: "sees-differently", Says.NOT_ASKED: "why-not-asked"}
    asked = answer.answer != Says.NOT_ASKED
    person = answer.person
    return Said(
        slots[Says(answer.answer)],
        answer.words,
        row,
        about=person,
        given_by=person if asked else None,
        own_words=asked,
    )


def _keep_answer(
    plan: SafetyPlan,
    entry: Entry,
    row: int,
    answer: Answer,
    file: File | None,
    rules: Mapping[int, Rule],
    day: date,
    by: Actor,
    at: datetime,
) -> None:
    on = None if answer.answer == Says.NOT_ASKED else answer.said_on or day
    dissent = None
    if answer.differs and file is None:
        dissent = add_dissent(
            entry=plan.entry, person=answer.person, words=answer.words, said_on=on or day, by=by, at=at
        )
    AgreedBy.objects.create(
        plan=plan,
        entry=entry,
        row=row,
        person=answer.person,
        file=file,
        answer=answer.answer,
        carer=answer.carer,
        said_on=on,
        how=answer.how,
        rule=rules[answer.rule] if answer.rule is not None else None,
        dissent=dissent,
    )


def _end_those_before(plan: SafetyPlan, on: date) -> None:
    """End every earlier version still being lived by, the day this one was agreed."""
    earlier: list[int] = []
    older = plan.entry.supersedes
    while older is not None:
        earlier.append(older.pk)
        older = older.supersedes
    SafetyPlan.objects.in_force().filter(entry__in=earlier).update(ended_on=on, ended_why=REPLACED)
