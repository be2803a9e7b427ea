"""Publishing heads: once an hour the newest row of every chain is told to a file outside the store.

Whoever can write to the store and has the key could write a whole chain anew; what has been published, on a
share they cannot change, still tells. Set `KITH_ANCHOR` to a file on such a share. Each line is sealed with the
key and with the line before it, so that a line taken away is seen as well as a line changed.
"""

import fcntl
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import SEEK_END, fsync
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from kith.access.audit.chain import LEDGERS, START, canonical, keyed

_LONGEST_LINE = 16_384  # 32 heads of at most 120 characters, four times over


class LineBroken(Exception):
    """A published line is not as it was written; the message says which."""


@dataclass
class Published:
    """Every head published so far: for each ledger and chain, the hash that stood at each place."""

    lines: int = 0
    heads: dict[tuple[str, int], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def publish(*, at: datetime) -> int:
    """Append every head of both ledgers to the file outside the store. Gives how many heads were told."""
    heads = [[name, chain, seq, digest] for name, chain, seq, digest in _heads()]
    path = Path(settings.ANCHOR)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        line = {"at": at.astimezone(UTC).isoformat(), "heads": heads, "prev": _last_seal(file)}
        file.write((canonical({**line, "seal": keyed(canonical(line))}) + "\n").encode())
        file.flush()
        fsync(file.fileno())
    return len(heads)


def _heads() -> Iterator[tuple[str, int, int, str]]:
    for ledger in LEDGERS:
        rows = ledger.heads.objects.using(ledger.using).order_by("chain")
        for chain, seq, digest in rows.values_list("chain", "seq", "hash"):
            yield ledger.name, chain, seq, digest


def _last_seal(file: IO[bytes]) -> str:
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - _LONGEST_LINE))
    lines = file.read().splitlines()
    if not lines:
        return START
    try:
        return str(json.loads(lines[-1])["seal"])
    except (ValueError, KeyError, TypeError):
        return START  # the next verifying says which line is broken


def published(path: Path) -> Published:
    """Read every published head. Raises LineBroken at the first line that is not as it was written."""
    found = Published()
    if not path.exists():
        return found
    before = START
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, 1):
            line = _opened(text, before, number)
            for name, chain, seq, digest in line["heads"]:
                found.heads[name, chain].setdefault(seq, digest)
            before, found.lines = line["seal"], number
    return found


def _opened(text: str, before: str, number: int) -> Any:
    """Read one line, its seal and its place after the line before it."""
    try:
        line = json.loads(text)
        seal = line.pop("seal")
        whole = seal == keyed(canonical(line)) and line["prev"] == before
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise LineBroken(f"line {number} of the published heads has been changed, moved or follows a line taken away")
    return {**line, "seal": seal}
