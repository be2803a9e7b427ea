"""The demo, played once for all the tests of this folder: nothing that any of them does stays."""

from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.exchange.demo.load import load

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/London"))
"""The day on which the design says the two families stand where they do."""
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="package")
def played(django_db_setup, django_db_blocker):
    """The sign-ins of a store the demo has filled; both stores are put back after them."""
    with ExitStack() as held:
        held.enter_context(django_db_blocker.unblock())
        held.enter_context(override_settings(PASSWORD_HASHERS=QUICK))
        for store in ("default", "looks"):
            held.enter_context(transaction.atomic(using=store))
            held.callback(transaction.set_rollback, True, using=store)
        yield load(lambda _words: None)


@pytest.fixture
def sign_ins(played, db_both):
    return played


@pytest.fixture
def as_(sign_ins, settings, monkeypatch):
    """Sign somebody of the demo in, on the day it stands at: `as_("nadia").get(address)`."""
    settings.DEMO = True
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def signed_in(username):
        browser = Client()
        browser.force_login(Account.objects.get(username=username))
        return browser

    return signed_in
