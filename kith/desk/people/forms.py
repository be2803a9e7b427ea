"""The question of whether two records are of one person: those likely, with why, or another by its address."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from kith.kit.forms import Choice, Form, LongAnswer, ShortAnswer
from kith.people.persons.called import full_name
from kith.people.sight.finding import Found
from kith.people.sight.lines import born_words, why_words

ANOTHER = "another"
_ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_ADDRESS = "Copy the whole address of the other person’s page. This does not hold one."


class MergeForm(Form):
    """Which other record is of this same person, and how we know."""

    like = Choice("Which record is of this same person?", missing="Choose one, or say that it is another", down=True)
    other = ShortAnswer(
        "The address of the other record",
        hint="Open the other person’s page, and copy its address from the top of the browser.",
        longest=300,
    )
    why = LongAnswer(
        "How do you know it is one person?", rows=3, longest=1000, missing="Say how you know that it is one person"
    )

    def __init__(self, *args: Any, likely: Sequence[Found], at: datetime, **named: Any) -> None:
        super().__init__(*args, **named)
        if not likely:
            del self.fields["like"]
            return
        people = [(str(f.known.person.ref), f) for f in likely]
        like = self.fields["like"]
        like.choices = [  # type: ignore[attr-defined]
            *((ref, full_name(f.known.person)) for ref, f in people),
            (ANOTHER, "Another, whose address is below"),
        ]
        like.hints = {  # type: ignore[attr-defined]
            ref: f"{born_words(f.known.person, at)}. {why_words(f.match)}" for ref, f in people
        }

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        like, other = answers.get("like", ANOTHER), str(answers.get("other", ""))
        if "like" in self.errors and other:
            del self.errors["like"]
        if "like" not in self.errors and like == ANOTHER and not other:
            self.add_error("other", "Copy the address of the other person’s page here")
        return answers

    def clean_other(self) -> str:
        typed = str(self.cleaned_data["other"]).lower()
        found = _ADDRESS.search(typed)
        if typed and found is None:
            raise ValidationError(NO_ADDRESS)
        return found.group() if found else ""

    @property
    def chosen(self) -> UUID:
        """The record chosen. An address that is written counts before a choice: it was written last."""
        a = self.cleaned_data
        return UUID(a["other"] or a["like"])

    def not_found(self) -> None:
        """Say that the record could not be found, which it says of a hidden one as well."""
        box = "other" if self.cleaned_data["other"] else "like"
        self.add_error(box, "We could not find that record. Check the address, or ask whoever works with them.")
