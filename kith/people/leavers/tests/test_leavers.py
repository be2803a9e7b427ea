"""PV-5 and trust B 24: whoever leaves holds nothing from that moment, and no child they leave is nobody's."""

import pytest
from django.utils import timezone

from kith.access.accounts.models import Clearance
from kith.access.audit.models import Act
from kith.access.notices.models import Notice
from kith.framework.kinds import Level, Tie
from kith.people.involvement.actions import allocate
from kith.people.involvement.models import STANDS_IN, Relation
from kith.people.leavers import actions, queries
from kith.people.persons.models import LevelSet
from tests.cast import EARLIER, NOW, Cast, restrict, tie


def leaves(cast: Cast, who: str, at=NOW) -> None:
    actions.say_goodbye(account=cast.staff[who], why="a new job", by=cast.actor("sam", at), at=at)


def waiting(cast: Cast, who: str, at=NOW) -> list[str]:
    return [one.file.person.known_as for one in queries.without_worker(cast.actor(who, at), at=at)]


def test_every_tie_work_team_and_clearance_of_a_leaver_ends(cast: Cast):
    tie(cast.file("zosia"), Tie.NAMED, cast.leah)
    Clearance.objects.create(account=cast.leah, since=EARLIER, why="Adoption", given_by=cast.ruth)
    leaves(cast, "leah")
    assert not Relation.objects.filter(staff=cast.leah, until__gt=NOW).exists()
    assert not cast.leah.roles.filter(until__gt=NOW).exists()
    assert not cast.leah.teams.filter(until__gt=NOW).exists()
    assert not cast.leah.clearances.filter(until__gt=NOW).exists()
    assert not cast.actor("leah").sees([f.pk for f in cast.files.values()])


def test_a_tie_that_had_yet_to_begin_never_does(cast: Cast):
    later = NOW.replace(day=20)
    tie(cast.file("zosia"), Tie.COWORKER, cast.leah, since=later)
    leaves(cast, "leah")
    assert not Relation.objects.filter(staff=cast.leah, until__gt=later).exists()


def test_a_bar_outlives_the_job(cast: Cast):
    tie(cast.file("zosia"), Tie.BARRED, cast.leah)
    leaves(cast, "leah")
    assert Relation.objects.get(staff=cast.leah, kind=Tie.BARRED).until > NOW


def test_a_leavers_children_are_their_leaders_until_somebody_is_allocated(cast: Cast):
    leaves(cast, "leah")
    assert waiting(cast, "joy") == ["Ellis", "Maya", "Jude"]
    assert cast.actor("joy").sees_all([f.pk for f in cast.solanki_files])
    told = Notice.objects.get(account=cast.joy)
    assert told.words == "Leah Whitcombe has left, and 3 children they worked with now wait for you to say who will."
    allocate(file=cast.file("ellis"), staff=cast.rosa, why="She knows Mum", by=cast.actor("joy"), at=NOW)
    assert waiting(cast, "joy") == ["Maya", "Jude"]
    stands_in = Relation.objects.get(file=cast.file("ellis"), why=STANDS_IN)
    assert timezone.localdate(stands_in.until) == timezone.localdate(NOW) + timezone.timedelta(days=1)


def test_a_leader_who_is_barred_does_not_stand_in(cast: Cast):
    tie(cast.file("maya"), Tie.BARRED, cast.joy)
    leaves(cast, "leah")
    assert waiting(cast, "joy") == ["Ellis", "Jude"]
    assert waiting(cast, "marcus") == ["Maya"]


def test_when_nobody_can_stand_in_governance_hears(cast: Cast):
    for leader in ("joy", "marcus", "ruth"):
        tie(cast.file("maya"), Tie.BARRED, cast.staff[leader])
    leaves(cast, "leah")
    assert "nobody could be found to stand in" in Notice.objects.get(account=cast.ivo).words


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.SEALED])
def test_a_closed_file_goes_to_nobody_new_and_those_named_are_told(cast: Cast, level):
    file = restrict(cast.file("ellis"), level)
    for who in ("leah", "nadia"):
        tie(file, Tie.NAMED, cast.staff[who])
    leaves(cast, "leah")
    assert not Relation.objects.filter(file=file, why=STANDS_IN).exists()
    assert not cast.actor("joy").sees([file.pk])
    assert Notice.objects.get(account=cast.nadia, kind="leaver-closed").link == f"/files/{file.ref}/workers/"


def test_a_closed_file_that_names_nobody_else_is_told_to_governance_without_saying_whose(cast: Cast):
    file = restrict(cast.file("ellis"))
    tie(file, Tie.NAMED, cast.leah)
    leaves(cast, "leah")
    told = Notice.objects.get(account=cast.ivo, kind="leaver-closed")
    assert told.link == ""
    assert "Ellis" not in told.words


def test_a_custodian_who_leaves_is_missed(cast: Cast):
    file = restrict(cast.file("zosia"))
    LevelSet.objects.create(file=file, level=1, why="x", custodian=cast.joy, set_by=cast.joy, set_at=EARLIER)
    tie(file, Tie.NAMED, cast.rosa)
    leaves(cast, "joy")
    assert Notice.objects.get(account=cast.rosa).kind == "leaver-closed"


@pytest.mark.usefixtures("_demo")
def test_the_act_names_the_files_on_the_ledger_and_the_page_does_not(as_, cast: Cast):
    address = f"/accounts/{cast.leah.ref}/leave/"
    page = as_("sam").post(address, {"why": "a new job"}, follow=True).content.decode()
    assert str(cast.file("ellis").ref) in Act.objects.get(what="leaver.files").body
    assert not any(name in page for name in ("Ellis", "Maya", "Solanki"))


@pytest.mark.parametrize(("who", "status"), [("joy", 200), ("ruth", 200), ("leah", 403), ("ivo", 403), ("sam", 403)])
def test_who_sees_the_children_without_a_worker(as_, who, status):
    assert as_(who).get("/without-a-worker/").status_code == status


def test_joy_reads_who_waits_and_rosas_children_are_not_hers_to_see(as_, cast: Cast):
    now = timezone.now()
    leaves(cast, "leah", now)
    leaves(cast, "rosa", now)
    page = as_("joy").get("/without-a-worker/").content.decode()
    assert "Say who will work with <bdi>Ellis</bdi>" in page
    assert "Leah Whitcombe" in page
    assert "Zosia" not in page
    assert "Zosia" in as_("marcus").get("/without-a-worker/").content.decode()


def test_a_child_with_a_worker_waits_for_nobody(as_, cast: Cast):
    assert "Every child you answer for has a worker" in as_("joy").get("/without-a-worker/").content.decode()
