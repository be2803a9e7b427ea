"""How long a stay lasts, and that what was typed is kept (trust row 38; ASVS 7.3)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from kith.access.audit.models import Act
from kith.access.signin.models import SignIn
from kith.people.drafts.models import Draft
from tests.door import come_in

pytestmark = pytest.mark.usefixtures("_demo")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


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


def test_a_script_that_asks_too_late_is_told_plainly_by_its_own_page(door, cast):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        page = door.get("/account/").content.decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
        clock.shift(timedelta(hours=1))
        sent = {"csrfmiddlewaretoken": token, "draft_by": str(cast.leah.ref), "what": "x"}
        answer = door.post("/drafts/note/", sent, headers={"sec-fetch-mode": "cors"})
        assert answer.status_code == 401
        assert answer.json()["code"] == "signed-out"


def test_a_page_sent_too_late_is_kept_as_its_draft_and_found_after_signing_in(door, cast):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        page = door.get("/account/").content.decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
        clock.shift(timedelta(minutes=21))
        sent = {
            "csrfmiddlewaretoken": token,
            "draft_form": "note",
            "draft_by": str(cast.leah.ref),
            "draft_called": "A note",
            "draft_address": "/drafts/",
            "what": "Ellis said the mornings are better now.",
        }
        answer = door.post("/account/password/", sent)
        assert answer["Location"] == "/sign-in/?next=%2Fdrafts%2F"
        assert "What you typed is kept" in door.get(answer["Location"]).content.decode()
        assert Draft.objects.get(author=cast.leah).fields == {"what": ["Ellis said the mornings are better now."]}


@pytest.mark.parametrize("wrong", [{"csrfmiddlewaretoken": "made up"}, {"draft_by": "somebody else"}])
def test_words_from_a_false_page_or_for_another_are_not_kept(door, cast, wrong):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        page = door.get("/account/").content.decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
        clock.shift(timedelta(minutes=21))
        sent = {"csrfmiddlewaretoken": token, "draft_form": "note", "draft_by": str(cast.leah.ref), "what": "x"}
        assert door.post("/account/password/", sent | wrong)["Location"].startswith("/sign-in/?next=")
        assert not Draft.objects.exists()


def test_a_stay_is_written_at_most_each_half_minute(door):
    with time_machine.travel(NINE, tick=False) as clock:
        come_in(door)
        began = SignIn.objects.get().seen_at
        clock.shift(timedelta(seconds=29))
        door.get("/account/")
        assert SignIn.objects.get().seen_at == began
        clock.shift(timedelta(seconds=2))
        door.get("/account/")
        assert SignIn.objects.get().seen_at == began + timedelta(seconds=31)
