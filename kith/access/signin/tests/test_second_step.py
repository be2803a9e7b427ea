"""The second step: set up before anything else, asked for each time, replaced by a code when a phone is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client

from kith.access.audit.models import Act
from tests.cast import PASSWORD
from tests.door import SECRET, come_in, digits, give_app, send

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


def test_the_first_sign_in_sets_up_a_second_step_before_anything_else(door, cast):
    come_in(door)
    page = door.get("/sign-in/set-up/").content.decode()
    key = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    assert door.get("/account/")["Location"].startswith("/sign-in/")

    codes = send(door, "/sign-in/set-up/", code=digits(key, NOON)).content.decode()
    assert len(re.findall(r"<li><strong>\d{8}</strong></li>", codes)) == 10
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', codes)[1]
    assert door.post("/sign-in/set-up/codes/", {"csrfmiddlewaretoken": token})["Location"] == "/"
    assert door.get("/account/").status_code == 200
    assert Act.objects.filter(what="second-step.added").count() == 1


def test_nobody_goes_on_without_setting_it_up(door):
    come_in(door)
    page = door.get("/sign-in/set-up/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
    assert door.post("/sign-in/set-up/codes/", {"csrfmiddlewaretoken": token})["Location"] == "/sign-in/set-up/"


def test_a_code_from_the_app_signs_leah_in_once(door, cast):
    give_app(cast.leah)
    assert come_in(door)["Location"] == "/sign-in/second-step/"
    assert door.get("/account/").status_code == 302

    assert send(door, "/sign-in/second-step/", code=digits(at=NOON))["Location"] == "/"
    assert door.get("/account/").status_code == 200

    other = Client(enforce_csrf_checks=True)
    come_in(other)
    used = send(other, "/sign-in/second-step/", code=digits(at=NOON))
    assert "has been used" in used.content.decode()


def test_a_wrong_code_signs_nobody_in(door, cast):
    give_app(cast.leah)
    come_in(door)
    assert "does not fit" in send(door, "/sign-in/second-step/", code="000000").content.decode()
    assert door.get("/account/").status_code == 302
    assert Act.objects.filter(what="second-step.failed").exists()


def test_codes_are_slowed_too_and_the_password_is_not(door, cast):
    give_app(cast.leah)
    come_in(door)
    for _ in range(5):
        send(door, "/sign-in/second-step/", code="000000")
    assert send(door, "/sign-in/second-step/", code=digits(at=NOON)).status_code == 429
    assert come_in(Client(enforce_csrf_checks=True))["Location"] == "/sign-in/second-step/"


def test_a_recovery_code_stands_in_for_a_lost_phone_and_works_once(door, cast):
    give_app(cast.leah)
    codes = RecoveryCodes.activate(cast.leah).get_unused_codes()
    come_in(door)
    assert send(door, "/sign-in/second-step/", code=codes[3])["Location"] == "/"
    other = Client(enforce_csrf_checks=True)
    come_in(other)
    assert send(other, "/sign-in/second-step/", code=codes[3]).status_code == 200
    assert send(other, "/sign-in/second-step/", code=codes[4])["Location"] == "/"
    assert "You have 8 recovery codes left" in other.get("/account/").content.decode()


def test_the_secret_is_not_in_the_store_as_it_is(cast):
    give_app(cast.leah)
    assert SECRET not in str(Authenticator.objects.get().data)


def test_the_last_second_step_cannot_be_taken_away(door, cast):
    give_app(cast.leah)
    come_in(door)
    send(door, "/sign-in/second-step/", code=digits(at=NOON))
    step = Authenticator.objects.get(type="totp")
    asked = door.get(f"/account/two-step/{step.pk}/remove/")
    assert asked["Location"].startswith("/account/again/")
    send(door, asked["Location"], password=PASSWORD)
    assert "Add another before" in door.get(f"/account/two-step/{step.pk}/remove/").content.decode()
    assert Act.objects.filter(what="stepped.up").count() == 1


def test_showing_who_you_are_holds_for_five_minutes(door, cast, settings):
    settings.DEMO = True
    come_in(door)
    with time_machine.travel(NOON, tick=False) as clock:
        send(door, "/account/again/?next=/account/password/", password=PASSWORD)
        assert door.get("/account/password/").status_code == 200
        clock.shift(timedelta(minutes=5))
        assert door.get("/account/password/").status_code == 302


def test_a_new_password_ends_every_other_stay(door, cast, settings):
    settings.DEMO = True
    phone = Client(enforce_csrf_checks=True)
    come_in(phone)
    come_in(door)
    send(door, "/account/again/", password=PASSWORD)
    short = send(door, "/account/password/", password="short", again="short").content.decode()
    assert "too short" in short
    send(door, "/account/password/", password="four odd words here", again="four odd words here")
    assert door.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302


def test_another_persons_second_step_cannot_be_reached(door, cast, settings):
    settings.DEMO = True
    give_app(cast.joy)
    come_in(door)
    send(door, "/account/again/", password=PASSWORD)
    step = Authenticator.objects.get(user=cast.joy)
    assert door.get(f"/account/two-step/{step.pk}/remove/").status_code == 404
