from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.restriction import actions, policies, queries
from kith.people.restriction.tests.test_glass import broken
from tests.cast import NOW, Cast, restrict, tie


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("joy", None),
        ("ivo", None),
        ("marcus", policies.NOT_YOURS_TO_REVIEW),
        ("ruth", policies.NOT_YOURS_TO_REVIEW),
        ("leah", policies.NOT_YOURS_TO_REVIEW),
        ("rosa", policies.NOT_YOURS_TO_REVIEW),
        ("sam", policies.NOT_YOURS_TO_REVIEW),
    ],
)
def test_who_looks_into_why(cast: Cast, who, refusal):
    assert policies.review_grant(actor=cast.actor(who), grant=broken(cast)) is refusal


def test_nobody_looks_into_their_own(cast: Cast):
    restrict(cast.file("ellis"))
    grant = broken(cast, "joy")
    assert policies.review_grant(actor=cast.actor("joy"), grant=grant) is policies.NOT_YOUR_OWN
    assert not queries.grants_waiting(cast.actor("joy"))


def test_a_finding_is_written_once(cast: Cast):
    grant = broken(cast)
    found = actions.review_grant(grant=grant, finding="Needed. Mum was safe.", by=cast.actor("joy"), at=NOW)
    assert (found.reviewed_by_id, found.finding) == (cast.joy.pk, "Needed. Mum was safe.")
    assert not queries.grants_waiting(cast.actor("ivo"))
    with pytest.raises(Refused) as refused:
        actions.review_grant(grant=grant, finding="Again", by=cast.actor("ivo"), at=NOW)
    assert refused.value.refusal is policies.REVIEWED_ALREADY


def test_a_bar_keeps_a_grant_from_a_leader(cast: Cast):
    grant = broken(cast)
    tie(cast.file("ellis"), Tie.BARRED, cast.joy)
    assert queries.open_grant(cast.actor("joy"), grant.ref) is None


def test_those_who_were_told_see_who_and_why_but_not_whose_file(cast: Cast, client: Client):
    broken(cast)
    client.force_login(cast.ivo)
    page = client.get(f"/grants/{queries.grants_waiting(cast.actor('ivo'))[0].grant.ref}/").content.decode()
    assert "Rosa Pereira" in page
    assert "Ellis" not in page
    assert "Ellis" not in client.get("/grants/").content.decode()


def test_a_leader_in_the_line_sees_whose_it_was(cast: Cast, client: Client):
    broken(cast)
    client.force_login(cast.joy)
    assert "Ellis" in client.get("/grants/").content.decode()


def test_when_the_file_is_sealed_later_nobody_without_sight_hears_of_the_grant(cast: Cast):
    broken(cast)
    restrict(cast.file("ellis"), Level.SEALED)
    assert not queries.grants_waiting(cast.actor("ivo"))


def test_it_is_to_be_looked_into_within_three_working_days(cast: Cast):
    broken(cast)
    waiting = queries.grants_waiting(cast.actor("joy"))[0]
    assert waiting.look_by == (NOW + timedelta(days=5)).date()  # Wednesday, and a weekend between


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # the first page of a session writes the session
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_the_page_takes_the_same_queries_for_one_grant_and_for_three(cast: Cast, client: Client):
    client.force_login(cast.joy)
    broken(cast)
    one = queries_of(client, "/grants/")
    broken(cast, whose="maya")
    broken(cast, whose="jude")
    assert queries_of(client, "/grants/") == one


def test_a_review_is_written_on_the_page(cast: Cast, client: Client):
    grant = broken(cast)
    client.force_login(cast.joy)
    client.post(f"/grants/{grant.ref}/", {"finding": "It was needed."})
    assert "It was needed." in client.get(f"/grants/{grant.ref}/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("joy", 200), ("ivo", 200), ("leah", 403), ("sam", 403), ("gwen", 403)])
def test_who_may_open_the_list(cast: Cast, client: Client, who, status):
    client.force_login(cast.staff[who])
    assert client.get("/grants/").status_code == status
