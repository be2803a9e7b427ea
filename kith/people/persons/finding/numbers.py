"""Numbers people are known by: NHS number, unique pupil number, telephone, postcode."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import phonenumbers

_NHS_LENGTH = 10
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS = re.compile(r"(?<![\w+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)", re.ASCII)
_UPN = re.compile(r"(?<!\w)[A-Z]\d{11}[\dA-Z](?!\w)", re.ASCII | re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])(?:\+|\(?0)[\d ().-]{8,20}\d(?!\w)", re.ASCII)
_POSTCODE = re.compile(
    r"(?<!\w)(?P<out>[A-Z]{1,2}\d[A-Z\d]?)(?: ?(?P<in>\d[A-Z]{2})| (?P<part>\d[A-Z]?))?(?!\w)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class Identifier:
    """A number that names one person. `number` is any other long number; only the first two carry a check."""

    kind: Literal["nhs", "upn", "number"]
    value: str


def is_nhs_number(value: str) -> bool:
    """Ten digits, not all one digit, whose last checks the others (NHS Data Dictionary, modulus 11)."""
    if len(value) != _NHS_LENGTH or len(set(value)) == 1 or not (value.isascii() and value.isdecimal()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(value[-1])


def is_upn(value: str) -> bool:
    """A unique pupil number, whose first letter checks the rest (Department for Education, modulus 23)."""
    if not _UPN.fullmatch(value):
        return False
    rest = [int(each) if each.isdecimal() else _UPN_LETTERS.find(each) for each in value[1:].upper()]
    return min(rest) >= 0 and _UPN_LETTERS[sum(n * w for w, n in enumerate(rest, 2)) % 23] == value[0].upper()


def plain_number(value: str) -> str:
    """An identifier with its spaces and hyphens taken out, in capitals, so that two may be compared."""
    return re.sub(r"[\s-]+", "", value).upper()


def e164(value: str) -> str | None:
    """A telephone number in its one international form (+441164960123), or None when it cannot be one."""
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def nhs_numbers(text: str) -> Iterator[re.Match[str]]:
    """What looks like an NHS number, right or wrong."""
    return _NHS.finditer(text)


def upns(text: str) -> Iterator[re.Match[str]]:
    """What looks like a unique pupil number, right or wrong."""
    return _UPN.finditer(text)


def phones(text: str) -> Iterator[re.Match[str]]:
    """What looks like a telephone number, right or wrong."""
    return _PHONE.finditer(text)


def postcodes(text: str) -> Iterator[re.Match[str]]:
    """Whole postcodes and the starts of them, with at least the first figure: LE1, LE1 7, LE1 7QA."""
    return _POSTCODE.finditer(text)


def is_whole_postcode(value: str) -> bool:
    """Is this a whole postcode and not its start?"""
    found = _POSTCODE.fullmatch(value)
    return bool(found and found["in"])
