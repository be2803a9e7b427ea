"""The kinds of question a Kith form asks, and the form that asks them.

A form is a list of questions. Each kind carries its own words for when an answer is missing or wrong, and
is drawn by `{{ c.field(form["name"]) }}`. An answer is needed exactly when `missing`, the sentence that says
what to do, is given. What was typed is always shown again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from kith.kit.answers import LONGEST_ANSWER, LongAnswer, Number, Read, ShortAnswer, Tick, Upload, tidy
from kith.kit.changed import CHANGED
from kith.kit.dated import Day, Moment, PartialDay
from kith.kit.days import PartDay
from kith.kit.offered import Choice, Choices, Option, Pick, YesNo
from kith.kit.refusal import Refused
from kith.kit.wording import day

__all__ = [
    "LONGEST_ANSWER",
    "Choice",
    "Choices",
    "Day",
    "Form",
    "LongAnswer",
    "Moment",
    "Number",
    "Option",
    "PartDay",
    "PartialDay",
    "Pick",
    "Read",
    "ShortAnswer",
    "Tick",
    "Upload",
    "Wrong",
    "YesNo",
    "tidy",
]


@dataclass(frozen=True)
class Wrong:
    """One thing to finish, for the summary: the sentence, and the id of the control it leads to, or ""."""

    sentence: str
    control: str


class Form(forms.Form):
    """A form whose faults can be listed with a link to the control each is about."""

    use_required_attribute = False
    mark = ""
    """What its reader has before them, for a form with a `Read` box: see `kit/changed.py`."""

    def saves(self, do: Callable[[], object], now: Callable[[], tuple[Mapping[str, Any], str]]) -> bool:
        """Do it, unless somebody else wrote meanwhile: then say beside each answer what stands there, and do nothing.

        What was typed stays in its box; sent once more, with the new mark, it is kept. `now` gives what the form
        would begin with, and its mark.
        """
        try:
            do()
        except Refused as no:
            if no.refusal is not CHANGED:
                raise
            self._changed_since(*now())
            return False
        return True

    def _changed_since(self, now: Mapping[str, Any], mark: str) -> None:
        self.mark = mark
        for name in [n for n in now if n in self.cleaned_data and self.cleaned_data[n] != now[n]]:
            said = self._words(name, now[name])
            self.add_error(name, f"Somebody else changed this while you were writing. It now says {said}")
        self.add_error(None, "Somebody else saved this page while you were writing. What it says now stands by yours")

    def _words(self, name: str, value: object) -> str:
        """Say a value as its question would show it."""
        asked = self.fields[name]
        if isinstance(asked, Choice | Choices):
            value = ", ".join(option.label for option in asked.options(value) if option.chosen)
        elif isinstance(value, PartDay):
            value = value.in_words()
        elif isinstance(value, date):
            value = day(value)
        return f"“{value}”" if value not in (None, "") else "nothing"

    def error_summary(self) -> list[Wrong]:
        """Every fault once, in the order of the questions; faults of the whole form come first."""
        whole = [Wrong(str(sentence), "") for sentence in self.non_field_errors()]
        return whole + [Wrong(str(bound.errors[0]), first_control(bound)) for bound in self if bound.errors]


def first_control(bound: BoundField) -> str:
    """The id of the first control of a question, where a link in the summary leads."""
    return f"{bound.auto_id}{getattr(bound.field, 'first', '')}"
