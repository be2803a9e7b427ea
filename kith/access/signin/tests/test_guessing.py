"""Guesses: slowed without shutting anybody out, and told nothing by words, status or time (trust row 39)."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from kith.access.signin import knocking
from kith.access.signin.devices import comer
from kith.access.signin.models import Attempt
from kith.access.signin.throttle import Comer
from tests.cast import PASSWORD
from tests.door import come_in

pytestmark = pytest.mark.usefixtures("_demo")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WRONG = "not the password at all"


def knock(browser, name, password=WRONG, address="10.0.0.1"):
    return browser.post("/sign-in/", {"username": name, "password": password}, REMOTE_ADDR=address)


def close(account):
    account.is_active, account.left_at = False, NOON
    account.save()


def test_unknown_wrong_and_closed_get_one_answer(cast):
    close(cast.rosa)
    answers = [
        knock(Client(), name, password, address)
        for name, password, address in (
            ("nobody.here", WRONG, "10.0.0.1"),
            ("leah", WRONG, "10.0.0.2"),
            ("rosa", PASSWORD, "10.0.0.3"),
            ("the-door", WRONG, "10.0.0.4"),
        )
    ]
    bodies = set()
    for name, answer in zip(("nobody.here", "leah", "rosa", "the-door"), answers, strict=True):
        assert answer.status_code == 200
        bodies.add(_without_token(answer.content.decode().replace(name, "x")))
    assert len(bodies) == 1
    assert {tuple(sorted(a.headers.items())) for a in answers} == {tuple(sorted(answers[0].headers.items()))}


def _without_token(page):
    return "".join(part for part in page.split('"') if len(part) != 64)


def test_after_five_tries_here_the_answer_is_wait_whether_or_not_there_is_such_an_account(cast):
    for name in ("leah", "nobody.here"):
        for _ in range(5):
            assert knock(Client(), name).status_code == 200
        answer = knock(Client(), name, PASSWORD)
        assert answer.status_code == 429
        assert "Wait a minute" in answer.content.decode()


def test_a_minute_later_the_right_password_is_taken(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(6):
            knock(Client(), "leah")
        assert knock(Client(), "leah", PASSWORD).status_code == 429
        clock.shift(timedelta(seconds=61))
        assert knock(Client(), "leah", PASSWORD).status_code == 302


def test_a_thousand_tries_from_everywhere_do_not_shut_leah_out_of_her_own_browser(cast):
    hers = Client(enforce_csrf_checks=True)
    come_in(hers)
    del hers.cookies["kith"]
    with time_machine.travel(NOON, tick=False):
        for n in range(1000):
            who = Comer("leah", f"10.1.{n // 250}.{n % 250}")
            knocking.knock(comer=who, password=WRONG, at=NOON)
        assert knocking.knock(comer=Comer("leah", "10.9.9.9"), password=PASSWORD, at=NOON).code == "sign-in-wait"
        assert come_in(hers)["Location"] == "/"


def test_a_colleague_on_the_same_network_cannot_shut_her_out_either(cast):
    hers = Client(enforce_csrf_checks=True)
    come_in(hers)
    del hers.cookies["kith"]
    for _ in range(20):
        knock(Client(), "leah", address="127.0.0.1")
    assert come_in(hers)["Location"] == "/"


def test_of_a_thousand_guesses_few_are_ever_weighed(cast):
    with time_machine.travel(NOON, tick=False):
        weighed = sum(
            knocking.knock(comer=Comer("leah", f"10.1.0.{n % 7}"), password=WRONG, at=NOON).code
            == "sign-in-not-matched"
            for n in range(1000)
        )
    assert weighed <= 5 * 7


def test_a_mark_for_one_name_is_no_use_for_another(cast, rf):
    hers = Client(enforce_csrf_checks=True)
    come_in(hers)
    asked = rf.get("/sign-in/")
    asked.COOKIES.update({name: kept.value for name, kept in hers.cookies.items()})
    assert comer(asked, "Leah ").mark
    assert not comer(asked, "joy").mark
    asked.COOKIES["kith-known"] = asked.COOKIES["kith-known"].replace("leah", "joy")
    assert not comer(asked, "joy").mark


def test_old_counts_are_forgotten(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        knock(Client(), "leah")
        clock.shift(timedelta(minutes=16))
        knock(Client(), "joy", address="10.0.0.9")
        assert Attempt.objects.count() == 3


@pytest.mark.usefixtures("_real_hashes")
def test_a_known_name_takes_no_longer_than_an_unknown_one(cast):
    took = {"leah": [], "nobody.here": []}
    names = cycle(took)
    for n in range(240):
        name = next(names)
        who = Comer(name, f"10.2.{n // 250}.{n % 250}")
        begun = time.perf_counter()
        knocking.knock(comer=who, password=WRONG, at=NOON + timedelta(minutes=2 * n))
        took[name].append(time.perf_counter() - begun)
    known, unknown = (sorted(times)[10:-10] for times in took.values())
    spread = statistics.pstdev([*known, *unknown]) or 1e-9
    assert abs(statistics.mean(known) - statistics.mean(unknown)) / spread < 0.8


class Quickened(PBKDF2PasswordHasher):
    """The hash of a live store with fewer rounds: long enough beside everything else to show a missing one."""

    iterations = 20_000


@pytest.fixture
def _real_hashes(settings, cast):
    settings.PASSWORD_HASHERS = ["kith.access.signin.tests.test_guessing.Quickened"]
    cast.leah.set_password(PASSWORD)
    cast.leah.save()
