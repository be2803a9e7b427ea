"""The database appends as the process would: the same bytes, in one round trip."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kith.access.actor import Actor
from kith.access.audit import chain, looks, served
from kith.access.audit.acts import action, note
from kith.access.audit.models import Act, Look
from kith.access.audit.tests.scene import ELLIS, LEAH, MAYA, NOW, a_trail
from kith.access.audit.verify import verify

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.postgresql]
LEAH_ACTS = Actor(LEAH[0], LEAH[1], "Leah", frozenset())

words = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
anything = some.text(
    some.characters(exclude_categories=["Cs"]), max_size=200
)  # a body may hold a NUL: JSON writes it out
told = some.tuples(
    some.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=some.sampled_from([UTC])),  # noqa: DTZ001
    some.uuids(),
    words,
    some.fixed_dictionaries(
        {"files": some.lists(some.uuids().map(str), max_size=3)}, optional={"why": anything, "'%s{}": anything}
    ),
)


@pytest.fixture(autouse=True)
def anchor(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=some.lists(told, min_size=1, max_size=4), account=some.integers(1, 40))
def test_what_the_database_seals_is_what_we_would_have_sealed(rows, account):
    with transaction.atomic():
        chain.append_acts(rows, account_id=account)
        kept = list(Act.objects.filter(chain=account % chain.GROUPS).order_by("-seq")[: len(rows)])[::-1]
        for row, (at, who, what, body) in zip(kept, rows, strict=True):
            assert (row.at, row.account, row.what, row.body) == (at, who, what, chain.canonical(body))
            told_again = (row.prev, row.chain, row.seq, at, who, what, chain.canonical(body))
            assert row.hash == chain.seal(chain.ACTS, *told_again)
            assert {str(f) for f in row.touched.values_list("file", flat=True)} == set(body["files"])
        assert verify().first is None


@action
def ring_school(*, by, at):
    note("school.rung", files=[ELLIS, MAYA])
    note("school.asked", files=[ELLIS])


def test_an_act_with_all_its_notes_is_appended_in_one_round_trip():
    with CaptureQueriesContext(connection) as asked:
        ring_school(by=LEAH_ACTS, at=NOW)
    appended = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(appended) == 1
    assert appended[0].startswith("SELECT kith_append_act(")
    assert [row.touched.count() for row in Act.objects.order_by("seq")] == [2, 1]


def test_looks_are_appended_in_one_round_trip_and_by_sixteen_chains():
    from django.db import connections

    looking = looks.Looking()
    looking.saw("family", files=[ELLIS, MAYA])
    looking.saw("draft", files=[ELLIS])
    with CaptureQueriesContext(connections["looks"]) as asked:
        looks.write(looking, by=LEAH_ACTS, at=NOW)
    assert len(asked) == 1
    assert set(Look.objects.values_list("chain", flat=True)) == {LEAH[0] % 16}


def test_the_key_of_the_trail_never_reaches_the_database(settings):
    with CaptureQueriesContext(connection) as asked:
        chain.append_acts([(NOW, LEAH[1], "family", {"files": []})], account_id=1)
    sent = asked[0]["sql"]
    assert settings.AUDIT_KEY not in sent
    assert settings.AUDIT_KEY.encode().hex() not in sent


def test_a_row_is_refused_whole_or_kept_whole():
    broken = [(NOW, LEAH[1], "family", {"files": []}), (NOW, UUID(int=0), "x" * 61, {"files": []})]
    with pytest.raises(DatabaseError), transaction.atomic():
        chain.append_acts(broken, account_id=1)
    assert not Act.objects.exists()


def test_the_functions_go_and_come_again():
    served.drop_functions(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        a_trail(each=1)
    served.make_functions(connection)
    a_trail(each=1)
    assert Act.objects.count() == 3
