import json
from datetime import date

import pytest
from django.test import Client

from kith.access.audit.models import Act
from kith.kit.refusal import Refused
from kith.people.persons import actions
from kith.people.persons.forms import DetailsForm, IdentifierForm, NameForm, details_now
from kith.people.persons.models import Identifier, Key, Name
from tests.cast import NOW, Cast


def test_a_name_is_added_beside_the_others_and_can_be_searched(cast: Cast):
    actions.add_name(person=cast.kavi, given="Kavita", family="Solanki", use="birth", by=cast.actor("leah"), at=NOW)
    assert Name.objects.filter(person=cast.kavi).count() == 2
    assert Key.objects.filter(person=cast.kavi, key__contains="solanki").exists()


def test_what_she_goes_by_now_is_what_pages_say(cast: Cast):
    actions.add_name(person=cast.hansa, given="Masi", family="", use="known-as", by=cast.actor("leah"), at=NOW)
    cast.hansa.refresh_from_db()
    assert cast.hansa.known_as == "Masi"


def test_a_name_nobody_uses_now_keeps_its_days_and_changes_no_page(cast: Cast, client: Client):
    days = {"since": date(2020, 1, 1), "until": date(2022, 1, 1)}
    actions.add_name(person=cast.hansa, given="Hans", family="", use="known-as", by=cast.actor("leah"), at=NOW, **days)
    client.force_login(cast.leah)
    page = client.get(f"/people/{cast.hansa.ref}/").content.decode()
    assert "Hans, since Wednesday 1 January 2020, until Saturday 1 January 2022" in page
    assert "<h1><bdi>Hansa</bdi></h1>" in page


def test_a_changed_fact_is_noted_by_hashes_and_never_by_its_words(cast: Cast):
    actions.change_details(person=cast.kavi, details={"faith": "Hindu"}, by=cast.actor("leah"), at=NOW)
    act = json.loads(Act.objects.get(what="person.changed").body)
    assert set(act["was"]) == set(act["now"]) == {"faith"}
    assert act["was"] != act["now"]
    assert "Hindu" not in json.dumps(act)


def test_a_change_to_an_adult_is_noted_on_the_files_of_the_family_it_was_made_in(cast: Cast):
    actions.change_details(person=cast.kavi, details={"faith": "Hindu"}, by=cast.actor("leah"), at=NOW)
    act = json.loads(Act.objects.get(what="person.changed").body)
    assert act["files"] == sorted(str(f.ref) for f in cast.solanki_files)


def test_a_number_is_never_refused_for_being_known_already(cast: Cast):
    """A unique rule would betray a record that is held closely (architecture 3.5)."""
    for person in (cast.ellis, cast.maya):
        actions.add_identifier(person=person, kind="nhs", value="9434765919", by=cast.actor("leah"), at=NOW)
    assert Identifier.objects.count() == 2


@pytest.mark.parametrize("who", ["rosa", "amrit", "gwen", "sam"])
def test_nobody_else_changes_kavi(cast: Cast, who):
    with pytest.raises(Refused):
        actions.change_details(person=cast.kavi, details={"faith": "x"}, by=cast.actor(who), at=NOW)


@pytest.mark.parametrize(
    ("form", "answers", "fault"),
    [
        (NameForm, {"use": "birth"}, "Write at least one name"),
        (IdentifierForm, {"kind": "nhs", "value": "9434765918"}, "Check the NHS number"),
        (IdentifierForm, {"kind": "upn", "value": "12345"}, "Check the pupil number"),
        (DetailsForm, {"disabilities": ["NONE", "AUT"]}, "Choose “No disability” alone"),
    ],
)
def test_an_answer_that_cannot_be_is_sent_back_with_what_to_do(form, answers, fault):
    asked = form(answers)
    assert not asked.is_valid()
    assert any(fault in wrong.sentence for wrong in asked.error_summary())


@pytest.mark.parametrize(
    ("boxes", "how", "held"),
    [
        (("21", "8", "1994"), "known", (date(1994, 8, 21), "exact")),
        (("", "8", "1994"), "known", (date(1994, 8, 1), "month")),
        (("", "", "1994"), "known", (date(1994, 1, 1), "year")),
        (("", "", "1994"), "estimated", (date(1994, 1, 1), "estimated")),
        (("3", "10", "2026"), "expected", (date(2026, 10, 3), "expected")),
        (("", "", ""), "known", (None, "exact")),
    ],
)
def test_a_birth_date_is_kept_as_far_as_it_is_known(cast: Cast, boxes, how, held):
    day, month, year = boxes
    born = {"born_on-day": day, "born_on-month": month, "born_on-year": year, "born_how": how}
    form = DetailsForm({"known_as": "Kavi", **born})
    assert form.is_valid(), form.errors
    found = form.details()
    assert (found["born_on"], found["born_precision"]) == held
    if held[0] and how == "known":
        cast.kavi.born_on, cast.kavi.born_precision = held
        assert details_now(cast.kavi)["born_on"].date == held[0]


def test_leah_changes_what_is_written_about_kavi(cast: Cast, client: Client):
    client.force_login(cast.leah)
    answers = {
        "known_as": "Kavi",
        "born_how": "known",
        "languages": "Gujarati, English, Kachchi",
        "ethnicity": "AIND",
        "ethnicity_words": "British Gujarati",
        "disabilities": ["NONE"],
    }
    client.post(f"/people/{cast.kavi.ref}/details/", answers)
    cast.kavi.refresh_from_db()
    assert cast.kavi.languages == ["guj", "eng", "Kachchi"]
    page = client.get(f"/people/{cast.kavi.ref}/").content.decode()
    for words in ("Gujarati, English and Kachchi", "British Gujarati (Indian)", "No disability"):
        assert words in page, words


@pytest.mark.parametrize("place", ["names/new", "details", "numbers/new"])
@pytest.mark.parametrize(("who", "status", "asks"), [("leah", 200, True), ("amrit", 200, False), ("rosa", 404, False)])
def test_who_is_asked(cast: Cast, client: Client, place, who, status, asks):
    client.force_login(cast.staff[who])
    answer = client.get(f"/people/{cast.kavi.ref}/{place}/")
    assert answer.status_code == status
    assert (b'name="once"' in answer.content) is asks
