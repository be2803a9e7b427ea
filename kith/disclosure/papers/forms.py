"""Naming who will hold a paper: that decides what is in it (look 7)."""

from collections.abc import Sequence
from typing import Any

from kith.kit.forms import Choice, Form, Tick
from kith.people.persons.models import Person


class PaperForm(Form):
    """Who is it for, and have you read their copy?"""

    read_it = Tick(
        "I have read this copy through, and it may go to this person", missing="Read the copy, then tick this"
    )

    def __init__(self, *args: Any, people: Sequence[Person], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = people
        self.fields["recipient"] = Choice(
            "Who will hold this paper?",
            [(str(p.ref), p.called) for p in people],
            missing="Choose the one person it is for",
            hint="Each person’s copy is their own. Two people in two homes are two papers.",
            down=True,
        )
        self.order_fields(["recipient", "read_it"])

    def recipient(self) -> Person | None:
        """Give the person chosen, as far as the form has come."""
        ref = str(self.data.get(self.add_prefix("recipient"), "")) if self.is_bound else ""
        return next((p for p in self.people if str(p.ref) == ref), None)
