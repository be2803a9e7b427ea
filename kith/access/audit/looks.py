"""Looking is an act too: every view, list, search and denial is on the second ledger before the answer leaves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections

from kith.access.actor import Actor
from kith.access.audit import chain, together


@dataclass
class Looking:
    """What one request has shown so far. Kept on the request, written whole once the page is ready."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def saw(self, what: str, *, files: Iterable[UUID] = (), **facts: object) -> None:
        """Say what is about to be shown: `what` as "family", "entry", "search", "list", "denied"."""
        self.rows.append((what, {"files": sorted(str(f) for f in set(files)), **facts}))


def hashed(query: str) -> str:
    """Hash a search so that the trail can answer "was this asked?" without keeping a name."""
    return sha256((settings.AUDIT_KEY + query.strip().lower()).encode()).hexdigest()[:32]


def write(looking: Looking, *, by: Actor, at: datetime, request_id: str = "") -> None:
    """Append everything this request showed. Raises if the ledger cannot be written: then nothing may leave."""
    extra = {k: v for k, v in (("session", by.session), ("request", request_id)) if v}
    rows = [(at, by.ref, what, {**body, **extra}) for what, body in looking.rows]
    if connections["looks"].vendor == "postgresql":
        chain.append_looks(rows, account_id=by.account_id)
    else:
        together.write(chain.ready(chain.LOOKS, rows))
