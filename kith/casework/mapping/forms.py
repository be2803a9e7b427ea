"""The questions a worry, a goal, a scale and everyone's numbers ask. Each page works without script."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone

from kith.casework.mapping.models import HALVES, Aim, Kind, StepDown, Unscored, Where
from kith.casework.mapping.numbers import is_asked
from kith.casework.mapping.policies import DANGER_NEEDS_CAUSE
from kith.casework.mapping.queries import Shown, high_for_all
from kith.casework.mapping.words import (
    About,
    GoalWords,
    Put,
    Reads,
    Who,
    WorryWords,
    compose,
    how_a_goal_reads,
    how_it_reads,
)
from kith.kit.forms import Choice, Choices, Form, LongAnswer, Moment, Number, Pick, ShortAnswer
from kith.kit.wording import age
from kith.people.entries.words import Here, Talk
from kith.people.involvement.frame import face
from kith.people.persons.models import File, Person

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


class TalkForm(Form):
    """A form about a conversation that has happened: when, and who was there."""

    happened_at = Moment(
        "When did you talk about this?",
        hint="For example 10 9 2025, 4.10 pm",
        missing="Say when you talked about this, day and time",
    )

    def __init__(self, *args: Any, at: datetime, **named: Any) -> None:
        super().__init__(*args, **named)
        self.at = at
        self.fields["happened_at"].latest = timezone.localdate(at)  # type: ignore[attr-defined]
        self.fields["happened_at"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]

    def clean_happened_at(self) -> datetime:
        """A time later today has not happened either."""
        when: datetime = self.cleaned_data["happened_at"]
        if when > self.at:
            raise ValidationError("That time has not come yet. Check the time.")
        return when

    def look_only(self) -> None:
        """Show what was typed without saying what is unfinished: the writer only asked how it reads."""
        self._errors = ErrorDict()

    def written(self, name: str) -> str:
        """What was typed, finished or not."""
        return str(self[name].value() or "")


def faces(round_: Sequence[Who], children: Sequence[Person]) -> Mapping[str, object]:
    """Give each person's token, keyed as the answers are."""
    young = {c.pk for c in children}
    return {
        w.key: face(w.person, child=w.person.pk in young) if w.person else {"name": w.name, "child": False}
        for w in round_
    }


