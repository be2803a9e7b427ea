"""Two records of one person: joined by two people, by a row that reads follow, and parted by two (issue part 5)."""

import pytest
from django.test import Client

from kith.access.roles import Work
from kith.framework.kinds import Tie
from kith.kit.refusal import Refused
from kith.people.persons import actions, policies, queries
from kith.people.persons.models import File, Membership, Merge, Name, Person
from tests.cast import EARLIER, NOW, Cast, belong, make_account, restrict, tie


@pytest.fixture
def twice(cast: Cast) -> Person:
    """Hansa, written down a second time. Joy leads; Olu leads beside her and is named on Ellis’s file."""
    leah = cast.actor("leah")
    again = actions.add_person(details=actions.Details(given="Hansa", family="Solankee"), by=leah, at=NOW)
    belong(cast.solanki_reid, again, "aunt")
    cast.staff["olu"] = make_account("olu", "Olu Bankole", Work.TEAM_LEADER)
    tie(cast.files["ellis"], Tie.NAMED, cast.olu)
    return again


def proposed(cast: Cast, twice: Person) -> Merge:
    return actions.propose_merge(kept=cast.hansa, folded_in=twice, why="One birthday", by=cast.actor("joy"), at=NOW)


def joined(cast: Cast, twice: Person) -> Merge:
    return actions.agree_merge(merge=proposed(cast, twice), by=cast.actor("olu"), at=NOW)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("joy", None),
        ("olu", None),
        ("leah", policies.MAY_NOT_MERGE),
        ("marcus", policies.NOT_BOTH_OPEN),
        ("ivo", policies.NOT_BOTH_OPEN),
        ("sam", policies.MAY_NOT_MERGE),
    ],
)
def test_who_may_propose(cast: Cast, twice, who, refusal):
    assert policies.propose_merge(actor=cast.actor(who), kept=cast.hansa, folded_in=twice, at=NOW) is refusal


def test_a_record_is_not_joined_to_itself(cast: Cast, twice):
    joy = cast.actor("joy")
    assert policies.propose_merge(actor=joy, kept=twice, folded_in=twice, at=NOW) is policies.SAME_RECORD


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("olu", None),
        ("joy", policies.MERGE_NEEDS_ANOTHER),
        ("leah", policies.MAY_NOT_MERGE),
        ("ruth", policies.NOT_BOTH_OPEN),
    ],
)
def test_a_second_person_agrees(cast: Cast, twice, who, refusal):
    assert policies.agree_merge(actor=cast.actor(who), merge=proposed(cast, twice), at=NOW) is refusal


def test_until_then_nothing_changes(cast: Cast, twice):
    proposed(cast, twice)
    assert queries.current_person(twice) == twice


def rows() -> list[tuple[str, int]]:
    return [(m.__name__, pk) for m in (Person, Name, Membership, File) for pk in m.objects.values_list("pk", flat=True)]


def test_reads_follow_the_row_and_nothing_is_moved(cast: Cast, twice):
    before = rows()
    joined(cast, twice)
    assert queries.current_person(twice) == cast.hansa
    assert queries.folded_into(cast.hansa) == [twice]
    assert queries.open_person(cast.actor("leah"), twice.ref, at=NOW)[0] == cast.hansa
    assert rows() == before
    assert Name.objects.get(family="Solankee").person == twice


def test_a_record_is_joined_once_and_never_in_a_circle(cast: Cast, twice):
    joined(cast, twice)
    joy = cast.actor("joy")
    for kept, folded in ((cast.mo, twice), (twice, cast.hansa)):
        refused = policies.propose_merge(actor=joy, kept=kept, folded_in=folded, at=NOW)
        assert refused is policies.MERGED_ALREADY


