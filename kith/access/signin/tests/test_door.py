"""Coming in, going out, and staying too long (trust rows 32, 38)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kith.access.audit.models import Act
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
    door.get("/sign-in/with/nobody/")
    door.session.save()
    send(door, "/sign-in/", username="leah", password="wrong words here")
    before = door.cookies.get("kith")
    come_in(door)
    assert door.cookies["kith"].value != (before.value if before else "")


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


def test_twenty_minutes_away_ends_a_stay(door):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        clock.shift(timedelta(minutes=19, seconds=59))
        assert door.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=20))
        answer = door.get("/account/")
        assert answer["Location"] == "/sign-in/?next=%2Faccount%2F"
        assert "You were away for a while" in door.get(answer["Location"]).content.decode()


def test_twelve_hours_end_a_stay_however_busy(door):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        for _ in range(47):
            clock.shift(timedelta(minutes=15))
            assert door.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=15))
        assert door.get("/account/").status_code == 302
        assert Act.objects.filter(what="signed.out", body__contains="too-long").exists()


def test_a_page_that_asks_by_itself_is_told_plainly_that_the_stay_is_over(door):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        clock.shift(timedelta(hours=1))
        assert door.get("/account/", headers={"sec-fetch-mode": "cors"}).status_code == 401


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
