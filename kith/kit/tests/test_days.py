from datetime import date, time

import pytest

from kith.kit.days import DayParts, PartDay, UnclearError, read_day, read_part_day, read_time, settle

FIFTH = date(2016, 11, 5)


@pytest.mark.parametrize(
    "parts",
    [
        DayParts("5", "11", "2016"),
        DayParts("05", "Nov", "2016"),
        DayParts("5th", "november", "2016"),
        DayParts("5/11/2016"),
        DayParts(" 5 November 2016 "),
        DayParts("2016-11-05"),
        DayParts("", "5.11.2016", ""),
    ],
)
def test_the_same_day_however_it_is_typed(parts):
    assert read_day(parts) == FIFTH


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (DayParts("31", "2", "2025"), "31 February is not a day. Check the day and month."),
        (DayParts("29", "2", "2025"), "29 February 2025 is not a day. Check the day and month."),
        (DayParts("0", "2", "2025"), "0 February is not a day. Check the day and month."),
        (DayParts("5", "13", "2016"), "13 is not a month. Check the month."),
        (DayParts("5", "Smarch", "2016"), "Smarch is not a month. Check the month."),
        (DayParts("5", "11", "16"), "Write the year in full, such as 2016."),
        (DayParts("5", "11", "1016"), "Check the year: 1016 is too long ago."),
        (DayParts("5", "", ""), "Add the month and the year."),
        (DayParts("fifth", "11", "2016"), "Write the day as a number, such as 5."),
        (DayParts("5", "11", "२०१६"), "Write the year in full, such as 2016."),
    ],
)
def test_a_bad_day_gets_one_clear_sentence(parts, sentence):
    with pytest.raises(UnclearError) as fault:
        read_day(parts)
    assert str(fault.value) == sentence


def test_empty_boxes_are_no_day():
    assert read_day(DayParts()) is None
    assert read_part_day(DayParts()) is None


def test_only_what_is_known_of_a_day_is_kept():
    assert read_part_day(DayParts("5", "11", "2016")) == PartDay(FIFTH, "day")
    assert read_part_day(DayParts("", "11", "2016")) == PartDay(date(2016, 11, 1), "month")
    assert read_part_day(DayParts("", "", "2016")) == PartDay(date(2016, 1, 1), "year")


def test_a_part_day_says_no_more_than_is_known():
    known = [PartDay(FIFTH, "day"), PartDay(date(2016, 11, 1), "month"), PartDay(date(2016, 1, 1), "year")]
    assert [part.in_words() for part in known] == ["5 November 2016", "November 2016", "2016"]


@pytest.mark.parametrize("parts", [DayParts("5", "11", ""), DayParts("5", "", "2016")])
def test_a_part_day_with_a_hole_in_it_is_asked_again(parts):
    with pytest.raises(UnclearError):
        read_part_day(parts)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4.10 pm", time(16, 10)),
        ("16:10", time(16, 10)),
        ("4pm", time(16)),
        ("4 p.m.", time(16)),
        ("12 am", time(0)),
        ("12.30 pm", time(12, 30)),
        ("09:05", time(9, 5)),
        ("1610", time(16, 10)),
        ("Midday", time(12)),
    ],
)
def test_a_time_however_it_is_typed(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("4.10", "Say whether 4.10 is am or pm."),
        ("25:00", "25:00 is not a time. Write it like 4.10 pm."),
        ("teatime", "teatime is not a time. Write it like 4.10 pm."),
    ],
)
def test_an_unclear_time_is_asked_again(typed, sentence):
    with pytest.raises(UnclearError) as fault:
        read_time(typed)
    assert str(fault.value) == sentence


def test_a_single_number_is_not_taken_for_a_whole_date():
    assert settle(DayParts("12")) == DayParts("12")
