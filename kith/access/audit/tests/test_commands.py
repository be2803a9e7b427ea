"""`kith audit verify`: rows checked and the first break, in words or as JSON."""

import json
from io import StringIO

import pytest

from kith.access.audit.commands import verify
from kith.access.audit.models import Act
from kith.access.audit.tests.scene import a_trail, lower

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture(autouse=True)
def anchor(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"


def test_a_whole_trail_ends_well():
    a_trail(each=2)
    said = StringIO()
    assert verify(said) == 0
    assert said.getvalue() == "18 rows checked against 0 published lines. Both ledgers are whole.\n"


def test_a_store_with_nothing_in_it_is_whole():
    assert verify(StringIO()) == 0


def test_a_break_ends_with_one_and_says_where():
    lower()
    a_trail(each=2)
    Act.objects.filter(seq=2).update(what="nothing.much")
    said = StringIO()
    assert verify(said, "json") == 1
    told = json.loads(said.getvalue())
    assert told["whole"] is False
    assert told["first"]["ledger"] == "acts"
    assert told["first"]["row"] == 2
    assert "row 2 has been changed" in told["sentence"]
