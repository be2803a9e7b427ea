"""Questions about plans: what a family lives by, what is coming, and who does what tonight."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kith.access.actor import Actor
from kith.casework.mapping.models import Statement
from kith.casework.plans.models import AgreedBy, PlanQuerySet, Rule, SafetyPlan, WhatIf, Whose
from kith.casework.plans.shown import AnswerShown, Line, PlanShown, RuleShown, Standing, WhatIfShown, Worry
from kith.casework.plans.states import WORDS, State
from kith.casework.plans.words import FEWEST_RULES, MOST_RULES, only_says_not
from kith.kit.wording import clock_time
from kith.people.entries.models import Dissent, Entry, Paragraph, Shared, Status
from kith.people.entries.queries import Reading, newest, readings
from kith.people.persons.models import Family, File, Person
from kith.people.persons.queries import members_of

R = TypeVar("R", bound=Model)
Beside = Mapping[int, Mapping[int, R]]
NOT_AGREED = frozenset({State.DRAFT, State.WITH_FAMILY})
OLD_ENOUGH, GROWN_UP = 5, 18
"""Ages in years: from five a child answers about a plan (domain 1.7, 2.4); at eighteen somebody is grown up."""
LINES_TONIGHT = 4
_USUAL = {"after-school": time(15, 30), "bedtime": time(19, 30), "night": time(23, 30), "mornings": time(7)}
_IN_WORDS = {
    "after-school": "After school",
    "bedtime": "Bedtime",
    "night": "Through the night",
    "mornings": "In the morning",
}
_WEEKEND_BEGINS = 4  # Friday


def open_plan(actor: Actor, ref: UUID) -> PlanShown | None:
    """Find one version of a plan by its entry's address, as this reader may see it. Unknown and hidden alike: None."""
    plan = _plans().filter(entry__ref=ref).first()
    if plan is None:
        return None
    found = _shown(actor, [plan])
    return found[0] if found else None


def newer_than(actor: Actor, plan: SafetyPlan) -> PlanShown | None:
    """Give the newest version that has taken this one's place, if one has."""
    entry = plan.entry
    while newer := Entry.objects.filter(supersedes=entry).first():
        entry = newer
    return open_plan(actor, entry.ref) if entry.pk != plan.entry_id else None


def plans_of(actor: Actor, files: Sequence[File]) -> Standing:
    """Give the plan these children's family lives by, what is coming, and those before, as this reader may see them."""
    rows = _plans().filter(entry__files__file__in=files).distinct()
    found = _shown(actor, list(rows.order_by("-entry__happened_at", "-pk")))
    current = next((p for p in found if _in_force(p.plan)), None)
    coming = next((p for p in found if p.state in NOT_AGREED), None)
    return Standing(current, coming, [p for p in found if p not in (current, coming)])


def standing_of(files: Sequence[File]) -> QuerySet[SafetyPlan]:
    """The plans in these files that a family lives by, or that wait for it: to be read with others' entries."""
    waits = Q(entry__status__in=[Status.DRAFT, Status.WITH_FAMILY])
    plans = SafetyPlan.objects.filter(entry__files__file__in=files, ended_on__isnull=True)
    return plans.filter(waits | Q(agreed_on__isnull=False))


def told_in(plans: QuerySet[SafetyPlan]) -> Q:
    """The entries of these plans and of what people said to them."""
    return Q(pk__in=plans.values("entry")) | Q(
        pk__in=AgreedBy.objects.filter(plan__in=plans.values("pk")).values("entry")
    )


def plans_among(readings: Sequence[Reading], rules: Beside[Rule], answers: Beside[AgreedBy]) -> Standing:
    """Lay out the plan lived by and the one coming, among entries read with `safety_plan` beside them, newest first.

    `rules` are by the plan's entry, `answers` by the entry they were given in. A rule's worry is not read. No query.
    """
    read = {r.entry.pk: r for r in readings}
    given = _by_plan(sorted(chain.from_iterable(rows.values() for rows in answers.values()), key=lambda a: a.pk))
    found = [_among(r, rules, given, read) for r in readings if hasattr(r.entry, "safety_plan")]
    lived_by = max((p for p in found if _in_force(p.plan)), key=lambda p: p.reading.entry.happened_at, default=None)
    return Standing(lived_by, next((p for p in found if p.state in NOT_AGREED), None), [])


