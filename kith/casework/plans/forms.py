"""The questions of a plan: one page, one row a rule. What the family is asked of it stands in `family_forms`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from functools import cached_property
from typing import Any

from django.forms.utils import ErrorDict
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.casework.plans import policies
from kith.casework.plans.models import Kind, Whose
from kith.casework.plans.queries import children_among, worry_named
from kith.casework.plans.shown import PlanShown, Worry
from kith.casework.plans.words import TIMES, PlanWords, RuleWords, WhatIfWords
from kith.kit.days import UnclearError, read_time
from kith.kit.forms import Choice, Choices, Day, Form, LongAnswer, Moment, Pick, ShortAnswer
from kith.kit.wording import clock_time
from kith.people.entries.words import Talk
from kith.people.involvement.frame import Opened
from kith.people.persons.models import Person

RULES, MOST_ROWS, WHAT_IFS = 5, 30, 2
RULE_PARTS = ("rule", "given", "instead", "who", "sure", "times", "at", "knows", "guards")
WHAT_IF_PARTS = ("if", "then", "acts", "backup", "call")
FIELD_OF = {
    policies.RULE_NEEDS_WORDS.code: "rule",
    policies.RULE_NEEDS_TIMES.code: "times",
    policies.NEEDS_THE_WORRY.code: "guards",
    policies.NOT_THEIR_WORRY.code: "guards",
    policies.WHAT_IF_NEEDS_WORDS.code: "then",
    policies.CHILD_ACTS.code: "acts",
}
"""Which question of a row a refusal is about. Who makes sure, unless it says otherwise."""


class PlanForm(Form):
    """A plan as it is written down with the family. Empty rows are left out; more rows are asked for by a button."""

    happened_at = Moment(
        "When did you sit down together?",
        hint="For example 24 6 2025, 4.10 pm",
        missing="Say when you wrote this together, day and time",
    )
    kind = Choice("How long is it for?", Kind.choices, down=True, missing="Say how long the plan is for")
    in_whose_words = Choice("Whose words is it in?", Whose.choices, missing="Say whose words the plan is in")
    starts_on = Day("From which day?", missing="Say from which day the family does this")
    review_by = Day(
        "When do you look at it again, together?",
        hint="Within three days for a plan for today; within 28 days while it is being tried.",
        missing="Say when you will look at it again",
    )
    why = ShortAnswer(
        "What has changed since the version before?",
        hint="The family will read this.",
        missing="Say why there is a new version",
        longest=1000,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        opened: Opened,
        workers: Sequence[Account],
        worries: Sequence[Worry],
        before: PlanShown | None = None,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        """`kept` is what a draft holds: as many rows are put back as it was written in."""
        today = timezone.localdate(opened.at)
        begins = {"happened_at": opened.at, "starts_on": today}
        super().__init__(data, initial=(_initial(before, today) if before else {}) | begins)
        self.opened, self.workers, self.worries, self.kept = opened, workers, worries, kept or {}
        self.asks_more = self.is_bound and any(k in self.data for k in ("more-rules", "more-what-ifs"))
        least = (len(before.rules), len(before.what_ifs)) if before else (0, 0)
        self.rule_rows = range(self._rows("rules", max(RULES, least[0])))
        self.what_if_rows = range(self._rows("what-ifs", max(WHAT_IFS, least[1])))
        if before is None:
            del self.fields["why"]
        self.fields["happened_at"].latest = today  # type: ignore[attr-defined]
        self.fields["happened_at"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]
        self._ask_whom()
        for row in self.rule_rows:
            self._ask_rule(row)
        for row in self.what_if_rows:
            self._ask_what_if(row)

    def _rows(self, which: str, least: int) -> int:
        """How many rows to show: as many as before, and one more when it was asked for."""
        sent = str((self.data if self.is_bound else self.kept).get(f"{which}-rows", ""))
        rows = max(least, int(sent)) if sent.isascii() and sent.isdigit() and len(sent) < len("1000") else least
        return min(MOST_ROWS, rows + (1 if self.is_bound and f"more-{which}" in self.data else 0))

    def _ask_whom(self) -> None:
        adults, children = self.opened.adults, self.opened.children
        self.child_files = [f for f in self.opened.files if f.person in children]
        named = [(str(f.ref), f.person.called) for f in self.child_files]
        self.fields["children"] = Choices(
            "Which children is it for?",
            named,
            missing="Choose at least one child",
            initial=self.initial.get("children", [ref for ref, _ in named]),
        )
        self.fields["being_hurt"] = Choices(
            "Is one of the grown-ups being hurt?",
            people_to_choose(adults),
            hint="Answer this when nobody can see your screen. No rule will rest on them; no page or paper shows it.",
        )
        self.grown = people_to_choose(adults)
        self.everyone = people_to_choose(self.opened.people)
        self.sure = self.grown + [(f"worker-{w.ref}", f"{w.name}, worker") for w in self.workers]

    def _ask_rule(self, row: int) -> None:
        worries = [(str(w.ref), shortened(w.words)) for w in self.worries]
        self.fields |= {
            f"rule_{row}": LongAnswer("What is the rule, as the person who will do it would say it?", rows=2),
            f"given_{row}": Pick("Whose words are these?", self.everyone),
            f"instead_{row}": LongAnswer("If it says what will not happen, what happens instead?", rows=2),
            f"who_{row}": Pick("Who does it?", self.everyone),
            f"sure_{row}": Pick("Who else makes sure?", self.sure),
            f"times_{row}": Choices("Which times does it cover?", list(TIMES.items())),
            f"at_{row}": ShortAnswer("At what time, if there is one?", hint="For example 10 pm"),
            f"knows_{row}": LongAnswer("How would a child know it is happening?", rows=2),
            f"guards_{row}": Pick("Which worry does it guard against?", worries),
        }

    def _ask_what_if(self, row: int) -> None:
        self.fields |= {
            f"if_{row}": LongAnswer("What would somebody see?", rows=2),
            f"then_{row}": LongAnswer("What happens then?", rows=2),
            f"acts_{row}": Pick("Which grown-up does it?", self.grown),
            f"backup_{row}": LongAnswer("If they cannot, who does?", rows=2),
            f"call_{row}": LongAnswer("When do you ring 999?", rows=2),
        }

    def full_clean(self) -> None:
        """Asking for another row keeps what was typed and finds no fault with it yet."""
        if self.asks_more:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return not self.asks_more and super().is_valid()

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for row in self._given(self.rule_rows, RULE_PARTS):
            self._check_rule(row)
        for row in self._given(self.what_if_rows, WHAT_IF_PARTS):
            self._check_what_if(row)
        if self._errors:
            return answers
        refusal = policies.sound(words=self._plan(), family=self.opened.family, children=self._children)
        if refusal:
            dated = {policies.THREE_DAYS, policies.TWENTY_EIGHT_DAYS, policies.REVIEW_BEFORE_START}
            first = "rule_0" if refusal is policies.NEEDS_A_RULE else "if_0"
            self.add_error("review_by" if refusal in dated else first, refusal.reason)
        return answers

    def _given(self, rows: range, parts: Sequence[str]) -> Iterator[int]:
        """The rows in which anything was answered."""
        return (row for row in rows if any(self.cleaned_data.get(f"{part}_{row}") for part in parts))

    def _check_rule(self, row: int) -> None:
        a = self.cleaned_data
        try:
            a[f"at_{row}"] = read_time(a[f"at_{row}"]) if a.get(f"at_{row}") else None
        except UnclearError as fault:
            self.add_error(f"at_{row}", str(fault))
            return
        if not a.get(f"who_{row}"):
            self.add_error(f"who_{row}", "Say who does it")
            return
        hurt = {p.pk for p in self._hurt()}
        refusal = policies.rule_sound(
            rule=self._rule(row),
            kind=a.get("kind", ""),
            family=self.opened.family,
            children=self._children,
            hurt=hurt,
        )
        if refusal:
            self.add_error(f"{FIELD_OF.get(refusal.code, 'sure')}_{row}", refusal.reason)

    def _check_what_if(self, row: int) -> None:
        if not self.cleaned_data.get(f"acts_{row}"):
            self.add_error(f"acts_{row}", "Say which grown-up does it")
            return
        refusal = policies.what_if_sound(what_if=self._what_if(row), children=self._children)
        if refusal:
            self.add_error(f"{FIELD_OF[refusal.code]}_{row}", refusal.reason)

    def begun(self, part: str, row: int) -> bool:
        """Say whether a row stands open on the page: the first, the last asked for, and any with words or faults."""
        rows, parts = (self.rule_rows, RULE_PARTS) if part == "rule" else (self.what_if_rows, WHAT_IF_PARTS)
        asked = self.asks_more and row == rows[-1]
        return row == 0 or asked or any(self[f"{p}_{row}"].value() or self[f"{p}_{row}"].errors for p in parts)

    @cached_property
    def _children(self) -> frozenset[int]:
        return children_among(self.opened.family, self.opened.people, at=self.opened.at)

    def _person(self, name: str) -> Person | None:
        return self.opened.person(self.cleaned_data.get(name) or "")

    def _hurt(self) -> list[Person]:
        return [p for p in self.opened.adults if str(p.ref) in (self.cleaned_data.get("being_hurt") or [])]

    def _rule(self, row: int) -> RuleWords:
        a = self.cleaned_data
        who, sure = self._person(f"who_{row}"), a.get(f"sure_{row}") or ""
        assert who is not None  # noqa: S101 - `_check_rule` asked
        return RuleWords(
            text=a.get(f"rule_{row}", ""),
            who_does=who,
            makes_sure=self.opened.person(sure),
            makes_sure_staff=next((w for w in self.workers if sure == f"worker-{w.ref}"), None),
            times=a.get(f"times_{row}", []),
            at=a.get(f"at_{row}"),
            given_by=self._person(f"given_{row}"),
            instead=a.get(f"instead_{row}", ""),
            child_knows=a.get(f"knows_{row}", ""),
            guards=worry_named(self.worries, a.get(f"guards_{row}") or ""),
        )

    def _what_if(self, row: int) -> WhatIfWords:
        a = self.cleaned_data
        acts = self._person(f"acts_{row}")
        assert acts is not None  # noqa: S101 - `_check_what_if` asked
        then, backup, call = (a.get(f"{part}_{row}", "") for part in ("then", "backup", "call"))
        return WhatIfWords(a.get(f"if_{row}", ""), then, acts, backup, call)

    def _plan(self) -> PlanWords:
        a = self.cleaned_data
        return PlanWords(
            kind=a["kind"],
            in_whose_words=a["in_whose_words"],
            starts_on=a["starts_on"],
            review_by=a["review_by"],
            rules=[self._rule(row) for row in self._given(self.rule_rows, RULE_PARTS)],
            what_ifs=[self._what_if(row) for row in self._given(self.what_if_rows, WHAT_IF_PARTS)],
            being_hurt=self._hurt(),
        )

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `make_plan` and `revise_plan` take them."""
        a = self.cleaned_data
        given = {
            "files": [f for f in self.child_files if str(f.ref) in a["children"]],
            "talk": Talk(a["happened_at"]),
            "words": self._plan(),
        }
        return given | ({"why": a["why"]} if "why" in self.fields else {})


