"""Who is cleared for sealed files, given by whom, until when (trust C, ASVS 2.3.5): never by oneself, and told of."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from kith.access.accounts.models import Clearance
from kith.access.audit.models import Act
from kith.access.notices.models import Notice
from kith.access.roles import Work
from kith.access.step_up import SHOW_AGAIN
from kith.framework.kinds import Level, Tie
from kith.people.restriction import actions, policies
from kith.people.restriction.tests.test_glass import step_up
from tests.cast import NOW, Cast, make_account, restrict, tie

UNTIL = (NOW + timedelta(days=30)).date()


def giver(cast: Cast, name: str, at=NOW):
    return replace(cast.actor(name, at), stepped_up_at=at - timedelta(minutes=1))


def give(cast: Cast, to: str = "leah", by: str = "ruth", until=UNTIL, at=NOW) -> Clearance:
    why = "Works with the adoption team"
    return actions.give_clearance(account=cast.staff[to], why=why, until=until, by=giver(cast, by, at), at=at)


@pytest.mark.parametrize(
    ("by", "to", "refusal"),
    [
        ("ruth", "leah", None),
        ("ivo", "leah", None),
        ("joy", "leah", policies.NOT_YOURS_TO_CLEAR),
        ("sam", "leah", policies.NOT_YOURS_TO_CLEAR),
        ("ruth", "ruth", policies.CLEARS_THEMSELVES),
        ("ruth", "sam", policies.NOT_FOR_THEIR_WORK),
        ("ruth", "anil", policies.NOT_FOR_THEIR_WORK),
        ("ruth", "farrah", policies.NOT_FOR_THEIR_WORK),
    ],
)
def test_who_may_clear_whom(cast: Cast, by, to, refusal):
    assert policies.give_clearance(actor=giver(cast, by), account=cast.staff[to], at=NOW) is refusal


def test_clearing_wants_a_fresh_step_up(cast: Cast):
    assert policies.give_clearance(actor=cast.actor("ruth"), account=cast.leah, at=NOW) is SHOW_AGAIN


def test_clearance_alone_opens_no_sealed_file(cast: Cast):
    file = restrict(cast.file("zosia"), Level.SEALED)
    give(cast)
    assert not cast.actor("leah").sees([file.pk])
    tie(file, Tie.NAMED, cast.leah)
    assert cast.actor("leah").sees([file.pk])


def test_a_clearance_ends_by_itself_with_its_last_day(cast: Cast):
    give(cast)
    assert cast.actor("leah", timezone.datetime(2025, 10, 10, 22, 59, tzinfo=NOW.tzinfo)).cleared
    assert not cast.actor("leah", timezone.datetime(2025, 10, 10, 23, 0, tzinfo=NOW.tzinfo)).cleared


def test_everybody_else_who_may_clear_is_told(cast: Cast):
    director = make_account("dee", "Dee Okoye", Work.DIRECTOR)
    give(cast)
    told = Notice.objects.filter(kind="clearance")
    assert {n.account for n in told} == {cast.ivo, director}
    assert {n.words for n in told} == {
        "Ruth Okafor cleared Leah Whitcombe for sealed files until Friday 10 October 2025."
    }


def test_ending_a_clearance_shuts_every_sealed_file_at_once(cast: Cast):
    file = restrict(cast.file("ellis"), Level.SEALED)
    tie(file, Tie.NAMED, cast.leah)
    give(cast, at=NOW - timedelta(days=1))
    actions.end_clearance(account=cast.leah, by=cast.actor("ivo"), at=NOW)
    assert not cast.actor("leah").sees([file.pk])
    assert policies.end_clearance(actor=cast.actor("ivo"), account=cast.leah, at=NOW) is policies.NOT_CLEARED


@pytest.mark.parametrize(("who", "status"), [("ruth", 200), ("ivo", 200), ("joy", 403), ("sam", 403), ("leah", 403)])
def test_who_sees_the_page_of_clearances(as_, who, status):
    assert as_(who).get("/clearances/").status_code == status


def test_ruth_clears_leah_and_ends_it_on_the_pages(as_, cast: Cast):
    ruth = as_("ruth")
    assert ruth.get("/clearances/new/")["Location"].startswith("/account/again/")
    step_up(ruth)
    last = timezone.localdate() + timedelta(days=10)
    answers = {"account": cast.leah.ref, "until": last.isoformat(), "why": "Adoption work"}
    assert "within a year" in ruth.post("/clearances/new/", answers | {"until": "2199-01-01"}).content.decode()
    assert ruth.post("/clearances/new/", answers)["Location"] == "/clearances/"
    page = ruth.get("/clearances/").content.decode()
    assert "Leah Whitcombe" in page
    assert "Adoption work" in page
    assert ruth.post(f"/clearances/{cast.leah.ref}/end/")["Location"] == "/clearances/"
    assert not cast.leah.clearances.filter(until__gt=timezone.now()).exists()
    assert {"clearance.given", "clearance.ended"} <= set(Act.objects.values_list("what", flat=True))


def test_clearing_twice_is_said_beside_the_question(as_, cast: Cast):
    give(cast, at=timezone.now(), until=timezone.localdate() + timedelta(days=3))
    ruth = as_("ruth")
    step_up(ruth)
    answers = {"account": cast.leah.ref, "until": timezone.localdate().isoformat(), "why": "Again"}
    assert "They are cleared already" in ruth.post("/clearances/new/", answers).content.decode()
    assert Clearance.objects.filter(account=cast.leah).count() == 1
