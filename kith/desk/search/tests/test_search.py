"""Search: who is found, by what, and that a hidden person is as an absent one."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.access.audit.models import Act, Look
from kith.access.notices.models import Notice
from kith.framework.kinds import Level, Tie
from kith.people.involvement.models import Relation
from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.actions import Details, add_person, name_family, open_file, write_keys
from kith.people.persons.keys import fold, query_keys
from kith.people.persons.models import Identifier, LevelSet, Name
from kith.people.sight.finding import find_people
from tests.cast import EARLIER, NOW, belong, restrict, tie
from tests.door import plain

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def found(cast, as_):
    """Everyone has their search keys; `found("leah", "ellis")` gives the page."""
    for person in cast.people.values():
        write_keys(person)

    def page(who, asked):
        return plain(as_(who).get("/search/", {"q": asked}))

    return page


def a_child(cast, given, family, born=date(2015, 3, 2)):
    by = cast.actor("amrit")
    person = add_person(details=Details(given, family, born_on=born), by=by, at=NOW)
    open_file(person=person, by=by, at=NOW)
    return person


def close(cast, name, level=Level.RESTRICTED):
    LevelSet.objects.create(
        file=cast.file(name), level=level, why="kin works here", custodian=cast.joy, set_by=cast.joy, set_at=EARLIER
    )
    return restrict(cast.file(name), level)


@pytest.mark.parametrize(
    "asked",
    [
        "Ellis Solanki-Reid",
        "solanki reid ellis",
        "ellis",
        "Solanki",
        "olanki",
        "Elis Solanki",
        "5/11/2016",
        "Ellis 5 November 2016",
    ],
)
def test_ellis_is_found_in_any_order_by_a_part_or_a_birth_date(found, asked):
    assert "Ellis Solanki-Reid" in found("leah", asked)


@pytest.mark.parametrize(
    ("given", "family", "asked"),
    [
        ("Siobhán", "Ó Briain", "Siobhan OBrien"),
        ("Siân", "Llywelyn", "Sian Llewellyn"),
        ("Zofia", "Wójcik", "Zofia Wojcik"),
        ("Łukasz", "Żak", "Lukasz Zak"),
        ("Mohammed", "Chowdhury", "Mohamed Choudhury"),
        ("Abdul Rahman", "Al-Hassan", "Abdulrahman Alhassan"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(cast, found, given, family, asked):
    a_child(cast, given, family)
    assert f"{given} {family}" in found("amrit", asked)


def test_a_number_finds_and_eight_figures_may_be_a_birth_date_or_a_number(cast, found):
    Identifier.objects.create(
        person=cast.maya, kind="ours-before", value="05112016", recorded_by=cast.amrit, recorded_at=NOW
    )
    page = found("rosa", "05112016")
    assert "Maya Solanki-Reid" in page
    assert "Ellis Solanki-Reid" in found("rosa", "5/11/2016")


PLACES = ["0116 496 0123", "LE1 7QA", "LE1"]


def found_at(cast, name="ellis", **but):
    """Write down a telephone number and a place of somebody's."""
    row = {"person": cast.people[name], "since": EARLIER, "recorded_by": cast.leah, "recorded_at": EARLIER} | but
    ContactDetail.objects.create(**row, kind="phone", value="0116 496 0123", folded="+441164960123")
    Location.objects.create(**row, kind="home", lines="1 High Street", postcode="LE1 7QA")


@pytest.mark.parametrize("who", ["leah", "joy", "rosa", "amrit", "peter", "gwen", "ivo"])
@pytest.mark.parametrize("asked", PLACES)
def test_an_open_file_is_found_by_a_telephone_number_or_postcode_by_whoever_may_search(cast, found, who, asked):
    found_at(cast)
    page = found(who, asked)
    assert "Ellis Solanki-Reid" in page
    assert "Why this answer: By" in page


BY_CHANCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b|\.[0-9a-f]{12}\.")
"""Addresses, keys and the names of sheets, in which any three figures may stand."""


@pytest.mark.parametrize("asked", PLACES)
def test_neither_the_number_nor_the_address_is_shown_in_the_answer(cast, found, asked):
    found_at(cast)
    page = BY_CHANCE.sub("", found("amrit", asked).replace(f'value="{asked}"', ""))
    assert not [word for word in ("0116", "496", "0123", "LE1", "7QA", "High Street") if word in page]


@pytest.mark.parametrize("asked", PLACES)
@pytest.mark.parametrize("who", ["leah", "joy", "amrit", "gwen"])
def test_a_protected_number_or_place_finds_nobody_for_anyone_and_no_byte_tells(cast, found, who, asked):
    before = found(who, asked)
    found_at(cast, protected=True)
    tie(cast.file("ellis"), Tie.NAMED, cast.leah)
    assert found(who, asked) == before


