"""Looking after accounts: who may, what they can and cannot do, and that no family is on any page."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kith.access.accounts import actions
from kith.access.accounts.models import Account, RoleHeld
from kith.access.audit.models import Act, Look
from kith.access.roles import Work
from kith.access.step_up import SHOW_AGAIN
from kith.kit.refusal import Refused
from tests.cast import NOW, PASSWORD
from tests.door import come_in, send

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
JOINER = {
    "username": "mina.shah",
    "name": "Mina Shah",
    "job_title": "Social worker",
    "email": "mina@example.org",
    "phone": "",
    "works": ["social-worker"],
    "why": "new to the Mornings team",
    "team": "",
    "leader": "",
}


def just_shown(actor):
    return replace(actor, stepped_up_at=NOW - timedelta(minutes=1))


def test_sam_sees_who_works_here_and_the_look_is_written(as_):
    page = as_("sam").get("/accounts/").content.decode()

    assert "Leah Whitcombe" in page
    assert "Social worker" in page
    assert Look.objects.filter(what="accounts").count() == 1


@pytest.mark.parametrize("who", ["leah", "joy", "ivo", "gwen", "anil"])
def test_nobody_else_sees_the_accounts(as_, who):
    assert as_(who).get("/accounts/").status_code == 403
    assert as_(who).get("/teams/").status_code == 403
    assert as_(who).get("/settings/").status_code == 403


def test_sam_sees_no_family(as_, cast):
    sam = cast.actor("sam")
    assert not sam.sees([f.pk for f in cast.solanki_files])
    assert as_("sam").get(f"/families/{cast.solanki_reid.ref}/decisions/").status_code == 404
    pages = ["/accounts/", f"/accounts/{cast.leah.ref}/", "/teams/", "/settings/", f"/accounts/{cast.leah.ref}/team/"]
    for page in pages:
        shown = as_("sam").get(page)
        assert shown.status_code == 200
        assert "Solanki" not in shown.content.decode()


def test_one_account_shows_work_reasons_and_history(as_, cast):
    as_("leah").get("/account/")
    page = as_("sam").get(f"/accounts/{cast.leah.ref}/").content.decode()
    assert "Because: for the scene" in page
    assert "Began as Social worker: for the scene" in page


def test_a_tried_door_is_in_the_history_of_the_account_it_was_for(as_, settings, cast):
    come_in(Client(enforce_csrf_checks=True), "leah", "wrong words altogether")
    page = as_("sam").get(f"/accounts/{cast.leah.ref}/").content.decode()
    assert "Somebody could not sign in" in page
    assert "Somebody could not sign in" not in as_("sam").get(f"/accounts/{cast.joy.ref}/").content.decode()


def test_mina_joins_and_only_mina_knows_her_password(door, cast, settings):
    settings.DEMO = True
    come_in(door, "sam")
    joined = send(door, "/accounts/new/", **JOINER, once="a")
    mina = Account.objects.get(username="mina.shah")
    assert joined["Location"] == f"/accounts/{mina.ref}/way-in/"
    again = door.get(joined["Location"])
    assert again["Location"].startswith("/account/again/")
    send(door, again["Location"], password=PASSWORD)
    page = send(door, f"/accounts/{mina.ref}/way-in/").content.decode()
    link = re.search(r"http://testserver(/sign-in/join/[^<]+)", page)[1]

    hers = Client(enforce_csrf_checks=True)
    assert hers.get(link)["Location"] == "/sign-in/join/"
    send(hers, "/sign-in/join/", password="four odd words here", again="four odd words here")
    assert come_in(hers, "mina.shah", "four odd words here")["Location"] == "/"
    assert Client().get(link, follow=True).status_code == 410


def test_a_way_in_is_only_given_just_after_showing_who_you_are(cast):
    with pytest.raises(Refused) as no:
        actions.give_link(account=cast.leah, by=cast.actor("sam"), at=NOW)
    assert no.value.refusal is SHOW_AGAIN
    assert actions.give_link(account=cast.leah, by=just_shown(cast.actor("sam")), at=NOW)


def test_nobody_changes_their_own_work(cast):
    with pytest.raises(Refused) as no:
        actions.add_work(
            account=cast.sam,
            work=Work.SOCIAL_WORKER,
            since=NOW.date(),
            until=None,
            why="x",
            by=cast.actor("sam"),
            at=NOW,
        )
    assert no.value.refusal.code == "account-own"


def test_looking_after_accounts_stands_alone(cast):
    for who, work in (("leah", Work.ADMINISTRATOR), ("anil", Work.ADMINISTRATOR)):
        with pytest.raises(Refused) as no:
            actions.add_work(
                account=cast.staff[who], work=work, since=NOW.date(), until=None, why="x", by=cast.actor("sam"), at=NOW
            )
        assert no.value.refusal.code == "account-work-stands-alone"


def test_work_is_given_from_a_day_to_the_end_of_a_day(cast):
    today = NOW.date()
    held = actions.add_work(
        account=cast.leah,
        work=Work.COORDINATOR,
        since=today + timedelta(days=1),
        until=today + timedelta(days=2),
        why="covering for Rosa",
        by=cast.actor("sam"),
        at=NOW,
    )
    assert Work.COORDINATOR not in cast.actor("leah").work
    assert Work.COORDINATOR in cast.actor("leah", NOW + timedelta(days=1)).work
    assert held.until == datetime(2025, 9, 12, 23, 0, tzinfo=UTC)


def test_ending_work_takes_effect_at_once(cast):
    held = RoleHeld.objects.get(account=cast.leah)
    actions.end_work(held=held, why="moved to another council", by=cast.actor("sam"), at=NOW)
    assert cast.actor("leah").work == frozenset()
    assert not cast.actor("leah").sees([f.pk for f in cast.solanki_files])


def test_a_leaver_is_signed_out_sees_nothing_and_their_leader_is_told(as_, cast, settings):
    settings.DEMO = True
    leah = as_("leah")
    assert leah.get("/account/").status_code == 200
    sam = Client(enforce_csrf_checks=True)
    come_in(sam, "sam")
    send(sam, f"/accounts/{cast.leah.ref}/leave/", why="a new job by the sea", once="b")

    assert leah.get("/account/").status_code == 302
    cast.leah.refresh_from_db()
    assert not cast.leah.is_active
    assert not cast.leah.roles.filter(until__gt=datetime.now(UTC)).exists()
    assert not cast.actor("leah", datetime.now(UTC)).sees([f.pk for f in cast.solanki_files])
    assert cast.joy.notices.get().words.startswith("Leah Whitcombe has left")
    assert Act.objects.filter(what="account.closed").exists()


def test_a_username_is_taken_in_any_case(as_, settings):
    settings.DEMO = True
    page = as_("sam").post("/accounts/new/", JOINER | {"username": "LEAH"}).content.decode()
    assert "Somebody has that username" in page
