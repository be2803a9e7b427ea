"""The page that asks whether two records are of one person: whom it offers, and whom it never names."""

import pytest
from django.urls import reverse

from kith.access.audit.models import Look
from kith.framework.kinds import Tie
from kith.people.persons import actions
from kith.people.persons.models import Merge, Person
from tests.cast import NOW, Cast, belong, restrict, tie


@pytest.fixture
def twice(cast: Cast) -> Person:
    """Maya, written down a second time in the other family, by a nickname that sounds the same."""
    again = actions.add_person(
        details=actions.Details(given="Maja", family="Solanki Reid", born_on=cast.maya.born_on),
        by=cast.actor("leah"),
        at=NOW,
    )
    belong(cast.solanki_reid, again, "child", is_child=True)
    tie(actions.open_file(person=again, by=cast.actor("leah"), at=NOW), Tie.ALLOCATED, cast.leah)
    return again


def page(cast, as_, who="joy", of="maya", **sent):
    address = reverse("person-merge", kwargs={"ref": cast.people[of].ref})
    answer = as_(who).post(address, sent) if sent else as_(who).get(address)
    return answer if answer.status_code == 302 else answer.content.decode()


def test_joy_is_offered_whoever_may_be_the_same_with_why(cast, as_, twice):
    words = page(cast, as_)
    assert f'value="{twice.ref}"' in words
    assert "birth date" in words
    assert f'value="{cast.maya.ref}"' not in words, "she is not like herself"
    assert "Another, whose address is below" in words


def test_choosing_one_proposes_it_and_needs_no_address(cast, as_, twice):
    answer = page(cast, as_, like=str(twice.ref), why="One birthday, one school")
    assert answer["Location"] == f"/merges/{Merge.objects.get().ref}/"
    assert Merge.objects.get().folded_in == twice


def test_an_address_counts_before_a_choice(cast, as_, twice):
    page(cast, as_, like=str(twice.ref), other=f"https://kith/people/{cast.jude.ref}/", why="They are one")
    assert Merge.objects.get().folded_in == cast.jude


def test_saying_another_asks_for_its_address(cast, as_, twice):
    assert "Copy the address of the other person’s page here" in page(cast, as_, like="another", why="x")
    assert "Choose one, or say that it is another" in page(cast, as_, why="x")
    assert not Merge.objects.exists()


def test_a_record_that_is_closed_to_joy_is_never_offered(cast, as_, twice):
    restrict(twice.file)
    words = page(cast, as_)
    assert str(twice.ref) not in words
    assert "Maja" not in words
    refused = page(cast, as_, like=str(twice.ref), why="One birthday")
    assert "Maja" not in refused
    assert not Merge.objects.exists()


def test_who_was_offered_is_on_the_ledger_of_looks(cast, as_, twice):
    page(cast, as_)
    assert str(twice.file.ref) in str(list(Look.objects.values_list("body", flat=True)))


def test_nobody_is_offered_twice_once_they_are_joined(cast, as_, twice):
    merge = actions.propose_merge(kept=cast.maya, folded_in=twice, why="One", by=cast.actor("joy"), at=NOW)
    Merge.objects.filter(pk=merge.pk).update(agreed_by=cast.ruth, agreed_at=NOW)
    assert str(twice.ref) not in page(cast, as_)