def _among(
    reading: Reading, rules: Beside[Rule], given: dict[int, list[AgreedBy]], read: dict[int, Reading]
) -> PlanShown:
    plan = reading.entry.safety_plan
    shown = PlanShown(plan, reading, answers=_answered(given[plan.pk], reading, read))
    if reading.shared_open:
        in_order = sorted(rules[reading.entry.pk].values(), key=lambda rule: rule.pk)
        shown.rules = [_rule(rule, reading, None, shown.answers) for rule in in_order]
        beside = {a.given.dissent_id for a in shown.answers}
        shown.other_views = [d for d in reading.dissents if d.pk not in beside]
    return shown


def plan_among(readings: Sequence[Reading]) -> Reading | None:
    """Give the plan the family lives by among these, each read with `safety_plan`, even while a newer is written."""
    found = [r for r in readings if hasattr(r.entry, "safety_plan") and _in_force(r.entry.safety_plan)]
    return max(found, key=lambda r: (r.entry.happened_at, r.entry.safety_plan.pk), default=None)


def tonight(reading: Reading, rules: Iterable[Rule], at: datetime) -> list[Line]:
    """Say who does what from this evening to tomorrow morning, by this plan with these rules; at most four lines."""
    in_order = sorted(rules, key=lambda rule: rule.pk) if reading.shared_open else []
    shown = PlanShown(reading.entry.safety_plan, reading, [_rule(r, reading, None, []) for r in in_order])
    return lines_of(shown, timezone.localdate(at))


def lines_of(shown: PlanShown, today: date) -> list[Line]:
    """Give tonight's lines of one plan: rules with a time this evening, tonight or tomorrow morning, in that order."""
    if shown.plan.starts_on > today:
        return []
    timed = [(_hour(r, today), r) for r in shown.rules if r.text]
    kept = sorted(((hour, r.rule.row, r) for hour, r in timed if hour is not None), key=lambda t: t[:2])
    return [_line(r) for _, _, r in kept[:LINES_TONIGHT]]


def worries_of(actor: Actor, files: Sequence[File]) -> list[Worry]:
    """Give the worries written for these children, as this reader may see them: a rule guards against one (LINK-2)."""
    found = readings(actor, newest(files, "statement"))
    return [Worry(r.entry.ref, r.text("full-text")) for r in found if r.text("full-text")]


def worry_named(worries: Sequence[Worry], ref: str) -> Statement | None:
    """Give one of these worries by its address."""
    wanted = next((w.ref for w in worries if str(w.ref) == ref), None)
    return Statement.objects.filter(entry__ref=wanted).select_related("entry").first() if wanted else None


def asked_of(actor: Actor, plan: SafetyPlan, *, at: datetime) -> list[Person]:
    """Give everybody whose answer a plan needs: its children of five and over, each adult, and whoever it names.

    Somebody whose own file is closed to this reader is not among them: nothing here betrays a closed file.
    """
    members = members_of(plan.entry.family, at=at)
    seen = actor.sees([m.person.file.pk for m in members if hasattr(m.person, "file")])
    covered = set(plan.entry.files.values_list("file_id", flat=True))
    today = timezone.localdate(at)
    people = [m.person for m in members if not hasattr(m.person, "file") or m.person.file.pk in seen]
    young = {m.person_id for m in members if m.is_child}
    out = [p for p in people if p.pk not in young or _answers(p, covered, today)]
    named = [one for r in plan.rules.select_related("who_does", "makes_sure") for one in (r.who_does, r.makes_sure)]
    known = {m.person_id for m in members}
    return out + list({p.pk: p for p in named if p and p.pk not in known}.values())


