"""Restore: a backup into an empty store, whole and verified, or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction

from kith.access.audit.guards import LOOKS, lower_guards, raise_guards
from kith.access.audit.verify import verify
from kith.exchange.packed import NOT_WHOLE, PAPERS, UNREADABLE, NotDone, Progress, opened_backup, quiet
from kith.exchange.tables import Table, looks_apart, mend_counters, tables, version

NOT_EMPTY = "This store is not empty. Restore only into a new store: give another data folder or database."
OTHER_VERSION = (
    "This backup was made by another version of Kith. Restore it with the version that made it, then bring that up"
    " to date."
)


def restore(path: Path, progress: Progress = quiet) -> Mapping[str, Any]:
    """Read a backup into the store, which must be empty. Gives the manifest. Nothing is kept unless all of it is.

    Both ledgers are verified before anything is committed. Heads published from here since the backup was taken
    will not be in the chain: `kith audit verify` says so, because it is so. Keep that file of heads as the witness
    of what was lost, and name a new one (`KITH_ANCHOR`) from here on.
    """
    try:
        _refuse_a_store_in_use()
    except DatabaseError as fault:
        raise NotDone(UNREADABLE) from fault
    data = Path(settings.PAPERS).parent
    data.mkdir(parents=True, exist_ok=True)
    try:
        with (
            tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder,
            opened_backup(path, Path(folder)) as (manifest, unpacked),
        ):
            _load(manifest, unpacked, progress)
            return manifest
    except (DatabaseError, KeyError, ValueError, TypeError, ValidationError) as fault:
        raise NotDone(NOT_WHOLE.format("its rows do not fit together")) from fault
    except OSError as fault:
        raise NotDone(f"The backup could not be read: {fault.strerror or 'the disk answered with a fault'}.") from fault


def _using() -> dict[str, str]:
    return {"acts": "default", "looks": "looks" if looks_apart() else "default"}


def _refuse_a_store_in_use() -> None:
    using = _using()
    for table in tables():
        left_over = table.ledger == "looks" and looks_apart()
        if table.ours and not left_over and _rows(table, using):
            raise NotDone(NOT_EMPTY)
    if any(Path(settings.PAPERS).glob("*")):
        raise NotDone(NOT_EMPTY)


def _rows(table: Table, using: Mapping[str, str]) -> bool:
    return table.model._base_manager.using(using[table.ledger]).exists()


def _load(manifest: Mapping[str, Any], folder: Path, progress: Progress) -> None:
    if manifest["version"] != version():
        raise NotDone(OTHER_VERSION)
    using, all_tables = _using(), tables()
    with _all_or_nothing(using):
        _clear(all_tables, using)
        for done, table in enumerate(all_tables):
            progress(f"{done + 1} of {len(all_tables)}: {table.label}")
            with (folder / f"tables/{table.label}.jsonl").open(encoding="utf-8") as lines:
                table.write((json.loads(line) for line in lines), using[table.ledger])
        for alias in set(using.values()):
            mend_counters(alias)
        _hold_to_its_chains(using, folder)
        _place(folder / PAPERS)


@contextmanager
def _all_or_nothing(using: Mapping[str, str]) -> Iterator[None]:
    """Commit looks first and the main store last: what was cut off between the two is a store with no accounts."""
    aliases = dict.fromkeys((using["acts"], using["looks"]))
    try:
        with ExitStack() as opened:
            for alias in aliases:
                opened.enter_context(transaction.atomic(using=alias))
            yield
            for alias in aliases:
                connections[alias].check_constraints()
    except BaseException:
        shutil.rmtree(settings.PAPERS, ignore_errors=True)  # it was empty before we began
        raise


def _clear(all_tables: list[Table], using: Mapping[str, str]) -> None:
    """Make room: rows a library put in by itself, and looks of a restoring that was cut off before its accounts."""
    for table in all_tables:
        if not table.ours:
            table.model._base_manager.using(using[table.ledger]).all().delete()
    looks = [t for t in all_tables if t.ledger == "looks" and _rows(t, using)]
    if looks:
        connection = connections[using["looks"]]
        lower_guards(connection, LOOKS)
        with connection.cursor() as cursor:
            for table in sorted(looks, key=lambda t: t.label != "access.lookat"):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.model._meta.db_table)}")  # noqa: S608
        raise_guards(connection, LOOKS)


def _hold_to_its_chains(using: Mapping[str, str], folder: Path) -> None:
    first = verify(anchor=folder / "nothing-published", using=using).first
    if first is not None:
        raise NotDone(f"This backup was taken from a store whose trail is broken: {first.words}.")


def _place(unpacked: Path) -> None:
    papers = Path(settings.PAPERS)
    if not unpacked.exists():
        return
    if papers.exists():
        papers.rmdir()
    unpacked.replace(papers)
