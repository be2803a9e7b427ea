"""What was written about each family: notes above all, and in most a worry, its goal and numbers, a plan, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kith.casework.decisions.models import Decision
from kith.casework.mapping.models import Goal, Scale, Score, Statement, Worried
from kith.casework.plans.models import AgreedBy, Rule, SafetyPlan
from kith.casework.visits.models import Promise, Seen, Visit
from kith.people.entries.imprint import imprint_of
from kith.people.entries.models import Entry, EntryFile, Paragraph, Part, Present
from tests.bench import invented
from tests.bench.world import NOW, Household, Someone, World

HIDDEN = 25
"""Newest notes of a shut family with shared words alone: more than the page reads at once, so that it must refill."""


@dataclass(frozen=True)
class Words:
    """One paragraph: the question, the row, the words, and of whom and by whom."""

    slot: str
    text: str
    row: int = 0
    about: int | None = None
    given_by: int | None = None
    own_words: int = 0


class Story:
    """The writer of one family after another, into the same world."""

    def __init__(self, world: World) -> None:
        self.world, self.rng = world, world.rng
        self.days = [NOW.date() - timedelta(days=n) for n in range(900)]

    def write(self, family: Household) -> None:
        """Write a family's whole story, oldest first."""
        many = self.rng.randrange(*self._length(family))
        if self._has_worry(family):
            self._worry(family, again=family.is_long)
            self._decision(family, 300)
        if family.is_long or family.is_shut or family.number % 2 == 0:
            self._plan(family)
        if family.is_long:
            self._decision(family, 30)
        for n in range(many):
            self._note(family, days=20 + (many - n) * 4, own=self.world.some(0.5))
        if family.is_shut:
            for n in range(HIDDEN):
                self._note(family, days=1 + (HIDDEN - n) // 2, own=False, everyone=True)

    def _length(self, family: Household) -> tuple[int, int]:
        return (50, 180) if family.is_long else (30, 60) if family.is_shut else (2, 16)

    def _has_worry(self, family: Household) -> bool:
        return family.is_long or family.number % 5 < 3

    def at(self, days: int, hour: int | None = None) -> str:
        """Write a moment so many days before now."""
        hour = self.rng.randrange(8, 18) if hour is None else hour
        return f"{self.days[min(days, 899)]} {hour:02}:{self.rng.randrange(60):02}:00"

    def day(self, days: int) -> str:
        """Write a day so many days before now, or after it."""
        return str(self.days[days]) if days >= 0 else str(NOW.date() - timedelta(days=days))

    def entry(
        self, kind: str, family: Household, happened: str, shared: Sequence[Words], *,
        files: Sequence[int] = (), own: dict[int, Sequence[Words]] | None = None, status: str = "recorded",
        version: int = 1, supersedes: int | None = None, why: str = "",
    ) -> int:  # fmt: skip
        """Write an entry with its files, its parts and their words. Gives its id."""
        add = self.world.add
        head = (kind, family.pk, happened, "home", family.worker, happened, status, version, supersedes, why)
        pk = add(Entry, self.world.ref(), *head)
        for file in files or family.files:
            add(EntryFile, pk, file, happened)
        self._part(pk, None, shared)
        for file, words in (own or {}).items():
            self._part(pk, file, words)
        return pk

    def _part(self, entry: int, file: int | None, said: Sequence[Words]) -> None:
        part = self.world.add(Part, entry, file)
        for w in said:
            said = Paragraph(slot=w.slot, row=w.row, text=w.text, own_words=w.own_words)
            self.world.add(Paragraph, part, w.slot, w.row, w.text, w.about, w.given_by, w.own_words, imprint_of(said))

    def _some(self, pool: Sequence[str], few: int, many: int) -> str:
        return " ".join(self.rng.sample(pool, self.rng.randrange(few, many)))

    def _note(self, family: Household, *, days: int, own: bool, everyone: bool = False) -> None:
        there = family.children if everyone or self.world.some(0.8) else [self.rng.choice(family.children)]
        happened, rng = self.at(days), self.rng
        shared = [Words("what", self._some(invented.HAPPENED, 3, 9))]
        if rng.random() < 0.3:
            shared.append(Words("strengths", rng.choice(invented.WELL)))
        if rng.random() < 0.3:
            shared.append(Words("worries", rng.choice(invented.WORRIED)))
        each = {c.file: [self._exactly(c)] for c in there} if own else {}
        promised = bool(each) and rng.random() < 0.05
        if promised:
            each[there[0].file].append(Words("promise", "I will bring the pencil.", about=there[0].pk))
        named: dict[str, Any] = {"files": [c.file for c in there], "own": each}
        older = None
        if rng.random() < 0.03:
            older = self.entry("note", family, happened, shared, **named, status="superseded")
            self._visit(older, there)
            named |= {"version": 2, "supersedes": older, "why": "I had the day wrong."}
        entry = self.entry("note", family, happened, shared, **named)
        self._visit(entry, there)
        self.world.add(Present, entry, rng.choice(family.adults).pk)
        if promised:
            due = self.day(max(0, days - 7))
            self.world.add(Promise, self.world.ref(), entry, family.worker, there[0].pk, due)

    def _exactly(self, child: Someone) -> Words:
        said = self._some(invented.HAPPENED, 1, 3)
        return Words("words", said, about=child.pk, given_by=child.pk, own_words=1)

    def _visit(self, entry: int, there: Sequence[Someone]) -> None:
        visit = self.world.add(Visit, entry, self.rng.choice((0, 1)))
        for child in there:
            self.world.add(Seen, visit, child.file, 1, self.rng.choice((None, 0, 10, 30)), 0)

    def _decision(self, family: Household, days: int) -> None:
        happened, adult = self.at(days), family.adults[0]
        words = [
            Words("what", self.rng.choice(invented.DECIDED)),
            Words("facts", self._some(invented.HAPPENED, 2, 4)),
            Words("analysis", self._some(invented.HAPPENED, 3, 6)),
            *(Words("option", o, row) for row, o in enumerate(invented.OPTIONS)),
            Words("view", "I think that is fair.", 0, about=adult.pk, given_by=adult.pk),
            Words("difference", "We moved the day because of what you said.", 0, about=adult.pk),
        ]
        entry = self.entry("decision", family, happened, words)
        decided = (family.leader, happened) if self.world.some(0.95) else (None, None)
        review = self.day(days - 90) if days > 90 else None
        self.world.add(Decision, entry, "family-help-plan", "Children Act 1989, section 17", 1, review, *decided)

    def _worry(self, family: Household, *, again: bool) -> None:
        for n in range(2 if again else 1):
            self._one_worry(family, 600 - n * 100, numbers=4 if again else 2)

    def _one_worry(self, family: Household, days: int, numbers: int) -> None:
        add, happened = self.world.add, self.at(days)
        text = f"{self.rng.choice(invented.WORRIED)} {invented.FEARED}"
        feared = [Words("feared", invented.FEARED, n, about=c.pk) for n, c in enumerate(family.children)]
        words = [Words("full-text", text), Words("happened", self.rng.choice(invented.WORRIED)), *feared]
        entry = self.entry("statement", family, happened, words, status="with-family")
        statement = add(Statement, entry, "worry")
        add(Worried, entry, family.adults[0].pk, None)
        add(Worried, entry, None, family.worker)
        goal = [Words("full-text", invented.GOAL), Words("family-words", invented.IN_OUR_WORDS, own_words=1)]
        add(Goal, self.entry("goal", family, happened, goal), statement, "wellbeing", 12, "early-help")
        ends = ("How calm are the nights?", "Somebody is hurt.", "Everybody sleeps.")
        began = self.entry("scale", family, happened, [])
        scale = add(Scale, began, family.pk, statement, *ends, happened)
        for n in range(numbers):
            self._numbers(family, scale, days - 20 - n * 60)

    def _numbers(self, family: Household, scale: int, days: int) -> None:
        """Each person's own number: a child's is in that child's own part, with their words."""
        people = [*family.adults, *family.children]
        adults = [Words("high", "It is better than it was.", row, about=a.pk) for row, a in enumerate(family.adults)]
        first = len(family.adults)
        young = {
            c.file: [Words("high", "Nana comes.", first + n, about=c.pk, own_words=1)]
            for n, c in enumerate(family.children)
        }
        entry = self.entry("scores", family, self.at(days), adults, own=young)
        for row, person in enumerate(people):
            value = f"{self.rng.randrange(21) / 2:.1f}"
            self.world.add(Score, entry, scale, person.file or None, person.pk, None, row, value)
        self.world.add(Score, entry, scale, None, None, family.worker, len(people), "5.0")

    def _plan(self, family: Household) -> None:
        add, days = self.world.add, 200
        words = [
            Words("rule", text, row, given_by=family.adults[row % len(family.adults)].pk, own_words=1)
            for row, text in enumerate(invented.RULES)
        ]
        entry = self.entry("plan", family, self.at(days), words, status="agreed")
        shown, agreed = self.day(days - 1), self.day(days - 2)
        days_of = (self.day(days), self.day(-400), shown, agreed)
        plan = add(SafetyPlan, entry, "full", "parent", *days_of)
        times = ('["night"]', '["after-school"]', '["mornings"]', '["bedtime"]')
        for row in range(len(invented.RULES)):
            who = family.adults[row % len(family.adults)].pk
            add(Rule, plan, row, who, None, family.worker, self._guards(family), times[row])
        said = [Words("answer", "Yes, that is what we do.", row, about=a.pk) for row, a in enumerate(family.adults)]
        heard = self.entry("plan-answers", family, self.at(days - 2), said)
        for row, adult in enumerate(family.adults):
            add(AgreedBy, plan, heard, row, adult.pk, None, "agrees", 1, agreed)

    def _guards(self, family: Household) -> int | None:
        """The family's newest worry, which is the last the world has written when it has one (LINK-2)."""
        if not self._has_worry(family):
            return None
        return self.world.to[Statement].rows[-1][0]
