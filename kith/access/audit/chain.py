"""Chaining rows: what is hashed, with which key, and how the next place in a chain is taken."""

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, models

from kith.access.audit.models import Act, ActAt, ActHead, Look, LookAt, LookHead

GROUPS = 16  # chains on PostgreSQL: a row lock is held through the flush, so one head would queue everybody


def canonical(body: Mapping[str, Any]) -> str:
    """Write a body the one way it is hashed: sorted keys, no spaces, plain text."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def seal(prev: str, chain: int, seq: int, at: datetime, account: UUID, what: str, body: str) -> str:
    """Hash one row with the key that is not in the store. Times are hashed as UTC to the microsecond."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = "\x1f".join((prev, str(chain), str(seq), moment, str(account), what, body))
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), sha256).hexdigest()


def chain_of(using: str, account_id: int) -> int:
    """Sixteen chains by actor on PostgreSQL, one on SQLite: one transaction has one actor, so one head."""
    return account_id % GROUPS if connections[using].vendor == "postgresql" else 0


def _take(head_model: type[models.Model], using: str, chain: int) -> Any:
    heads = head_model._default_manager.using(using)
    head = heads.select_for_update().filter(pk=chain).first()
    if head is None:
        heads.get_or_create(pk=chain)
        head = heads.select_for_update().get(pk=chain)
    return head


def append_acts(rows: Iterable[tuple[datetime, UUID, str, Mapping[str, Any]]], *, account_id: int) -> None:
    """Append acts to the actor's chain, inside the transaction that is about to end."""
    _append(Act, ActHead, ActAt, "act_id", "default", rows, account_id)


def append_looks(rows: Iterable[tuple[datetime, UUID, str, Mapping[str, Any]]], *, account_id: int) -> None:
    """Append looks to the reader's chain on the looks connection; the caller holds its transaction."""
    _append(Look, LookHead, LookAt, "look_id", "looks", rows, account_id)


def _append(
    model: type[models.Model],
    head_model: type[models.Model],
    at_model: type[models.Model],
    key: str,
    using: str,
    rows: Iterable[tuple[datetime, UUID, str, Mapping[str, Any]]],
    account_id: int,
) -> None:
    chain = chain_of(using, account_id)
    head = _take(head_model, using, chain)
    for at, account, what, body in rows:
        text, seq = canonical(body), head.seq + 1
        digest = seal(head.hash, chain, seq, at, account, what, text)
        row = model._default_manager.using(using).create(
            chain=chain, seq=seq, at=at, account=account, what=what, body=text, prev=head.hash, hash=digest
        )
        places = [at_model(**{key: row.pk, "file": f}) for f in dict.fromkeys(body.get("files", ()))]
        at_model._default_manager.using(using).bulk_create(places)
        head.seq, head.hash = seq, digest
    head.save(using=using)
