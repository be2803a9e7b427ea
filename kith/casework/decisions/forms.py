"""The questions a decision asks (domain 6.8), one page, lightest option first."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from kith.casework.decisions.actions import OptionConsidered, Reasons, ViewTaken
from kith.casework.decisions.queries import Rested
from kith.framework.decisions import Say, authority
from kith.kit.forms import Choices, Day, Form, LongAnswer, Moment, Pick, ShortAnswer, YesNo
from kith.kit.wording import shortened
from kith.people.entries.words import Talk
from kith.people.persons.models import File, Person

OPTIONS = 4
SHORT = 160
"""Letters of a thing on the map that is offered: two lines of a choice."""


class DecisionForm(Form):
    """What has been decided, what else was considered, what everyone thinks, and what follows."""

    matter = Pick("What kind of decision is it?", missing="Choose what kind of decision it is")
    happened_at = Moment(
        "When was it decided?",
        hint="For example 10 9 2025, 4.10 pm",
        missing="Say when it was decided, day and time",
    )
    what = LongAnswer(
        "What has been decided?", hint="In words the family would use.", missing="Say what has been decided"
    )
    facts = LongAnswer(
        "What does it rest on?",
        hint="What people saw, heard or showed you, with dates. The map and notes hold the rest.",
        missing="Say what you saw, heard or were shown, with a date or how often",
    )
    analysis = LongAnswer("What do you make of it?", hint="Why this, and why now.", missing="Say why this, and why now")
    network = LongAnswer("What do the family’s own people think?", rows=3)
    power = ShortAnswer(
        "Which law or power?",
        hint="Say it in words, with the section once: help we offer by agreement (section 17).",
        missing="Say which law or power this uses, or that it is by agreement",
    )
    reversible = YesNo("Can it be changed back?", missing="Say whether it can be changed back")
    review_on = Day("When will it be looked at again?", missing="Say when it will be looked at again")
    appeal = LongAnswer(
        "What can the family do if they disagree?",
        rows=3,
        missing="Say how the family can have this looked at again, and by whom",
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        files: Sequence[File],
        says: Mapping[str, Say],
        at: datetime,
        rests_on: Sequence[Rested] = (),
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.people, self.children, self.at = people, files, at
        self._ask_what(says)
        self.fields["happened_at"].initial = at
        self.fields["happened_at"].latest = timezone.localdate(at)  # type: ignore[attr-defined]
        self.fields["happened_at"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]
        self.fields["review_on"].earliest = timezone.localdate(at) + timedelta(days=1)  # type: ignore[attr-defined]
        self.fields["children"] = Choices(
            "Which children is it about?",
            [(str(f.ref), f.person.called) for f in files],
            missing="Choose at least one child",
            initial=[str(f.ref) for f in files],
        )
        self._ask_what_it_rests_on(rests_on)
        self._ask_options()
        self._ask_views(timezone.localdate(at))
        self.order_fields(self._in_page_order())

    def _ask_what(self, says: Mapping[str, Say]) -> None:
        """Offer what this person may decide or propose, and say which of them wait for somebody else."""
        self.proposes = Say.DECIDE not in says.values()
        waits = "" if self.proposes else " (you propose it)"
        ours = {Say.DECIDE: "", Say.PROPOSE: waits}
        offered = [row for row in authority().values() if says.get(row.id) in ours]
        self.fields["matter"].choices = [(row.id, row.label + ours[says[row.id]]) for row in offered]  # type: ignore[attr-defined]
        if self.proposes:
            what, when = self.fields["what"], self.fields["happened_at"]
            what.label, what.error_messages["required"] = "What do you propose?", "Say what you propose"
            when.label = "When did you settle on this?"
            when.error_messages["required"] = "Say when you settled on this, day and time"

    def _ask_what_it_rests_on(self, offered: Sequence[Rested]) -> None:
        """Offer what stands on the map; nothing where nothing does."""
        self.on_the_map = {one.reading.entry.ref.hex: one.reading.entry for one in offered}
        if offered:
            said = [(one.reading.entry.ref.hex, f"{one.heading}: {shortened(one.words, SHORT)}") for one in offered]
            self.fields["rests_on"] = Choices("Which of these on the map does it rest on?", said)

    def _in_page_order(self) -> list[str]:
        """The order of the page, so that the list of what to finish runs down it."""
        options = [f"{part}_{row}" for row in range(OPTIONS) for part in ("option", "why_not")]
        views = [f"{part}_{p.ref.hex}" for p in self.people for part in ("view", "difference", "told_on", "how")]
        first = ["matter", "children", "happened_at", "what", *options, "facts", "rests_on", "analysis", "power"]
        return [*first, *views, "network", "review_on", "reversible", "appeal"]

    def _ask_options(self) -> None:
        for row in range(OPTIONS):
            needed = "Write the lightest option you considered" if row == 0 else ""
            needed = "Write at least one more option" if row == 1 else needed
            label = "The lightest thing that could have been done" if row == 0 else f"Option {row + 1}"
            self.fields[f"option_{row}"] = LongAnswer(label, rows=2, missing=needed)
            why_not = LongAnswer("Why not this one?", hint="Leave empty for the one you chose.", rows=2)
            self.fields[f"why_not_{row}"] = why_not

    def _ask_views(self, today: date) -> None:
        for person in self.people:
            key, name = person.ref.hex, person.called
            self.fields[f"view_{key}"] = LongAnswer(
                f"What does {name} think?",
                rows=3,
                missing=f"Write what {name} thinks, or why {name} could not be asked",
            )
            self.fields[f"difference_{key}"] = LongAnswer(
                "What difference did it make?",
                rows=2,
                missing=f"Write what difference {name}’s view made, or why none",
            )
            self.fields[f"told_on_{key}"] = Day(f"When was {name} told?", latest=today)
            self.fields[f"how_{key}"] = ShortAnswer(
                "How, or why not yet?", missing=f"Write how {name} was told, or why not yet"
            )

    def clean_happened_at(self) -> datetime:
        """Refuse a time later today: the record cannot be written before it happens."""
        when: datetime = self.cleaned_data["happened_at"]
        if when > self.at:
            raise ValidationError("That time has not come yet. Check the time.", code="late")
        return when

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        given = [row for row in range(OPTIONS) if answers.get(f"option_{row}")]
        for row in set(range(OPTIONS)) - set(given):
            if answers.get(f"why_not_{row}") and f"option_{row}" not in self.errors:
                self.add_error(f"option_{row}", "Write what the option was, or take out why it was not chosen")
        chosen = [row for row in given if not answers.get(f"why_not_{row}")]
        for row in chosen[:-1]:
            self.add_error(f"why_not_{row}", "Say why not this one. Only the one you chose is left empty")
        if given and not chosen:
            self.add_error(f"why_not_{given[-1]}", "Leave this empty for the option you chose")
        return answers

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `record_decision` takes them."""
        a = self.cleaned_data
        chosen = [f for f in self.children if str(f.ref) in a["children"]]
        return {
            "files": chosen,
            "talk": Talk(a["happened_at"], place="office"),
            "matter": a["matter"],
            "reasons": Reasons(a["what"], a["facts"], a["analysis"], a["appeal"], a["network"]),
            "options": [
                OptionConsidered(a[f"option_{r}"], a[f"why_not_{r}"]) for r in range(OPTIONS) if a[f"option_{r}"]
            ],
            "views": [self._view(p) for p in self.people],
            "people": self.people,
            "power": a["power"],
            "reversible": a["reversible"],
            "review_on": a["review_on"],
            "rests_on": [self.on_the_map[ref] for ref in a.get("rests_on", [])],
        }

    def _view(self, person: Person) -> ViewTaken:
        a, key = self.cleaned_data, person.ref.hex
        return ViewTaken(person, a[f"view_{key}"], a[f"difference_{key}"], a[f"told_on_{key}"], a[f"how_{key}"])
