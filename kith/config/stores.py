"""Where the record is kept: two stores, one embedded and one served, and what makes each safe.

Acts live in the main store. Looks have a connection of their own: on SQLite their own file, so that a
reader never waits for a writer of notes; on PostgreSQL the same database through a second connection.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import connections
from django.db.models import Model

POSTGRESQL = ("postgres://", "postgresql://")
MENDED = ((3, 51, 3), None), ((3, 50, 7), (3, 51, 0)), ((3, 44, 6), (3, 45, 0))


def safe_for_write_ahead(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite is free of the write-ahead reset fault (3.7.0 to 3.51.2, mended in three lines)."""
    if version[:2] == (3, 52):
        return False  # withdrawn upstream
    return any(low <= version and (high is None or version < high) for low, high in MENDED)


def journal_mode() -> str:
    """Write-ahead only where the linked library is known to be mended; the rollback journal otherwise."""
    return "WAL" if safe_for_write_ahead(sqlite3.sqlite_version_info) else "DELETE"


def embedded(path: Path) -> dict[str, Any]:
    """One SQLite file: every acknowledged write is on the disk before the answer leaves.

    EXTRA, and not only FULL: with a rollback journal the commit is the journal's removal, and FULL answers before
    the folder that says so is on the disk. A power cut would bring the journal, and so the old words, back.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                f"PRAGMA journal_mode={journal_mode()}; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON;"
                " PRAGMA cache_size=-20000;"
            ),
        },
    }


def served(url: str) -> dict[str, Any]:
    """Read a PostgreSQL address: postgres://user:password@host:port/name, or with ?host= for a socket.

    PostgreSQL compiles a question that it guesses to be long (`jit`). Ours name many tables and give few rows: of the
    5.7 seconds in which the thread of one worry was answered, compiling took 5.6.
    """
    parts = urlsplit(url)
    host = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c synchronous_commit=on -c lock_timeout=20s -c jit=off"},
    }


def databases(data: Path) -> dict[str, dict[str, Any]]:
    """Give the two connections: PostgreSQL when DATABASE_URL says so, else two files in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(POSTGRESQL):
        return {"default": served(url), "looks": served(url)}
    data.mkdir(parents=True, exist_ok=True)
    return {"default": embedded(data / "kith.sqlite3"), "looks": embedded(data / "looks.sqlite3")}


def owner() -> dict[str, Any] | None:
    """Give the connection of the tables' owner, when DATABASE_OWNER_URL names one apart from who serves."""
    url = os.environ.get("DATABASE_OWNER_URL", "")
    return served(url) if url.startswith(POSTGRESQL) else None


@contextmanager
def owning() -> Iterator[bool]:
    """Within this both connections are the owner's, where there is one: to make and change tables. Says whether."""
    as_owner = owner()
    if as_owner is None:
        yield False
        return
    served_as = {alias: dict(connections[alias].settings_dict) for alias in ("default", "looks")}
    try:
        for alias in served_as:
            _speak_as(alias, {key: as_owner[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
        yield True
    finally:
        for alias, before in served_as.items():
            _speak_as(alias, before)


def _speak_as(alias: str, who: dict[str, Any]) -> None:
    connections[alias].close()
    connections[alias].settings_dict.update(who)


def secret(name: str, path: Path) -> str:
    """Take a key from the environment, or from a file that only its owner may read, made on first use."""
    if value := os.environ.get(name):
        return value
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process starting at once made it first: theirs stands
            os.link(made, path)
        made.unlink()
    return path.read_text()


LOOKS = frozenset({"look", "lookat", "lookhead"})
LOOKS_ROOM = "access"
"""The only room whose tables lie in the looks' own file: going through the others' migrations changes nothing."""


class TwoLedgers:
    """Send looks to their own connection and everything else to the main store."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str:
        return "looks" if model._meta.label_lower.removeprefix("access.") in LOOKS else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool:
        return self.db_for_read(one._meta.model) == self.db_for_read(other._meta.model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: object) -> bool:
        looks = hints.get("ledger") == "looks" or (app_label == "access" and model_name in LOOKS)
        return db == ("looks" if looks and looks_apart() else "default")


def looks_apart() -> bool:
    """On SQLite looks have a file of their own; on PostgreSQL the main connection makes every table."""
    from django.conf import settings  # noqa: PLC0415 - this module is read while settings are made

    return "sqlite3" in settings.DATABASES["default"]["ENGINE"]
