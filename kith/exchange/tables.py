"""Every table of the store as lines, alike on both stores: which tables, in what order, and how a row is written."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from sqlite3 import connect
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from kith.access.audit.chain import LOOKS

PASSING = frozenset({"sessions", "contenttypes", "auth", "django_tasks_database"})
"""Apps whose rows pass: open sign-ins, waiting jobs, and what Django fills by itself."""
RUN = 500


@dataclass(frozen=True)
class Table:
    """One table, by its model, and which ledger's store it lies in."""

    model: type[models.Model]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def ledger(self) -> str:
        """`looks` for the tables that lie in the looks' store, else `acts`."""
        return "looks" if self.model in {LOOKS.rows, LOOKS.heads, LOOKS.places} else "acts"

    @property
    def ours(self) -> bool:
        """Whether the table is Kith's own: a store with a row in one of these is in use."""
        return self.model.__module__.startswith("kith.")

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        return [f for f in self.model._meta.concrete_fields if not getattr(f, "generated", False)]

    def read(self, using: str) -> Iterator[dict[str, Any]]:
        """Give every row, by primary key, as values that JSON can hold."""
        rows = self.model._base_manager.using(using).order_by("pk")
        for row in rows.iterator(chunk_size=2_000):
            yield {f.attname: plain(getattr(row, f.attname)) for f in self.fields}

    def write(self, lines: Iterator[Mapping[str, Any]], using: str) -> int:
        """Write rows as they were told, keys included. Gives how many."""
        written, manager = 0, self.model._base_manager.using(using)
        while run := [self.made(line) for line in islice(lines, RUN)]:
            manager.bulk_create(run)
            written += len(run)
        return written

    def made(self, line: Mapping[str, Any]) -> models.Model:
        """Make one row from its line. Raises KeyError, ValueError or ValidationError where they do not fit."""
        if set(line) != {f.attname for f in self.fields}:
            raise KeyError(self.label)
        return self.model(**{f.attname: told(f, line[f.attname]) for f in self.fields})


def plain(value: Any) -> Any:
    """Write one value the one way: moments in UTC to the microsecond, bytes in base 64, other kinds as text."""
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value.tzinfo else value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return str(value)


def told(field: models.Field[Any, Any], value: Any) -> Any:
    """Read one value back."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value)
    return (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(value)


def tables() -> list[Table]:
    """Give every table that belongs in a backup, by label."""
    kept = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted((Table(m) for m in kept if m._meta.app_label not in PASSING), key=lambda t: t.label)


def version() -> list[str]:
    """Name the shape of the store: every change that has been made to the tables of a backup."""
    labels = {t.model._meta.app_label for t in tables()}
    made = MigrationRecorder(connections["default"]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in made if app in labels)


def looks_apart() -> bool:
    """Whether looks lie in a file of their own (SQLite) or beside everything else (PostgreSQL)."""
    return connections["default"].vendor == "sqlite"


def mend_counters(using: str) -> None:
    """After rows were written with their keys, let the next key follow the last."""
    connection = connections[using]
    orders = connection.ops.sequence_reset_sql(no_style(), [t.model for t in tables()])
    with connection.cursor() as cursor:
        for order in orders:
            cursor.execute(order)


@contextmanager
def still(folder: Path) -> Iterator[dict[str, str]]:
    """Hold both stores still for reading while they go on serving. Gives the connection to read each by.

    PostgreSQL: one transaction that sees one moment. SQLite: a copy of each file, looks before acts, so that
    every file a look speaks of is in the copy; writers wait while a copy is made, about a second a gigabyte.
    """
    if not looks_apart():
        with transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield {"acts": "default", "looks": "default"}
        return
    with _copied("looks", folder), _copied("default", folder):
        yield {"acts": "default", "looks": "looks"}


@contextmanager
def _copied(alias: str, folder: Path) -> Iterator[None]:
    """Within this, this thread reads a copy of one SQLite file, made page by page, in place of the file."""
    live, path = connections[alias], folder / f"{alias}.sqlite3"
    live.ensure_connection()
    file = connect(path)
    live.connection.backup(file)
    file.close()
    copy = type(live)({**live.settings_dict, "NAME": path}, alias)
    connections[alias] = copy
    try:
        yield
    finally:
        copy.close()
        connections[alias] = live
