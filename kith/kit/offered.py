"""Questions answered by choosing among answers already on the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from django import forms

from kith.kit.asking import Asked, question

Answers = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
"""Pairs of value and words, or something to call for them each time the form is made."""


class Offered(Asked, total=False):
    """A question with answers to choose among.

    `hints` and `people` are keyed by an answer's value: words beneath it, a token beside it. `down` lists the
    answers one beneath another. `coerce` turns the value sent into what the action wants.
    """

    hints: Mapping[str, str]
    people: Mapping[str, object]
    down: bool
    coerce: Callable[[str], Any]


@dataclass(frozen=True)
class Option:
    """One answer to choose: its value and words, a hint beneath, a person whose token stands beside."""

    value: str
    label: str
    hint: str
    person: object
    chosen: bool


class _Offering:
    choices: Any

    def offer(self, asked: Offered) -> Callable[[str], Any]:
        """Keep what is shown beside the answers, and give back how a value is turned into an answer."""
        self.hints, self.people = asked.pop("hints", {}), asked.pop("people", {})
        self.down = asked.pop("down", False)
        return asked.pop("coerce", str)

    def options(self, value: object) -> list[Option]:
        """The answers in order, with those chosen marked."""
        given = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        chosen = {str(one) for one in given if one is not None}
        return [
            Option(
                str(key),
                str(words),
                self.hints.get(str(key), ""),
                self.people.get(str(key)),
                str(key) in chosen,
            )
            for key, words in self.choices
        ]


class Choice(_Offering, forms.TypedChoiceField):
    """One answer of a few, all in sight. The answer is "" when it was left and may be."""

    kind, first = "choice", "_0"
    nothing: str | None = ""

    def __init__(self, label: str, choices: Answers = (), **asked: Unpack[Offered]) -> None:
        coerce = self.offer(asked)
        words = question(label, asked, invalid_choice="Choose one of the answers shown.")
        super().__init__(choices=choices, coerce=coerce, empty_value=self.nothing, **words)


class Pick(Choice):
    """One answer of many, in a list that opens. Prefer Choice where the answers fit on the page."""

    kind, first = "pick", ""


def _is_yes(value: str) -> bool:
    return value == "yes"


class YesNo(Choice):
    """Yes or no. The answer is True, False, or None when it was left and may be."""

    nothing = None

    def __init__(self, label: str, *, yes: str = "Yes", no: str = "No", **asked: Unpack[Offered]) -> None:
        asked["coerce"] = _is_yes
        super().__init__(label, [("yes", yes), ("no", no)], **asked)

    def options(self, value: object) -> list[Option]:
        return super().options(("no", "yes")[value] if isinstance(value, bool) else value)


class Choices(_Offering, forms.TypedMultipleChoiceField):
    """Any number of answers, all in sight. The answer is a list."""

    kind, first = "choices", "_0"

    def __init__(self, label: str, choices: Answers = (), **asked: Unpack[Offered]) -> None:
        coerce, refuse = self.offer(asked), "Choose from the answers shown."
        words = question(label, asked, invalid_choice=refuse, invalid_list=refuse)
        super().__init__(choices=choices, coerce=coerce, empty_value=[], **words)
