from datetime import UTC, date, datetime, time

import pytest

from kith.kit.wording import age, clock_time, day, initials, listed, paragraphs, run, short_day, shortened

REVIEW = date(2025, 9, 10)


def test_the_review_day_is_written_in_full():
    assert day(REVIEW) == "Wednesday 10 September 2025"


def test_a_day_nobody_knows_is_said_to_be_unknown():
    assert (day(None), short_day(None), clock_time(None), age(None, REVIEW)) == (
        "date not known",
        "date not known",
        "time not known",
        "age not known",
    )


def test_the_year_goes_only_beside_the_same_year():
    assert short_day(REVIEW) == "10 Sept 2025"
    assert short_day(REVIEW, date(2025, 1, 1)) == "10 Sept"
    assert short_day(REVIEW, date(2024, 12, 31)) == "10 Sept 2025"


def test_a_summer_moment_is_shown_by_the_clock_on_the_wall():
    late = datetime(2025, 9, 9, 23, 30, tzinfo=UTC)
    assert (day(late), clock_time(late)) == ("Wednesday 10 September 2025", "12.30 am")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(16, 10), "4.10 pm"),
        (time(22), "10 pm"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(9, 5), "9.05 am"),
    ],
)
def test_a_time_is_written_as_people_write_it(at, words):
    assert clock_time(at) == words


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2017, 3, 2), "8"),
        (date(2024, 10, 1), "11 months"),
        (date(2025, 8, 20), "3 weeks"),
        (date(2025, 9, 9), "1 day"),
        (date(2023, 9, 10), "2"),
        (date(2023, 9, 11), "23 months"),
        (date(2025, 6, 11), "13 weeks"),
        (date(2025, 12, 1), "not born yet"),
    ],
)
def test_ages_in_words(born, words):
    assert age(born, REVIEW) == words


def test_children_are_listed_as_a_sentence():
    assert listed(["Ellis", "Maya", "Jude"]) == "Ellis, Maya and Jude"
    assert listed(["Ellis", "Maya"], "or") == "Ellis or Maya"
    assert (listed(["Ellis"]), listed([])) == ("Ellis", "")


def test_initials_are_of_the_first_and_last_words():
    assert [initials(name) for name in ("Leah Whitcombe", "Maya", "Jo van der Berg", "")] == [
        "LW",
        "M",
        "JB",
        "",
    ]


def test_paragraphs_keep_lines_and_escape_what_was_typed():
    assert paragraphs("One <b>\r\ntwo\r\n\r\nthree") == "<p>One &lt;b&gt;<br>two</p><p>three</p>"


def test_nothing_written_gives_no_empty_paragraph():
    assert paragraphs(" \n\n ") == ""


def test_a_phone_number_keeps_its_order_among_arabic_words():
    assert paragraphs("اتصل على 0300 123 456") == '<p dir="rtl">اتصل على <bdi dir="ltr">0300 123 456</bdi></p>'


def test_an_arabic_name_stands_apart_in_an_english_line():
    assert run("Ring مريم الحسن first") == "Ring <bdi>مريم الحسن</bdi> first"


def test_a_script_typed_beside_an_arabic_name_stays_words():
    assert "<script" not in paragraphs("مريم <script>alert(1)</script> مريم")


def test_dates_and_sums_are_not_taken_for_telephone_numbers():
    assert "<bdi" not in run("On 10 9 2025 she paid £1200 for 18 of 18 nights")


def test_words_are_cut_at_a_word_and_never_after_a_comma():
    assert shortened("You waited for the visit, and it came", 26) == "You waited for the visit…"
    assert shortened("You waited for the visit, and it came", 24) == "You waited for the…"
    assert shortened("It held.", 8) == "It held."