@pytest.mark.parametrize("asked", PLACES)
def test_a_number_they_no_longer_have_finds_nobody(cast, found, asked):
    before = found("amrit", asked)
    found_at(cast, until=NOW)
    assert found("amrit", asked) == before


@pytest.mark.parametrize("asked", PLACES)
@pytest.mark.parametrize(("who", "shown"), [("leah", True), ("nadia", False), ("amrit", False), ("joy", False)])
def test_a_restricted_file_is_found_by_a_number_only_by_those_named_on_it(cast, found, asked, who, shown):
    before = found(who, asked)
    found_at(cast)
    tie(close(cast, "ellis"), Tie.NAMED, cast.leah)
    assert ("Ellis Solanki-Reid" in found(who, asked)) is shown
    assert shown or found(who, asked) == before


@pytest.mark.parametrize("asked", PLACES)
def test_mum_is_found_by_her_number_unless_a_child_of_hers_is_hidden(cast, found, asked):
    before = found("amrit", asked)
    found_at(cast, "kavi")
    assert "Kavita Solanki-Reid" in found("amrit", asked)
    close(cast, "jude")
    assert found("amrit", asked) == before


def test_places_that_may_not_be_known_move_nobody_out_of_a_full_page(cast, found):
    ellisons = [a_child(cast, "Ellis", "Ellison") for _ in range(104)]
    before = found("rosa", "Ellison LE1")
    row = {"kind": "home", "postcode": "LE1 7QA", "since": EARLIER, "recorded_by": cast.leah, "recorded_at": EARLIER}
    for person in ellisons[2:]:
        Location.objects.create(person=person, protected=True, **row)
    assert found("rosa", "Ellison LE1") == before


def test_a_place_that_may_not_be_known_does_not_change_what_a_name_finds(cast, found):
    before = found("rosa", "Ellis LE1 7QA")
    Location.objects.create(
        person=cast.ellis,
        kind="home",
        lines="1 High Street",
        postcode="LE1 7QA",
        protected=True,
        since=EARLIER,
        recorded_by=cast.leah,
        recorded_at=EARLIER,
    )
    assert found("rosa", "Ellis LE1 7QA") == before


def test_somebody_findable_and_not_readable_is_named_with_who_works_with_them_and_not_linked(found):
    page = found("rosa", "Ellis Solanki-Reid")
    assert "You are not working with <bdi>Ellis</bdi>. Leah Whitcombe, Peter Lindqvist and Nadia Farouk are." in page
    assert "Solanki-Reid</bdi> family" not in page


def test_a_worker_sees_the_families_open_to_them_and_why_it_matched(found):
    page = found("leah", "Ellis")
    assert "<bdi>Solanki-Reid</bdi> family" in page
    assert "Ellis is in the name" in page


HIDINGS = {
    "restricted": lambda cast: close(cast, "kacper"),
    "sealed": lambda cast: close(cast, "kacper", Level.SEALED),
    "barred": lambda cast: tie(cast.file("kacper"), Tie.BARRED, cast.leah),
}


@pytest.mark.parametrize("how", HIDINGS)
@pytest.mark.parametrize(
    "asked", ["Kacper", "Wojcik", "wójc", "2/11/2008", "Kacper Campbell", "Kacper Nowak", "LE2", "nobody"]
)
def test_a_hidden_child_and_an_absent_one_give_the_same_page(cast, found, how, asked):
    cast.kacper.locations.create(
        kind="home", postcode="LE2 1AA", since=EARLIER, recorded_by=cast.leah, recorded_at=EARLIER
    )
    HIDINGS[how](cast)
    with_them = found("leah", asked)
    _take_away(cast, "kacper")
    assert found("leah", asked) == with_them


def _take_away(cast, name):
    """Take somebody out of the store, with all that names them."""
    person = cast.people[name]
    file = cast.file(name)
    for rows in (
        file.relations,
        file.involvements,
        file.levels,
        person.locations,
        person.identifiers,
        person.memberships,
        person.keys,
        person.names,
    ):
        rows.all().delete()
    file.delete()
    person.delete()


def test_an_exact_match_on_a_restricted_file_says_whom_to_speak_to_and_tells_them(cast, found):
    file = close(cast, "kacper")
    page = found("leah", "Kacper Wójcik 2/11/2008")
    assert "A record exists. Speak to <bdi>Joy Achebe</bdi>." in page
    assert f"/files/{file.ref}/glass/" in page
    assert Notice.objects.get().account == cast.joy
    assert str(file.ref) in Act.objects.get(what="search.exact").body
    found("leah", "Kacper Wójcik 2/11/2008")
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("how", ["sealed", "barred"])
def test_an_exact_match_on_a_sealed_or_barred_file_shows_nothing(cast, found, how):
    HIDINGS[how](cast)
    exact = found("leah", "Kacper Wójcik 2/11/2008")
    assert "A record exists" not in exact
    assert Notice.objects.filter(account=cast.joy).exists() is (how == "sealed")
    _take_away(cast, "kacper")
    assert exact == found("leah", "Kacper Wójcik 2/11/2008")


