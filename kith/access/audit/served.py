"""Appending on PostgreSQL: the database takes a chain's next places itself, in one round trip.

A head is locked while its transaction flushes, so every statement between taking it and committing is time that
others of the same chain wait. One function a ledger locks the head, seals and writes the rows, indexes them by
file and moves the head on.

The key of the trail never reaches the database. It is given, for each row, the two halves of that row's own key
(HMAC's inner and outer block, RFC 2104), with which it seals the row's place: see `chain`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    from kith.access.audit.chain import Row

LEDGERS = {"acts": "act", "looks": "look"}
BLOCK = 64  # bytes in a block of SHA-256
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))

_FUNCTION = """
CREATE OR REPLACE FUNCTION kith_append_{one}(
    in_chain integer, times timestamptz[], accounts uuid[], whats text[], bodies text[],
    files text[], inners bytea[], outers bytea[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    before text;
    made text;
    row_id bigint;
BEGIN
    SELECT h.seq, h.hash INTO place, before FROM access_{one}head h WHERE h.chain = in_chain FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO access_{one}head (chain, seq, hash) VALUES (in_chain, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
        SELECT h.seq, h.hash INTO place, before FROM access_{one}head h WHERE h.chain = in_chain FOR UPDATE;
    END IF;
    FOR i IN 1 .. cardinality(whats) LOOP
        place := place + 1;
        made := encode(sha256(outers[i] || sha256(inners[i] || convert_to(
            before || chr(31) || in_chain || chr(31) || place, 'UTF8'))), 'hex');
        INSERT INTO access_{one} (chain, seq, at, account, what, body, prev, hash)
            VALUES (in_chain, place, times[i], accounts[i], whats[i], bodies[i], before, made)
            RETURNING id INTO row_id;
        INSERT INTO access_{one}at ({one}_id, file) SELECT row_id, f FROM unnest(files[i]::uuid[]) AS f;
        before := made;
    END LOOP;
    UPDATE access_{one}head SET seq = place, hash = before WHERE chain = in_chain;
    RETURN place;
END $$
"""
_TAKES = "integer, timestamptz[], uuid[], text[], text[], text[], bytea[], bytea[]"
_CALL = (
    "SELECT kith_append_{one}(%s, %s::timestamptz[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::bytea[],"
    " %s::bytea[])"
)


def make_functions(connection: BaseDatabaseWrapper) -> None:
    """Put the functions in the database. SQLite has none: there the process itself appends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for one in LEDGERS.values():
                cursor.execute(_FUNCTION.format(one=one))


def drop_functions(connection: BaseDatabaseWrapper) -> None:
    """Take the functions away again: only for going a migration back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for one in LEDGERS.values():
                cursor.execute(f"DROP FUNCTION kith_append_{one}({_TAKES})")


def append(connection: BaseDatabaseWrapper, ledger: str, rows: Sequence["Row"], chain: int) -> None:
    """Append rows to one chain of a ledger: one statement, which is a transaction of its own where none is open."""
    if not rows:
        return
    keys = [row.key.ljust(BLOCK, b"\0") for row in rows]
    told = (
        chain,
        [row.at for row in rows],
        [row.account for row in rows],
        [row.what for row in rows],
        [row.body for row in rows],
        ["{" + ",".join(row.files) + "}" for row in rows],
        [key.translate(_INNER) for key in keys],
        [key.translate(_OUTER) for key in keys],
    )
    with connection.cursor() as cursor:
        cursor.execute(_CALL.format(one=LEDGERS[ledger]), told)