def children_among(family: Family, people: Iterable[Person], *, at: datetime) -> frozenset[int]:
    """Give the ids of the family's children, and of any of these people who are under eighteen and not its adults."""
    members = members_of(family, at=at)
    grown = {m.person_id for m in members if not m.is_child}
    today = timezone.localdate(at)
    young = {p.pk for p in people if p.pk not in grown and not _is(p, GROWN_UP, today)}
    return frozenset(young | {m.person_id for m in members if m.is_child})


def prompts(shown: PlanShown) -> list[str]:
    """Give questions to think about (domain 2.4). They advise; none of them stops anything."""
    out = [_about_rule(r) for r in shown.rules if only_says_not(r.text, r.instead)]
    if len(shown.rules) > MOST_RULES:
        out.append("More than ten rules are hard to keep in mind at one in the morning. Which matter most?")
    if 0 < len(shown.rules) < FEWEST_RULES:
        out.append("Most families need at least three rules. Which time of day has nobody yet?")
    if shown.plan.in_whose_words == Whose.WORKER:
        out.append("This is in a worker’s words. Rework it with the family within ten working days.")
    children = {f.person_id for f in shown.reading.files}
    out += [_about_child(r) for r in shown.rules if r.rule.who_does_id in children]
    if shown.rules and all(r.rule.makes_sure_staff_id for r in shown.rules):
        out.append("Only workers make sure. Who of the family’s own people could?")
    return out


def in_words(shown: PlanShown) -> str:
    """Say where a version stands. One the family lives by is agreed, even while a newer one is being written."""
    if not _in_force(shown.plan):
        return WORDS[shown.state]
    differs = shown.other_views or any(a.differs for a in shown.answers)
    return WORDS[State.AGREED_WITH_DISSENT if differs else State.AGREED]


def _about_rule(shown: RuleShown) -> str:
    return f"Rule {shown.rule.row + 1} says what will not happen. What will {shown.rule.who_does.known_as} do instead?"


def _about_child(shown: RuleShown) -> str:
    return f"Rule {shown.rule.row + 1} gives {shown.rule.who_does.known_as} a job. Sorting it out is a grown-up’s."


def _plans() -> PlanQuerySet:
    return SafetyPlan.objects.select_related("entry__author", "entry__family")


def _in_force(plan: SafetyPlan) -> bool:
    return plan.agreed_on is not None and plan.ended_on is None


def _is(person: Person, years: int, today: date) -> bool:
    """Say whether somebody is this old. Somebody whose birth is not known counts as old enough."""
    born = person.born_on
    return born is None or (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) >= years


def _answers(person: Person, covered: set[int], today: date) -> bool:
    return hasattr(person, "file") and person.file.pk in covered and _is(person, OLD_ENOUGH, today)


def _shown(actor: Actor, plans: Sequence[SafetyPlan]) -> list[PlanShown]:
    """Lay plans out in a fixed number of queries, dropping those of which this reader may see nothing."""
    rules = _by_plan(_rows(Rule, plans, "who_does", "makes_sure", "makes_sure_staff", "guards__entry"))
    what_ifs = _by_plan(_rows(WhatIf, plans, "who_does"))
    answers = _by_plan(_rows(AgreedBy, plans, "person", "rule", "dissent", "entry"))
    cited = [r.guards.entry for group in rules.values() for r in group if r.guards]
    said_in = [a.entry for group in answers.values() for a in group]
    entries = {e.pk: e for e in [*(p.entry for p in plans), *cited, *said_in]}
    read = {r.entry.pk: r for r in readings(actor, list(entries.values()))}
    shared, views = _company([p.entry_id for p in plans])
    out = []
    for plan in plans:
        if (reading := read.get(plan.entry_id)) is None:
            continue
        shown = PlanShown(plan, reading, answers=_answered(answers[plan.pk], reading, read))
        if reading.shared_open:
            guards = {r.pk: _worry(r.guards, read) for r in rules[plan.pk] if r.guards}
            shown.rules = [_rule(r, reading, guards.get(r.pk), shown.answers) for r in rules[plan.pk]]
            shown.what_ifs = [_what_if(w, reading) for w in what_ifs[plan.pk]]
            shown.shown_to = shared[plan.entry_id]
            beside = {a.given.dissent_id for a in shown.answers}
            shown.other_views = [d for d in views[plan.entry_id] if d.pk not in beside]
        out.append(shown)
    return out


