import pytest

from kith.kit.pictures import apart, clock_bar, dot_strip, one_over_all, scale_dots, spread


def test_now_is_one_solid_dot_and_then_is_hollow():
    drawn = scale_dots([8, 7, 6])
    assert drawn.count('class="now"') == 1
    assert drawn.count('class="then"') == 2
    assert 'class="now" cx="130"' in drawn


def test_someone_not_asked_now_has_no_dot_for_now():
    assert 'class="now"' not in scale_dots([3, 4, None])


def test_a_person_asked_once_has_no_trail():
    assert "trail" not in scale_dots([None, 6])
    assert "circle" not in scale_dots([None, None])


def test_the_spread_is_said_in_words_and_no_average_is_drawn():
    drawn = spread([5, None, 7, 6])
    assert 'aria-label="Numbers run from 5 to 7, out of 10"' in drawn
    assert ">6<" not in drawn


def test_a_spread_of_one_number_and_of_none():
    assert "Everyone says 6" in spread([6, 6])
    assert "Not asked yet" in spread([None])


def test_a_score_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="0 to 10, not 11"):
        scale_dots([11])


def test_a_chart_says_each_number_and_when():
    drawn = one_over_all("Blessing", [None, 6, 7], [[None, 6, 7], [3, 4, 5]], ["June", "July", "Sept"])
    assert 'aria-label="Blessing: 6 on July and 7 on Sept"' in drawn
    assert drawn.count('class="others"') == 2


def test_a_name_cannot_break_out_of_a_drawing():
    drawn = one_over_all('"><script>', [6], [[6]], ["<b>"]) + dot_strip([("<script>", 6)], '"now')
    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_everyone_stands_above_their_own_number():
    drawn = dot_strip([("Kavi", 6), ("Craig", 6), ("Leah", 5)], "9 September")
    assert 'aria-label="Numbers on 9 September. Leah 5; Kavi and Craig 6."' in drawn


def test_a_clock_is_never_fuller_than_full():
    assert 'class="clock-gone" x="1" y="2" width="102"' in clock_bar(60, 45)
    assert "clock-gone" not in clock_bar(0, 45)


def test_how_far_apart_two_people_are():
    assert apart([2, None, 8, 5]) == 6
    assert apart([4]) is None


def test_days_beneath_a_small_chart_never_run_together():
    times = ["31 Oct 2024", "28 Jan 2025", "15 July", "21 Oct", "17 March 2026"]
    drawn = one_over_all("Zosia", [3, 6, 8, 10, 9], [[3, 6, 8, 10, 9]], times)
    assert [words for words in ("31 Oct", "28 Jan", "15 July", "21 Oct", "17 March") if f">{words}<" in drawn] == [
        "31 Oct",
        "17 March",
    ]
    assert ">2024<" in drawn
    assert ">2026<" in drawn
    few = one_over_all("Zosia", [3, 6, 8], [[3, 6, 8]], times[:3])
    assert ">28 Jan<" in few
