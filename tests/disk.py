"""Stores that several threads can open at once, and stores with nothing in them."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from tests.stores import guards_lowered

ALIASES = ("default", "looks")


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """On SQLite both stores move to files of their own, as they are in use: tests otherwise keep them in memory."""
    if connections["default"].vendor != "sqlite":
        yield
        return
    with ExitStack() as moved:
        for alias in ALIASES:
            moved.enter_context(_moved(alias, folder / f"{alias}.sqlite3"))
        yield


@contextmanager
def _moved(alias: str, path: Path) -> Iterator[None]:
    before, name = connections[alias], connections[alias].settings_dict["NAME"]
    before.ensure_connection()
    with sqlite3.connect(path) as file:
        before.connection.backup(file)
    file.close()
    before.settings_dict["NAME"] = path
    connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        connections[alias].close()
        before.settings_dict["NAME"] = name
        connections[alias] = before


def together(jobs: list[Callable[[], None]]) -> None:
    """Do these jobs at once, each in a thread with connections of its own. The first fault is raised."""

    def alone(job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(alone, job) for job in jobs]:
            done.result()


def empty_stores() -> None:
    """Take everything out of both stores, ledgers too, as if they had just been made."""
    for alias in ALIASES if connections["default"].vendor == "sqlite" else ALIASES[:1]:
        with guards_lowered(alias):
            call_command("flush", database=alias, interactive=False, verbosity=0, inhibit_post_migrate=True)