def _rows(model: type[R], plans: Sequence[SafetyPlan], *beside: str) -> list[R]:
    return list(model._default_manager.filter(plan__in=plans).select_related(*beside).order_by("plan", "pk"))


def _by_plan(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.plan_id].append(row)  # type: ignore[attr-defined]  # every table here hangs on a plan
    return found


def _company(entries: Sequence[int]) -> tuple[dict[int, list[Shared]], dict[int, list[Dissent]]]:
    """Who was shown each entry, and who sees it differently: part of the shared words, and shut with them."""
    shared: dict[int, list[Shared]] = defaultdict(list)
    for given in Shared.objects.filter(entry__in=entries).select_related("person").order_by("shared_on", "pk"):
        shared[given.entry_id].append(given)
    views: dict[int, list[Dissent]] = defaultdict(list)
    for view in Dissent.objects.filter(entry__in=entries).select_related("person").order_by("said_on", "pk"):
        views[view.entry_id].append(view)
    return shared, views


def _answered(rows: Sequence[AgreedBy], plan: Reading, read: dict[int, Reading]) -> list[AnswerShown]:
    """Each person's latest answer: a child's is seen only with that child's file, an adult's with the shared words."""
    latest = {row.person_id: row for row in rows}
    out = []
    for row in latest.values():
        said = read.get(row.entry_id)
        open_files = {f.pk for f in said.files} if said else set()
        if said is None or not (row.file_id in open_files if row.file_id else plan.shared_open):
            continue
        words = row.dissent.words if row.dissent else "\n\n".join(p.text for p in said.paragraphs if p.row == row.row)
        out.append(AnswerShown(row, words, row.rule.row if row.rule else None))
    return out


def _rule(rule: Rule, plan: Reading, guards: Worry | None, answers: Sequence[AnswerShown]) -> RuleShown:
    words = _words(plan, rule.row)
    return RuleShown(
        rule,
        words.get("rule"),
        words["instead"].text if "instead" in words else "",
        words["know"].text if "know" in words else "",
        guards,
        [a for a in answers if a.differs and a.rule == rule.row],
    )


def _worry(statement: Statement, read: dict[int, Reading]) -> Worry:
    reading = read.get(statement.entry_id)
    return Worry(statement.entry.ref, reading.text("full-text") if reading else "")


def _what_if(what_if: WhatIf, plan: Reading) -> WhatIfShown:
    words = {s: p.text for s, p in _words(plan, what_if.row).items() if s in ("if", "then", "backup", "call-999")}
    return WhatIfShown(what_if, words)


def _words(plan: Reading, row: int) -> dict[str, Paragraph]:
    return {p.slot: p for p in plan.paragraphs if p.row == row}


def _hour(shown: RuleShown, today: date) -> int | None:
    """Say when tonight a rule comes, in minutes from midday; None when it is not for tonight."""
    rule = shown.rule
    usual = next((_USUAL[name] for name in _USUAL if name in rule.times), None)
    if usual is None and not (rule.at and "weekend" in rule.times and today.weekday() >= _WEEKEND_BEGINS):
        return None
    when = rule.at or usual
    return ((when.hour - 12) % 24) * 60 + when.minute if when else None


def _line(shown: RuleShown) -> Line:
    rule = shown.rule
    who = f"{shown.said_by}: “{shown.text}”" if shown.said_by else shown.text
    words = f"{who} {shown.makes_sure} makes sure."
    if rule.at:
        return Line(clock_time(rule.at), rule.at.isoformat("minutes"), words)
    name = next(name for name in _USUAL if name in rule.times)
    return Line(_IN_WORDS[name], _USUAL[name].isoformat("minutes"), words)
