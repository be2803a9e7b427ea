"""Breaking Kith on purpose, one place at a time, and what must then be so (trust B 37, Top 10 A10).

A fault is put where it cannot be dodged: into the code of a function itself, so that it bites however the function was
imported; and into the execution of the nth statement, whichever store it goes to.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from django.db import OperationalError, connections

import kith
from kith.access import edge
from kith.access.audit import acts, chain, looks

ROOT = Path(kith.__file__).parent
MARK = "zq"
"""What every planted word begins with (see test_canaries): no answer to a fault may hold it, nor the fault's own words."""
LEDGERS = {
    "note": acts.note,
    "append an act": chain.append_acts,
    "make rows ready": chain.ready,
    "write looks": looks.write,
    "say what was seen": looks.Looking.saw,
    "saw": edge.saw,
}


def policies() -> dict[str, Callable]:
    """Every policy of the house, from the code, by the name it was written under: one rule may go by several."""
    found = {}
    for path in sorted(ROOT.rglob("policies.py")):
        module = import_module(".".join(("kith", *path.relative_to(ROOT).with_suffix("").parts)))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and name == function.__name__ and not name.startswith("_"):
                found[f"{path.parent.parent.name}.{path.parent.name}.{name}"] = function
    return found


def _broken(*_given, **_named):
    raise RuntimeError("zq it broke while Ellis was at Larch Close")


@contextmanager
def broken(function: Callable) -> Iterator[None]:
    """Within this the function raises, wherever it is called from."""
    kept = function.__code__
    function.__code__ = _broken.__code__
    try:
        yield
    finally:
        function.__code__ = kept


@contextmanager
def called(functions: dict[str, Callable]) -> Iterator[set[str]]:
    """Give the names of those of these functions that are called within this."""
    codes, seen = {f.__code__: name for name, f in functions.items()}, set()

    def watch(frame, event, _what):
        if event == "call" and frame.f_code in codes:
            seen.add(codes[frame.f_code])

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(before)


@dataclass
class Store:
    """A store that counts what it is asked, and fails at the nth statement: once, or from there on."""

    fails_at: int = 0
    for_good: bool = False
    asked: int = 0
    failed: bool = False

    def __call__(self, execute, sql, params, many, context):
        self.asked += 1
        if self.asked == self.fails_at or (self.for_good and self.asked > self.fails_at > 0):
            self.failed = True
            raise OperationalError("zq disk I/O error near 'Ellis'")
        return execute(sql, params, many, context)


@contextmanager
def failing_store(**how) -> Iterator[Store]:
    """Within this both stores' connections of this thread count, and fail as they are told."""
    store = Store(**how)
    with ExitStack() as both:
        for alias in ("default", "looks"):
            both.enter_context(connections[alias].execute_wrapper(store))
        yield store


@contextmanager
def failing_commit(which: int) -> Iterator[Store]:
    """Within this the nth commit fails, in whichever store it is."""
    store, kept = Store(), {}

    def failing(alias):
        def commit():
            store.asked += 1
            if store.asked == which:
                store.failed = True
                raise OperationalError("zq disk full at 'Ellis'")
            kept[alias]()

        return commit

    for alias in ("default", "looks"):
        kept[alias] = connections[alias]._commit
        connections[alias]._commit = failing(alias)
    try:
        yield store
    finally:
        for alias in kept:
            del connections[alias]._commit


def rows() -> dict[str, str]:
    """A digest of every row of every table, in both stores."""
    found = {}
    for alias in ("default", "looks"):
        if alias == "looks" and connections[alias].vendor != "sqlite":
            continue
        with connections[alias].cursor() as cursor:
            for table in sorted(connections[alias].introspection.table_names(cursor)):
                cursor.execute(f'SELECT * FROM "{table}"')
                digest = sha256("\n".join(sorted(map(repr, cursor.fetchall()))).encode())
                found[table] = digest.hexdigest()
    return found


LOOKING = frozenset({"access_look", "access_lookat", "access_lookhead"})
DRAFTED = "people_draft"
UNFINISHED = frozenset({"people_draft", "people_draftfile", "access_act", "access_actat", "access_acthead"})
SAVED = "What you sent is in the record"
PERHAPS = "We cannot say whether it was saved"


def wrong_with(answer, before: dict[str, str], after: dict[str, str], *, commit: bool = False) -> str:
    """Say what is wrong with the answer to a fault, or nothing. A look more than was shown is no fault; an act is.

    What was typed may be kept as a draft, with the one act that says it was begun (ADR 7). No other act is excused.
    """
    page = answer.content.decode(errors="replace")
    changed = {t for t in after if after[t] != before.get(t)} - LOOKING
    if answer.status_code < 500 and answer.status_code != 403:
        return f"answered {answer.status_code}"
    if MARK in page or any(MARK in f"{k}{v}" for k, v in answer.headers.items()):
        return "holds words of the record"
    told = SAVED in page or (commit and PERHAPS in page)
    unfinished = DRAFTED in changed and changed <= UNFINISHED
    if changed and not told and not unfinished:
        return f"denies what it wrote in {sorted(changed)}"
    return "says that it was saved, and it was not" if SAVED in page and not changed else ""


@dataclass
class Count:
    """What was broken, how often, and what was wrong."""

    faults: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, where: str, fault: str) -> None:
        self.faults[kind] = self.faults.get(kind, 0) + 1
        if fault:
            self.wrong.setdefault(f"{kind}: {fault}", []).append(where)

    def __str__(self) -> str:
        lines = [f"{what}\n    " + "\n    ".join(where[:12]) for what, where in self.wrong.items()]
        return "\n".join([f"{sum(self.faults.values())} faults {self.faults}", *lines])
