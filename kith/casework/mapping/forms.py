"""The questions a worry, a goal, a scale and everyone's numbers ask. Each page works without script."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone

from kith.casework.mapping.models import Kind, Where
from kith.casework.mapping.policies import DANGER_NEEDS_CAUSE
from kith.casework.mapping.queries import Shown, high_for_all
from kith.casework.mapping.words import (
    About,
    Reads,
    Who,
    WorryWords,
    compose,
    how_it_reads,
)
from kith.kit.forms import Choice, Choices, Form, LongAnswer, Moment, ShortAnswer
from kith.kit.wording import age
from kith.people.entries.words import Here, Talk
from kith.people.involvement.frame import face
from kith.people.persons.models import File, Person


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
        self.fields["happened_at"].initial = at
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
        names = [(w.key, w.called) for w in round_]
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
            [(f.ref.hex, f.person.called) for f in files],
            missing="Choose at least one child",
            initial=[f.ref.hex for f in files],
        )
        for child in self.children:
            label = f"{child.called}, {age(child.born_on, timezone.localdate(self.at))}"
            self.fields[f"feared_{child.ref.hex}"] = LongAnswer(label, rows=2)
        for person in self.people:
            label = f"{person.called} sees it differently"
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
                self.add_error(key, f"Say what could happen to {file.person.called} if nothing changes")
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
