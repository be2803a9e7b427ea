"""Chaining rows: what is hashed, with which key, and how the next place in a chain is taken."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from kith.access.audit.models import Act, ActAt, ActHead, Look, LookAt, LookHead

START = "0" * 64  # what the first row of a chain points back to
GROUPS = 16  # chains on PostgreSQL: a row lock is held through the flush, so one head would queue everybody


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


def keyed(text: str) -> str:
    """Hash some text with the key that is not in the store."""
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), sha256).hexdigest()


def seal(ledger: Ledger, prev: str, chain: int, seq: int, at: datetime, account: UUID, what: str, body: str) -> str:
    """Hash one row. Its ledger is in the hash, so that no row can stand in the other one; times are UTC."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return keyed("\x1f".join((ledger.name, prev, str(chain), str(seq), moment, str(account), what, body)))


def chain_of(using: str, account_id: int) -> int:
    """Sixteen chains by actor on PostgreSQL, one on SQLite: one transaction has one actor, so one head."""
    return account_id % GROUPS if connections[using].vendor == "postgresql" else 0


def append_acts(rows: Iterable[tuple[datetime, UUID, str, Mapping[str, Any]]], *, account_id: int) -> None:
    """Append acts to the actor's chain, inside the transaction that is about to end."""
    _append(ACTS, rows, account_id)


def append_looks(rows: Iterable[tuple[datetime, UUID, str, Mapping[str, Any]]], *, account_id: int) -> None:
    """Append looks to the reader's chain on the looks connection; the caller holds its transaction."""
    _append(LOOKS, rows, account_id)


def _take(ledger: Ledger, chain: int) -> Any:
    heads = ledger.heads.objects.using(ledger.using)
    head = heads.select_for_update().filter(pk=chain).first()
    if head is None:
        heads.get_or_create(pk=chain)
        head = heads.select_for_update().get(pk=chain)
    return head


def _append(ledger: Ledger, rows: Iterable[tuple[datetime, UUID, str, Mapping[str, Any]]], account_id: int) -> None:
    chain, using = chain_of(ledger.using, account_id), ledger.using
    head = _take(ledger, chain)
    for at, account, what, body in rows:
        text, seq = canonical(body), head.seq + 1
        digest = seal(ledger, head.hash, chain, seq, at, account, what, text)
        row = ledger.rows.objects.using(using).create(
            chain=chain, seq=seq, at=at, account=account, what=what, body=text, prev=head.hash, hash=digest
        )
        places = [ledger.places(**{ledger.key: row.pk, "file": f}) for f in dict.fromkeys(body.get("files", ()))]
        ledger.places.objects.using(using).bulk_create(places)  # type: ignore[arg-type]
        head.seq, head.hash = seq, digest
    head.save(using=using)
