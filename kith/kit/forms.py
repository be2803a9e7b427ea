"""The kinds of question a Kith form asks, and the form that asks them.

A form is a list of questions. Each kind carries its own words for when an answer is missing or wrong, and
is drawn by `{{ c.field(form["name"]) }}`. An answer is needed exactly when `missing`, the sentence that says
what to do, is given. What was typed is always shown again.
"""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from kith.kit.answers import LONGEST_ANSWER, LongAnswer, Number, ShortAnswer, Tick, Upload, tidy
from kith.kit.dated import Day, Moment, PartialDay
from kith.kit.days import PartDay
from kith.kit.offered import Choice, Choices, Option, Pick, YesNo

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

    def error_summary(self) -> list[Wrong]:
        """Every fault once, in the order of the questions; faults of the whole form come first."""
        whole = [Wrong(str(sentence), "") for sentence in self.non_field_errors()]
        return whole + [Wrong(str(bound.errors[0]), first_control(bound)) for bound in self if bound.errors]


def first_control(bound: BoundField) -> str:
    """The id of the first control of a question, where a link in the summary leads."""
    return f"{bound.auto_id}{getattr(bound.field, 'first', '')}"
