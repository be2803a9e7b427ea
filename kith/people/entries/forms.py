"""Questions about an entry already written: who sees it differently, who was shown it, what leaked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404

from kith.kit.forms import Choice, Day, Form, LongAnswer, Pick
from kith.people.entries.models import Entry
from kith.people.entries.queries import version_at
from kith.people.persons.models import Person

HOW = (
    ("read-aloud", "We read it aloud together"),
    ("paper", "On paper"),
    ("secure-link", "By a secure link"),
    ("easy-read", "In an easy read version"),
    ("audio", "As a recording"),
    ("translated", "In another language"),
)


def version_read(sent: Mapping[str, Any], newest: Entry) -> Entry:
    """Give the version somebody had before them when they changed an entry, from what their form sent back.

    It is the newest, or one before it. Raises `Http404` when it is neither.
    """
    if read := version_at(newest, str(sent.get("read", ""))):
        return read
    raise Http404


class _AboutSomebody(Form):
    """A form that asks which of a family's people it is, and gives the person."""

    on = ""

    def __init__(self, *args: Any, people: Sequence[Person], today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self.by_ref = {str(p.ref): p for p in people}
        self.fields["person"].choices = [(ref, p.called) for ref, p in self.by_ref.items()]  # type: ignore[attr-defined]
        self.fields[self.on].latest = today  # type: ignore[attr-defined]
        self.fields[self.on].initial = today
        self.fields[self.on].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Give the answers as the action takes them, with the person for their address."""
        return self.cleaned_data | {"person": self.by_ref[self.cleaned_data["person"]]}


class DissentForm(_AboutSomebody):
    """Somebody sees it differently. Their words, not ours."""

    on = "said_on"
    person = Choice("Who sees it differently?", missing="Choose who sees it differently")
    words = LongAnswer(
        "What do they say?",
        hint="In their own words, as they said or wrote them. They stand beside what they differ from.",
        missing="Write what they say, in their own words",
    )
    said_on = Day("When did they say so?", missing="Say which day they said so")


class SharedForm(_AboutSomebody):
    """Somebody was shown it: how, when, and what they said."""

    on = "shared_on"
    person = Choice("Who was shown it?", missing="Choose who was shown it")
    how = Pick("How?", HOW, missing="Say how they were shown it")
    shared_on = Day("When?", missing="Say which day")
    response = LongAnswer("What did they say?", rows=3)


class SealForm(Form):
    """Why words must be closed: for a leak, not for a change of mind."""

    why = LongAnswer(
        "Why should these words not be here?",
        rows=3,
        longest=1000,
        hint="For example, that they are about another family. Do not write the words again.",
        missing="Say why these words should not be here",
    )
