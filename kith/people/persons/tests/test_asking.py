"""What a front-door worker types is read for what it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.people.persons.keys import BirthDate, Query, e164, is_nhs_number, is_upn, keys_for, query_keys

ELLIS = BirthDate(2016, 11, 5)


@pytest.mark.parametrize(
    "written",
    [
        "5/11/2016", "05/11/2016", "5-11-16", "5.11.2016", "05 11 2016", "5 Nov 2016", "5th of November 2016",
        "5Nov16", "5 nov. 2016", "5-Nov-2016", "Nov 5, 2016", "November 5th 2016", "2016-11-05", "2016/11/5", "05112016", "20161105",
    ],
)  # fmt: skip
def test_a_birth_date_in_any_common_form(written):
    for typed in (written, f"Ellis {written}", f"{written} solanki ellis"):
        assert query_keys(typed).born == ELLIS


@pytest.mark.parametrize(
    ("written", "born", "first", "last"),
    [
        ("Nov 2016", BirthDate(2016, 11), date(2016, 11, 1), date(2016, 11, 30)),
        ("12/2016", BirthDate(2016, 12), date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-02", BirthDate(2016, 2), date(2016, 2, 1), date(2016, 2, 29)),
        ("2016", BirthDate(2016), date(2016, 1, 1), date(2016, 12, 31)),
        ("5/11/63", BirthDate(1963, 11, 5), date(1963, 11, 5), date(1963, 11, 5)),
        ("11/25/2016", BirthDate(2016, 11, 25), date(2016, 11, 25), date(2016, 11, 25)),
    ],
)
def test_part_of_a_birth_date_spans_the_days_it_may_mean(written, born, first, last):
    assert query_keys(f"Ellis {written}").born == born
    assert born.span() == (first, last)


def test_a_day_no_calendar_has_is_said_and_not_searched():
    asked = query_keys("Ellis 31/02/2016")
    assert asked.born is None
    assert asked.unread == ("31/02/2016 is not a day in the calendar.",)


@pytest.mark.parametrize(
    "written", ["07700 900123", "+44 7700 900 123", "+44 (0)7700 900123", "07700-900-123", "(07700) 900123"]
)
def test_a_telephone_number_is_read_in_one_form(written):
    asked = query_keys(f"gran {written}")
    assert (asked.words, asked.phone, asked.identifier) == (("gran",), "+447700900123", None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("LE1 7QA", "LE17QA"),
        ("le17qa", "LE17QA"),
        ("LE3", "LE3"),
        ("LE3 4", "LE34"),
        ("SW1A 1", "SW1A1"),
        ("b1", "B1"),
    ],
)
def test_a_postcode_or_its_start(written, read):
    asked = query_keys(f"reid {written}")
    assert (asked.words, asked.postcode) == (("reid",), read)


def test_a_good_nhs_number_is_an_identifier():
    asked = query_keys("943 476 5919 maya")
    assert (asked.identifier.kind, asked.identifier.value, asked.words) == ("nhs", "9434765919", ("maya",))


def test_an_nhs_number_with_a_slip_is_still_looked_for_and_the_slip_is_said():
    asked = query_keys("943 476 5918")
    assert asked.identifier.kind == "number"
    assert asked.unread == ("943 476 5918 is not a whole NHS number: one of its figures is wrong.",)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("9434765919", True),
        ("9434765918", False),
        ("0000000000", False),
        ("4010232137", True),
        ("943476591", False),
        ("٩٤٣٤٧٦٥٩١٩", False),
    ],
)
def test_the_last_figure_of_an_nhs_number_checks_the_rest(value, good):
    assert is_nhs_number(value) is good


@pytest.mark.parametrize(
    ("value", "good"),
    [("A123456789012", True), ("B123456789012", False), ("A12345678901I", False), ("", False)],
)
def test_the_first_letter_of_a_pupil_number_checks_the_rest(value, good):
    assert is_upn(value) is good


def test_a_pupil_number_with_a_slip_is_said():
    assert query_keys("a123456789012").identifier.kind == "upn"
    assert query_keys("B123456789012").unread


def test_a_long_number_of_our_own_is_an_identifier_and_a_short_one_is_owned_up_to():
    assert query_keys("1234567").identifier.value == "1234567"
    assert query_keys("12 Reid").unread == ("We could not use “12”.",)


def test_eight_figures_may_be_a_birth_date_or_a_number_so_both_are_looked_for():
    asked = query_keys("05112016")
    assert (asked.born, asked.identifier.value) == (ELLIS, "05112016")


def test_everything_at_once_in_any_order():
    asked = query_keys("Mrs o brien  LE3 07700 900123 Siobhán 5/11/2016 k")
    assert set(asked.words) == {"obrien", "siobhan"}
    assert asked.typed == ("o’brien", "Siobhán")
    assert (asked.born, asked.phone, asked.postcode, asked.initials) == (
        ELLIS,
        "+447700900123",
        "LE3",
        ("k",),
    )


@pytest.mark.parametrize("typed", ["", "   ", "😀", "x", "\x00", "'"])
def test_nothing_to_look_for(typed):
    assert query_keys(typed).is_empty


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [("shivaun murphy", "Siobhán Murphy"), ("murphy siobhan", "Siobhán Murphy"), ("maryann li", "Mary-Ann Li"),
     ("mary ann li", "Maryann Li"), ("gosia kowalski", "Małgorzata Kowalska"), ("abdul rahman", "Abdelrahman Nur")],
)  # fmt: skip
def test_every_word_asked_for_has_a_key_that_the_person_has(typed, recorded):
    held = keys_for([recorded])
    assert all(keys & held for keys in query_keys(typed).alternatives())


@given(st.text() | st.text(alphabet="0123456789/-+ ().ALE novSam", max_size=60))
def test_reading_never_fails(typed):
    asked = query_keys(typed)
    assert isinstance(asked, Query)
    assert len(asked.words) == len(asked.typed) == len(asked.alternatives())
    assert all(len(text) > 1 or not text.isascii() for text in asked.words)


@given(st.text(max_size=40))
def test_a_telephone_number_is_in_one_form_or_none(value):
    found = e164(value)
    assert found is None or found.startswith("+")
