"""What the role that serves may do on PostgreSQL, when the tables belong to another.

It may read and write the record, and only read and add to the two ledgers: whoever takes Kith over cannot change what
was said about who did what, nor take the guards away. Granted anew after each migration, so new tables are covered.
"""

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kith.access.audit.guards import ACTS, LOOKS

HEADS = ("access_acthead", "access_lookhead")
SHAPE = ("django_migrations",)


class SameRole(Exception):
    """The tables' owner and the role that serves are one: there is nothing to keep apart."""


def grant(role: str) -> None:
    """Give this role what serving needs and nothing else. Over the owner's connection; all of it or nothing."""
    connection = connections["default"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(%s, current_user, 'MEMBER'), current_schema()", [role])
        same, schema = cursor.fetchone()
        if same:
            raise SameRole(role)
        for statement in _statements(connection, role, schema):
            cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, role: str, schema: str) -> list[str]:
    quote = connection.ops.quote_name
    ledgers, heads, shape = (", ".join(map(quote, tables)) for tables in (ACTS + LOOKS, HEADS, SHAPE))
    to, here = quote(role), quote(schema)
    return [
        f"REVOKE ALL ON SCHEMA {here} FROM {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {here} FROM {to}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {here} FROM {to}",
        f"GRANT USAGE ON SCHEMA {here} TO {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {here} TO {to}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {here} TO {to}",
        f"REVOKE UPDATE, DELETE ON {ledgers} FROM {to}",
        f"REVOKE DELETE ON {heads} FROM {to}",
        f"REVOKE INSERT, UPDATE, DELETE ON {shape} FROM {to}",
    ]
