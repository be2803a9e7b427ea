"""Questions answered in words, with a number, with a tick or with a file."""

import re
import unicodedata
from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kith.kit.asking import Asked, question

LONGEST_ANSWER = 20_000
"""Characters in a long answer unless a form says otherwise: about seven closely written pages."""

_DIRECTION_OVERRIDES = "\u202d\u202e"
_MEGABYTE = 1_000_000


def _keeps(letter: str) -> bool:
    if letter in "\n\t":
        return True
    return unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _DIRECTION_OVERRIDES


def tidy(text: str) -> str:
    """Text made fit to keep: composed letters, one kind of line end, no hidden control characters."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(filter(_keeps, lines))


class Worded(Asked, total=False):
    """A question answered in words. `longest` counts characters; `too_long` replaces the usual sentence."""

    longest: int
    too_long: str


class _Answer(forms.CharField):
    first = ""

    def __init__(self, label: str, usual: int, **asked: Unpack[Worded]) -> None:
        self.longest, self.too_long = asked.pop("longest", usual), asked.pop("too_long", "")
        super().__init__(**question(label, asked))

    def to_python(self, value: object) -> str:
        return "" if value is None else tidy(str(value)).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            one = "character" if over == 1 else "characters"
            usual = f"Shorten this by {over:,} {one}. It can hold {self.longest:,}."
            raise ValidationError(self.too_long or usual, code="too_long")


class ShortAnswer(_Answer):
    """One line of words. `inputs` is the browser's kind (text, tel, email); `fill` its autocomplete."""

    kind = "short"

    def __init__(self, label: str, *, inputs: str = "text", fill: str = "off", **asked: Unpack[Worded]) -> None:
        self.inputs, self.fill = inputs, fill
        super().__init__(label, 200, **asked)

    def to_python(self, value: object) -> str:
        return re.sub(r"\s+", " ", super().to_python(value))


class LongAnswer(_Answer):
    """Words over several lines. Line breaks are kept as typed. `rows` is the height of the box."""

    kind = "long"

    def __init__(self, label: str, *, rows: int = 5, **asked: Unpack[Worded]) -> None:
        self.rows = rows
        super().__init__(label, LONGEST_ANSWER, **asked)


class Number(forms.IntegerField):
    """A whole number. `least` and `most` are included. `unit` is the word that follows the box."""

    kind, first = "number", ""

    def __init__(
        self,
        label: str,
        *,
        least: int | None = None,
        most: int | None = None,
        unit: str = "",
        **asked: Unpack[Asked],
    ) -> None:
        self.unit = unit
        words = question(
            label,
            asked,
            invalid="Write a whole number, such as 3.",
            min_value=f"Enter {least} or more.",
            max_value=f"Enter {most} or less.",
        )
        super().__init__(min_value=least, max_value=most, **words)


class Read(forms.CharField):
    """Not a question: what its reader had before them, sent along unseen. `Form.mark` says what it holds."""

    kind, first = "read", ""

    def __init__(self) -> None:
        super().__init__(label="", required=False)

    def to_python(self, value: object) -> str:
        return tidy(str(value or ""))[:64]


class Tick(forms.BooleanField):
    """One box to tick. With `missing` it must be ticked. The answer is True or False."""

    kind, first = "tick", ""

    def __init__(self, label: str, **asked: Unpack[Asked]) -> None:
        super().__init__(**question(label, asked))


class Upload(forms.FileField):
    """A file of at most `most` bytes. `accept` only guides the browser: whoever keeps it must look inside."""

    kind, first = "file", ""

    def __init__(self, label: str, *, accept: str = "", most: int = 20 * _MEGABYTE, **asked: Unpack[Asked]) -> None:
        self.accept, self.most = accept, most
        words = question(
            label,
            asked,
            invalid="Choose the file again.",
            empty="That file is empty. Choose another.",
            contradiction="Choose a file or clear it, not both.",
        )
        super().__init__(**words)

    def clean(self, data: object, initial: object = None) -> object:
        file: object = super().clean(data, initial)
        if isinstance(file, UploadedFile) and (file.size or 0) > self.most:
            raise ValidationError(f"Choose a file under {self.most // _MEGABYTE} MB.", code="too_big")
        return file
