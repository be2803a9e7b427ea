"""The page of one person: who sees it, what is on it, and what is never in its bytes."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.access.audit.models import Look
from kith.desk.people import telling
from kith.framework.kinds import Level, Tie
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.persons.models import File, Identifier, Membership, Merge, Name
from kith.people.professionals.models import Professional, WorksWith
from kith.people.relationships.models import Household, HouseholdStay, ParentalResponsibility, Relationship
from tests.cast import EARLIER, Cast, restrict, tie
from tests.door import plain


def page_of(client: Client, cast: Cast, who: str, whose: str) -> str:
    client.force_login(cast.staff[who])
    answer = client.get(f"/people/{cast.people[whose].ref}/")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


@pytest.mark.parametrize(
    ("who", "whose", "opens"),
    [
        ("leah", "ellis", True),
        ("leah", "kavi", True),
        ("peter", "kavi", True),
        ("amrit", "zosia", True),
        ("gwen", "aga", True),
        ("leah", "zosia", False),
        ("leah", "aga", False),
        ("rosa", "kavi", False),
        ("ivo", "ellis", False),
        ("farrah", "ellis", False),
        ("sam", "ellis", False),
        ("anil", "kavi", False),
    ],
)
def test_who_opens_whose_page(cast: Cast, client: Client, who, whose, opens):
    assert (page_of(client, cast, who, whose) != "404") is opens


def test_hidden_and_unknown_are_one_answer(cast: Cast, client: Client):
    client.force_login(cast.rosa)
    hidden = client.get(f"/people/{cast.kavi.ref}/")
    unknown = client.get("/people/00000000-0000-4000-8000-000000000000/")
    assert (hidden.status_code, plain(hidden)) == (404, plain(unknown))


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.SEALED])
def test_a_closed_child_is_not_found_and_not_named_beside_the_others(cast: Cast, client: Client, level):
    restrict(cast.file("ellis"), level)
    assert page_of(client, cast, "leah", "ellis") == "404"
    for whose in ("maya", "kavi", "mo"):
        assert "Ellis" not in page_of(client, cast, "leah", whose)


def test_a_bar_beats_everything(cast: Cast, client: Client):
    for kind in (Tie.NAMED, Tie.BARRED):
        tie(cast.files["ellis"], kind, cast.leah)
    assert page_of(client, cast, "leah", "ellis") == "404"


def test_people_come_first_and_every_gap_is_a_sentence(cast: Cast, client: Client):
    page = page_of(client, cast, "leah", "maya")
    for words in (
        *("Solanki-Reid family", "Ellis", "Nana Mo", "Leah Whitcombe", "holds the work"),
        "Nobody has asked Maya how they want to be reached.",
        "Nobody has said yet who has parental responsibility for Maya. Ask Kavi, and say how you know.",
        "Nobody has written who Maya lives with.",
        "Nobody has written where Maya can be found.",
        "Nobody of another agency is written down.",
        "No number is written down.",
    ):
        assert words in page, words
    assert page.index("Solanki-Reid family") < page.index("Parental responsibility") < page.index("Papers and forms")


def everything(cast: Cast) -> None:
    """Fill every part of Kavi’s and Ellis’s pages."""
    by = {"recorded_by": cast.leah, "recorded_at": EARLIER}
    for person in (cast.kavi, cast.ellis):
        Location.objects.create(person=person, kind="home", lines="4 Larch Road", since=EARLIER, **by)
        ContactDetail.objects.create(
            person=person, kind="phone", value="01632 960123", folded="+441632960123", since=EARLIER, **by
        )
        SafeContact.objects.create(person=person, words="Text, don’t ring", **by)
        Identifier.objects.create(person=person, kind="nhs", value="9434765919", **by)
        Name.objects.create(person=person, given="Before", family="Then", use="birth", folded="before then", **by)
    home = Household.objects.create(name="Mum’s", recorded_at=EARLIER)
    for person in (cast.kavi, cast.ellis, cast.maya):
        HouseholdStay.objects.create(household=home, person=person, since=EARLIER, **by)
    for child in (cast.ellis, cast.maya, cast.jude):
        ParentalResponsibility.objects.create(child=child, adult=cast.kavi, holds="yes", source="Mother", **by)
        Relationship.objects.create(one=child, other=cast.kavi, kind="parent", **by)
    agency = cast.teams["Oak team"].agency
    mr_z = Professional.objects.create(name="Mr Z", job="Teacher", agency=agency, recorded_at=EARLIER)
    WorksWith.objects.create(professional=mr_z, file=cast.file("ellis"), as_what="drum club", since=EARLIER)


LINE = ("4 Larch Road", "01632", "Text, don’t ring")


@pytest.mark.parametrize(("who", "sees"), [("leah", True), ("joy", True), ("peter", False), ("amrit", False)])
@pytest.mark.parametrize("whose", ["kavi", "ellis"])
def test_where_and_how_to_reach_are_for_the_line(cast: Cast, client: Client, who, sees, whose):
    everything(cast)
    page = page_of(client, cast, who, whose)
    assert "Mr Z" in page or whose == "kavi"
    assert [words in page for words in LINE] == [sees] * 3
    assert ("is for those who hold the work to know" in page) is not sees


def test_a_shared_adult_shows_only_my_family(cast: Cast, client: Client):
    Membership.objects.create(
        family=cast.families["nowak-campbell"], person=cast.hansa, role="godmother", since=EARLIER
    )
    Relationship.objects.create(
        one=cast.zosia, other=cast.hansa, kind="godparent", recorded_by=cast.rosa, recorded_at=EARLIER
    )
    for who, mine, theirs in (
        ("leah", "Solanki-Reid", ("Zosia", "Nowak-Campbell", "godmother", "Rosa")),
        ("rosa", "Nowak-Campbell", ("Ellis", "Solanki-Reid", "Masi", "Leah")),
    ):
        page = page_of(client, cast, who, "hansa").replace("Hansa", "")
        assert mine in page
        shown = page.replace(cast.staff[who].name, "")
        assert not [words for words in theirs if words in shown], who


def test_earlier_names_and_numbers_stay_with_an_adults_own_file(cast: Cast, client: Client):
    everything(cast)
    assert "Before Then" in page_of(client, cast, "leah", "kavi")
    File.objects.create(person=cast.kavi, opened_at=EARLIER)
    page = page_of(client, cast, "leah", "kavi")
    assert "Before Then" not in page
    assert "9434765919" not in page
    assert "These are with their own file." in page


def test_parental_responsibility_is_said_in_sentences_with_how_we_know(cast: Cast, client: Client):
    everything(cast)
    page = page_of(client, cast, "leah", "kavi")
    for child in ("Ellis", "Maya", "Jude"):
        assert f"Kavi has parental responsibility for {child}." in page
    assert "Mother. Written by Leah Whitcombe" in page


def test_records_joined_are_read_together_each_by_its_own_door(cast: Cast, client: Client):
    everything(cast)
    both = {"why": "x", "proposed_by": cast.joy, "proposed_at": EARLIER, "agreed_by": cast.ruth, "agreed_at": EARLIER}
    Merge.objects.create(kept=cast.jude, folded_in=cast.ellis, **both)
    assert "4 Larch Road" in page_of(client, cast, "leah", "jude")
    restrict(cast.file("ellis"))
    page = page_of(client, cast, "leah", "jude")
    assert "4 Larch Road" not in page
    assert "Ellis" not in page


def test_the_page_is_on_the_ledger_with_the_files_it_was_read_through(cast: Cast, client: Client):
    page_of(client, cast, "leah", "kavi")
    look = json.loads(Look.objects.using("looks").get(what="person").body)
    assert look["files"] == sorted(str(f.ref) for f in cast.solanki_files)
    assert look["person"] == str(cast.kavi.ref)


def queries_of(client: Client, cast: Cast, whose: str) -> int:
    client.force_login(cast.leah)
    client.get(address := f"/people/{cast.people[whose].ref}/")  # the first page of a session writes the session
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("whose", ["kavi", "ellis"])
def test_a_full_page_takes_as_many_queries_as_an_empty_one(cast: Cast, client: Client, whose):
    empty = queries_of(client, cast, whose)
    everything(cast)
    assert queries_of(client, cast, whose) == empty
    assert empty <= 36


@pytest.mark.parametrize(
    ("born_on", "precision", "said"),
    [
        (date(2016, 11, 5), "exact", "Saturday 5 November 2016"),
        (date(2016, 11, 1), "month", "November 2016"),
        (date(2016, 1, 1), "year", "2016"),
        (date(2016, 1, 1), "estimated", "about 2016, a guess"),
        (date(2026, 1, 5), "expected", "due Monday 5 January 2026"),
        (None, "exact", ""),
    ],
)
def test_a_birth_date_is_said_as_far_as_it_is_known(cast: Cast, born_on, precision, said):
    cast.jude.born_on, cast.jude.born_precision = born_on, precision
    assert telling.born(cast.jude) == said


def test_a_child_who_died_is_said_gently(cast: Cast):
    cast.jude.died_on = date(2025, 1, 2)
    assert telling.age_line(cast.jude, timezone.localdate()) == "Died on Thursday 2 January 2025"


def test_national_codes_are_shown_as_words(cast: Cast, client: Client):
    kavi = cast.kavi
    kavi.ethnicity, kavi.disabilities, kavi.sex_registered = "AIND", ["HEAR", "AUT"], "F"
    kavi.save()
    page = page_of(client, cast, "leah", "kavi")
    for words in ("Indian", "Hearing; Autism", "Female"):
        assert words in page
    assert "AIND" not in page


@pytest.mark.parametrize(
    ("who", "offered", "kept"),
    [
        ("leah", ("Add a name", "Add a place"), ("How this file is held", "same person as")),
        ("joy", ("Add a name", "How this file is held", "same person as"), ()),
        ("peter", ("Add a name",), ("Add a place", "How this file is held")),
        ("amrit", (), ("Add a name", "Add a place", "How this file is held")),
        ("gwen", (), ("Add a name", "Add a place", "How this file is held")),
    ],
)
def test_each_is_offered_only_what_is_theirs_to_do(cast: Cast, client: Client, who, offered, kept):
    page = page_of(client, cast, who, "ellis")
    assert all(words in page for words in offered)
    assert not any(words in page for words in kept)