def people_to_choose(people: Sequence[Person]) -> list[tuple[str, str]]:
    """Offer people by name."""
    return [(str(p.ref), p.called) for p in people]


def shortened(words: str, most: int = 90) -> str:
    """Give the beginning of some words, for a list to choose from."""
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _initial(before: PlanShown, today: date) -> dict[str, Any]:
    """What a newer version begins with: everything the one before says but days that have gone by."""
    plan = before.plan
    found: dict[str, Any] = {
        "kind": plan.kind,
        "in_whose_words": plan.in_whose_words,
        "review_by": plan.review_by if plan.review_by > today else None,
        "children": [str(f.ref) for f in before.reading.files],
        "being_hurt": [str(b.person.ref) for b in plan.being_hurt.select_related("person")],
    }
    for row, shown in enumerate(before.rules):
        rule, said = shown.rule, shown.said
        sure = str(rule.makes_sure.ref) if rule.makes_sure else ""
        found |= {
            f"rule_{row}": shown.text,
            f"given_{row}": str(said.given_by.ref) if said and said.given_by else "",
            f"instead_{row}": shown.instead,
            f"who_{row}": str(rule.who_does.ref),
            f"sure_{row}": sure or (f"worker-{rule.makes_sure_staff.ref}" if rule.makes_sure_staff else ""),
            f"times_{row}": rule.times,
            f"at_{row}": _clock(rule.at),
            f"knows_{row}": shown.child_knows,
            f"guards_{row}": str(shown.guards.ref) if shown.guards else "",
        }
    for row, asked in enumerate(before.what_ifs):
        words = asked.words
        found |= {
            f"if_{row}": words.get("if", ""),
            f"then_{row}": words.get("then", ""),
            f"acts_{row}": str(asked.what_if.who_does.ref),
            f"backup_{row}": words.get("backup", ""),
            f"call_{row}": words.get("call-999", ""),
        }
    return found


def _clock(at: time | None) -> str:
    return clock_time(at) if at else ""
