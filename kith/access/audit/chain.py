"""Chaining rows: what is hashed, with which key, and how the next place in a chain is taken.

A row is sealed in two steps. What it says is made into a key of its own, with the key that is not in the store;
that key then seals its place: the row before it, its chain and its number. So whoever takes the place (the
database itself on PostgreSQL, see `served`) needs the key of one row only, and can seal no other.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from kith.access.audit import served
from kith.access.audit.models import Act, ActAt, ActHead, Look, LookAt, LookHead

START = "0" * 64  # what the first row of a chain points back to
GROUPS = 16  # chains on PostgreSQL: a row lock is held through the flush, so one head would queue everybody
Told = tuple[datetime, UUID, str, Mapping[str, Any]]
"""A row as it is told: when, by whom, what, and its body with the addresses of the files it is about."""


def canonical(body: Mapping[str, Any]) -> str:
    """Write a body the one way it is hashed: sorted keys, no spaces, plain text."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


@dataclass(frozen=True)
class Ledger:
    """One of the two ledgers: its name in words and in the hash, its three tables, and its usual connection."""

    name: str
    rows: type[Act | Look]
    heads: type[ActHead | LookHead]
    places: type[ActAt | LookAt]
    key: str
    using: str


ACTS = Ledger("acts", Act, ActHead, ActAt, "act_id", "default")
LOOKS = Ledger("looks", Look, LookHead, LookAt, "look_id", "looks")
LEDGERS = (ACTS, LOOKS)


@dataclass(frozen=True)
class Row:
    """A row made ready before any lock is held: its body as it is hashed, and the key that seals it and no other."""

    at: datetime
    account: UUID
    what: str
    body: str
    files: tuple[str, ...]
    key: bytes


def keyed(text: str) -> str:
    """Hash some text with the key that is not in the store."""
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), sha256).hexdigest()


def row_key(ledger: Ledger, at: datetime, account: UUID, what: str, body: str) -> bytes:
    """Make the key of one row. Its ledger is in it, so that no row can stand in the other one; times are UTC."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return bytes.fromhex(keyed("\x1f".join((ledger.name, moment, str(account), what, body))))


def placed(key: bytes, prev: str, chain: int, seq: int) -> str:
    """Seal a row's place with the key of the row. `kith_append_…` in the database does the same."""
    return hmac.new(key, f"{prev}\x1f{chain}\x1f{seq}".encode(), sha256).hexdigest()


def seal(ledger: Ledger, prev: str, chain: int, seq: int, at: datetime, account: UUID, what: str, body: str) -> str:
    """Hash one row whole: what it says, and where it stands."""
    return placed(row_key(ledger, at, account, what, body), prev, chain, seq)


def ready(ledger: Ledger, told: Iterable[Told]) -> list[Row]:
    """Make rows ready to be appended: everything that needs no lock."""
    return [_ready(ledger, *row) for row in told]


def _ready(ledger: Ledger, at: datetime, account: UUID, what: str, body: Mapping[str, Any]) -> Row:
    text, files = canonical(body), tuple(str(f) for f in dict.fromkeys(body.get("files", ())))
    return Row(at, account, what, text, files, row_key(ledger, at, account, what, text))


def chain_of(using: str, account_id: int) -> int:
    """Sixteen chains by actor on PostgreSQL, one on SQLite: one transaction has one actor, so one head."""
    return account_id % GROUPS if connections[using].vendor == "postgresql" else 0


def append_acts(rows: Iterable[Told], *, account_id: int) -> None:
    """Append acts to the actor's chain, inside the transaction that is about to end."""
    append(ACTS, ready(ACTS, rows), chain_of(ACTS.using, account_id))


def append_looks(rows: Iterable[Told], *, account_id: int) -> None:
    """Append looks to the reader's chain on the looks connection. On SQLite the caller holds its transaction."""
    append(LOOKS, ready(LOOKS, rows), chain_of(LOOKS.using, account_id))


def append(ledger: Ledger, rows: Sequence[Row], chain: int) -> None:
    """Append rows to one chain: one round trip on PostgreSQL. On SQLite the caller holds a transaction."""
    if connections[ledger.using].vendor == "postgresql":
        served.append(connections[ledger.using], ledger.name, rows, chain)
    elif rows:
        _append(ledger, rows, chain)


def _append(ledger: Ledger, rows: Sequence[Row], chain: int) -> None:
    """Take the next places and write the rows, their index by file, and the head: four statements."""
    heads = ledger.heads.objects.using(ledger.using)
    start, prev = heads.filter(pk=chain).values_list("seq", "hash").first() or (-1, START)
    if start < 0:
        start = heads.create(chain=chain).seq
    written = []
    for seq, row in enumerate(rows, start + 1):
        digest = placed(row.key, prev, chain, seq)
        written.append(_written(ledger, row, chain=chain, seq=seq, prev=prev, hash=digest))
        prev = digest
    ledger.rows.objects.using(ledger.using).bulk_create(written)  # type: ignore[arg-type]
    _index(ledger, rows, chain, start)
    heads.filter(pk=chain).update(seq=start + len(rows), hash=prev)


def _written(ledger: Ledger, row: Row, **place: Any) -> Act | Look:
    return ledger.rows(at=row.at, account=row.account, what=row.what, body=row.body, **place)


def _index(ledger: Ledger, rows: Sequence[Row], chain: int, start: int) -> None:
    """Write each row's files. Rows are asked for again, because not every SQLite gives the keys of many at once."""
    if not any(row.files for row in rows):
        return
    asked = ledger.rows.objects.using(ledger.using).filter(chain=chain, seq__gt=start)
    keys = asked.order_by("seq").values_list("pk", flat=True)
    found = zip(keys, rows, strict=True)
    places = [ledger.places(**{ledger.key: key, "file": file}) for key, row in found for file in row.files]
    ledger.places.objects.using(ledger.using).bulk_create(places)  # type: ignore[arg-type]
