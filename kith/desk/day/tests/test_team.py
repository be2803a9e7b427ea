"""The page of a team: everybody by name, what matters now in their families, and nobody ranked (issue 3 part 9)."""

import re
from datetime import timedelta

import pytest

from kith.access.audit.models import Look
from kith.council.teams.models import Leads
from kith.desk.day.queries import my_team
from kith.desk.day.tests.scene import another_family
from kith.framework.kinds import Level, Tie
from kith.people.involvement.models import Relation
from tests.cast import EARLIER, NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def team(as_, who="joy"):
    return as_(who).get("/team/")


def headings(page):
    return re.findall(r"<h2[^>]*><bdi>([^<]*)</bdi></h2>", page)


def test_joy_finds_everybody_she_leads_by_name_with_their_families(cast, as_):
    page = team(as_).content.decode()
    assert headings(page) == ["Leah Whitcombe", "Nadia Farouk"]
    assert page.count("Solanki-Reid</bdi>") == 2
    assert page.count("Nothing is written here yet.") == 2
    assert "Nowak-Campbell" not in page


def test_names_stand_in_order_however_many_families_each_holds(cast):
    for n in range(3):
        another_family(cast, f"Abel {n}", None)
    Relation.objects.filter(staff=cast.nadia).update(staff=cast.ruth)
    Leads.objects.create(leader=cast.joy, worker=cast.ruth, since=EARLIER)
    people = my_team(cast.actor("joy"), at=NOW)
    assert [(one.worker.name, len(one.lines)) for one in people] == [
        ("Leah Whitcombe", 4), ("Nadia Farouk", 0), ("Ruth Okafor", 1),
    ]  # fmt: skip


def test_no_total_stands_beside_a_name(cast, as_):
    another_family(cast, "Abel", NOW - timedelta(days=3))
    page = team(as_).content.decode()
    words = re.sub(r"<[^>]+>", " ", page[page.index("<h1>") :])
    assert not re.search(r"\b\d+ (families|children|promises|late|due)\b", words)


@pytest.mark.parametrize(("who", "status"), [("joy", 200), ("ruth", 200), ("leah", 403), ("sam", 403), ("gwen", 403)])
def test_the_page_is_for_whoever_leads(as_, who, status):
    assert team(as_, who).status_code == status


def test_a_leader_of_nobody_is_told_so(cast, as_):
    assert "You lead nobody just now." in team(as_, "ruth").content.decode()


def test_a_child_closed_to_the_leader_is_not_on_the_page(cast, as_):
    restrict(cast.file("maya"), Level.RESTRICTED)
    page = team(as_).content.decode()
    assert "Maya" not in page
    assert "Ellis" in page


def test_a_family_the_leader_is_barred_from_is_not_on_the_page(cast, as_):
    for name in ("ellis", "maya", "jude"):
        tie(cast.file(name), Tie.BARRED, cast.joy)
    page = team(as_).content.decode()
    assert "Solanki-Reid" not in page
    assert "holds no family that is shown to you" in page


def test_whom_ones_people_lead_in_turn_are_named_and_their_families_are_on_their_own_leaders_page(cast, as_):
    Leads.objects.create(leader=cast.ruth, worker=cast.joy, since=EARLIER)
    page = team(as_, "ruth").content.decode()
    assert headings(page) == ["Joy Achebe"]
    assert "Leah Whitcombe" in page
    assert "Solanki-Reid" not in page


def test_the_look_at_a_team_names_every_file_it_shows(cast, as_):
    team(as_)
    assert Look.objects.get(what="my team").showed.count() == 3


def test_a_worker_who_has_left_the_family_no_longer_has_it_here(cast):
    Relation.objects.filter(staff=cast.leah).update(until=NOW)
    (leah, nadia) = my_team(cast.actor("joy"), at=NOW)
    assert (leah.lines, len(nadia.lines)) == ([], 1)
