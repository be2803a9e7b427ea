"""What a store promises before anybody's words are trusted to it, asked of the store itself and not of our settings.

A store that breaks one of these answers as fast and as kindly as any other, until the power goes. So it is asked
each time Kith starts, and whenever somebody asks whether it is ready.
"""

import os
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kith.access.audit.guards import ACTS, LOOKS
from kith.config.stores import LOOKS_ROOM, looks_apart, safe_for_write_ahead

ALIASES = ("default", "looks")
OLDEST = 150_000  # PostgreSQL 15, as its server says it
FULL, EXTRA = 2, 3  # of SQLite's synchronous: the journal is flushed, and (EXTRA) the folder it was removed from
ROLLS_BACK = frozenset({"delete", "truncate", "persist"})
SHORTEST_WAIT = 5_000  # milliseconds for another writer to finish, before somebody is told that the store is busy
SWITCHES = ("fsync", "full_page_writes", "synchronous_commit")


def not_kept() -> list[str]:
    """Give each promise that a store of ours breaks, as a sentence for whoever runs it. None, when it is safe."""
    found: list[str] = []
    for alias in ALIASES:
        connection = connections[alias]
        asked = _served if connection.vendor == "postgresql" else _embedded
        try:
            found += asked(connection)
        except DatabaseError as fault:
            found.append(_unreachable(connection, fault))
    if looks_apart() and _file("default") == _file("looks"):
        found.append("Looks must have a file of their own, and they have the same file as the record.")
    return list(dict.fromkeys(found))


def _unreachable(connection: BaseDatabaseWrapper, fault: DatabaseError) -> str:
    why = str(fault).strip().partition("\n")[0]
    if connection.vendor == "postgresql":
        return f"PostgreSQL cannot be reached: {why}."
    if "locked" in why:
        return (
            f"{_name(connection)} is held by another program, perhaps in write-ahead mode. Stop that program and"
            " start again."
        )
    return f"{_name(connection)} cannot be opened: {why}."


def _file(alias: str) -> str:
    return str(Path(str(connections[alias].settings_dict["NAME"])).resolve())


def _name(connection: BaseDatabaseWrapper) -> str:
    return Path(str(connection.settings_dict["NAME"])).name


def _ask(connection: BaseDatabaseWrapper, question: str, *about: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        row = cursor.fetchone()
    return row[0] if row else None


def _embedded(connection: Any) -> Iterator[str]:
    """Ask one SQLite file (trust 0.1, 0.2)."""
    name = _name(connection)
    mode, flush = _ask(connection, "PRAGMA journal_mode"), _ask(connection, "PRAGMA synchronous")
    if mode == "wal":
        if not safe_for_write_ahead(sqlite3.sqlite_version_info):
            yield (
                f"{name} is in write-ahead mode, and SQLite {sqlite3.sqlite_version} can lose words in it. Stop every"
                " program that has it open and start again, or bring SQLite to 3.51.3."
            )
    elif mode not in ROLLS_BACK:
        yield f"{name} keeps no journal on the disk (journal_mode is {mode}), so a power cut can break it."
    if flush < (FULL if mode == "wal" else EXTRA):
        yield f"{name} answers before words are on the disk (synchronous is {flush}; it must be EXTRA)."
    if not _ask(connection, "PRAGMA foreign_keys"):
        yield f"{name} does not hold records to each other (foreign_keys is off)."
    if _ask(connection, "PRAGMA busy_timeout") < SHORTEST_WAIT:
        yield f"{name} does not wait for another writer (busy_timeout is under {SHORTEST_WAIT // 1000} seconds)."
    if connection.transaction_mode != "IMMEDIATE":
        yield f"{name} takes its write lock too late (transaction_mode is not IMMEDIATE), so words can be turned away."


def _served(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Ask PostgreSQL, over the connection Kith will write through: what this connection was given is what counts."""
    version = int(_ask(connection, "SHOW server_version_num"))
    if version < OLDEST:
        yield f"PostgreSQL here is {version // 10_000}. Kith needs 15 or later."
    for switch in SWITCHES:
        if _ask(connection, f"SHOW {switch}") == "off":
            yield f"PostgreSQL answers before words are safe ({switch} is off). Turn it on."


@lru_cache(maxsize=1)
def _shape() -> frozenset[tuple[str, str]]:
    """Every migration this version has. Read once: they lie in files."""
    return frozenset(MigrationLoader(None).disk_migrations)


def not_in_shape() -> list[str]:
    """Say whether a store lacks a migration of this version. A newer store is not our fault to find."""
    for alias in ALIASES if looks_apart() else ALIASES[:1]:
        wanted = {one for one in _shape() if alias == "default" or one[0] == LOOKS_ROOM}
        if wanted - set(MigrationRecorder(connections[alias]).applied_migrations()):
            return ["The store is not in this version’s shape. Type: kith migrate"]
    return []


def worth_saying() -> list[str]:
    """Give what is no danger to anybody's words and weakens the store all the same. Said, and not refused (ADR 10)."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return list(_beside_the_store())
    found = []
    if may_change_ledgers(connection):
        found.append(
            "The database role Kith serves as could change both ledgers. Give the tables another owner:"
            " docs/how-to/run-on-postgresql.md"
        )
    if _ask(connection, "SHOW data_checksums") == "off":
        found.append("PostgreSQL keeps no checksums of its pages, so a failing disk goes unnoticed. See pg_checksums")
    if any(_ask(connection, f"SHOW {setting}") != quiet for setting, quiet in LOGS_NO_WORDS.items()):
        wanted = ", ".join(f"{setting} = {quiet}" for setting, quiet in LOGS_NO_WORDS.items())
        found.append(f"PostgreSQL may write words of the record into its own log. Set {wanted}")
    return found


def _beside_the_store() -> Iterator[str]:
    """Say what lies beside an embedded store and should not: whoever rewrites a ledger there can rewrite its proof.

    A demo holds nobody's record, and is not told.
    """
    if settings.DEMO:
        return
    store = Path(_file("default")).parent
    if Path(settings.ANCHOR).resolve().is_relative_to(store):
        yield (
            "The published heads of the ledgers lie beside the store, so whoever changes one can change the other."
            " Set KITH_ANCHOR to a file on a share that this machine can add to and not change."
        )
    if "KITH_AUDIT_KEY" not in os.environ:
        yield (
            "The key that seals the ledgers lies beside the store, so whoever changes a ledger can seal it again."
            " Keep the key elsewhere and give it as KITH_AUDIT_KEY."
        )


LOGS_NO_WORDS = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
"""How PostgreSQL is set when no row and no statement of ours, words and all, comes into its log (trust B 40)."""


CAN_CHANGE = """
SELECT EXISTS (
    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname = ANY(%s) AND (
        pg_has_role(c.relowner, 'USAGE') OR pg_has_role(n.nspowner, 'USAGE')
        OR has_any_column_privilege(c.oid, 'UPDATE')
        OR has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER')
    )
) OR EXISTS (SELECT FROM pg_proc WHERE proname = 'kith_append_only' AND pg_has_role(proowner, 'USAGE'))
"""


def may_change_ledgers(connection: BaseDatabaseWrapper) -> bool:
    """Say whether this role owns a ledger or what guards it, or may update, delete, empty or unguard one."""
    return bool(_ask(connection, CAN_CHANGE, [*ACTS, *LOOKS]))
