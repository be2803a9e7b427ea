"""What the family is asked of a plan: who was shown it, what each person says to it, who wants it changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kith.casework.plans import policies
from kith.casework.plans.forms import people_to_choose, shortened
from kith.casework.plans.models import Says
from kith.casework.plans.queries import children_among
from kith.casework.plans.shown import PlanShown
from kith.casework.plans.words import WAYS, Answer, ShownTo
from kith.kit.forms import Choice, Day, Form, LongAnswer, Moment, Pick, ShortAnswer, Tick
from kith.people.entries.words import Talk
from kith.people.involvement.frame import Opened
from kith.people.persons.models import Person


class ShareForm(Form):
    """Who was shown the plan, how, on which day and what they said: one row a person, empty for those not shown."""

    def __init__(self, *args: Any, people: Sequence[Person], today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self.people, self.today = people, today
        for person in people:
            key, name = person.ref.hex, person.called
            self.fields |= {
                f"how_{key}": Pick(f"How was {name} shown it?", list(WAYS.items())),
                f"shown_on_{key}": Day(
                    "On which day?", initial=today, latest=today, too_late="That day has not come yet."
                ),
                f"response_{key}": LongAnswer(f"What did {name} say?", rows=2),
            }

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for person in self.people:
            key = person.ref.hex
            how, on = answers.get(f"how_{key}"), answers.get(f"shown_on_{key}")
            if how and not on and f"shown_on_{key}" not in self.errors:
                self.add_error(f"shown_on_{key}", f"Say on which day {person.called} was shown it")
            if not how and (on not in (None, self.today) or answers.get(f"response_{key}")):
                self.add_error(f"how_{key}", f"Say how {person.called} was shown it")
        if not self.errors and not self.shown():
            self.add_error(None, policies.SHOWN_TO_NOBODY.reason)
        return answers

    def shown(self) -> list[ShownTo]:
        """Give those who were shown it, as `share_with_family` takes them."""
        a = self.cleaned_data
        keyed = ((p, p.ref.hex) for p in self.people)
        return [ShownTo(p, a[f"how_{k}"], a[f"shown_on_{k}"], a[f"response_{k}"]) for p, k in keyed if a[f"how_{k}"]]


class AgreeForm(Form):
    """What each person says to the plan, in their own words; one row a person."""

    happened_at = Moment(
        "When did you agree it together?",
        hint="For example 24 6 2025, 4.10 pm",
        missing="Say when it was agreed, day and time",
    )

    def __init__(self, *args: Any, shown: PlanShown, asked: Sequence[Person], opened: Opened, **named: Any) -> None:
        super().__init__(*args, **named)
        self.asked, self.shown, self.opened = asked, shown, opened
        self.fields["happened_at"].initial = opened.at
        self.fields["happened_at"].latest = timezone.localdate(opened.at)  # type: ignore[attr-defined]
        self.fields["happened_at"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]
        for person in asked:
            self._ask(person)

    def _ask(self, person: Person) -> None:
        key, name = person.ref.hex, person.called
        says = [(Says.AGREES, f"{name} agrees"), (Says.DIFFERS, f"{name} sees it differently")]
        self.fields |= {
            f"answer_{key}": Choice(
                f"What does {name} say?",
                [*says, (Says.NOT_ASKED, f"{name} was not asked")],
                missing=f"Say whether {name} agrees, or was not asked",
            ),
            f"words_{key}": LongAnswer(
                f"In {name}’s own words; or why {name} was not asked",
                rows=3,
                missing=f"Write {name}’s own words, or why {name} was not asked",
            ),
            f"rule_{key}": Pick("Is it about one rule?", _rules(self.shown)),
            f"how_{key}": ShortAnswer("Where or how did they say it?"),
        }
        if person not in self.opened.children:
            self.fields[f"carer_{key}"] = Tick(f"{name} is a parent, or cares for the children day to day")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.errors:
            return answers
        given = self.answers()
        shown = {s.person_id for s in self.shown.shown_to}
        rules = {r.rule.row for r in self.shown.rules}
        children = children_among(self.opened.family, self.asked, at=self.opened.at)
        whole = policies.answered(answers=given, asked=self.asked, shown=shown, rules=rules, children=children)
        for one in given:
            if refusal := policies.answer_given(answer=one, shown=shown, rules=rules):
                self.add_error(f"answer_{one.person.ref.hex}", refusal.reason)
        if whole is policies.NEEDS_A_CARER:
            self.add_error(None, whole.reason)
        if when := policies.agreed_when(plan=self.shown.plan, on=timezone.localdate(answers["happened_at"])):
            self.add_error("happened_at", when.reason)
        return answers

    def talk(self) -> Talk:
        """Give the conversation in which it was agreed."""
        return Talk(self.cleaned_data["happened_at"])

    def answers(self) -> list[Answer]:
        """Give the answers as `agree_plan` takes them."""
        return [self._answer(p) for p in self.asked]

    def _answer(self, person: Person) -> Answer:
        a, key = self.cleaned_data, person.ref.hex
        differs = a[f"answer_{key}"] == Says.DIFFERS
        return Answer(
            person,
            a[f"answer_{key}"],
            a[f"words_{key}"],
            how=a[f"how_{key}"],
            carer=a.get(f"carer_{key}", False),
            rule=int(a[f"rule_{key}"]) if differs and a[f"rule_{key}"] else None,
        )


class TakeBackForm(Form):
    """Who wants the plan changed before they agree, and what they said."""

    happened_at = Moment("When did they say so?", missing="Say when, day and time")
    person = Pick("Who wants it changed?", missing="Choose who wants it changed")
    words = LongAnswer("What did they say, in their own words?", missing="Write what they said")
    rule = Pick("Is it about one rule?")

    def __init__(self, *args: Any, shown: PlanShown, people: Sequence[Person], at: datetime, **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = people
        self.fields["happened_at"].initial = at
        self.fields["happened_at"].latest = timezone.localdate(at)  # type: ignore[attr-defined]
        self.fields["person"].choices = people_to_choose(people)  # type: ignore[attr-defined]
        self.fields["rule"].choices = _rules(shown)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `take_back_plan` takes them."""
        a = self.cleaned_data
        person = next(p for p in self.people if str(p.ref) == a["person"])
        rule = int(a["rule"]) if a["rule"] else None
        return {"talk": Talk(a["happened_at"]), "answer": Answer(person, Says.DIFFERS, a["words"], rule=rule)}


class EndForm(Form):
    """Why the family no longer needs this plan, and from which day."""

    on = Day("On which day did it end?", missing="Say on which day it ended")
    why = ShortAnswer(
        "Why?",
        hint="The family will read this, and the children one day.",
        missing="Say why it ended, in words the family would use",
        longest=1000,
    )

    def __init__(self, *args: Any, agreed_on: date | None, today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        on = self.fields["on"]
        on.initial, on.earliest, on.latest = today, agreed_on, today  # type: ignore[attr-defined]
        on.too_early = on.too_late = policies.ENDS_IN_ITS_TIME.reason  # type: ignore[attr-defined]


def _rules(shown: PlanShown) -> list[tuple[str, str]]:
    return [(str(r.rule.row), f"Rule {r.rule.row + 1}. {shortened(r.text)}") for r in shown.rules]