class StatementForm(TalkForm):
    """A worry in four short parts, in words everyone in the room can say aloud (domain 1.5)."""

    kind = Choice(
        "What is this?",
        [(k.value, k.label) for k in Kind],
        hint="Danger is for when there is reasonable cause to suspect significant harm. Below that, say worry.",
        missing="Say whether this is a worry, a danger, or about a home or about doing well",
        down=True,
    )
    reasonable_cause = LongAnswer(
        "For a danger, what is the reasonable cause?",
        hint="Leave this when the children are on a child protection plan.",
        rows=2,
    )
    happened = LongAnswer(
        "2. What has happened?",
        hint="Whose behaviour, what they did, and one or two times: the worst, and the latest.",
        rows=4,
        missing="Say what has happened, with a date or how often",
    )
    context = LongAnswer(
        "4. When is it most likely?",
        hint="The day, the hour, what comes before it.",
        rows=2,
        missing="Say when it is most likely",
    )
    credit = LongAnswer("What do people already do that keeps the children safe?", hint="One honest sentence.", rows=2)
    full_text = LongAnswer(
        "The whole worry, as it will be read aloud",
        hint="Leave this empty and it is put together from your answers. Then change it until it is right.",
        rows=7,
    )
    child_version = LongAnswer(
        "The same worry, for the children",
        hint="Two to four sentences a seven-year-old can follow. It must say it is not their fault.",
        rows=4,
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        files: Sequence[File],
        round_: Sequence[Who],
        shown: Shown | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.people, self.opened, self.round, self.shown = people, files, round_, shown
        self.children = [f.person for f in files]
        tokens = faces(round_, self.children)
        names = [(w.key, w.name) for w in round_]
        self.fields["worried"] = Choices(
            "1. Who is worried?",
            names,
            hint="Family and friends first, if they share it.",
            missing="Say who is worried",
            people=tokens,
        )
        self.fields["present"] = Choices("Who was there?", names, people=tokens)
        self.fields["children"] = Choices(
            "Which children is it about?",
            [(f.ref.hex, f.person.known_as) for f in files],
            missing="Choose at least one child",
            initial=[f.ref.hex for f in files],
        )
        for child in self.children:
            label = f"{child.known_as}, {age(child.born_on, self.at.date())}"
            self.fields[f"feared_{child.ref.hex}"] = LongAnswer(label, rows=2)
        for person in self.people:
            label = f"{person.known_as} sees it differently"
            self.fields[f"differs_{person.ref.hex}"] = LongAnswer(label, hint="In their own words.", rows=2)
        if shown is not None:
            self.fields["why"] = ShortAnswer("Why are you changing it?", missing="Say why you are changing it")
        self.order_fields(self._in_page_order())

    def _in_page_order(self) -> list[str]:
        """The order of the page, so that the list of what to finish runs down it."""
        feared = [f"feared_{c.ref.hex}" for c in self.children]
        differs = [f"differs_{p.ref.hex}" for p in self.people]
        first = ["kind", "reasonable_cause", "children", "happened_at", "present", "worried", "happened"]
        return [*first, *feared, "context", *differs, "credit", "full_text", "child_version", "why"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        chosen = self._chosen(answers)
        for file in chosen:
            key = f"feared_{file.person.ref.hex}"
            if not answers.get(key) and key not in self.errors:
                self.add_error(key, f"Say what could happen to {file.person.known_as} if nothing changes")
        stands = answers.get("reasonable_cause") or high_for_all(chosen, at=self.at)
        if answers.get("kind") == Kind.DANGER and not stands:
            self.add_error("reasonable_cause", DANGER_NEEDS_CAUSE.reason)
        return answers

    def _chosen(self, answers: Mapping[str, Any]) -> list[File]:
        return [f for f in self.opened if f.ref.hex in answers.get("children", ())]

    def _whos(self, name: str) -> list[Who]:
        chosen = self.cleaned_data.get(name, ())
        return [w for w in self.round if w.key in chosen]

    def words(self) -> WorryWords:
        """Give the words typed, finished or not."""
        a = self.cleaned_data
        chosen = {f.person_id for f in self._chosen(a)}
        feared = [About(c, a.get(f"feared_{c.ref.hex}", "")) for c in self.children if c.pk in chosen]
        differs = [About(p, a.get(f"differs_{p.ref.hex}", "")) for p in self.people]
        return WorryWords(
            a.get("happened", ""),
            feared,
            a.get("context", ""),
            self._as_edited(),
            a.get("credit", ""),
            a.get("child_version", ""),
            a.get("reasonable_cause", ""),
            [d for d in differs if d.words],
        )

    def _as_edited(self) -> str:
        """The whole worry as people changed it; nothing while it stands as it was put together for them.

        So a part that is put in other words goes into the whole, and nobody has to type it there again.
        """
        whole = str(self.cleaned_data.get("full_text", ""))
        return "" if whole.split() == str(self.data.get("put_together", "")).split() else whole

    def composed(self) -> str:
        """Give the whole worry: as people edited it, or put together from its parts. A child's own words stay out."""
        words, children = self.words(), {c.pk for c in self.children}
        return words.full_text or compose(self._whos("worried"), words, children=children)

    def reads(self) -> Reads:
        """How it reads, for the panel beside the form."""
        if not self.is_bound:
            return how_it_reads(
                self.written("full_text"),
                children=[c.known_as for c in self.children],
                child_version=self.written("child_version"),
            )
        self.full_clean()
        words, chosen = self.words(), self._chosen(self.cleaned_data)
        return how_it_reads(
            self.composed(),
            children=[f.person.known_as for f in chosen],
            child_version=words.child_version,
            feared=[f.words for f in words.feared],
        )

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `compose_statement` takes them."""
        a = self.cleaned_data
        return {
            "files": self._chosen(a),
            "talk": Talk(a["happened_at"], present=tuple(here(w) for w in self._whos("present"))),
            "kind": a["kind"],
            "worried": self._whos("worried"),
            "words": self.words(),
        }


def here(who: Who) -> Here:
    """Somebody who was there, for the conversation."""
    return Here(who.person, who.staff, who.professional)


def begin_statement(shown: Shown) -> dict[str, Any]:
    """Give what a worry says now, for the form that changes it."""
    reading = shown.reading
    begun: dict[str, Any] = {
        name: reading.text(slot)
        for name, slot in {
            "happened": "happened",
            "context": "context",
            "credit": "credit",
            "full_text": "full-text",
            "child_version": "child-version",
            "reasonable_cause": "reasonable-cause",
        }.items()
    }
    begun |= {f"feared_{p.about.ref.hex}": p.text for p in reading.said("feared") if p.about}
    begun |= {f"differs_{p.about.ref.hex}": p.text for p in reading.said("sees-differently") if p.about}
    begun |= {f"differs_{d.person.ref.hex}": d.words for d in reading.dissents}
    begun |= {"kind": shown.statement.kind, "worried": [w.key for w in shown.worried]}
    return begun | {"children": [f.ref.hex for f in reading.files]}


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
    family_words = LongAnswer("How does the family say it?", hint="Their own version.", rows=2)
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
            label = f"What will {child.known_as} see, hear and feel?"
            needed = f"Say what {child.known_as} will see, hear and feel"
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
        key, name = who.key, who.name
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
        key, name = who.key, who.name
        value, unscored = a.get(f"value_{key}"), a.get(f"unscored_{key}")
        if f"value_{key}" in self.errors:
            return
        if value is not None and unscored:
            self.add_error(f"unscored_{key}", f"{name} has a number. Take out the number, or choose that there is one")
        if unscored and not a.get(f"reason_{key}"):
            self.add_error(f"reason_{key}", f"Say why there is no number for {name}")
        if value is None and not unscored and self._must_ask(who, a):
            self.add_error(f"value_{key}", f"Write {name}’s number, or say below why {name} has none")

    def _must_ask(self, who: Who, a: Mapping[str, Any]) -> bool:
        """SC-3, and anyone for whom words were written without a number."""
        typed = any(a.get(f"{part}_{who.key}") for part in ("high", "not_higher", "one_step", "reported_by", "reason"))
        on = a.get("happened_at", self.at).date()
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


class SettleForm(TalkForm):
    """How a worry was settled, where we heard it, and why we say so."""

    status = Choice(
        "What has become of this worry?",
        [(w.value, w.label.capitalize()) for w in Where if w is not Where.OPEN],
        missing="Say what has become of this worry",
        down=True,
    )
    why = LongAnswer("How do you know?", hint="What people saw, and for how long.", rows=3, missing="Say how you know")
    field_order = ("status", "why", "happened_at")

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `settle_statement` takes them."""
        a = self.cleaned_data
        return {"talk": Talk(a["happened_at"]), "status": a["status"], "why": a["why"]}
