"""Which edition of each content file is in use, and whether the files can be used at all.

A start-up check and a test ask `validate`; a system whose clocks or code lists are broken should say so
before anybody relies on them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kith.framework import shipped
from kith.framework.calendar import FIRST, LAST, SUNDAY_AND_SATURDAY
from kith.framework.clocks import rule_from
from kith.framework.codes import list_from
from kith.framework.decisions import Say, authority_from, level_from, retention_from
from kith.framework.jargon import term_from

Content = Mapping[str, Any]
FEWEST_HOLIDAYS = 8


def editions() -> dict[str, str]:
    """The edition of each content file, by its name."""
    return {name: shipped.edition(name) for name in shipped.NAMES}


def validate() -> list[str]:
    """A sentence for each fault in the content files; none when all of them can be used."""
    return [fault for name in shipped.NAMES for fault in _faults_in_file(name)]


def faults_in(name: str, content: Content) -> list[str]:
    """A sentence for each fault in the content of the file of that name."""
    return [f"content/{name}.toml: {fault}" for fault in (*_edition_faults(content), *CHECKS[name](content))]


def _faults_in_file(name: str) -> list[str]:
    try:
        return faults_in(name, shipped.read(name))
    except shipped.ContentFault as fault:
        return [str(fault)]


def _edition_faults(content: Content) -> Iterator[str]:
    try:
        date.fromisoformat(str(content.get("edition")))
    except ValueError:
        yield "the edition must be a day, for example 2026-11-23."


def _holiday_faults(content: Content) -> Iterator[str]:
    days = [row["day"] for row in content.get("holiday", ())]
    yield from _twice(days)
    yield from (f"{day} is a weekend." for day in days if day.weekday() in SUNDAY_AND_SATURDAY)
    for year in range(FIRST.year, LAST.year + 1):
        if sum(1 for day in days if day.year == year) < FEWEST_HOLIDAYS:
            yield f"{year} has fewer than {FEWEST_HOLIDAYS} bank holidays."


def _clock_faults(content: Content) -> Iterator[str]:
    rows = content.get("clock", ())
    yield from _not_whole(rows, rule_from, "id")
    yield from _twice(row.get("id") for row in rows)
    for row in rows:
        if ("length" in row) != ("unit" in row):
            yield f"{row.get('id')} needs both a length and a unit, or neither."
        if not str(row.get("question", "")).endswith("?"):
            yield f"{row.get('id')} needs a question about the work itself."


def _jargon_faults(content: Content) -> Iterator[str]:
    rows = content.get("term", ())
    yield from _not_whole(rows, term_from, "term")
    yield from _twice(form.lower() for row in rows for form in (row.get("term", ""), *row.get("also", ())))
    yield from (f"{row.get('term')} does not say what to say instead." for row in rows if not row.get("instead"))


def _code_faults(content: Content) -> Iterator[str]:
    rows = content.get("list", ())
    yield from _not_whole(rows, list_from, "id")
    yield from _twice(row.get("id") for row in rows)
    yield from _twice(f"{row.get('id')} {each.get('code')}" for row in rows for each in row.get("codes", ()))


def _authority_faults(content: Content) -> Iterator[str]:
    for kind, build in (
        ("decision", authority_from),
        ("need_level", level_from),
        ("retention", retention_from),
    ):
        rows = content.get(kind, ())
        key = "code" if kind == "need_level" else "id"
        yield from _not_whole(rows, build, key)
        yield from _twice(row.get(key) for row in rows)
    for row in content.get("decision", ()):
        if Say.DECIDE not in row.values():
            yield f"nobody decides {row.get('id')}."


def _not_whole(rows: Iterable[Content], build: Callable[[Content], object], key: str) -> Iterator[str]:
    for row in rows:
        try:
            build(row)
        except (KeyError, TypeError, ValueError) as fault:
            yield f"{row.get(key, 'a row without a name')} is not whole: {fault}."


def _twice(values: Iterable[object]) -> Iterator[str]:
    return (f"{value} is there twice." for value, times in Counter(values).items() if times > 1)


CHECKS: Mapping[str, Callable[[Content], Iterator[str]]] = {
    "authority": _authority_faults,
    "clocks": _clock_faults,
    "codes": _code_faults,
    "holidays": _holiday_faults,
    "jargon": _jargon_faults,
}
