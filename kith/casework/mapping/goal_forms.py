"""The questions a goal, a scale and everyone's numbers ask, after the worry itself has been written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from kith.casework.mapping.forms import TalkForm, here
from kith.casework.mapping.models import HALVES, Aim, Kind, StepDown, Unscored
from kith.casework.mapping.numbers import is_asked
from kith.casework.mapping.queries import Shown
from kith.casework.mapping.words import (
    About,
    GoalWords,
    Put,
    Reads,
    Who,
    how_a_goal_reads,
)
from kith.kit.forms import Choice, LongAnswer, Number, Pick, ShortAnswer
from kith.people.entries.words import Talk
from kith.people.persons.models import File

NOT_A_NUMBER = "Write a number from 0 to 10, halves if you like, such as 7.5. Or say below why there is none"
AFTER_THE_CHILDREN = (
    "network_will",
    "professionals_see",
    "weeks_needed",
    "step_down_to",
    "full_text",
    "family_words",
    "child_version",
    "why",
)


class OutOfTen(ShortAnswer):
    """A number from 0 to 10 in halves. The answer is a Decimal, or None when the box was left empty."""

    def clean(self, value: object) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = Decimal(typed.replace(",", ".").replace("½", ".5"))
            known = number in HALVES
        except InvalidOperation:
            known = False
        if not known:
            raise ValidationError(NOT_A_NUMBER)
        return number


class GoalForm(TalkForm):
    """What good looks like: what people will be doing instead, seen for long enough (domain 1.6)."""

    kind = Choice(
        "What is this for?", [(a.value, a.label) for a in Aim], missing="Say what this goal is for", down=True
    )
    adults_will = LongAnswer(
        "What will the grown-ups be doing differently?",
        hint="What somebody could see them do, not what they will have stopped.",
        rows=3,
        missing="Say what the grown-ups will be doing",
    )
    network_will = LongAnswer("What will the family’s own people do to make sure?", rows=3)
    professionals_see = LongAnswer(
        "What will school, health and we see?", rows=2, missing="Say what the people round the family will see"
    )
    full_text = LongAnswer(
        "The whole goal, as it will be read aloud",
        hint="In words the family would use, with how long it must last.",
        rows=6,
        missing="Write the whole goal",
    )
    family_words = LongAnswer(
        "How does the family say it?", hint="Their own version. It is needed before the worry is agreed.", rows=2
    )
    child_version = LongAnswer("The same goal, for the children", rows=3)
    weeks_needed = Number(
        "For how long must it be seen?",
        least=1,
        most=520,
        unit="weeks",
        missing="Say for how many weeks it must be seen",
    )
    step_down_to = Choice(
        "What happens then?", [(s.value, s.label) for s in StepDown], missing="Say what happens then", down=True
    )

    def __init__(self, *args: Any, shown: Shown, **named: Any) -> None:
        super().__init__(*args, **named)
        self.shown = shown
        self.children = [f.person for f in shown.reading.files]
        for child in self.children:
            label = f"What will {child.called} see, hear and feel?"
            needed = f"Say what {child.called} will see, hear and feel"
            self.fields[f"will_{child.ref.hex}"] = LongAnswer(label, rows=2, missing=needed)
        if shown.goal is not None:
            self.fields["why"] = ShortAnswer("Why are you changing it?", missing="Say why you are changing it")
        each = [f"will_{c.ref.hex}" for c in self.children]
        self.order_fields(["kind", "happened_at", "adults_will", *each, *AFTER_THE_CHILDREN])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("kind") == Aim.SAFETY and not answers.get("network_will"):
            self.add_error("network_will", "For a safety goal, say what the family’s own people will do")
        return answers

    def reads(self) -> Reads:
        """How the goal reads beside its worry."""
        return how_a_goal_reads(
            self.written("full_text"),
            statement=self.shown.reading.text("full-text"),
            children=[c.known_as for c in self.children],
            child_version=self.written("child_version"),
        )

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `write_goal` takes them."""
        a = self.cleaned_data
        return {
            "talk": Talk(a["happened_at"]),
            "kind": a["kind"],
            "words": GoalWords(
                a["full_text"],
                a["adults_will"],
                [About(c, a[f"will_{c.ref.hex}"]) for c in self.children],
                a["network_will"],
                a["professionals_see"],
                a["family_words"],
                a["child_version"],
            ),
            "weeks_needed": a["weeks_needed"],
            "step_down_to": a["step_down_to"],
        }


def begin_goal(shown: Shown) -> dict[str, Any]:
    """Give what a goal says now, for the form that changes it; a guess at its kind when there is none."""
    goal, reading = shown.goal, shown.goal_reading
    if goal is None or reading is None:
        guess = {Kind.DANGER: Aim.SAFETY, Kind.WORRY: Aim.WELLBEING}
        return {"kind": guess.get(Kind(shown.statement.kind), shown.statement.kind)}
    slots = ("adults-will", "network-will", "professionals-see", "full-text", "family-words", "child-version")
    begun: dict[str, Any] = {slot.replace("-", "_"): reading.text(slot) for slot in slots}
    begun |= {f"will_{p.about.ref.hex}": p.text for p in reading.said("child-will") if p.about}
    return begun | {"kind": goal.kind, "weeks_needed": goal.weeks_needed, "step_down_to": goal.step_down_to}


