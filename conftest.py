"""What every test in the house may use: the stores, a browser, and the people we know."""

from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("house", deadline=None)  # a busy machine is no fault of what is tested
hypothesis_settings.load_profile("house")

pytest_plugins = ("tests.stores", "tests.browser")


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_beat(settings) -> None:  # type: ignore[no-untyped-def]
    settings.KITH_BEAT_SECONDS = 0  # what was not found need not wait; tests/access/test_timing.py puts it back


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


@pytest.fixture
def as_(cast):
    """Sign somebody in and give their browser-without-a-screen: `as_("leah").get(address)`."""
    from django.test import Client

    def signed_in(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.staff[name])
        return browser

    return signed_in


@pytest.fixture
def _demo(settings):
    """A store of invented people, which asks for no second step."""
    settings.DEMO = True


@pytest.fixture
def door(cast):  # noqa: ARG001 - the people are there
    """A browser-without-a-screen that checks nothing for us: forms must carry their token."""
    from django.test import Client

    return Client(enforce_csrf_checks=True)
