"""What the floors read: one query for each section of the page, and nothing judged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.shortcuts import get_list_or_404
from django.urls import reverse
from django.utils import timezone

from kith.casework.decisions.queries import Shown as Decided
from kith.casework.mapping.models import Scale, Score, Where, Worried
from kith.casework.mapping.numbers import Series, Taking, Told
from kith.casework.mapping.queries import Shown as Worry
from kith.casework.mapping.words import Who
from kith.casework.plans.models import Rule
from kith.casework.plans.queries import lines_of
from kith.casework.plans.shown import Line, PlanShown, RuleShown
from kith.desk.families.queries import ON_THE_PAGE, FamilyPage
from kith.desk.search.queries import Answers
from kith.desk.search.queries import Line as Answer
from kith.people.entries.models import Entry, Paragraph, Status
from kith.people.entries.queries import Reading
from kith.people.involvement.frame import Opened
from kith.people.involvement.models import Relation
from kith.people.involvement.queries import allocated_first, members_and_work
from kith.people.locations.models import SafeContact
from kith.people.persons.indexes import PARTS
from kith.people.persons.keys import fold
from kith.people.persons.models import Membership, Name
from kith.people.persons.queries import files_of, in_order

KINDS = ("decision", "plan", "statement")
DECISIONS, WORRIES, PEOPLE = 3, 2, 25
WORKERS = ("allocated", "coworker", "chairs", "team")


def opened(ref: UUID, at: datetime) -> Opened:
    """A family with its people, their files and the work with them: one query, and every file of theirs is shown."""
    people, works, ties, _ = members_and_work(ref, at=at)
    if not people:
        raise Http404
    current = sorted(works.values(), key=lambda w: (w.since, w.pk))
    return Opened(people[0].family, people, files_of(people), at, current, allocated_first(ties.values()))


def members(ref: UUID, at: datetime) -> Opened:
    """A family with its people and their files, which is all a form asks: one query."""
    rows = Membership.objects.filter(family__ref=ref, since__lte=at, until__gt=at)
    found = in_order(get_list_or_404(rows.select_related("family", "person__file").order_by("pk")))
    return Opened(found[0].family, found, files_of(found), at)


def page(family: Opened) -> FamilyPage:
    """Everything under the head: seven queries, one for each section."""
    entries = Entry.objects.filter(family=family.family).exclude(status=Status.SUPERSEDED)
    entries = entries.select_related("author").order_by("-happened_at", "-pk")
    happened = list(entries[:ON_THE_PAGE])
    kept = entries.filter(kind__in=KINDS).select_related("statement__goal__entry", "safety_plan", "decision")
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in kept:
        by_kind[entry.kind].append(entry)
    plan = next(
        (e.safety_plan for e in by_kind["plan"] if e.safety_plan.agreed_on and not e.safety_plan.ended_on), None
    )
    told = _told([e.statement.pk for e in by_kind["statement"]])
    goals = [e.statement.goal.entry for e in by_kind["statement"]]
    decisions = by_kind["decision"][:DECISIONS]
    shown = [*happened, *by_kind["statement"], *goals, *decisions, *([plan.entry] if plan else [])]
    words = _words([*shown, *(s.entry for s in told)])
    read = {e.pk: Reading(e, family.files, words[e.pk], shared_open=True) for e in [*shown, *(s.entry for s in told)]}
    worries = _worries(by_kind["statement"], told, read)
    standing = [w for w in worries if w.statement.status == Where.OPEN][:WORRIES]
    return FamilyPage(
        opened=family,
        before=_before(family),
        decisions=[Decided(e.decision, read[e.pk], []) for e in decisions],
        happened=[read[e.pk] for e in happened],
        open_worries=standing,
        series=next((w.series for w in [*standing, *worries] if w.series), None),
        tonight=_tonight(plan, read, family.at) if plan else [],
    )


def _before(family: Opened) -> list[SafeContact]:
    rows = SafeContact.objects.filter(person__in=family.people).select_related("person")
    newest: dict[int, SafeContact] = {}
    for row in rows.order_by("-recorded_at", "-pk"):
        newest.setdefault(row.person_id, row)
    return list(newest.values())


def _words(entries: Iterable[Entry]) -> dict[int, list[Paragraph]]:
    found: dict[int, list[Paragraph]] = defaultdict(list)
    rows = Paragraph.objects.filter(part__entry__in=list(entries)).select_related("part", "about", "given_by")
    for row in sorted(rows, key=lambda p: (p.part.file_id or 0, p.part_id, p.row, p.pk)):
        found[row.part.entry_id].append(row)
    return found


def _told(statements: Sequence[int]) -> list[Score]:
    rows = Score.objects.filter(scale__statement__in=statements, entry__superseded_by__isnull=True)
    rows = rows.select_related("scale", "entry", "person", "staff", "professional")
    return list(rows.order_by("entry__happened_at", "entry_id", "row"))


def _worries(statements: Sequence[Entry], scores: Sequence[Score], read: dict[int, Reading]) -> list[Worry]:
    whose: dict[int, list[Who]] = defaultdict(list)
    rows = Worried.objects.filter(entry__in=statements).select_related("person", "staff", "professional")
    for row in rows.order_by("pk"):
        whose[row.entry_id].append(Who(row.person, row.staff, row.professional))
    by_worry: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        by_worry[score.scale.statement_id].append(score)
    return [_worry(e, whose[e.pk], by_worry[e.statement.pk], read) for e in statements]


def _worry(entry: Entry, whose: list[Who], scores: Sequence[Score], read: dict[int, Reading]) -> Worry:
    goal = entry.statement.goal
    series = _series(scores[0].scale, scores, read) if scores else None
    return Worry(entry.statement, read[entry.pk], whose, goal, read[goal.entry_id], series)


def _series(scale: Scale, scores: Sequence[Score], read: dict[int, Reading]) -> Series:
    each: dict[int, list[Told]] = defaultdict(list)
    words: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for pk in {s.entry_id for s in scores}:
        for p in read[pk].paragraphs:
            words[pk, p.row][p.slot] = p.text
    for s in scores:
        each[s.entry_id].append(Told(s, Who(s.person, s.staff, s.professional), words[s.entry_id, s.row]))
    return Series(scale, [Taking(read[pk], told) for pk, told in each.items()], [])


def _tonight(plan: Any, read: dict[int, Reading], at: datetime) -> list[Line]:
    rules = Rule.objects.filter(plan=plan).select_related("who_does", "makes_sure", "makes_sure_staff").order_by("pk")
    said = {p.row: p for p in read[plan.entry_id].said("rule")}
    shown = PlanShown(plan, read[plan.entry_id], [RuleShown(r, said.get(r.row), "", "", None) for r in rules])
    return lines_of(shown, timezone.localdate(at))


def found(asked: str, at: datetime) -> Answers:
    """People with these letters anywhere in their name, the families they are in and who works with them."""
    rows = list(_containing(fold(asked)).select_related("person__file").order_by("person")[: PEOPLE + 1])
    people = list({n.person_id: n for n in rows}.values())[:PEOPLE]
    families: dict[int, list[dict[str, str]]] = defaultdict(list)
    now = {"since__lte": at, "until__gt": at}
    beside = Membership.objects.filter(**now, person__in=[n.person_id for n in people]).select_related("family")
    for m in beside.order_by("family__name", "pk"):
        families[m.person_id].append({"name": m.family.name, "url": reverse("family", args=[m.family.ref])})
    workers: dict[int, list[str]] = defaultdict(list)
    files = [n.person.file.pk for n in people if hasattr(n.person, "file")]
    ties = Relation.objects.filter(**now, file__in=files, kind__in=WORKERS, staff__isnull=False)
    for tie in ties.select_related("staff").order_by("kind", "pk"):
        workers[tie.file_id].append(tie.staff.name)
    lines = [_answer(n, families[n.person_id], workers, at) for n in people]
    return Answers(lines, more=len(rows) > PEOPLE, stubs=[], listed=[], met=[])


def _containing(letters: str) -> QuerySet[Name]:
    """Names with these letters, by the index there is for it on each store."""
    names = Name.objects.filter(folded__contains=letters)
    if connection.vendor == "sqlite":
        names = names.filter(pk__in=RawSQL(f"SELECT rowid FROM {PARTS} WHERE {PARTS} MATCH %s", [f'"{letters}"']))  # noqa: S611 - our own table's name
    return names


def _answer(name: Name, families: list[dict[str, str]], workers: dict[int, list[str]], at: datetime) -> Answer:
    person = name.person
    file = getattr(person, "file", None)
    return Answer(
        name=f"{name.given} {name.family}",
        known_as=person.known_as,
        drawing=person.token,
        child=file is not None,
        born=f"{timezone.localdate(at).year - person.born_on.year} years" if person.born_on else "",
        url=reverse("person", args=[person.ref]),
        families=families,
        workers=" and ".join(workers[file.pk]) if file else "",
        why="part of the name",
        glass="",
    )