@pytest.mark.parametrize(
    ("kind", "value", "stub"),
    [("nhs", "9434765919", True), ("ours-before", "7654321", True), ("home-office", "7654321", False)],
)
def test_only_an_nhs_pupil_or_our_own_former_number_makes_a_stub(cast, found, kind, value, stub):
    close(cast, "kacper")
    Identifier.objects.create(person=cast.kacper, kind=kind, value=value, recorded_by=cast.rosa, recorded_at=NOW)
    assert ("A record exists" in found("leah", value)) is stub


def test_an_adult_whose_every_family_is_hidden_is_absent(cast, found):
    assert "Agnieszka Nowak" in found("leah", "Agnieszka")
    close(cast, "kacper")
    assert "Agnieszka Nowak" in found("leah", "Agnieszka")
    close(cast, "zosia", Level.SEALED)
    assert "Agnieszka Nowak" not in found("leah", "Agnieszka")
    assert "Kavita" in found("leah", "Kavita")


def test_a_canary_in_every_word_about_a_hidden_child_is_in_no_page(cast, found):
    canary = "Zzyzxqueue"
    person = a_child(cast, canary, canary)
    for name in ("known_as", "pronouns", "gender", "ethnicity_words", "interpreter", "faith", "about"):
        setattr(person, name, canary)
    person.save()
    by = cast.actor("amrit")
    family = name_family(name=canary, by=by, at=NOW)
    belong(family, person, canary, is_child=True)
    restrict(person.file)
    for asked in ("2/3/2015", "Ellis", "LE1"):
        assert canary not in found("leah", asked)
    assert found("leah", canary).count(canary) == 1, "only what the searcher typed"


def test_a_hundred_and_thirty_hidden_namesakes_leave_room_for_the_one_who_may_be_shown(cast, found):
    for _ in range(130):
        restrict(a_child(cast, "Ellis", "Ellison").file)
    assert "Ellis Solanki-Reid" in found("leah", "Ellis")


def test_twenty_five_are_shown_and_more_are_said_without_a_count(cast, found):
    for _ in range(30):
        a_child(cast, "Ellis", "Ellison")
    page = found("amrit", "Ellison")
    assert page.count("Why this answer") == 25
    assert "There are more." in page


def test_a_search_is_on_the_ledger_hashed_with_the_files_it_listed(cast, found):
    found("leah", "Ellis")
    look = Look.objects.get()
    assert look.what == "search"
    assert "llis" not in look.body
    assert list(look.showed.values_list("file", flat=True)) == [cast.file("ellis").ref]


@pytest.mark.parametrize(
    ("who", "status"),
    [("leah", 200), ("amrit", 200), ("gwen", 200), ("ivo", 200), ("farrah", 403), ("sam", 403), ("anil", 403)],
)
def test_who_may_search(found, as_, who, status):
    assert as_(who).get("/search/", {"q": "Ellis"}).status_code == status


@pytest.mark.parametrize(
    "asked", ["", " ", "x", "e" * 100_000, "\u202eسلمى", "🙂🙂", "31/2/2016", "%_'\"<b>", "\x00", "0" * 30]
)
def test_whatever_is_typed_gets_a_calm_page(found, asked):
    page = found("leah", asked)
    assert "Find a person or family" in page
    assert "<b>&lt;" not in page
    assert "Something went wrong" not in page


def test_a_day_that_cannot_be_is_named(found):
    assert "31/2/2016 is not a day in the calendar." in found("leah", "Ellis 31/2/2016")


def test_the_number_of_questions_to_the_store_does_not_grow_with_the_answers(cast, found):
    def asked():
        actor = cast.actor("amrit")
        with CaptureQueriesContext(connection) as made:
            find_people(actor, query_keys("Ellison"), at=NOW)
        return len(made)

    a_child(cast, "Ellis", "Ellison")
    one = asked()
    for _ in range(20):
        a_child(cast, "Ellis", "Ellison")
    assert asked() == one


def test_an_ended_bar_is_no_bar(cast, found):
    tie(cast.file("kacper"), Tie.BARRED, cast.leah, until=NOW)
    assert Relation.objects.filter(kind="barred").exists()
    assert "Kacper" in found("leah", "Kacper")


def test_what_somebody_goes_by_stands_beside_their_name(found):
    assert "known as <bdi>Kavi</bdi>" in found("leah", "Kavita")


def test_a_former_name_still_finds(cast, found):
    Name.objects.create(
        person=cast.ellis,
        given="Ellis",
        family="Marlow",
        use="former",
        folded=fold("Ellis Marlow"),
        recorded_by=cast.leah,
        recorded_at=NOW,
    )
    write_keys(cast.ellis)
    assert "Ellis Solanki-Reid" in found("leah", "Marlow")
