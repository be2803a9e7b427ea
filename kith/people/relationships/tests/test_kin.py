"""Who people are to each other, parental responsibility for each child, and who lives with whom (domain 1.11)."""

from datetime import date

import pytest
from django.test import Client

from kith.kit.refusal import Refused
from kith.people.persons.models import Membership
from kith.people.relationships import actions, policies, queries
from kith.people.relationships.models import Household, ParentalResponsibility, Relationship
from tests.cast import EARLIER, NOW, Cast, restrict


@pytest.mark.parametrize(
    ("who", "one", "other", "refusal"),
    [
        ("leah", "ellis", "mo", None),
        ("leah", "kavi", "craig", None),
        ("peter", "ellis", "mo", None),
        ("amrit", "ellis", "mo", policies.NOT_IN_LINE),
        ("gwen", "ellis", "mo", policies.NOT_YOUR_WORK),
        ("leah", "ellis", "aga", policies.NOT_THERE),
        ("leah", "ellis", "ellis", policies.NOT_THERE),
    ],
)
def test_who_says_how_two_people_are_related(cast: Cast, who, one, other, refusal):
    asked = policies.add_relationship(
        actor=cast.actor(who), one=cast.people[one], other=cast.people[other], kind="grandparent", at=NOW
    )
    assert asked is refusal


def nana(cast: Cast) -> Relationship:
    return actions.add_relationship(
        one=cast.ellis, other=cast.mo, kind="grandparent", child_calls_them="Nana Mo", quality="close",
        by=cast.actor("leah"), at=NOW,
    )  # fmt: skip


def test_it_is_written_once_and_ended_by_a_date(cast: Cast):
    tie = nana(cast)
    with pytest.raises(Refused) as refused:
        nana(cast)
    assert refused.value.refusal is policies.WRITTEN_ALREADY
    actions.end_relationship(relationship=tie, by=cast.actor("leah"), at=NOW)
    assert queries.kin_of([cast.ellis], [cast.mo.pk], at=NOW) == []
    assert nana(cast).pk != tie.pk


@pytest.mark.parametrize(
    ("who", "child", "refusal"),
    [
        ("leah", "maya", None),
        ("peter", "maya", None),
        ("amrit", "maya", policies.NOT_IN_LINE),
        ("rosa", "maya", policies.NOT_IN_LINE),
        ("sam", "maya", policies.NOT_YOUR_WORK),
        ("leah", "zosia", policies.NOT_IN_LINE),
    ],
)
def test_who_says_who_has_parental_responsibility(cast: Cast, who, child, refusal):
    asked = policies.say_responsibility(actor=cast.actor(who), child=cast.people[child], adult=cast.craig, at=NOW)
    assert asked is refusal


def test_it_is_a_dated_fact_for_each_child_and_the_newest_stands(cast: Cast):
    for holds, source in (
        ("unclear", "Craig says he is on the certificate"),
        ("yes", "On the certificate, which I saw"),
    ):
        actions.say_responsibility(
            child=cast.maya, adult=cast.craig, holds=holds, source=source, by=cast.actor("leah"), at=NOW
        )
    standing = queries.responsibility([cast.maya], [cast.craig.pk], at=NOW)
    assert [row.holds for row in standing] == ["yes"]
    assert ParentalResponsibility.objects.count() == 2
    assert queries.responsibility([cast.ellis], [cast.craig.pk], at=NOW) == []


def test_people_move_in_and_out_and_a_child_may_have_two_homes(cast: Cast):
    leah = cast.actor("leah")
    mums = actions.begin_household(person=cast.kavi, name="Mum’s", by=leah, at=NOW)
    actions.move_in(person=cast.ellis, household=mums, by=leah, at=NOW)
    actions.move_in(person=cast.ellis, household=mums, by=leah, at=NOW)
    actions.begin_household(person=cast.ellis, name="Nana’s", by=leah, at=NOW)
    found = queries.homes([cast.ellis], [cast.kavi.pk], at=NOW)
    assert {h.name: len(stays) for h, stays in found.items()} == {"Mum’s": 2, "Nana’s": 1}
    later = NOW.replace(hour=12)
    actions.move_out(person=cast.ellis, household=mums, by=leah, at=later)
    assert [h.name for h in queries.homes([cast.ellis], [], at=later)] == ["Nana’s"]


