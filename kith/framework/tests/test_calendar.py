from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.framework import calendar
from kith.framework.calendar import NotUnderstood, OutsideCalendar, Unit

WD, DAYS, WEEKS, MONTHS = Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS

some_day = st.dates(date(2015, 2, 1), date(2028, 12, 31))
some_length = st.integers(0, 300)


@pytest.mark.parametrize(
    ("length", "unit", "start", "expected"),
    [
        (1, WD, "2026-04-02", "2026-04-07"),
        (1, WD, "2026-12-24", "2026-12-29"),
        (10, WD, "2026-03-27", "2026-04-14"),
        (10, WD, "2026-12-11", "2026-12-29"),
        (15, WD, "2026-11-23", "2026-12-14"),
        (15, WD, "2026-12-21", "2027-01-14"),
        (15, WD, "2025-05-20", "2025-06-11"),
        (20, WD, "2024-10-07", "2024-11-04"),
        (20, WD, "2027-12-20", "2028-01-20"),
        (45, WD, "2025-05-19", "2025-07-22"),
        (45, WD, "2026-11-23", "2027-01-28"),
        (3, MONTHS, "2026-11-30", "2027-02-28"),
        (6, MONTHS, "2026-08-31", "2027-02-28"),
    ],
)
def test_the_vectors_of_the_clock_engine(length: int, unit: Unit, start: str, expected: str) -> None:
    """Domain 6.2."""
    assert calendar.due(length, unit, date.fromisoformat(start)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("length", "unit", "start", "expected"),
    [
        (1, WEEKS, "2026-11-23", "2026-11-30"),
        (72, DAYS, "2026-11-23", "2027-02-03"),
        (1, MONTHS, "2028-01-31", "2028-02-29"),
        (0, WD, "2026-11-21", "2026-11-23"),
        (0, WD, "2026-11-23", "2026-11-23"),
        (1, WD, "2026-11-21", "2026-11-23"),
        (0, DAYS, "2026-11-21", "2026-11-21"),
    ],
)
def test_other_lengths(length: int, unit: Unit, start: str, expected: str) -> None:
    assert calendar.due(length, unit, date.fromisoformat(start)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_the_bank_holidays_of_a_year(year: int, days: str) -> None:
    assert [f"{day:%m-%d}" for day in calendar.bank_holidays() if day.year == year] == days.split()


@pytest.mark.parametrize("day", ["2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2021-12-28"])
def test_one_off_and_moved_holidays_are_not_working_days(day: str) -> None:
    assert not calendar.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2020-05-04", "2022-05-30"])
def test_the_day_a_holiday_moved_from_is_an_ordinary_monday(day: str) -> None:
    assert calendar.is_working_day(date.fromisoformat(day))


def test_every_year_has_eight_holidays_and_its_one_offs() -> None:
    years = [day.year for day in calendar.bank_holidays()]
    assert {year: years.count(year) for year in range(2015, 2031)} == dict.fromkeys(range(2015, 2031), 8) | {
        2022: 10,
        2023: 9,
    }


def test_a_date_that_falls_on_a_sunday_is_aimed_for_on_the_friday() -> None:
    assert calendar.aim_by(date(2027, 2, 28)) == date(2027, 2, 26)
    assert calendar.aim_by(date(2026, 11, 23)) == date(2026, 11, 23)


def test_a_report_reaches_the_family_three_working_days_before_the_conference() -> None:
    """K11."""
    assert calendar.latest_before(3, WD, date(2026, 4, 8)) == date(2026, 4, 1)


def test_working_days_are_counted_before_on_and_after_the_day() -> None:
    due = date(2025, 6, 11)
    assert calendar.working_days_between(date(2025, 6, 6), due) == 3
    assert calendar.working_days_between(due, due) == 0
    assert calendar.working_days_between(date(2025, 6, 16), due) == -3


@pytest.mark.parametrize(
    ("length", "unit", "start"),
    [
        (1, WD, date(2014, 12, 31)),
        (1, WD, date(2031, 1, 1)),
        (1, WD, date(2030, 12, 31)),
        (2, MONTHS, date(2030, 11, 30)),
        (9999, WEEKS, date(2026, 1, 1)),
        (10**30, MONTHS, date(2026, 1, 1)),
        (1, DAYS, date.max),
    ],
)
def test_outside_the_known_years_is_said_in_a_sentence(length: int, unit: Unit, start: date) -> None:
    with pytest.raises(OutsideCalendar, match=r"from 2015 to 2030\."):
        calendar.due(length, unit, start)


def test_nothing_is_aimed_for_before_the_first_known_day() -> None:
    with pytest.raises(OutsideCalendar):
        calendar.aim_by(date(2015, 1, 1))


@given(start=some_day, length=some_length)
def test_working_days_never_land_on_a_closed_day(start: date, length: int) -> None:
    assert calendar.is_working_day(calendar.due(length, WD, start))


@given(start=some_day, length=some_length)
def test_counting_working_days_one_by_one_agrees(start: date, length: int) -> None:
    day, left = start, length
    while left or not calendar.is_working_day(day):
        day += timedelta(days=1)
        left -= left > 0 and calendar.is_working_day(day)
    assert calendar.due(length, WD, start) == day


@given(start=some_day, unit=st.sampled_from(Unit), length=st.integers(0, 20))
def test_longer_is_never_sooner_and_later_is_never_sooner(start: date, unit: Unit, length: int) -> None:
    due = calendar.due(length, unit, start)
    assert due <= calendar.due(length + 1, unit, start)
    assert due <= calendar.due(length, unit, start + timedelta(days=1))


@given(start=some_day, length=st.integers(0, 24))
def test_months_keep_the_day_or_take_the_last(start: date, length: int) -> None:
    due = calendar.due(length, MONTHS, start)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == length
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@given(start=some_day, length=st.integers(1, 200))
def test_working_days_between_undoes_due(start: date, length: int) -> None:
    assert calendar.working_days_between(start, calendar.due(length, WD, start)) == length


@given(day=some_day)
def test_aim_by_is_a_working_day_no_later_than_the_due_day(day: date) -> None:
    aim = calendar.aim_by(day)
    assert calendar.is_working_day(aim)
    assert aim <= day


@pytest.mark.parametrize("text", ["15", " 15 ", "0", "0015"])
def test_a_length_is_a_whole_number(text: str) -> None:
    assert calendar.parse_length(text) == int(text)


@pytest.mark.parametrize("text", ["", "fifteen", "-1", "1.5", "٣", "99999", "1\n2"])
def test_what_is_not_a_length_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(NotUnderstood, match="whole number from 0 to 9999"):
        calendar.parse_length(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("working-days", WD), ("Working Day", WD), ("days", DAYS), ("WEEKS", WEEKS), ("month", MONTHS)],
)
def test_a_unit_is_understood_as_people_write_it(text: str, unit: Unit) -> None:
    assert calendar.parse_unit(text) is unit


@pytest.mark.parametrize("text", ["", "years", "school-days", "working"])
def test_what_is_not_a_unit_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(NotUnderstood, match="working-days, days, weeks or months"):
        calendar.parse_unit(text)


def test_a_day_is_written_year_month_day() -> None:
    assert calendar.parse_day("2025-05-20") == date(2025, 5, 20)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("20/05/2025", "year-month-day"),
        ("20250520", "year-month-day"),
        ("2025-W20-2", "year-month-day"),
        ("", "year-month-day"),
        ("2025-02-30", "no such day as 2025-02-30"),
        ("0000-01-01", "no such day"),
    ],
)
def test_what_is_not_a_day_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(NotUnderstood, match=says):
        calendar.parse_day(text)


def test_a_day_outside_the_calendar_is_said_in_a_sentence() -> None:
    with pytest.raises(OutsideCalendar):
        calendar.parse_day("1999-12-31")
