"""Lists that people choose from, and the codes that returns ask for. The code is kept; the words are shown.

The lists are data (`content/codes.toml`), each with its source. A code that is no longer taken keeps its
words, so that a record made then still says what it said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from kith.framework.shipped import read


@dataclass(frozen=True, slots=True)
class Code:
    """One choice: its code, the words for it, and the days it may be chosen (open ends are None).

    `group` gathers choices on a page; `asks` means that the person's own words are asked for as well; `alone`
    means that it is chosen without any other.
    """

    code: str
    words: str
    group: str = ""
    asks: bool = False
    alone: bool = False
    since: date | None = None
    until: date | None = None

    def may_be_chosen(self, on: date) -> bool:
        """Whether a record made that day may use it."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of choices in the order in which they are shown."""

    id: str
    name: str
    source: str
    codes: Mapping[str, Code]
    note: str = ""

    def words(self, code: str) -> str:
        """The words for a code; a code from elsewhere that is not on the list is shown as it came."""
        return self.codes[code].words if code in self.codes else f"{code} (not on our list)"

    def choices(self, on: date) -> list[tuple[str, str]]:
        """Code and words of each choice open that day, in order: what a form offers."""
        return [(each.code, each.words) for each in self.codes.values() if each.may_be_chosen(on)]

    def groups(self, on: date) -> dict[str, list[Code]]:
        """The choices open that day under the names of their groups, in order."""
        gathered: dict[str, list[Code]] = {}
        for each in self.codes.values():
            if each.may_be_chosen(on):
                gathered.setdefault(each.group, []).append(each)
        return gathered


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Every list by its id: ethnicity, disability, sex, language, source-of-contact, place and more."""
    return MappingProxyType({row["id"]: list_from(row) for row in read("codes")["list"]})


def code_list(list_id: str) -> CodeList:
    """The list of that id. Raises KeyError when there is none."""
    return code_lists()[list_id]


def list_from(row: Mapping[str, Any]) -> CodeList:
    """A list as its data file writes it. Raises KeyError or TypeError when it is not whole."""
    codes = {each["code"]: Code(**each) for each in row["codes"]}
    return CodeList(**{**row, "codes": MappingProxyType(codes)})
