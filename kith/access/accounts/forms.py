"""What is asked about somebody's account."""

from datetime import date
from typing import Any

from kith.access.roles import ROLES, Work
from kith.kit.forms import Day, Form, LongAnswer, Pick, Read, ShortAnswer

WORKS = [(role.work.value, role.shown_as) for role in ROLES.values()]
HINTS = {role.work.value: f"People who {role.for_people_who}" for role in ROLES.values()}


class DetailsForm(Form):
    """What somebody is called, what they do, and how to reach them."""

    name = ShortAnswer("Name", missing="Enter their name as colleagues know it.")
    job_title = ShortAnswer("What is their job called?", hint="As on their badge.")
    email = ShortAnswer("Work e-mail", inputs="email", longest=254)
    phone = ShortAnswer("Work phone", inputs="tel", longest=40)


class ChangeForm(DetailsForm):
    """The same, of somebody who is here already."""

    read = Read()


class WorkForm(Form):
    """One kind of work, from when, until when, and why."""

    work = Pick("What kind of work?", WORKS, missing="Choose a kind of work.", coerce=Work)
    since = Day("From which day?", missing="Say from which day.")
    until = Day("Until which day?", hint="Leave it empty if nobody knows yet.")
    why = ShortAnswer("Why?", missing="Say why, such as covering for Rosa until May.")

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("since", "until"):
            self.fields[name].earliest = today  # type: ignore[attr-defined]
            self.fields[name].too_early = "Choose today or a day to come."  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("until") and given.get("since") and given["until"] < given["since"]:
            self.add_error("until", "The last day is before the first. Check both.")
        return given


class WhyForm(Form):
    """A reason, in a line."""

    why = LongAnswer("Why?", missing="Say why, in a sentence.", rows=2, longest=200)
