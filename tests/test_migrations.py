"""Changes to the tables come one after another, and each can be undone with every row as it was (trust B 12)."""

from hashlib import sha256
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

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
    for alias in ("default", "looks") if looks_apart() else ("default",):
        call_command("migrate", *where, database=alias, verbosity=0, interactive=False)


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


@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_back_to_nothing_and_forward_again_gives_the_same_store(tmp_path):
    with on_disk(tmp_path):
        empty_stores()
        before = shape()
        for room in WITH_TABLES:
            go(room, "zero")
        assert not [line for line in shape()["default"] if "people_person" in line[:2]]
        go()
        assert shape() == before
