"""Changes to the tables come one after another, and each can be undone with every row as it was (trust B 12)."""

import re
from hashlib import sha256
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kith.config.stores import LOOKS_ROOM
from kith.exchange.tables import looks_apart, tables
from tests.cast import make_cast
from tests.disk import empty_stores, on_disk

ROOMS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("kith."))


def migrations_of(room):
    loader = MigrationLoader(None)
    return sorted(
        (migration for (label, _name), migration in loader.disk_migrations.items() if label == room),
        key=lambda migration: migration.name,
    )


WITH_TABLES = [room for room in ROOMS if migrations_of(room)]


@pytest.mark.parametrize("room", WITH_TABLES)
def test_each_change_stands_on_the_one_before_it(room):
    line = migrations_of(room)
    assert [int(migration.name[:4]) for migration in line] == list(range(1, len(line) + 1))
    for before, after in pairwise(line):
        assert [name for label, name in after.dependencies if label == room] == [before.name]


@pytest.mark.parametrize("room", WITH_TABLES)
def test_each_change_can_be_undone(room):
    one_way = [
        f"{migration.name}: {operation.describe()}"
        for migration in migrations_of(room)
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


def go(*where):
    """To one migration of a room; without a word, to the newest of every room."""
    call_command("migrate", *where, database="default", verbosity=0, interactive=False)
    if looks_apart() and (not where or where[0] == LOOKS_ROOM):
        call_command("migrate", *(where or (LOOKS_ROOM,)), database="looks", verbosity=0, interactive=False)


def every_row():
    """Each table's rows as one number: what must come back."""
    found = {}
    for table in tables():
        alias = table.ledger if table.ledger == "looks" and looks_apart() else "default"
        rows = [repr(sorted(row.items())) for row in table.read(alias)]
        found[table.label] = (len(rows), sha256("".join(rows).encode()).hexdigest())
    return found


SHAPE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT table_name, column_name, data_type || is_nullable FROM information_schema.columns
        WHERE table_schema = current_schema()
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace
        UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
        UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f' AND probin IS NULL
    """,
}


def shape():
    """Every table, column, constraint, index, trigger and function, on each store."""
    found = {}
    for alias in ("default", "looks"):
        with connections[alias].cursor() as cursor:
            cursor.execute(SHAPE[connections[alias].vendor])
            found[alias] = set(cursor.fetchall())
    return found


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_back_to_the_first_and_forward_again_leaves_every_row_as_it_was(tmp_path):
    with on_disk(tmp_path):
        make_cast()
        before = every_row()
        for room in WITH_TABLES:
            go(room, migrations_of(room)[0].name)
        go()
        assert every_row() == before
    assert before["people.person"][0] > 0


def in_any_order(lines):
    """A column that a later step added stands last: where it stands is no difference."""
    return {(kind, name, frozenset(re.findall(r"[^\s,()]+", sql or ""))) for kind, name, sql in lines}


def every_line():
    return {alias: in_any_order(lines) for alias, lines in shape().items()}


@pytest.mark.sqlite
@pytest.mark.django_db(databases=["default", "looks"])
def test_the_looks_of_the_tests_lie_in_the_tables_that_a_store_in_use_has(tmp_path):
    """The tests make the looks' tables at once, without the walk through every migration: they must come out alike."""
    kept = in_any_order(shape()["looks"])
    connection = connections.create_connection("looks")
    connection.settings_dict = {**connection.settings_dict, "NAME": tmp_path / "looks.sqlite3"}
    MigrationExecutor(connection).migrate([(LOOKS_ROOM, migrations_of(LOOKS_ROOM)[-1].name)])
    with connection.cursor() as cursor:
        walked = set(cursor.execute(SHAPE["sqlite"]).fetchall())
    connection.close()
    assert in_any_order(walked) == kept


@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_back_to_nothing_and_forward_again_gives_the_same_store(tmp_path):
    with on_disk(tmp_path):
        empty_stores()
        before = every_line()
        for room in WITH_TABLES:
            go(room, "zero")
        assert not [line for line in shape()["default"] if "people_person" in line[:2]]
        go()
        assert every_line() == before
