"""A small trail to break: acts and looks by several people, in as many chains as the store keeps."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.db import connections, transaction

from kith.access.audit import chain, guards

NOW = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)
SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
LEAH, NADIA, ROSA = (1, uuid5(SPACE, "leah")), (2, uuid5(SPACE, "nadia")), (3, uuid5(SPACE, "rosa"))
ELLIS, MAYA, ZOSIA = (uuid5(SPACE, name) for name in ("ellis", "maya", "zosia"))


def a_trail(each=8):
    """Leah, Nadia and Rosa write and look, `each` times each."""
    for turn in range(each):
        for number, (account_id, ref) in enumerate((LEAH, NADIA, ROSA)):
            at = NOW + timedelta(minutes=turn * 3 + number)
            files = {"files": [[str(ELLIS), str(MAYA)], [str(ELLIS)], [str(ZOSIA)], []][(turn + number) % 4]}
            with transaction.atomic():
                chain.append_acts([(at, ref, "entry.recorded", {**files, "version": turn})], account_id=account_id)
            with transaction.atomic(using="looks"):
                rows = [(at, ref, "family", files), (at, ref, "search", {"files": [], "query": "3fa9"})]
                chain.append_looks(rows, account_id=account_id)


def lower():
    """Take the guards off, each ledger's through its own connection: what somebody with the store's keys can do."""
    guards.lower_guards(connections["default"], guards.ACTS)
    guards.lower_guards(connections["looks"], guards.LOOKS)


@contextmanager
def undone(using):
    """Whatever happens within is taken back."""
    with transaction.atomic(using=using):
        yield
        transaction.set_rollback(True, using=using)