class ScaleForm(TalkForm):
    """A question from 0 to 10 with its two ends in this family's words (SC-1: they are kept for the whole series)."""

    question = ShortAnswer("What are we asking?", longest=500, missing="Write the question people will be asked")
    anchor_0 = ShortAnswer(
        "What does 0 mean?",
        hint="For safety: so bad that a child could not sleep there tonight.",
        longest=500,
        missing="Say what 0 means for this family",
    )
    anchor_10 = ShortAnswer(
        "What does 10 mean?",
        hint="What good looks like is happening, and we could say goodbye.",
        longest=500,
        missing="Say what 10 means for this family",
    )
    field_order = ("question", "anchor_0", "anchor_10", "happened_at")

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `set_scale` takes them."""
        a = self.cleaned_data
        ends = {name: a[name] for name in ("question", "anchor_0", "anchor_10")}
        return {"talk": Talk(a["happened_at"]), **ends}


class ScoresForm(TalkForm):
    """Where each person puts us: what makes it that high is asked first (domain 1.7). A row left empty is left out."""

    def __init__(self, *args: Any, round_: Sequence[Who], files: Sequence[File], **named: Any) -> None:
        super().__init__(*args, **named)
        self.round = round_
        self.here = {f.person_id for f in files}
        for who in round_:
            self._ask(who)

    def _ask(self, who: Who) -> None:
        key, name = who.key, who.called
        self.fields[f"value_{key}"] = OutOfTen(f"Where does {name} put us, from 0 to 10?", longest=10)
        self.fields[f"high_{key}"] = LongAnswer("What makes it that high?", hint="In their own words.", rows=2)
        self.fields[f"not_higher_{key}"] = LongAnswer("Why is it not higher?", rows=2)
        self.fields[f"one_step_{key}"] = LongAnswer("What would be one step up?", rows=2)
        self.fields[f"reported_by_{key}"] = ShortAnswer(
            "If somebody else passed it on, who?", hint="Leave this empty when you heard it from them."
        )
        self.fields[f"unscored_{key}"] = Pick(
            "If there is no number", [("", "There is a number"), *((u.value, u.label.capitalize()) for u in Unscored)]
        )
        self.fields[f"reason_{key}"] = ShortAnswer("Why is there none?", longest=1000)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for who in self.round:
            self._check(who, answers)
        if not self.errors and not self.scores():
            raise ValidationError("Write at least one person’s number, or why there is none")
        return answers

    def _check(self, who: Who, a: Mapping[str, Any]) -> None:
        key, name = who.key, who.called
        value, unscored = a.get(f"value_{key}"), a.get(f"unscored_{key}")
        if f"value_{key}" in self.errors:
            return
        if value is not None and unscored:
            self.add_error(f"unscored_{key}", f"{name} has a number. Take out the number, or choose that there is one")
        if unscored and not a.get(f"reason_{key}"):
            self.add_error(f"reason_{key}", f"Say why there is no number for {name}")
        if value is None and not unscored and self._must_ask(who, a):
            self.add_error(f"value_{key}", f"Write {name}’s number, or say below why {name} has none")
        if value is not None and not a.get(f"high_{key}"):
            self.add_error(f"high_{key}", f"Write what makes {name}’s number that high, even if it is one small thing")

    def _must_ask(self, who: Who, a: Mapping[str, Any]) -> bool:
        """SC-3, and anyone for whom words were written without a number."""
        typed = any(a.get(f"{part}_{who.key}") for part in ("high", "not_higher", "one_step", "reported_by", "reason"))
        on = timezone.localdate(a.get("happened_at", self.at))
        child = who.person is not None and who.person.pk in self.here and is_asked(who.person, on)
        return typed or child

    def scores(self) -> list[Put]:
        """Give each row that says something."""
        puts = [self._put(who) for who in self.round]
        return [p for p in puts if p.value is not None or p.unscored]

    def _put(self, who: Who) -> Put:
        a, key = self.cleaned_data, who.key
        reported = a.get(f"reported_by_{key}", "")
        return Put(
            who,
            a.get(f"value_{key}"),
            a.get(f"high_{key}", ""),
            a.get(f"not_higher_{key}", ""),
            a.get(f"one_step_{key}", ""),
            a.get(f"unscored_{key}", ""),
            a.get(f"reason_{key}", ""),
            reported,
            own_words=not who.paid and not reported,
        )

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `take_scores` takes them. Whoever gave their own number was there."""
        scores = self.scores()
        there = tuple(here(s.who) for s in scores if s.value is not None and not s.reported_by)
        return {"talk": Talk(self.cleaned_data["happened_at"], present=there), "scores": scores}