def test_a_household_of_people_i_do_not_see_is_not_found(cast: Cast):
    home = actions.begin_household(person=cast.aga, name="Aga’s", by=cast.actor("rosa"), at=NOW)
    leah = cast.actor("leah")
    assert queries.open_household(leah, home.ref, at=NOW) is None
    assert policies.move_in(actor=leah, person=cast.ellis, household=home, at=NOW) is policies.NOT_THERE


def test_nobody_outside_those_i_may_show_is_named(cast: Cast):
    Membership.objects.create(family=cast.families["nowak-campbell"], person=cast.hansa, role="friend", since=EARLIER)
    rosa = cast.actor("rosa")
    actions.add_relationship(one=cast.zosia, other=cast.hansa, kind="friend", by=rosa, at=NOW)
    home = actions.begin_household(person=cast.zosia, name="Zosia’s", by=rosa, at=NOW)
    actions.move_in(person=cast.hansa, household=home, by=rosa, at=NOW)
    mine = [p.pk for p in (cast.ellis, cast.kavi)]
    assert queries.kin_of([cast.hansa], mine, at=NOW) == []
    assert [s.person for s in queries.homes([cast.hansa], mine, at=NOW)[home]] == [cast.hansa]


def test_leah_writes_it_all_on_the_pages(cast: Cast, client: Client):
    client.force_login(cast.leah)
    base = f"/people/{cast.maya.ref}"
    asks = client.get(f"{base}/").content.decode()
    assert "Nobody has said yet who has parental responsibility for Maya. Ask Kavi, and say how you know." in asks
    client.post(f"{base}/kin/new/", {"other": cast.mo.ref, "kind": "grandparent", "child_calls_them": "Nana Mo"})
    client.post(
        f"{base}/parental-responsibility/new/",
        {"adult": cast.kavi.ref, "holds": "yes", "source": "Her mother, from birth"},
    )
    assert (
        "Write what people call this home" in client.post(f"{base}/homes/new/", {"household": "new"}).content.decode()
    )
    client.post(f"{base}/homes/new/", {"household": "new", "name": "Mum’s"})
    client.post(f"/people/{cast.kavi.ref}/homes/new/", {"household": Household.objects.get().ref})
    page = client.get(f"{base}/").content.decode()
    for words in (
        *("Nana Mo is Maya’s grandparent.", "Maya says “Nana Mo”.", "Kavi has parental responsibility for Maya."),
        *("Her mother, from birth. Written by Leah Whitcombe", "with Kavi"),
    ):
        assert words in page, words
    client.post(f"{base}/kin/{Relationship.objects.get().ref}/end/")
    client.post(f"{base}/homes/{Household.objects.get().ref}/end/")
    page = client.get(f"{base}/").content.decode()
    assert "Nana Mo is Maya’s grandparent." not in page
    assert "with Kavi" not in page


def test_a_tie_written_twice_comes_back_with_what_to_do(cast: Cast, client: Client):
    nana(cast)
    client.force_login(cast.leah)
    again = client.post(f"/people/{cast.ellis.ref}/kin/new/", {"other": cast.mo.ref, "kind": "grandparent"})
    assert "That is written down already" in again.content.decode()


def test_how_two_people_get_on_is_shown_only_where_private_matters_are_open(cast: Cast, client: Client):
    nana(cast)
    for who, shown in (("leah", True), ("peter", False), ("amrit", False)):
        client.force_login(cast.staff[who])
        assert ("How they get on: close" in client.get(f"/people/{cast.mo.ref}/").content.decode()) is shown, who


def test_a_closed_brother_is_in_no_list_to_choose_from(cast: Cast, client: Client):
    restrict(cast.file("ellis"))
    client.force_login(cast.leah)
    assert "Ellis" not in client.get(f"/people/{cast.maya.ref}/kin/new/").content.decode()


def test_since_when_is_said_when_it_is_known(cast: Cast):
    row = actions.say_responsibility(
        child=cast.maya, adult=cast.kavi, holds="yes", source="Mother", since=date(2019, 12, 11),
        by=cast.actor("leah"), at=NOW,
    )  # fmt: skip
    assert row.since == date(2019, 12, 11)
