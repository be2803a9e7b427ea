"""A family's first page, as each person meets it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from kith.access.audit.models import Look
from kith.casework.mapping.tests.scene import written
from kith.casework.mapping.tests.test_pages import a_form
from kith.framework.kinds import Level, Tie
from kith.people.entries import actions as entries
from kith.people.entries.models import EntryFile
from kith.people.entries.words import Said, Talk
from kith.people.involvement.models import Relation
from kith.people.locations.actions import say_safe_contact
from kith.people.persons.models import Person
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


VALUES = re.compile(r'value="([^"]+)"')


def family_page(cast):
    return reverse("family", kwargs={"ref": cast.solanki_reid.ref})


def wrote(cast, *said):
    return entries.record_entry(
        kind="note", family=cast.solanki_reid, files=cast.solanki_files, talk=Talk(NOW - timedelta(hours=1)),
        shared=said, by=cast.actor("leah"), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("leah", {"note-new", "statement-new", "plan-new", "decision-new", "person-new"}),
        ("peter", {"note-new", "decision-new", "person-new"}),
        ("amrit", set()),
        ("gwen", set()),
    ],
)
def test_a_familys_page_offers_only_the_forms_its_reader_may_begin(cast, as_, who, offered):
    page = as_(who).get(family_page(cast)).content.decode()
    forms = {"note-new", "statement-new", "plan-new", "decision-new", "person-new"}
    assert {name for name in forms if reverse(name, kwargs={"ref": cast.solanki_reid.ref}) in page} == offered


def test_people_come_first_and_what_is_missing_is_said_in_words(cast, as_):
    page = as_("leah").get(family_page(cast)).content.decode()
    assert page.index("Ellis") < page.index("Kavi") < page.index("Tonight")
    assert "There is no plan for tonight yet." in page
    assert "Nobody has written down what is working yet." in page


def test_what_went_well_stands_beside_the_worry(cast, as_):
    wrote(cast, Said("what", "We met."), Said("strengths", "Kavi rang school within the hour."))
    assert "Kavi rang school within the hour." in as_("leah").get(family_page(cast)).content.decode()


def test_a_restricted_child_is_not_on_the_page_for_somebody_who_is_not_named(cast, as_):
    restrict(cast.file("maya"), Level.RESTRICTED)
    page = as_("leah").get(family_page(cast)).content.decode()
    assert "Maya" not in page
    assert "Ellis" in page


@pytest.mark.parametrize("who", ["rosa", "farrah", "sam", "anil", "ivo"])
def test_a_family_you_do_not_work_with_is_not_found(cast, as_, who):
    assert as_(who).get(family_page(cast)).status_code == 404


def test_a_barred_worker_finds_no_family(cast, as_):
    for name in ("ellis", "maya", "jude"):
        tie(cast.file(name), Tie.BARRED, cast.leah)
    assert as_("leah").get(family_page(cast)).status_code == 404


def test_the_look_is_on_the_ledger_with_each_childs_file(cast, as_):
    as_("nadia").get(family_page(cast))
    look = Look.objects.get(what="family")
    assert look.account == cast.nadia.ref
    assert look.showed.count() == 3


def test_the_page_takes_as_many_questions_of_the_store_with_ten_notes_as_with_one(
    cast, as_, django_assert_max_num_queries
):
    wrote(cast, Said("what", "One."))
    browser = as_("leah")
    browser.get(family_page(cast))
    with django_assert_max_num_queries(60) as few:
        browser.get(family_page(cast))
    for _ in range(9):
        wrote(cast, Said("what", "More."), Said("strengths", "Good."))
    with django_assert_max_num_queries(len(few.captured_queries)):
        browser.get(family_page(cast))


def test_an_age_worked_out_from_a_year_alone_is_said_to_be_about_right(cast, as_):
    Person.objects.filter(pk=cast.ellis.pk).update(born_on=date(2016, 1, 1), born_precision="year")
    leah = as_("leah")
    for address in ("/", f"/families/{cast.solanki_reid.ref}/"):
        assert len(re.findall(r"about \d+", leah.get(address).content.decode())) == 1


@pytest.mark.parametrize(("who", "told"), [("leah", True), ("joy", True), ("amrit", False), ("gwen", False)])
def test_how_kavi_asks_to_be_reached_is_told_only_to_those_who_work_with_him(cast, as_, who, told):
    """Somebody at the front door is told to ask first, which gives nothing away and puts nobody in danger."""
    words = "Text only. He reads my post."
    say_safe_contact(person=cast.kavi, words=words, by=cast.actor("leah"), at=NOW)
    page = as_(who).get(family_page(cast)).content.decode()
    assert (words in page) is told
    assert ("speak to their worker" in page) is not told


def jude_moves_on(cast):
    """Nadia holds Jude's file now; Leah, of the same team, may still read of him."""
    Relation.objects.filter(file=cast.file("jude"), kind=Tie.ALLOCATED).update(staff=cast.nadia)


@pytest.mark.parametrize("form", ["note-new", "statement-new", "plan-new", "decision-new"])
def test_a_worker_of_two_of_three_children_is_asked_about_those_two(cast, as_, form):
    jude_moves_on(cast)
    answer = as_("leah").get(reverse(form, kwargs={"ref": cast.solanki_reid.ref}))
    page = answer.content.decode()
    assert answer.status_code == 200
    asked = {name for name in ("ellis", "maya", "jude") if _choice_of(cast.file(name)) & set(VALUES.findall(page))}
    assert asked == {"ellis", "maya"}
    assert "You are not working with every child" not in page


def _choice_of(file):
    return {str(file.ref), file.ref.hex}


def test_she_writes_a_worry_of_two_of_three_children(cast, as_):
    jude_moves_on(cast)
    sent = a_form(cast, children=[cast.file(n).ref.hex for n in ("ellis", "maya")])
    del sent[f"feared_{cast.jude.ref.hex}"]
    page = as_("leah").post(reverse("statement-new", kwargs={"ref": cast.solanki_reid.ref}), sent, follow=True)
    assert "A draft: the family has not heard it yet" in page.content.decode()
    assert {f.file for f in EntryFile.objects.all()} == {cast.file("ellis"), cast.file("maya")}


def test_a_worry_of_all_three_is_hers_to_read_and_offers_her_nothing_she_may_not_do(cast, as_):
    written(cast)
    jude_moves_on(cast)
    page = as_("leah").get(reverse("statements", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "Write a worry together" in page
    assert "Ask for numbers again" not in page
    assert "Say what 0 and 10 mean" in page