@pytest.mark.parametrize(
    ("who", "refusal"), [("olu", None), ("joy", policies.MERGE_NEEDS_ANOTHER), ("leah", policies.MAY_NOT_MERGE)]
)
def test_two_people_part_them_again(cast: Cast, twice, who, refusal):
    merge = actions.ask_undo(merge=joined(cast, twice), why="Two sisters", by=cast.actor("joy"), at=NOW)
    assert queries.current_person(twice) == cast.hansa
    assert policies.agree_undo(actor=cast.actor(who), merge=merge, at=NOW) is refusal


def test_parted_they_stand_as_they_were_and_may_be_joined_again(cast: Cast, twice):
    merge = actions.ask_undo(merge=joined(cast, twice), why="Two sisters", by=cast.actor("joy"), at=NOW)
    actions.agree_undo(merge=merge, by=cast.actor("olu"), at=NOW)
    assert queries.current_person(twice) == twice
    assert queries.folded_into(cast.hansa) == []
    assert joined(cast, twice).agreed_at


@pytest.mark.parametrize(("verb", "refusal"), [("ask_undo", policies.NOT_MERGED), ("agree_undo", policies.NOT_MERGED)])
def test_what_is_not_joined_is_not_parted(cast: Cast, twice, verb, refusal):
    merge = proposed(cast, twice)
    assert getattr(policies, verb)(actor=cast.actor("olu"), merge=merge, at=NOW) is refusal


def test_parting_is_asked_before_it_is_agreed(cast: Cast, twice):
    merge = joined(cast, twice)
    assert policies.agree_undo(actor=cast.actor("joy"), merge=merge, at=NOW) is policies.UNDO_NOT_ASKED
    with pytest.raises(Refused):
        actions.agree_undo(merge=merge, by=cast.actor("joy"), at=NOW)


def test_a_merge_with_a_closed_record_leads_nobody_to_it(cast: Cast):
    """Joining opens neither record wider: who sees one sees one."""
    Merge.objects.create(
        kept=cast.zosia, folded_in=cast.maya, why="x", proposed_by=cast.joy, proposed_at=EARLIER,
        agreed_by=cast.ruth, agreed_at=EARLIER,
    )  # fmt: skip
    assert queries.open_person(cast.actor("leah"), cast.maya.ref, at=NOW)[0] == cast.maya
    restrict(cast.file("maya"))
    assert queries.open_person(cast.actor("rosa"), cast.zosia.ref, at=NOW)[0] == cast.zosia


def test_joy_proposes_and_olu_agrees_on_the_pages(cast: Cast, twice, client: Client):
    client.force_login(cast.joy)
    address = f"/people/{cast.hansa.ref}/same-person/"
    lost = client.post(address, {"other": "somewhere", "why": "One birthday"}).content.decode()
    assert "Copy the whole address" in lost
    hidden = client.post(address, {"other": f"https://kith/people/{cast.aga.ref}/", "why": "x"}).content.decode()
    assert "We could not find that record" in hidden
    page = client.post(address, {"other": f"https://kith/people/{twice.ref}/", "why": "One birthday"})["Location"]
    assert "A second person must agree" in client.get(page).content.decode()
    client.force_login(cast.olu)
    assert "Hansa" in client.get("/merges/").content.decode()
    client.post(f"{page}agree/")
    assert client.get(f"/people/{twice.ref}/")["Location"] == f"/people/{cast.hansa.ref}/"
    assert "Solankee" in client.get(f"/people/{cast.hansa.ref}/").content.decode()
    client.post(f"{page}part/", {"why": "Two sisters"})
    client.force_login(cast.joy)
    client.post(f"{page}agree-part/")
    assert client.get(f"/people/{twice.ref}/").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("joy", 200), ("ivo", 200), ("leah", 403), ("sam", 403)])
def test_who_may_see_what_waits(cast: Cast, client: Client, who, status):
    client.force_login(cast.staff[who])
    assert client.get("/merges/").status_code == status


def test_a_merge_is_not_found_by_those_who_do_not_see_both(cast: Cast, twice, client: Client):
    merge = proposed(cast, twice)
    client.force_login(cast.marcus)
    assert client.get(f"/merges/{merge.ref}/").status_code == 404
