"""Coming in, going out, and staying too long (trust rows 32, 38)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from kith.access.audit.models import Act
from kith.access.signin import tasks
from kith.access.signin.models import SignIn
from tests.cast import PASSWORD
from tests.door import come_in, send

pytestmark = pytest.mark.usefixtures("_demo")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_leah_signs_in_and_her_stay_is_on_the_trail(door):
    answer = come_in(door)

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert door.get("/account/").status_code == 200
    assert Act.objects.get(what="signed.in").body.count('"how":"password"') == 1
    assert SignIn.objects.get().account.username == "leah"


def test_a_username_may_be_typed_in_capitals(door):
    assert come_in(door, "LEAH")["Location"] == "/"


def test_the_way_somebody_was_going_is_kept_but_never_out_of_the_house(door):
    assert come_in(door, next="/account/password/")["Location"] == "/account/password/"
    door.post("/sign-out/")
    assert come_in(Client(enforce_csrf_checks=True), next="https://example.org/")["Location"] == "/"


def test_the_session_key_is_new_after_signing_in(door):
    door.get("/sign-out/")
    door.get("/sign-in/join/00000000-0000-0000-0000-000000000000/x/")
    before = door.cookies["kith"].value
    come_in(door)
    assert door.cookies["kith"].value != before


def test_the_trail_never_says_that_somebody_left_whose_session_goes_on(door, monkeypatch):
    """Trust row 38: a sign-out that fails half way is none, on the trail and in the browser alike."""
    come_in(door)
    monkeypatch.setattr("kith.access.signin.views.logout", fails)
    door.raise_request_exception = False

    assert send(door, "/sign-out/").status_code == 500

    assert SignIn.objects.get().ended_at is None
    assert not Act.objects.filter(what="signed.out").exists()


def fails(_request):
    raise OSError("the store is gone")


def test_signing_out_ends_the_stay_and_empties_the_browsers_cache(door):
    come_in(door)

    answer = send(door, "/sign-out/")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert door.get("/account/").status_code == 302
    assert SignIn.objects.get().ended_at is not None
    assert Act.objects.filter(what="signed.out").exists()
    assert "You have signed out." in door.get("/sign-in/").content.decode()


def test_a_form_without_its_token_signs_nobody_in_or_out(door):
    assert door.post("/sign-in/", {"username": "leah", "password": PASSWORD}).status_code == 403
    come_in(door)
    assert door.post("/sign-out/").status_code == 403
    assert door.get("/account/").status_code == 200


def test_a_leaver_is_out_on_the_next_request(door, cast):
    come_in(door)
    cast.leah.is_active, cast.leah.left_at = False, NINE
    cast.leah.save()

    assert door.get("/account/").status_code == 302
    assert come_in(Client(enforce_csrf_checks=True)).status_code == 200


def test_sign_out_everywhere_ends_both_of_leahs_stays(door):
    phone = Client(enforce_csrf_checks=True)
    come_in(door)
    come_in(phone)

    send(door, "/account/sign-out-everywhere/")

    assert door.get("/account/").status_code == 302
    assert phone.get("/account/").status_code == 302


def test_the_demo_asks_for_no_second_step_and_a_real_store_asks_before_anything_else(door, settings):
    settings.DEMO = False
    assert come_in(door)["Location"] == "/sign-in/set-up/"
    assert door.get("/account/").status_code == 302


def test_where_somebody_is_signed_in_is_shown_to_them(door):
    phone = Client(enforce_csrf_checks=True, headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18 Safari/605"})
    come_in(phone)
    come_in(door)
    page = door.get("/account/").content.decode()
    assert "Safari on iPhone" in page
    assert page.count("(this one)") == 1


def test_every_answer_at_the_door_keeps_the_headers(door):
    for page in ("/sign-in/", "/sign-in/join/", "/account/"):
        answer = door.get(page)
        assert "no-store" in answer["Cache-Control"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert "style=" not in answer.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", answer.content.decode())


def test_the_job_of_the_door_drops_what_is_over_and_nothing_else(door):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        clock.shift(timedelta(hours=1))
        tasks.forget_what_is_over.func()
        assert Session.objects.filter(session_key=door.cookies["kith"].value).exists()
        clock.shift(timedelta(hours=12))
        tasks.forget_what_is_over.func()
        assert not Session.objects.exists()
