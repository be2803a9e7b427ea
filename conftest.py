"""What every test in the house may use: the stores, and the people we know."""

import os
import tempfile
from collections.abc import Iterator

import pytest

os.environ.setdefault("KITH_DATA", tempfile.mkdtemp(prefix="kith-test-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Let emptying a test store pass the ledgers' guards; the guards have tests of their own."""
    from django.db import connections
    from django.test.testcases import TransactionTestCase

    from kith.access.audit.guards import ACTS, LOOKS, lower_guards, raise_guards
    from kith.config.stores import looks_apart

    plain = TransactionTestCase._fixture_teardown

    def emptied(self: TransactionTestCase) -> None:
        pairs = [("default", ACTS), ("looks" if looks_apart() else "default", LOOKS)]
        for alias, tables in pairs:
            lower_guards(connections[alias], tables)
        plain(self)
        for alias, tables in pairs:
            raise_guards(connections[alias], tables)

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[method-assign]


@pytest.fixture
def db_both(request: pytest.FixtureRequest) -> None:
    """Both ledgers' stores, each put back after the test."""
    request.applymarker(pytest.mark.django_db(databases=["default", "looks"]))
    request.getfixturevalue("db")


@pytest.fixture
def cast(db_both: None) -> Iterator[object]:  # noqa: ARG001
    """Everyone we know, in the store."""
    from tests.cast import make_cast

    return make_cast()
