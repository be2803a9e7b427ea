"""Where somebody can be found: a protected kind of its own (trust E4, domain 12.1)."""

from typing import Any

import pytest
from django.test import Client

from kith.access.actor import Actor
from kith.framework.kinds import Tie
from kith.kit.refusal import Refused
from kith.people.locations import actions, policies, queries
from kith.people.locations.forms import ContactForm, LocationForm
from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.models import Family, File, Membership, Person
from kith.people.persons.queries import doors_of
from tests.cast import EARLIER, NOW, Cast, tie


def a_refuge(cast: Cast, **but: Any) -> dict[str, Any]:
    return {
        "person": cast.kavi,
        "kind": "refuge",
        "lines": "9 Hidden Lane",
        "protected": True,
        "known_in": cast.solanki_reid,
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def knows(actor: Actor, person: Person) -> list[str]:
    rows = queries.places([person], at=NOW)
    return [p.lines for p in queries.known(rows, doors_of(person, at=NOW), actor.sees, at=NOW)]


@pytest.mark.parametrize(
    ("who", "home", "refuge"),
    [
        ("leah", True, True),
        ("nadia", True, True),
        ("joy", True, True),
        ("peter", False, False),
        ("amrit", False, False),
        ("gwen", False, False),
        ("rosa", False, False),
        ("sam", False, False),
    ],
)
def test_who_knows_where_kavi_is(cast: Cast, who, home, refuge):
    actions.add_location(**a_refuge(cast))
    actions.add_location(**a_refuge(cast, kind="home", lines="4 Larch Road", protected=False, known_in=None))
    known = knows(cast.actor(who), cast.kavi)
    assert ("4 Larch Road" in known, "9 Hidden Lane" in known) == (home, refuge)


def test_breaking_the_glass_opens_where_a_child_is_but_no_protected_place(cast: Cast):
    ellis = {"person": cast.ellis, "known_in": None}
    actions.add_location(**a_refuge(cast, **ellis))
    actions.add_location(**a_refuge(cast, **ellis, kind="school", lines="Oakmere Primary", protected=False))
    tie(cast.file("ellis"), Tie.GLASS, cast.rosa)
    assert knows(cast.actor("rosa"), cast.ellis) == ["Oakmere Primary"]


def test_a_protected_place_is_known_in_one_family_only(cast: Cast):
    """Kavi is godmother in Rosa’s family: Rosa knows her home, and never her refuge."""
    Membership.objects.create(family=cast.families["nowak-campbell"], person=cast.kavi, role="godmother", since=EARLIER)
    actions.add_location(**a_refuge(cast))
    actions.add_location(**a_refuge(cast, kind="home", lines="4 Larch Road", protected=False))
    assert knows(cast.actor("rosa"), cast.kavi) == ["4 Larch Road"]


def test_an_adults_own_childhood_file_opens_her_refuge_to_its_own_worker_alone(cast: Cast):
    own = File.objects.create(person=cast.kavi, opened_at=EARLIER)
    tie(own, Tie.COWORKER, cast.rosa)
    actions.add_location(**a_refuge(cast))
    assert knows(cast.actor("rosa"), cast.kavi) == ["9 Hidden Lane"]
    assert knows(cast.actor("leah"), cast.kavi) == ["9 Hidden Lane"]
    assert knows(cast.actor("amrit"), cast.kavi) == []


@pytest.mark.parametrize(
    ("who", "whom", "but", "refusal"),
    [
        ("leah", "kavi", {}, None),
        ("joy", "kavi", {}, None),
        ("peter", "kavi", {}, policies.NOT_IN_LINE),
        ("amrit", "kavi", {}, policies.NOT_IN_LINE),
        ("gwen", "kavi", {}, policies.NOT_YOUR_WORK),
        ("leah", "kavi", {"known_in": None}, policies.SAY_WHICH_FAMILY),
        ("leah", "kavi", {"known_in": "nowak-campbell"}, policies.NOT_THAT_FAMILY),
        ("leah", "kavi", {"known_in": None, "protected": False}, None),
        ("leah", "ellis", {"known_in": None}, None),
    ],
)
def test_who_writes_a_place_and_for_whom(cast: Cast, who, whom, but, refusal):
    wanted: dict[str, Any] = {"protected": True, "known_in": "solanki-reid"} | but
    family: Family | None = cast.families.get(wanted["known_in"])
    person, actor = cast.people[whom], cast.actor(who)
    asked = policies.add_location(actor=actor, person=person, protected=wanted["protected"], known_in=family, at=NOW)
    assert asked is refusal


def test_no_post_goes_to_a_protected_place(cast: Cast):
    place = actions.add_location(**a_refuge(cast, post_is_safe=True))
    assert place.post_is_safe is False


def test_a_place_that_ended_stays_on_the_record_and_gets_no_post(cast: Cast):
    place = actions.add_location(**a_refuge(cast, kind="home", protected=False, post_is_safe=True))
    later = NOW.replace(hour=12)
    actions.end_location(location=place, by=cast.actor("leah", later), at=later)
    assert Location.objects.get().post_is_safe is False
    assert queries.places([cast.kavi], at=later) == []


def test_only_those_who_know_of_a_place_end_it(cast: Cast):
    place = actions.add_location(**a_refuge(cast))
    Membership.objects.create(family=cast.families["nowak-campbell"], person=cast.kavi, role="godmother", since=EARLIER)
    with pytest.raises(Refused) as refused:
        actions.end_location(location=place, by=cast.actor("rosa"), at=NOW)
    assert refused.value.refusal is policies.NOT_FOUND


def test_a_number_is_kept_as_typed_and_found_however_it_is_typed(cast: Cast):
    detail = actions.add_contact_detail(
        person=cast.kavi, kind="phone", value="07700 900123", safe="with-care", by=cast.actor("leah"), at=NOW
    )
    assert (detail.value, detail.folded) == ("07700 900123", "+447700900123")
    later = NOW.replace(hour=12)
    actions.end_contact_detail(detail=detail, by=cast.actor("leah"), at=later)
    assert ContactDetail.objects.get().until == later


def test_the_newest_wish_stands_and_the_older_stay(cast: Cast):
    for hour, words in ((9, "Ring after ten"), (10, "Text, don’t ring")):
        at = NOW.replace(hour=hour)
        actions.say_safe_contact(person=cast.kavi, words=words, by=cast.actor("leah", at), at=at)
    assert queries.newest_safe_contact([cast.kavi]).words == "Text, don’t ring"
    assert cast.kavi.safe_contacts.count() == 2


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("leah", None), ("joy", None), ("peter", policies.NOT_IN_LINE), ("gwen", policies.NOT_YOUR_WORK)],
)
def test_who_writes_how_kavi_asked_to_be_reached(cast: Cast, who, refusal):
    assert policies.say_safe_contact(actor=cast.actor(who), person=cast.kavi, at=NOW) is refusal


