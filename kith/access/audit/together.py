"""Looks on SQLite, written together: whatever waits in this process is one transaction, and one flush of the disk.

There is one pen. Whoever has it writes every look that waits, not only their own; whoever waited finds theirs
written when the pen comes to them, or learns that it was not. Nobody goes on before their own look is on the disk.
No thread is kept for it: nothing has to be started after a fork, stopped at the end, or mourned in between.
"""

import fcntl
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.db import OperationalError, connections, transaction

from kith.access.audit.chain import LOOKS, Row, append

ONE = 0  # the one chain of a SQLite store


class NotKept(OperationalError):
    """The looks that were written together could not be kept, so nothing may be shown to any of those who waited."""


@dataclass(eq=False)
class _Waiting:
    rows: Sequence[Row]
    over: bool = False
    kept: bool = False


_line: deque[_Waiting] = deque()
_pen = Lock()


def _begin_anew() -> None:
    """After a fork the child has a pen and an empty line of its own: the parent's were in others' hands."""
    global _line, _pen
    _line, _pen = deque(), Lock()


os.register_at_fork(after_in_child=_begin_anew)


def write(rows: Sequence[Row]) -> None:
    """Append one reader's looks and come back when they are on the disk. Raises when they are not."""
    if _alone():
        with transaction.atomic(using="looks"):
            append(LOOKS, rows, ONE)
        return
    mine = _Waiting(rows)
    _line.append(mine)
    with _pen:
        if not mine.over:
            _write([_line.popleft() for _ in range(len(_line))])
    if not mine.kept:
        raise NotKept("written together with others, and not kept")


def _alone() -> bool:
    """Say whether these looks are the caller's own affair: a transaction is open, or the store is no file."""
    connection = connections["looks"]
    return connection.in_atomic_block or connection.is_in_memory_db()  # type: ignore[attr-defined]


def _write(batch: Sequence[_Waiting]) -> None:
    """Write for all who waited. Whatever happens to the writer, everybody learns how it ended."""
    try:
        with _turn(), transaction.atomic(using="looks"):
            append(LOOKS, [row for waiting in batch for row in waiting.rows], ONE)
        for waiting in batch:
            waiting.kept = True
    finally:
        for waiting in batch:
            waiting.over = True


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for the other processes of this store in a queue: SQLite's own waiting sleeps, and knows no order."""
    with Path(f"{connections['looks'].settings_dict['NAME']}-pen").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
