"""Teams and who leads whom: who may say so, and that it takes effect at once."""

from datetime import timedelta

import pytest

from kith.access.audit.models import Look
from kith.access.roles import Work
from kith.council.teams import actions
from kith.council.teams.models import Agency, Team
from kith.council.teams.queries import leader_of, members, place_of, teams_of
from kith.framework.kinds import Tie
from kith.kit.refusal import Refused
from tests.cast import NOW, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def code_of(do, **named):
    with pytest.raises(Refused) as no:
        do(**named)
    return no.value.refusal.code


def test_joining_a_team_opens_what_it_holds_and_leaving_shuts_it(cast):
    oak, kacper, nadia = cast.teams["Oak team"], cast.file("kacper"), cast.nadia
    tie(kacper, Tie.TEAM, team=oak)
    sam = cast.actor("sam")
    assert not cast.actor("nadia").sees([kacper.pk])

    actions.join_team(team=oak, account=nadia, by=sam, at=NOW)
    later = NOW + timedelta(hours=1)
    assert cast.actor("nadia", later).sees([kacper.pk])

    actions.leave_team(team=oak, account=nadia, by=sam, at=later)
    assert not cast.actor("nadia", later).sees([kacper.pk])


def test_joining_twice_is_being_in_it_once(cast):
    oak, sam = cast.teams["Oak team"], cast.actor("sam")
    for _ in range(2):
        actions.join_team(team=oak, account=cast.leah, by=sam, at=NOW)
    assert members(oak, at=NOW).count(cast.leah) == 1


def test_a_new_leader_takes_the_place_of_the_old(cast):
    actions.set_leader(worker=cast.leah, leader=cast.marcus, by=cast.actor("sam"), at=NOW)
    assert leader_of(cast.leah, at=NOW) == cast.marcus
    assert cast.leah.pk not in place_of(cast.joy.pk, at=NOW)[1]


def test_nobody_leads_in_a_circle(cast):
    sam = cast.actor("sam")
    named = {"by": sam, "at": NOW}
    assert code_of(actions.set_leader, worker=cast.joy, leader=cast.leah, **named) == "leads-in-a-circle"
    assert code_of(actions.set_leader, worker=cast.joy, leader=cast.joy, **named) == "leads-in-a-circle"


def test_nobody_puts_themselves_in_a_team_or_over_somebody(cast):
    sam = cast.actor("sam")
    oak = cast.teams["Oak team"]
    assert code_of(actions.join_team, team=oak, account=cast.sam, by=sam, at=NOW) == "team-own"
    assert code_of(actions.set_leader, worker=cast.leah, leader=cast.sam, by=sam, at=NOW) == "team-own"


@pytest.mark.parametrize("who", ["leah", "joy", "gwen"])
def test_a_team_is_not_for_a_worker_or_leader_to_change(cast, who):
    named = {"team": cast.teams["Oak team"], "account": cast.nadia, "by": cast.actor(who), "at": NOW}
    assert code_of(actions.join_team, **named) == "team-not-your-work"


def test_a_team_with_people_is_not_closed(cast):
    oak, sam = cast.teams["Oak team"], cast.actor("sam")
    assert code_of(actions.close_team, team=oak, by=sam, at=NOW) == "team-not-empty"
    actions.leave_team(team=oak, account=cast.rosa, by=sam, at=NOW)
    actions.close_team(team=oak, by=sam, at=NOW)
    assert code_of(actions.join_team, team=oak, account=cast.rosa, by=sam, at=NOW) == "team-closed"


def test_a_leaver_leads_nobody_and_is_in_no_team(cast):
    actions.say_goodbye(account=cast.joy, why="retiring", by=cast.actor("sam"), at=NOW)
    assert teams_of(cast.joy.pk, at=NOW) == frozenset()
    assert place_of(cast.joy.pk, at=NOW)[1] == frozenset()
    assert leader_of(cast.leah, at=NOW) is None


def test_sam_cannot_close_his_own_account(cast):
    named = {"account": cast.sam, "why": "by mistake", "by": cast.actor("sam"), "at": NOW}
    assert code_of(actions.say_goodbye, **named) == "account-own"


def test_the_pages_of_teams(as_, cast):
    sam = as_("sam")
    assert "Mornings team" in sam.get("/teams/").content.decode()
    mornings = cast.teams["Mornings team"]
    assert "Nadia Farouk" in sam.get(f"/teams/{mornings.ref}/").content.decode()
    assert "Led by <bdi>Joy Achebe</bdi>" in sam.get(f"/accounts/{cast.leah.ref}/team/").content.decode()
    assert Look.objects.filter(what__in=["teams", "team", "account"]).count() == 3


def test_sam_begins_a_team_and_puts_helen_in_it(as_, cast):
    sam, council = as_("sam"), Agency.objects.get()
    made = sam.post("/teams/new/", {"name": "Harbour team", "agency": str(council.ref)})
    harbour = Team.objects.get(name="Harbour team")
    assert made["Location"] == f"/teams/{harbour.ref}/"
    sam.post(f"/teams/{harbour.ref}/", {"account": str(cast.helen.ref)})
    assert "Helen Sadiq" in sam.get("/teams/").content.decode()
    sam.post(f"/teams/{harbour.ref}/people/{cast.helen.ref}/leave/")
    assert "Nobody is in this team yet" in sam.get(f"/teams/{harbour.ref}/").content.decode()
    taken = sam.post("/teams/new/", {"name": "harbour TEAM", "agency": str(council.ref)})
    assert "There is a team with that name" in taken.content.decode()
    assert sam.post(f"/teams/{harbour.ref}/close/")["Location"] == "/teams/"
    assert sam.get(f"/teams/{harbour.ref}/").status_code == 404


def test_somebody_joins_with_a_team_and_a_leader(as_, cast):
    mornings = cast.teams["Mornings team"]
    joined = as_("sam").post(
        "/accounts/new/",
        {
            "username": "mina.shah",
            "name": "Mina Shah",
            "works": ["social-worker"],
            "why": "new",
            "team": str(mornings.ref),
            "leader": str(cast.joy.ref),
        },
    )
    assert joined.status_code == 302
    mina = next(m for m in mornings.members.all() if m.account.name == "Mina Shah").account
    assert not mina.has_usable_password()
    assert mina.roles.get().work == Work.SOCIAL_WORKER
    assert leader_of(mina, at=mina.joined_at + timedelta(seconds=5)) == cast.joy


def test_a_slip_in_the_joiners_form_is_said_in_words(as_):
    page = as_("sam").post("/accounts/new/", {"username": "mina shah!"}).content.decode()
    for sentence in ("Enter their name", "Choose at least one kind of work", "Use letters, numbers", "Say why"):
        assert sentence in page
