"""The questions about where somebody can be found and how they may be reached."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from kith.kit.forms import Choice, Day, Form, LongAnswer, Pick, Read, ShortAnswer, Tick
from kith.people.persons.models import Family

PLACES = [
    ("home", "Home"),
    ("staying", "Staying for now"),
    ("school", "School or nursery"),
    ("work", "Work"),
    ("refuge", "A refuge"),
    ("other", "Somewhere else"),
]
WAYS = [("phone", "Telephone"), ("email", "E-mail")]
SAFE = [
    ("yes", "Yes, it is safe to use"),
    ("with-care", "With care: read “Before you ring” first"),
    ("no", "No, do not use it"),
    ("unknown", "Nobody has asked yet"),
]
PROTECTED = "Keep this from everyone but those who hold the work with them"
PROTECTED_HINT = "For somebody who would be in danger if it were known. No post goes to it, and nothing prints it."


class _Protectable(Form):
    """What may be kept from all but the line, and in which family an adult's may be known."""

    def __init__(self, *args: Any, families: Sequence[Family], **named: Any) -> None:
        super().__init__(*args, **named)
        self.families = {str(f.ref): f for f in families}
        self.fields["protected"] = Tick(PROTECTED, hint=PROTECTED_HINT)
        self.fields["known_in"] = Pick(
            "If it is kept, in which family may it be known?",
            [("", "Not kept, or their own file decides"), *((ref, f.name) for ref, f in self.families.items())],
        )

    def clean_known_in(self) -> Family | None:
        return self.families.get(self.cleaned_data["known_in"])


class LocationForm(_Protectable):
    """A place somebody can be found."""

    kind = Choice("What kind of place?", PLACES, missing="Choose what kind of place it is", down=True)
    name = ShortAnswer("Its name, if it has one", hint="For example Oakmere Primary, or Nana Mo’s.")
    lines = LongAnswer("Address", rows=3, longest=500)
    postcode = ShortAnswer("Postcode", longest=10)
    since = Day("Since when?", hint="Leave it empty for today.")
    post_is_safe = Tick("Post may go there", hint="Only if they have said so.")

    def clean_since(self) -> datetime | None:
        on: date | None = self.cleaned_data["since"]
        if on and on > timezone.localdate():
            raise ValidationError("That day has not come yet. Check the date.")
        return timezone.make_aware(datetime.combine(on, time())) if on else None

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not any(answers.get(part) for part in ("name", "lines", "postcode")):
            self.add_error("name", "Write its name, its address or its postcode")
        if answers.get("protected") and answers.get("post_is_safe"):
            self.add_error(
                "post_is_safe", "No post goes to a place that is kept from others. Take one of these ticks away."
            )
        return answers


class ContactForm(_Protectable):
    """A telephone number or e-mail address, and whether it is safe."""

    kind = Choice("What is it?", WAYS, missing="Choose what it is")
    value = ShortAnswer("The number or address", missing="Write the number or address")
    safe = Choice("Is it safe to use?", SAFE, missing="Choose whether it is safe to use", down=True)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("kind") == "email" and answers.get("value"):
            try:
                validate_email(answers["value"])
            except ValidationError:
                self.add_error(
                    "value", "Check the e-mail address. It needs a name, an @ and a place, such as kavi@example.org."
                )
        return answers


class SafeContactForm(Form):
    """How somebody asked to be reached."""

    words = LongAnswer(
        "How did they ask to be reached?",
        rows=3,
        longest=500,
        hint="In their words. For example: text, don’t ring, and not before ten on Mondays.",
        missing="Write how they asked to be reached",
    )
    read = Read()