@pytest.mark.parametrize(
    ("form", "answers", "fault"),
    [
        (LocationForm, {"kind": "home"}, "Write its name"),
        (LocationForm, {"kind": "home", "name": "x", "protected": "on", "post_is_safe": "on"}, "No post goes"),
        (ContactForm, {"kind": "email", "value": "kavi", "safe": "yes"}, "Check the e-mail address"),
    ],
)
def test_an_answer_that_cannot_be_is_sent_back(form, answers, fault):
    asked = form(answers, families=[])
    assert not asked.is_valid()
    assert any(fault in wrong.sentence for wrong in asked.error_summary())


HIDDEN = "9 Hidden Lane"
NUMBER = "07700 900999"


@pytest.fixture
def refuge(cast: Cast) -> Location:
    way = {"kind": "phone", "value": NUMBER, "protected": True, "known_in": cast.solanki_reid}
    actions.add_contact_detail(person=cast.kavi, by=cast.actor("leah"), at=NOW, **way)
    return actions.add_location(**a_refuge(cast))


@pytest.mark.parametrize("who", ["peter", "amrit", "gwen", "rosa", "sam", "farrah", "ivo"])
def test_a_protected_place_is_in_no_byte_of_any_page_for_others(cast: Cast, refuge, client: Client, who):
    """Trust B 25: the bytes, not the status."""
    Membership.objects.create(family=cast.families["nowak-campbell"], person=cast.kavi, role="godmother", since=EARLIER)
    client.force_login(cast.staff[who])
    for person in cast.people.values():
        for page in ("", "details/", "places/new/", "contact/new/", "before-you-ring/", "kin/new/", "homes/new/"):
            content = client.get(f"/people/{person.ref}/{page}").content.decode()
            assert HIDDEN not in content
            assert NUMBER not in content


def test_leah_reads_it_with_who_else_may_know(cast: Cast, refuge, client: Client):
    client.force_login(cast.leah)
    page = client.get(f"/people/{cast.kavi.ref}/").content.decode()
    assert HIDDEN in page
    assert "Kept from others" in page
    client.post(f"/people/{cast.kavi.ref}/places/{refuge.ref}/end/")
    assert HIDDEN not in client.get(f"/people/{cast.kavi.ref}/").content.decode()


def test_nobody_else_ends_it_by_its_address(cast: Cast, refuge, client: Client):
    client.force_login(cast.peter)
    assert client.post(f"/people/{cast.kavi.ref}/places/{refuge.ref}/end/").status_code == 404


def test_leah_writes_a_place_a_number_and_a_wish(cast: Cast, client: Client):
    client.force_login(cast.leah)
    base = f"/people/{cast.kavi.ref}"
    kept = {"kind": "refuge", "lines": HIDDEN, "protected": "on"}
    assert "Say in which family" in client.post(f"{base}/places/new/", kept).content.decode()
    client.post(f"{base}/places/new/", kept | {"known_in": cast.solanki_reid.ref})
    client.post(f"{base}/contact/new/", {"kind": "phone", "value": "07700 900123", "safe": "no"})
    client.post(f"{base}/before-you-ring/", {"words": "Text, don’t ring"})
    page = client.get(f"{base}/").content.decode()
    for words in (HIDDEN, "07700 900123", "No, do not use it", "Text, don’t ring"):
        assert words in page
    detail = ContactDetail.objects.get()
    client.post(f"{base}/contact/{detail.ref}/end/")
    assert "07700 900123" not in client.get(f"{base}/").content.decode()
