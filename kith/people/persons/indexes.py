"""What lies beneath the search on each store: letters in threes for any part of a name, and starts of keys.

SQLite keeps a table of its own (FTS5, trigram), filled by triggers whenever a name is written. PostgreSQL has the
extension pg_trgm, which whoever owns the database may have to allow; without it a part of a name is still found,
by reading every name.

The triggers stand on `people_name`: a later migration that makes that table anew on SQLite (as Django does to change a
column) takes them away, and must call `drop_indexes` before and `make_indexes` after.
"""

from django.db import ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PARTS = "people_name_parts"
NOT_ALLOWED = (
    "PostgreSQL did not allow the extension pg_trgm, so a search by part of a name reads every name. Ask whoever owns"
    " the database to run: CREATE EXTENSION pg_trgm; and then:"
    f" CREATE INDEX {PARTS} ON people_name USING gin (folded gin_trgm_ops);"
)
_STARTS = {
    "people_key_starts": "people_key (kind, key varchar_pattern_ops, person_id)",
    "people_location_starts": "people_location (postcode varchar_pattern_ops)",
}
_EACH = {
    "added": ("AFTER INSERT", f"INSERT INTO {PARTS} (rowid, folded) VALUES (new.id, new.folded);"),  # noqa: S608 - our own table
    "changed": (
        "AFTER UPDATE OF id, folded",
        f"DELETE FROM {PARTS} WHERE rowid = old.id;"  # noqa: S608 - our own table
        f" INSERT INTO {PARTS} (rowid, folded) VALUES (new.id, new.folded);",
    ),
    "removed": ("AFTER DELETE", f"DELETE FROM {PARTS} WHERE rowid = old.id;"),  # noqa: S608 - our own table
}


def make_indexes(connection: BaseDatabaseWrapper) -> str:
    """Make what this store needs, from the names there are. Gives a sentence to show when it could not all be made."""
    if connection.vendor == "postgresql":
        _run(connection, [f"CREATE INDEX {name} ON {on}" for name, on in _STARTS.items()])
        return _letters_in_threes(connection)
    made = [f"CREATE VIRTUAL TABLE {PARTS} USING fts5 (folded, tokenize = 'trigram', detail = full)"]
    made += [f"INSERT INTO {PARTS} (rowid, folded) SELECT id, folded FROM people_name"]  # noqa: S608 - our own table
    made += [f"CREATE TRIGGER {PARTS}_{n} {when} ON people_name BEGIN {do} END" for n, (when, do) in _EACH.items()]
    _run(connection, made)
    return ""


def drop_indexes(connection: BaseDatabaseWrapper) -> None:
    """Take away what `make_indexes` made. The extension stays: others may use it."""
    if connection.vendor == "postgresql":
        _run(connection, [f"DROP INDEX IF EXISTS {name}" for name in (*_STARTS, PARTS)])
    else:
        _run(connection, [f"DROP TRIGGER {PARTS}_{n}" for n in _EACH] + [f"DROP TABLE {PARTS}"])


def _letters_in_threes(connection: BaseDatabaseWrapper) -> str:
    try:
        with transaction.atomic(using=connection.alias):
            _run(connection, ["CREATE EXTENSION IF NOT EXISTS pg_trgm"])
            _run(connection, [f"CREATE INDEX {PARTS} ON people_name USING gin (folded gin_trgm_ops)"])
    except ProgrammingError:
        return NOT_ALLOWED
    return ""


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
