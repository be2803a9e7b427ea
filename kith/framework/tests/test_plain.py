import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.framework import plain
from kith.framework.tests import worked_texts as worked


def test_the_shape_that_the_command_promises() -> None:
    """`kith plain`, interfaces 2."""
    said = plain.check("Maya is a client.").to_json()

    assert said == {
        "reading_age": said["reading_age"],
        "words": 4,
        "words_per_sentence": 4.0,
        "hits": [{"term": "client", "kind": "cold", "instead": "the person's name", "start": 10, "end": 16}],
    }
    assert isinstance(said["reading_age"], float)
    assert json.loads(json.dumps(said)) == said


def test_a_good_statement_reads_below_eleven_and_has_no_hits() -> None:
    read = plain.check(worked.DS1)
    assert read.reading_age < 11
    assert read.hits == ()


def test_nothing_is_read_from_an_empty_page() -> None:
    assert plain.check("").to_json() == {
        "reading_age": 0.0,
        "words": 0,
        "words_per_sentence": 0.0,
        "hits": [],
    }


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    json.dumps(plain.check(text).to_json(), allow_nan=False)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "case ",
        '"',
        "'a ",
        "“a",
        "Aa and ",
        "S&",
        "\n \n",
        "\x00\u202e",
        "🙂",
        "Mr. ",
        "at risk\n- ",
        "1 ",
        "é",
        "' \"",
    ],
)
@pytest.mark.long
def test_a_hundred_thousand_characters_take_no_longer_for_being_odd(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    plain.check(text)
    assert time.process_time() - start < 5
