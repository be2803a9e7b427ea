"""The kinds of question a Kith form asks.

A form is a list of questions. Each kind of question carries its own words for when an answer is missing or wrong, and
is drawn by `{{ c.field(form["name"]) }}`. A question must be answered exactly when `missing`, the sentence that says
what to do, is given. What was typed is always shown again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils import timezone

from kith.kit.days import DayParts, MomentParts, NotADay, PartDay, read_day, read_part_day, read_time, settle
from kith.kit.wording import clock_time
from kith.kit.wording import day as in_full

LONGEST_ANSWER = 20_000
"""Characters in a long answer unless a form says otherwise: about seven closely written pages."""

_DIRECTION_OVERRIDES = "\u202d\u202e"


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


def tidy(text: str) -> str:
    """Text made fit to keep: composed letters, one kind of line end, no hidden control characters."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        letter
        for letter in lines
        if letter in "\n\t" or (unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _DIRECTION_OVERRIDES)
    )


class _Answer(forms.CharField):
    """Words somebody types. `longest` is in characters."""

    first = ""

    def __init__(
        self, label: str, *, missing: str = "", hint: str = "", longest: int, too_long: str = "", **rest: Any
    ) -> None:
        self.longest, self.too_long = longest, too_long
        super().__init__(
            label=label, help_text=hint, required=bool(missing), error_messages={"required": missing}, **rest
        )

    def to_python(self, value: Any) -> str:
        return tidy(str(value)).strip() if value is not None else ""

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            one = "character" if over == 1 else "characters"
            raise ValidationError(
                self.too_long or f"Shorten this by {over:,} {one}. It can hold {self.longest:,}.",
                code="too_long",
            )


class ShortAnswer(_Answer):
    """One line of words. `inputs` is the browser's kind of input: text, tel, email."""

    kind = "short"

    def __init__(self, label: str, *, longest: int = 200, inputs: str = "text", fill: str = "off", **rest: Any) -> None:
        self.inputs, self.fill = inputs, fill
        super().__init__(label, longest=longest, **rest)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", " ", super().to_python(value))


class LongAnswer(_Answer):
    """Words over several lines. Line breaks are kept as typed. `rows` is the height of the box."""

    kind = "long"

    def __init__(self, label: str, *, longest: int = LONGEST_ANSWER, rows: int = 5, **rest: Any) -> None:
        self.rows = rows
        super().__init__(label, longest=longest, **rest)


class _Boxes(forms.Widget):
    """Reads the boxes of a day, or the plain name when something other than a page sends it."""

    def __init__(self, parts: type[DayParts] | type[MomentParts]) -> None:
        self.parts = parts
        super().__init__()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ARG002
        typed = {part: str(data.get(f"{name}-{part}", "")) for part in self.parts._fields}
        whole = str(data.get(name, "") or "").strip()
        if whole and not any(typed.values()):
            return self._shared_out(whole)
        return self.parts(**typed)

    def _shared_out(self, whole: str) -> DayParts | MomentParts:
        on, _, rest = whole.replace("T", " ", 1).partition(" ") if self.parts is MomentParts else (whole, "", "")
        day = settle(DayParts(day=on))
        return MomentParts(*day, time=rest[:5] if rest[2:3] == ":" else rest) if self.parts is MomentParts else day

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(key in data for key in (name, *(f"{name}-{part}" for part in self.parts._fields)))


class _DayKind(forms.Field):
    """A question answered in boxes for the day, month and year."""

    kind, first = "day", "-day"
    boxes: type[DayParts] | type[MomentParts] = DayParts

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        earliest: date | None = None,
        latest: date | None = None,
        too_early: str = "",
        too_late: str = "",
        **rest: Any,
    ) -> None:
        self.earliest, self.latest, self.too_early, self.too_late = earliest, latest, too_early, too_late
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            error_messages={"required": missing},
            widget=_Boxes(self.boxes),
            **rest,
        )

    def check_bounds(self, on: date) -> None:
        """Refuse a day outside the bounds, saying which bound in words."""
        if self.earliest and on < self.earliest:
            raise ValidationError(self.too_early or f"Enter a day on or after {in_full(self.earliest)}.", code="early")
        if self.latest and on > self.latest:
            raise ValidationError(self.too_late or f"Enter a day on or before {in_full(self.latest)}.", code="late")

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, tuple) or not any(part.strip() for part in value):
            return None if isinstance(value, tuple) else value
        try:
            return self.read(value)
        except NotADay as fault:
            raise ValidationError(str(fault), code="not_a_day") from None

    def read(self, parts: Any) -> Any:
        """The answer the boxes hold."""
        on = read_day(parts)
        if on:
            self.check_bounds(on)
        return on

    def shown(self, value: Any) -> DayParts | MomentParts:
        """What to put in the boxes: what was typed, or a value the form began with."""
        if isinstance(value, tuple):
            return self.boxes(*value)
        if value is None or value == "":
            return self.boxes()
        return self.from_value(value)

    def from_value(self, value: Any) -> DayParts | MomentParts:
        """The boxes that would give this value."""
        return DayParts(str(value.day), str(value.month), str(value.year))


class Day(_DayKind):
    """A day somebody knows. The answer is a date."""


class PartialDay(_DayKind):
    """A day known as far as it is known. The answer is a PartDay."""

    def read(self, parts: Any) -> PartDay | None:
        known = read_part_day(parts)
        if known:
            self.check_bounds(known.date)
        return known

    def from_value(self, value: PartDay) -> DayParts:
        known = value.precision
        return DayParts(
            str(value.date.day) if known == "day" else "",
            str(value.date.month) if known != "year" else "",
            str(value.date.year),
        )


