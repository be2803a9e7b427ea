"""Somebody written down twice is found once, by either name, under the record that reads follow."""

from datetime import date

import pytest

from kith.framework.kinds import Level, Tie
from kith.people.locations.models import ContactDetail
from kith.people.persons.actions import Details, add_person, open_file, write_keys
from kith.people.persons.keys import Particulars, query_keys
from kith.people.persons.models import Identifier, Merge
from kith.people.sight.finding import find_people, known_like
from tests.cast import EARLIER, NOW, belong, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def twice(cast):
    """Hansa Solanki, written down a second time as Jyoti Mehta, and the two records joined."""
    for person in cast.people.values():
        write_keys(person)
    leah = cast.actor("leah")
    again = add_person(details=Details("Jyoti", "Mehta", born_on=date(1984, 9, 3)), by=leah, at=NOW)
    belong(cast.solanki_reid, again, "aunt")
    return join(cast, cast.hansa, again)


def join(cast, kept, folded_in):
    agreed = {"agreed_by": cast.ruth, "agreed_at": EARLIER}
    return Merge.objects.create(
        kept=kept, folded_in=folded_in, why="One woman", proposed_by=cast.joy, proposed_at=EARLIER, **agreed
    )


def part(cast, merge):
    undone = {"undo_by": cast.joy, "undo_why": "Two women", "undone_by": cast.ruth, "undone_at": NOW}
    Merge.objects.filter(pk=merge.pk).update(**undone)


def answers(cast, who, asked):
    return [found.known.person for found in find_people(cast.actor(who), query_keys(asked), at=NOW).people]


@pytest.mark.parametrize("asked", ["Hansa", "Jyoti Mehta", "mehta", "Yoti", "9/3/1984", "3/9/1984", "Hansa Mehta"])
def test_the_names_and_birth_dates_of_both_find_the_one(cast, twice, asked):
    found = answers(cast, "leah", asked)
    assert found.count(cast.hansa) == 1
    assert twice.folded_in not in found


def test_the_page_shows_one_line_that_leads_to_the_record_kept(cast, twice, as_):
    page = as_("leah").get("/search/", {"q": "Jyoti Mehta"}).content.decode()
    assert page.count("Why this answer") == 1
    assert f"/people/{cast.hansa.ref}/" in page
    assert str(twice.folded_in.ref) not in page


def test_parted_each_is_found_by_its_own_name_again(cast, twice):
    part(cast, twice)
    assert answers(cast, "leah", "Jyoti Mehta") == [twice.folded_in]
    assert answers(cast, "leah", "Hansa") == [cast.hansa]


def test_a_proposal_alone_joins_nobody(cast, twice):
    Merge.objects.filter(pk=twice.pk).update(agreed_by=None, agreed_at=None)
    assert answers(cast, "leah", "Jyoti Mehta") == [twice.folded_in]


def test_a_chain_of_records_leads_to_its_end(cast, twice):
    join(cast, cast.mo, cast.hansa)
    assert answers(cast, "leah", "Jyoti Mehta") == [cast.mo]


def test_a_number_of_the_joined_record_finds_the_one_kept(cast, twice):
    told = {"recorded_by": cast.leah, "recorded_at": EARLIER}
    Identifier.objects.create(person=twice.folded_in, kind="ours-before", value="7654321", **told)
    phone = {"kind": "phone", "value": "0116 496 0123", "folded": "+441164960123", "since": EARLIER}
    ContactDetail.objects.create(person=twice.folded_in, **phone, **told)
    assert answers(cast, "leah", "7654321") == [cast.hansa]
    assert answers(cast, "amrit", "0116 496 0123") == [cast.hansa]


def test_whoever_is_about_to_be_added_is_held_against_the_record_kept(cast, twice):
    new = Particulars(names=("Jyoti Mehta",), born=date(1984, 9, 3))
    assert [f.known.person for f in known_like(cast.actor("leah"), new, at=NOW)] == [cast.hansa]


@pytest.fixture
def child_twice(cast):
    """Maya, written down a second time with a file of her own, as May Sutton."""
    for person in cast.people.values():
        write_keys(person)
    by = cast.actor("amrit")
    again = add_person(details=Details("May", "Sutton", born_on=date(2019, 12, 12)), by=by, at=NOW)
    open_file(person=again, by=by, at=NOW)
    join(cast, cast.maya, again)
    return again


HIDINGS = {
    "restricted": lambda _cast, file: restrict(file),
    "sealed": lambda _cast, file: restrict(file, Level.SEALED),
    "barred": lambda cast, file: tie(file, Tie.BARRED, cast.leah),
}


@pytest.mark.parametrize("how", HIDINGS)
def test_the_name_of_a_hidden_record_does_not_find_the_one_it_was_joined_to(cast, child_twice, how):
    assert answers(cast, "leah", "May Sutton") == [cast.maya]
    before = answers(cast, "leah", "Nobody Suttonsworth")
    HIDINGS[how](cast, child_twice.file)
    assert answers(cast, "leah", "Sutton") == before == []
    assert answers(cast, "leah", "Maya Solanki-Reid")[0] == cast.maya


@pytest.mark.parametrize("how", HIDINGS)
@pytest.mark.parametrize("asked", ["Maya Sutton", "Maya 12/12/2019"])
def test_nothing_of_a_hidden_record_is_among_the_reasons_of_the_one_it_was_joined_to(cast, child_twice, how, asked):
    def said():
        found = find_people(cast.actor("leah"), query_keys(asked), at=NOW).people
        return [(f.known.person, f.match.score, f.match.why, f.match.why_not) for f in found]

    HIDINGS[how](cast, child_twice.file)
    hidden = said()
    assert hidden[0][0] == cast.maya
    Merge.objects.all().delete()
    assert said() == hidden


@pytest.mark.parametrize("how", HIDINGS)
def test_when_the_record_kept_is_hidden_the_other_is_found_by_itself(cast, child_twice, how):
    HIDINGS[how](cast, cast.file("maya"))
    assert answers(cast, "leah", "May Sutton") == [child_twice]
    assert cast.maya not in answers(cast, "leah", "Maya Solanki-Reid")


def test_a_joined_and_restricted_file_still_tells_its_keeper_of_an_exact_match(cast, child_twice):
    restrict(child_twice.file)
    found = find_people(cast.actor("leah"), query_keys("May Sutton 12/12/2019"), at=NOW)
    assert [known.person for known in found.exact] == [child_twice]
