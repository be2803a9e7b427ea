"""Trust B 24: what is taken from somebody is gone at their next request, on pages, drafts, papers, files and sessions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.access.accounts import actions as accounts
from kith.access.accounts.models import Clearance
from kith.access.audit.models import Act
from kith.council.teams import actions as teams
from kith.council.teams.models import TeamMember
from kith.framework.kinds import Level, Tie
from kith.people.drafts.models import Draft
from kith.people.entries.models import Entry
from kith.people.involvement import actions as involvement
from kith.people.involvement.models import Relation
from kith.people.leavers import actions as leavers
from tests.cast import EARLIER, Cast, restrict, tie
from tests.house.scene import House, at_desk

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

OPEN_PAGES = {
    "family": "family",
    "person": "child",
    "timeline": "family",
    "note": "note",
    "workers": "file",
    "plan": "plan",
    "paper": "paper",
    "paper-file": "paper",
    "entry-file": "stored",
    "draft-both": "my-draft",
    "note-new": "family",
}
"""What Leah had open: pages, a paper already drawn, a picture, her own unfinished words, a form."""


def statuses(house: House, browser) -> dict[str, int]:
    return {n: browser.get(reverse(n, kwargs=house.address(takes))).status_code for n, takes in OPEN_PAGES.items()}


def de_allocate(cast: Cast) -> None:
    for tied in Relation.objects.filter(staff=cast.leah, kind=Tie.ALLOCATED):
        involvement.end_tie(tie=tied, why="moved on", by=now(cast, "joy"), at=timezone.now())


def hand_over(cast: Cast) -> None:
    for file in cast.solanki_files:
        named = {"file": file, "staff": cast.rosa, "why": "Rosa knows Mum"}
        involvement.allocate(**named, by=now(cast, "joy"), at=timezone.now())


def bar(cast: Cast) -> None:
    for file in cast.solanki_files:
        involvement.bar(file=file, staff=cast.leah, why="His aunt", by=now(cast, "joy"), at=timezone.now())


def end_role(cast: Cast) -> None:
    for held in cast.leah.roles.all():
        accounts.end_work(held=held, why="moved to finance", by=now(cast, "sam"), at=timezone.now())


def restrict_all(cast: Cast) -> None:
    for file in cast.solanki_files:
        restrict(file)


def now(cast: Cast, who: str):
    return cast.actor(who, timezone.now())


@pytest.mark.parametrize("take_away", [de_allocate, hand_over, bar, end_role, restrict_all], ids=lambda f: f.__name__)
def test_what_was_open_is_not_found_at_the_next_request(house: House, take_away: Callable[[Cast], None]):
    leah = at_desk(house.cast.leah)
    TeamMember.objects.filter(account=house.cast.leah).update(until=EARLIER + timedelta(days=1))
    assert set(statuses(house, leah).values()) == {200}
    take_away(house.cast)
    assert set(statuses(house, leah).values()) == {404}


@pytest.mark.parametrize("take_away", [de_allocate, bar, end_role], ids=lambda f: f.__name__)
def test_a_form_opened_before_writes_nothing_after(house: House, take_away: Callable[[Cast], None]):
    leah = at_desk(house.cast.leah)
    TeamMember.objects.filter(account=house.cast.leah).update(until=EARLIER + timedelta(days=1))
    take_away(house.cast)
    before = (Entry.objects.count(), Draft.objects.count(), Act.objects.count())
    for name in ("note-new", "decision-new", "plan-new", "statement-new"):
        address = reverse(name, kwargs=house.address("family"))
        assert leah.post(address, {"what": "Craig rang", "once": "a key"}).status_code == 404, name
    kept = leah.post(
        reverse("draft-keep", kwargs={"form": "note"}), {"what": "More", "place": house.address("family")["ref"]}
    )
    assert kept.status_code != 200
    assert (Entry.objects.count(), Draft.objects.count(), Act.objects.count()) == before


def test_unfinished_words_leave_the_list_with_the_file(house: House):
    leah = at_desk(house.cast.leah)
    TeamMember.objects.filter(account=house.cast.leah).update(until=EARLIER + timedelta(days=1))
    assert "A note" in leah.get("/drafts/").content.decode()
    de_allocate(house.cast)
    assert "A note" not in leah.get("/drafts/").content.decode()


def test_a_disabled_account_is_at_the_door_on_every_open_session(house: House):
    sessions = [at_desk(house.cast.leah) for _ in range(2)]
    for leah in sessions:
        assert leah.get("/").status_code == 200
    leavers.say_goodbye(account=house.cast.leah, why="gone", by=now(house.cast, "sam"), at=timezone.now())
    for leah in sessions:
        answer = leah.get(reverse("paper-file", kwargs=house.address("paper")))
        assert (answer.status_code, answer.url.startswith("/sign-in/")) == (302, True)


def test_who_was_in_the_team_loses_what_the_team_holds(house: House):
    cast = house.cast
    Relation.objects.filter(staff=cast.nadia).delete()
    nadia = at_desk(cast.nadia)
    family = reverse("family", kwargs=house.address("family"))
    assert nadia.get(family).status_code == 200
    teams.leave_team(team=cast.teams["Mornings team"], account=cast.nadia, by=now(cast, "sam"), at=timezone.now())
    assert nadia.get(family).status_code == 404


def test_who_led_a_worker_loses_their_families(house: House):
    cast = house.cast
    joy = at_desk(cast.joy)
    family = reverse("family", kwargs=house.address("family"))
    assert joy.get(family).status_code == 200
    for worker in (cast.leah, cast.nadia):
        teams.set_leader(worker=worker, leader=cast.marcus, by=now(cast, "sam"), at=timezone.now())
    assert joy.get(family).status_code == 404


def test_an_ended_clearance_shuts_the_sealed_file(house: House):
    cast = house.cast
    for file in cast.solanki_files:
        restrict(file, Level.SEALED)
        tie(file, Tie.NAMED, cast.leah)
    Clearance.objects.create(account=cast.leah, since=EARLIER, why="Adoption", given_by=cast.ruth)
    leah = at_desk(cast.leah)
    family = reverse("family", kwargs=house.address("family"))
    assert leah.get(family).status_code == 200
    Clearance.objects.update(until=timezone.now())
    assert leah.get(family).status_code == 404
    assert leah.get(reverse("paper-file", kwargs=house.address("paper"))).status_code == 404


def test_a_glass_whose_hour_is_over_is_shut_without_anybody_doing_anything(house: House):
    cast = house.cast
    began = timezone.now() - timedelta(minutes=30)
    for file in cast.solanki_files:
        tie(file, Tie.GLASS, cast.rosa, since=began, until=began + timedelta(hours=1))
    rosa = at_desk(cast.rosa)
    family = reverse("family", kwargs=house.address("family"))
    assert rosa.get(family).status_code == 200
    Relation.objects.filter(kind=Tie.GLASS, staff=cast.rosa).update(until=timezone.now())
    assert rosa.get(family).status_code == 404
