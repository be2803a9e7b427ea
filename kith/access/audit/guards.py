"""Ledgers are append-only in the store itself: a trigger refuses to change or remove a row."""

from django.db.backends.base.base import BaseDatabaseWrapper

ACTS = ("access_act", "access_actat")
LOOKS = ("access_look", "access_lookat")

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION kith_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""


def raise_guards(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    """Put the triggers on these tables, for the store this connection speaks to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table in tables:
            for statement in _guards(connection.vendor, table):
                cursor.execute(statement)


def lower_guards(connection: BaseDatabaseWrapper, tables: tuple[str, ...]) -> None:
    """Take the triggers off: only for going a migration back, and for emptying a test store."""
    with connection.cursor() as cursor:
        for table in tables:
            for name in ("changed", "removed", "emptied"):
                where = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{where}")


def _guards(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        each = "FOR EACH ROW EXECUTE FUNCTION kith_append_only()"
        return [
            f"CREATE TRIGGER {table}_changed BEFORE UPDATE ON {table} {each}",
            f"CREATE TRIGGER {table}_removed BEFORE DELETE ON {table} {each}",
            f"CREATE TRIGGER {table}_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kith_append_only()",
        ]
    stop = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_changed BEFORE UPDATE ON {table} {stop}",
        f"CREATE TRIGGER {table}_removed BEFORE DELETE ON {table} {stop}",
    ]
