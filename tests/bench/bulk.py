"""Loading the world fast: `executemany` on SQLite, COPY on PostgreSQL, indexes and foreign keys put back afterwards.

Put back means checked: PostgreSQL reads every row again for each foreign key, and SQLite is asked for rows that point
nowhere. A world that broke a promise of the schema would not load.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tests.bench.story import Story
from tests.bench.tables import Table, waiting
from tests.bench.world import SHUT_AT, Household, World

AT_ONCE = 100_000
READERS, SHUT, WRITERS = 60, 60, 200
"""How many families of each sort the scene remembers, at most."""

LOOSE = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid::regclass::text = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


@dataclass(frozen=True)
class Place:
    """One family a bench asks about: who works with it, its address, and its children's files."""

    username: str
    family: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """Whom the benches ask about: long stories to read, stories half hidden from their worker, families to write in."""

    readers: tuple[Place, ...]
    shut: tuple[Place, ...]
    writers: tuple[Place, ...]


def load(people: int, *, seed: int, loose: bool = False) -> Scene:
    """Write a whole world into the store. `loose` lets indexes go while it is filled, which large ones need."""
    world = World(people, seed=seed)
    story = Story(world)
    places: dict[str, list[Place]] = {"readers": [], "shut": [], "writers": []}
    filled = list(world.to.values())
    with _loose([t.name for t in filled]) if loose else transaction.atomic():
        for family in world.households():
            story.write(family)
            _remember(world, places, family)
            if waiting(filled) > AT_ONCE:
                _flush(filled)
        _flush(filled)
    _sequences(filled)
    return Scene(*(tuple(places[k]) for k in ("readers", "shut", "writers")))


def _remember(world: World, places: dict[str, list[Place]], family: Household) -> None:
    sort, most = ("writers", WRITERS)
    if family.is_long:
        sort, most = "readers", READERS
    elif family.is_shut:
        sort, most = "shut", SHUT
    elif family.number % 5 != SHUT_AT % 5 or any(child.level for child in family.children):
        return
    if len(places[sort]) < most:
        files = tuple(str(UUID(c.file_ref)) for c in family.children)
        places[sort].append(Place(world.usernames[family.worker], str(UUID(family.ref)), files))


def _flush(filled: Sequence[Table]) -> None:
    for table in filled:
        rows, table.rows = table.rows, []
        if rows:
            (_copy if connection.vendor == "postgresql" else _insert)(table, rows)


def _insert(table: Table, rows: Sequence[Any]) -> None:
    columns, places = ", ".join(f'"{c}"' for c in table.columns), ", ".join("?" for _ in table.columns)
    connection.ensure_connection()
    connection.connection.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', rows)


def _copy(table: Table, rows: Sequence[Any]) -> None:
    columns = ", ".join(f'"{c}"' for c in table.columns)
    with connection.cursor() as cursor, cursor.cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _loose(names: Sequence[str]) -> Iterator[None]:
    on_sqlite = connection.vendor == "sqlite"
    with (_loose_on_sqlite if on_sqlite else _loose_on_postgresql)(names):
        yield


@contextmanager
def _loose_on_sqlite(names: Sequence[str]) -> Iterator[None]:
    connection.ensure_connection()
    run = connection.connection.execute
    marks = ", ".join("?" for _ in names)
    asked = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})"
    indexes = run(asked, tuple(names)).fetchall()
    run("PRAGMA foreign_keys=OFF")
    run("PRAGMA synchronous=OFF")
    with transaction.atomic():
        for name, _ in indexes:
            run(f'DROP INDEX "{name}"')
        yield
        for _, made in indexes:
            run(made)
    astray = run("PRAGMA foreign_key_check").fetchall()
    if astray:
        raise LookupError(f"{len(astray)} rows of the bench point nowhere, the first in {astray[0][0]}")
    run("ANALYZE")
    connection.close()


@contextmanager
def _loose_on_postgresql(names: Sequence[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute(LOOSE, [list(names), list(names)])
            both = cursor.fetchall()
            for drop, _ in both:
                cursor.execute(drop)
            yield
            for _, put_back in reversed(both):
                cursor.execute(put_back)
        cursor.execute("VACUUM ANALYZE")


def _sequences(filled: Sequence[Table]) -> None:
    """On PostgreSQL ids we named did not move the counters: move them past what was loaded."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in filled:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {table.next()}, false)")
