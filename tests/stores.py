"""The two stores the tests run over. Each is run whole: a test of one store's own strength is left out of the other's run."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import pytest_django
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase

from kith.access.audit.guards import ACTS, LOOKS, lower_guards, raise_guards
from kith.config.stores import LOOKS_ROOM

OTHER = {"postgresql": "sqlite", "sqlite": "postgresql"}


def store() -> str:
    """`DATABASE_URL` decides, here as in the settings; without one it is SQLite."""
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


def pytest_report_header() -> str:
    return f"store: {store()}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    elsewhere = [item for item in items if item.get_closest_marker(OTHER[store()])]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    for item in items:
        if "live_server" in getattr(item, "fixturenames", ()):  # whose pages write looks as well as acts
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "looks"]))


@contextmanager
def guards_lowered(alias: str) -> Iterator[None]:
    """The ledgers refuse to be emptied, which between two tests is what has to happen."""
    connection = connections[alias]
    here = connection.introspection.table_names()
    ledgers = tuple(table for table in ACTS + LOOKS if table in here)
    lower_guards(connection, ledgers)
    yield
    raise_guards(connection, ledgers)


@pytest.fixture(scope="session", autouse=True)
def ledgers_are_emptied_between_tests() -> Iterator[None]:
    empty = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with ExitStack() as lowered:
            files = {connections[alias].settings_dict["NAME"]: alias for alias in case._databases_names()}
            for alias in files.values():
                lowered.enter_context(guards_lowered(alias))
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the looks' own file is made at once: its few tables need no walk through every room's migrations."""
    if connections["looks"].vendor == "sqlite":
        connections["looks"].settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """Guard the looks made so, as the migrations guard them, and say that those have been.

    On PostgreSQL the looks' connection is a second one to the same database, of which the runner knows only the first:
    the database cannot go while this one is open.
    """
    if connections["looks"].vendor == "sqlite":
        with django_db_blocker.unblock():
            raise_guards(connections["looks"], LOOKS)
            recorder = MigrationRecorder(connections["looks"])
            recorder.ensure_schema()
            for room, name in MigrationLoader(None).disk_migrations:
                if room == LOOKS_ROOM:
                    recorder.record_applied(room, name)
    yield
    connections["looks"].close()
