import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kith.access.accounts.models import Clearance
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.involvement.models import Relation
from kith.people.persons.models import LevelSet
from kith.people.restriction import actions, policies
from kith.people.restriction.queries import custodian_of, workers_told_of
from tests.cast import EARLIER, NOW, Cast, restrict, tie


def clear(cast: Cast, *names: str) -> None:
    for name in names:
        Clearance.objects.create(account=cast.staff[name], since=EARLIER, why="Adoption", given_by=cast.sam)


def closing(cast: Cast, **but: Any) -> dict[str, Any]:
    return {"level": Level.RESTRICTED, "custodian": cast.joy, "staying": [cast.leah], "at": NOW} | but


def close(cast: Cast, who: str = "joy", **but: Any) -> LevelSet:
    wanted = closing(cast, **but)
    return actions.set_level(file=cast.file("ellis"), why="His aunt works here", by=cast.actor(who), **wanted)


@pytest.mark.parametrize(
    ("who", "but", "refusal"),
    [
        ("joy", {}, None),
        ("ivo", {}, None),
        ("leah", {}, policies.NOT_YOURS_TO_LEVEL),
        ("sam", {}, policies.NOT_YOURS_TO_LEVEL),
        ("marcus", {}, policies.LEVEL_OUT_OF_SIGHT),
        ("joy", {"level": Level.OPEN}, policies.SAME_LEVEL),
        ("joy", {"custodian": None}, policies.NEEDS_CUSTODIAN),
        ("joy", {"staying": []}, policies.NAME_WHO_STAYS),
        ("joy", {"level": Level.SEALED}, policies.NEEDS_CLEARANCE),
    ],
)
def test_who_may_close_a_file_and_with_what(cast: Cast, who, but, refusal):
    wanted = closing(cast, **but)
    assert policies.set_level(actor=cast.actor(who), file=cast.file("ellis"), **wanted) is refusal


def test_nobody_barred_is_named(cast: Cast):
    tie(cast.file("ellis"), Tie.BARRED, cast.leah)
    wanted = closing(cast)
    assert policies.set_level(actor=cast.actor("joy"), file=cast.file("ellis"), **wanted) is policies.ONE_IS_BARRED


def test_everyone_named_on_a_sealed_file_is_cleared(cast: Cast):
    clear(cast, "joy")
    wanted = closing(cast, level=Level.SEALED)
    assert policies.set_level(actor=cast.actor("joy"), file=cast.file("ellis"), **wanted) is policies.ONE_NOT_CLEARED
    clear(cast, "leah")
    assert policies.set_level(actor=cast.actor("joy"), file=cast.file("ellis"), **wanted) is None


def test_restricting_names_who_stays_and_the_custodian_in_one_act(cast: Cast):
    close(cast)
    ellis = [cast.file("ellis").pk]
    assert cast.actor("leah").sees(ellis, Verb.WRITE)
    assert cast.actor("joy").sees(ellis)
    for other in ("nadia", "peter", "amrit", "rosa"):
        assert not cast.actor(other).sees(ellis), other


def test_opening_again_ends_the_names_that_closing_wrote_and_no_others(cast: Cast):
    tie(cast.file("ellis"), Tie.NAMED, cast.farrah)
    close(cast)
    later = NOW.replace(hour=11)
    actions.set_level(file=cast.file("ellis"), level=Level.OPEN, why="She left", by=cast.actor("joy", later), at=later)
    named = Relation.objects.filter(kind=Tie.NAMED, until__gt=later)
    assert [t.staff for t in named] == [cast.farrah]
    assert cast.actor("leah", later).sees([cast.file("ellis").pk], Verb.WRITE)


def test_the_custodian_answers_for_a_closed_file_and_its_worker_for_an_open_one(cast: Cast):
    assert workers_told_of(cast.file("ellis"), at=NOW) == [cast.leah]
    close(cast)
    assert custodian_of(cast.file("ellis")) == cast.joy


def pages(client: Client, cast: Cast, who: str) -> list[bytes]:
    client.force_login(cast.staff[who])
    places = [f"/people/{cast.people[n].ref}/" for n in ("maya", "kavi", "craig")]
    return [scrubbed(client.get(place).content) for place in places]


def scrubbed(page: bytes) -> bytes:
    """Take away form keys and tokens, which differ on every answer."""
    return re.sub(rb'value="[A-Za-z0-9]{24,80}"', b"", page)


@pytest.mark.parametrize("who", ["amrit", "nadia", "peter"])
def test_a_closed_file_leaves_other_pages_as_if_the_child_had_never_been_here(cast: Cast, client: Client, who):
    """Trust B 22: nothing another reader can measure differs between a closed file and no file."""
    restrict(cast.file("ellis"))
    closed = pages(client, cast, who)
    cast.ellis.memberships.all().delete()
    assert pages(client, cast, who) == closed
    assert not any(b"Ellis" in page for page in closed)


@pytest.mark.parametrize(("who", "status"), [("joy", 200), ("ivo", 200), ("leah", 200), ("rosa", 200), ("sam", 404)])
def test_who_reaches_the_page_of_how_a_file_is_held(cast: Cast, client: Client, who, status):
    client.force_login(cast.staff[who])
    answer = client.get(f"/files/{cast.file('ellis').ref}/level/")
    assert answer.status_code == status


def test_joy_closes_a_file_on_its_page(cast: Cast, client: Client):
    client.force_login(cast.joy)
    address = f"/files/{cast.file('ellis').ref}/level/"
    answers = {"level": 1, "why": "His aunt works here", "custodian": cast.joy.ref, "staying": [cast.leah.ref]}
    none = client.post(address, answers | {"staying": []}).content.decode()
    assert "Choose at least one worker" in none
    client.post(address, answers)
    assert cast.file("ellis").level == Level.RESTRICTED
    assert "His aunt works here" in client.get(address).content.decode()


def test_a_closed_file_is_not_found_by_those_who_lost_it(cast: Cast, client: Client):
    close(cast, at=timezone.now())
    client.force_login(cast.nadia)
    file = f"files/{cast.file('ellis').ref}"
    for place in (f"people/{cast.ellis.ref}", f"{file}/workers", f"{file}/level"):
        assert client.get(f"/{place}/").status_code == 404, place


def test_location_of_a_restricted_child_is_for_the_named(cast: Cast):
    close(cast)
    assert not cast.actor("nadia").sees([cast.file("ellis").pk], Verb.READ, Content.LOCATION)
