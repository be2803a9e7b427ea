"""Verifying: walk both ledgers from their first rows and say where the first break is, if there is one.

Nothing is locked and no transaction is held: rows are only ever appended, with their head, in one commit. So
rows are read in short runs, and the head is read after the rows it must agree with.

A row's own number in its table (`id`) tells nothing and is not in the hash; everything else is.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from kith.access.audit.chain import LEDGERS, START, Ledger, seal
from kith.access.audit.publish import LineBroken, Published, published

RUN = 1_000
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)
COLUMNS = ("pk", "seq", "at", "account", "what", "body", "prev", "hash")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Break:
    """Where a ledger stops being what was written, in words. Row 0 when no one row can be named."""

    ledger: str
    chain: int
    row: int
    words: str


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many rows were read, how many published lines, and the first break if any."""

    rows: int
    lines: int
    first: Break | None

    @property
    def sentence(self) -> str:
        """Say it in one line, for a terminal and for a log."""
        if self.first is None:
            return f"{self.rows} rows checked against {self.lines} published lines. Both ledgers are whole."
        return f"{self.rows} rows checked. The first break: {self.first.words}."


class Broken(Exception):
    """Walking met a break."""

    def __init__(self, ledger: Ledger, chain: int, row: int, words: str) -> None:
        place = f"in the ledger of {ledger.name}, chain {chain}, "
        self.found = Break(ledger.name, chain, row, place + words)
        super().__init__(self.found.words)


def verify(
    *,
    anchor: Path | None = None,
    using: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Walk every chain of both ledgers, against what has been published, up to the first break.

    `anchor` is the file of published heads (the setting unless given); `using` reads a ledger through another
    connection than its own. Streams: memory does not grow with the rows.
    """
    rows = lines = 0
    try:
        told = published(anchor or Path(settings.ANCHOR))
        lines = told.lines
        for ledger in LEDGERS:
            for _ in walk(ledger, told, (using or {}).get(ledger.name, ledger.using)):
                rows += 1
                if progress and rows % RUN == 0:
                    progress(rows)
    except LineBroken as fault:
        return Verdict(rows, lines, Break("published", 0, 0, str(fault)))
    except Broken as fault:
        return Verdict(rows, lines, fault.found)
    return Verdict(rows, lines, None)


def walk(ledger: Ledger, told: Published, using: str) -> Iterator[int]:
    """Give the place of each row of a ledger, chain by chain, as it is found sound. Raises Broken at a break."""
    for chain in _chains(ledger, told, using):
        yield from _walk_chain(ledger, chain, dict(told.heads.get((ledger.name, chain), {})), using)
    _no_places_without_rows(ledger, using)


def _chains(ledger: Ledger, told: Published, using: str) -> list[int]:
    kept = set(ledger.heads.objects.using(using).values_list("chain", flat=True))
    kept |= set(ledger.rows.objects.using(using).values_list("chain", flat=True).distinct())
    return sorted(kept | {chain for name, chain in told.heads if name == ledger.name}, key=str)


def _walk_chain(ledger: Ledger, chain: int, told: dict[int, str], using: str) -> Iterator[int]:
    last, hashed = 0, START
    while True:
        run = _run(ledger, chain, last or -1, using)
        for row, files in run:
            _sound(ledger, chain, last + 1, hashed, row, files)
            last, hashed = row["seq"], row["hash"]
            if told.pop(last, hashed) != hashed:
                raise Broken(ledger, chain, last, f"row {last} is not the row that was published")
            yield last
        if len(run) < RUN and _ends(ledger, chain, last, hashed, using):
            break
    told.pop(0, None)
    if told:
        raise Broken(ledger, chain, last, f"the rows after {last} are gone: row {max(told)} was published")


def _run(ledger: Ledger, chain: int, after: int, using: str) -> list[tuple[dict[str, Any], set[str]]]:
    """Read the next rows of a chain and the files each is indexed under."""
    try:
        asked = ledger.rows.objects.using(using).filter(chain=chain, seq__gt=after).order_by("seq")
        rows: Sequence[dict[str, Any]] = list(asked.values(*COLUMNS)[:RUN])
        at: dict[int, set[str]] = {row["pk"]: set() for row in rows}
        places = ledger.places.objects.using(using).filter(**{f"{ledger.key}__in": list(at)})
        for pk, file in places.values_list(ledger.key, "file"):
            at[pk].add(str(file))
    except UNREADABLE:
        place = max(after, 0)
        raise Broken(ledger, chain, place, f"a row after {place} cannot be read") from None
    return [(row, at[row["pk"]]) for row in rows]


def _sound(ledger: Ledger, chain: int, place: int, before: str, row: dict[str, Any], files: set[str]) -> None:
    """Hold one row to its place, to the row before it, to its own hash and to its index by file."""
    if row["seq"] != place:
        raise Broken(ledger, chain, place, f"row {place} is missing")
    if row["prev"] != before:
        raise Broken(ledger, chain, place, f"row {place} does not follow the row before it")
    try:
        digest = seal(ledger, before, chain, place, row["at"], row["account"], row["what"], row["body"])
        told = set(json.loads(row["body"]).get("files", ())) if digest == row["hash"] else set()
    except UNREADABLE:
        digest, told = "", set()
    if digest != row["hash"]:
        raise Broken(ledger, chain, place, f"row {place} has been changed since it was written")
    if told != files:
        raise Broken(ledger, chain, place, f"row {place} is not indexed under the files it names")


def _ends(ledger: Ledger, chain: int, last: int, hashed: str, using: str) -> bool:
    """Say whether the chain ends here as its head says; False when rows were appended while we walked."""
    head = ledger.heads.objects.using(using).filter(pk=chain).values_list("seq", "hash").first()
    if head is None:
        if last == 0:
            return True  # only published: what is missing is said by the caller
        raise Broken(ledger, chain, last, "the head is missing")
    if head == (last, hashed):
        return True
    if head[0] > last and _row_after(ledger, chain, last, using):
        return False
    raise Broken(ledger, chain, last, f"the last row is {last}, but the head says {head[0]} or another hash")


def _row_after(ledger: Ledger, chain: int, last: int, using: str) -> bool:
    return ledger.rows.objects.using(using).filter(chain=chain, seq__gt=last).exists()


def _no_places_without_rows(ledger: Ledger, using: str) -> None:
    rows = ledger.rows.objects.filter(pk=OuterRef(ledger.key))
    loose = ledger.places.objects.using(using).filter(~Exists(rows)).values_list("file", flat=True)
    if loose.exists():
        raise Broken(ledger, 0, 0, "a file is indexed under a row that is not there")