class Moment(_DayKind):
    """A day and a time of day. The answer is a moment in the council's own time zone."""

    kind = "moment"
    boxes = MomentParts

    def read(self, parts: Any) -> datetime:
        on = read_day(DayParts(*parts[:3]))
        if on is None:
            raise NotADay("Add the day.")
        if not parts.time.strip():
            raise NotADay("Add the time, such as 4.10 pm.")
        self.check_bounds(on)
        at = timezone.make_aware(datetime.combine(on, read_time(parts.time)))
        if timezone.localtime(at.astimezone(UTC)).hour != at.hour:
            raise NotADay("The clocks went forward over that hour. Check the time.")
        return at

    def from_value(self, value: datetime) -> MomentParts:
        at = timezone.localtime(value) if timezone.is_aware(value) else value
        return MomentParts(str(at.day), str(at.month), str(at.year), clock_time(at))


@dataclass(frozen=True)
class Option:
    """One answer to choose: its value and words, a hint beneath, a person whose token stands beside."""

    value: str
    label: str
    hint: str
    person: Any
    chosen: bool


class _Offered:
    """Answers to choose among. `hints` and `people` are keyed by an answer's value."""

    choices: Any
    hints: Mapping[str, str]
    people: Mapping[str, Any]

    def options(self, value: Any) -> list[Option]:
        """The answers in order, with those chosen marked."""
        given = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        chosen = {str(one) for one in given if one is not None}
        return [
            Option(
                str(key),
                str(label),
                self.hints.get(str(key), ""),
                self.people.get(str(key)),
                str(key) in chosen,
            )
            for key, label in self.choices
        ]


class Choice(_Offered, forms.TypedChoiceField):
    """One answer of a few, all in sight. `down` lists them one beneath another."""

    kind, first = "choice", "_0"

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[Any, Any]] | Callable[[], Any] = (),
        *,
        missing: str = "",
        hint: str = "",
        hints: Mapping[str, str] | None = None,
        people: Mapping[str, Any] | None = None,
        down: bool = False,
        coerce: Callable[[str], Any] = str,
        empty_value: Any = "",
        **rest: Any,
    ) -> None:
        self.hints, self.people, self.down = hints or {}, people or {}, down
        super().__init__(
            label=label,
            choices=choices,  # type: ignore[arg-type]  # pairs of any kind; each value is shown as text
            coerce=coerce,
            empty_value=empty_value,
            help_text=hint,
            required=bool(missing),
            error_messages={"required": missing, "invalid_choice": "Choose one of the answers shown."},
            **rest,
        )


class Pick(Choice):
    """One answer of many, in a list that opens. Prefer Choice where the answers fit on the page."""

    kind, first = "pick", ""


def _yes(value: str) -> bool:
    return value == "yes"


class YesNo(Choice):
    """Yes or no. The answer is True, False, or None when it was left and may be."""

    def __init__(self, label: str, *, yes: str = "Yes", no: str = "No", **rest: Any) -> None:
        super().__init__(label, [("yes", yes), ("no", no)], coerce=_yes, empty_value=None, **rest)

    def options(self, value: Any) -> list[Option]:
        return super().options({True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value)


class Choices(_Offered, forms.TypedMultipleChoiceField):
    """Any number of answers. The answer is a list, in the order shown."""

    kind, first = "choices", "_0"

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[Any, Any]] | Callable[[], Any] = (),
        *,
        missing: str = "",
        hint: str = "",
        hints: Mapping[str, str] | None = None,
        people: Mapping[str, Any] | None = None,
        down: bool = False,
        coerce: Callable[[str], Any] = str,
        **rest: Any,
    ) -> None:
        self.hints, self.people, self.down = hints or {}, people or {}, down
        super().__init__(
            label=label,
            choices=choices,  # type: ignore[arg-type]  # pairs of any kind; each value is shown as text
            coerce=coerce,
            empty_value=[],
            help_text=hint,
            required=bool(missing),
            error_messages={
                "required": missing,
                "invalid_choice": "Choose from the answers shown.",
                "invalid_list": "Choose from the answers shown.",
            },
            **rest,
        )


class Tick(forms.BooleanField):
    """One box to tick. With `missing` it must be ticked. The answer is True or False."""

    kind, first = "tick", ""

    def __init__(self, label: str, *, missing: str = "", hint: str = "", **rest: Any) -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), error_messages={"required": missing}, **rest
        )


class Number(forms.IntegerField):
    """A whole number. `least` and `most` are included. `unit` is the word that follows the box."""

    kind, first = "number", ""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        least: int | None = None,
        most: int | None = None,
        unit: str = "",
        **rest: Any,
    ) -> None:
        self.unit = unit
        messages = {
            "required": missing,
            "invalid": "Write a whole number, such as 3.",
            "min_value": f"Enter {least} or more.",
            "max_value": f"Enter {most} or less.",
        }
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            min_value=least,
            max_value=most,
            error_messages=messages,
            **rest,
        )


class Upload(forms.FileField):
    """A file. `accept` is what the browser offers first; whoever keeps it must look inside. `most` is in bytes."""

    kind, first = "file", ""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        accept: str = "",
        most: int = 20_000_000,
        **rest: Any,
    ) -> None:
        self.accept, self.most = accept, most
        messages = {"required": missing, "invalid": "Choose the file again.", "empty": "That file is empty."}
        super().__init__(label=label, help_text=hint, required=bool(missing), error_messages=messages, **rest)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and (file.size or 0) > self.most:
            raise ValidationError(f"Choose a file under {self.most // 1_000_000} MB.", code="too_big")
        return file
