from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from kith.kit import forms as kit
from kith.kit.jinja import environment
from kith.kit.samples import ANSWERS, SampleForm


def answer(field, **typed):
    """The answer to one question named `it`, and the sentence when there is none."""
    form = type("OneQuestion", (kit.Form,), {"it": field})(
        {key.replace("_", "-"): value for key, value in typed.items()}
    )
    form.is_valid()
    return form.cleaned_data.get("it"), "; ".join(form.errors.get("it", []))


def drawn(form, name):
    return environment().from_string('{{ c.field(form["' + name + '"]) }}').render(form=form)


def test_a_question_without_an_answer_says_what_to_do():
    assert answer(kit.LongAnswer("What?", missing="Say what happened")) == (None, "Say what happened")
    assert answer(kit.LongAnswer("What?")) == ("", "")


def test_kept_words_are_composed_and_free_of_control_characters():
    typed = "Zosia\u0301\r\nsaid\x00\x07\tno\u202e"
    assert answer(kit.LongAnswer("What?"), it=typed) == ("Zosiá\nsaid\tno", "")


def test_a_short_answer_is_one_line():
    assert answer(kit.ShortAnswer("Name"), it="  Nana \n Mo ") == ("Nana Mo", "")


def test_too_long_says_by_how_much():
    assert (
        answer(kit.ShortAnswer("Name", longest=5), it="Wilhelmina")[1] == "Shorten this by 5 characters. It can hold 5."
    )
    assert (
        answer(kit.ShortAnswer("Name", longest=9, too_long="Use the short name"), it="Wilhelmina")[1]
        == "Use the short name"
    )


def test_a_day_comes_from_three_boxes_or_one_line():
    assert answer(kit.Day("When?"), it_day="5", it_month="11", it_year="2016")[0] == date(2016, 11, 5)
    assert answer(kit.Day("When?"), it="2016-11-05")[0] == date(2016, 11, 5)
    assert answer(kit.Day("When?"), it_day="5/11/2016")[0] == date(2016, 11, 5)


def test_a_day_that_is_not_one_is_told_so_once():
    assert answer(kit.Day("When?", missing="Enter it"), it_day="31", it_month="2", it_year="2025") == (
        None,
        "31 February is not a day. Check the day and month.",
    )
    assert answer(kit.Day("When?", missing="Enter it")) == (None, "Enter it")


def test_a_day_outside_its_bounds_names_the_bound():
    bounds = {
        "earliest": date(2025, 1, 1),
        "latest": date(2025, 9, 10),
        "too_late": "That day has not come yet.",
    }
    assert answer(kit.Day("When?", **bounds), it="2024-12-31")[1] == "Enter a day on or after Wednesday 1 January 2025."
    assert answer(kit.Day("When?", **bounds), it="2025-09-11")[1] == "That day has not come yet."
    assert answer(kit.Day("When?", **bounds), it="2025-09-10")[0] == date(2025, 9, 10)


def test_part_of_a_day_keeps_how_much_is_known():
    assert answer(kit.PartialDay("Since?"), it_month="11", it_year="2016")[0] == kit.PartDay(date(2016, 11, 1), "month")


def test_a_visit_is_a_moment_on_the_clock_here():
    at, _ = answer(kit.Moment("When?"), it_day="10", it_month="9", it_year="2025", it_time="4.10 pm")
    assert at == datetime(2025, 9, 10, 15, 10, tzinfo=UTC)
    assert answer(kit.Moment("When?"), it="2025-09-10T16:10")[0] == at


def test_a_moment_lacking_half_asks_for_the_other():
    assert answer(kit.Moment("When?"), it_day="10", it_month="9", it_year="2025")[1] == "Add the time, such as 4.10 pm."
    assert answer(kit.Moment("When?"), it_time="4 pm")[1] == "Add the day."


def test_an_hour_the_clocks_skipped_is_asked_again():
    assert answer(kit.Moment("When?"), it="2025-03-30T01:30")[1].startswith("The clocks went forward")


def test_choices_come_back_as_the_action_wants_them():
    days = [(1, "Monday"), (2, "Tuesday")]
    assert answer(kit.Choice("Day", days, coerce=int), it="2")[0] == 2
    assert answer(kit.Choices("Days", days, coerce=int), it=["1", "2"])[0] == [1, 2]
    assert answer(kit.Choice("Day", days), it="3")[1] == "Choose one of the answers shown."
    assert answer(kit.Choices("Days", days, missing="Choose a day"))[1] == "Choose a day"


def test_yes_and_no_and_neither():
    assert [answer(kit.YesNo("Agreed?"), it=it)[0] for it in ("yes", "no", "")] == [True, False, None]


def test_a_tick_that_must_be_made():
    assert answer(kit.Tick("Read back", missing="Read it back"), it="on")[0] is True
    assert answer(kit.Tick("Read back", missing="Read it back"))[1] == "Read it back"


def test_a_number_says_its_bounds():
    nights = kit.Number("Nights", least=1, most=7)
    assert answer(nights, it="8")[1] == "Enter 7 or less."
    assert answer(nights, it="some")[1] == "Write a whole number, such as 3."
    assert answer(nights, it="0")[1] == "Enter 1 or more."


def test_a_file_too_big_is_told_the_limit():
    class Sent(kit.Form):
        picture = kit.Upload("Picture", most=1_000_000)

    form = Sent({}, {"picture": SimpleUploadedFile("drum.png", b"x" * 1_000_001)})
    assert form.errors["picture"] == ["Choose a file under 1 MB."]


def test_what_was_typed_is_shown_again():
    form = SampleForm(ANSWERS)
    assert 'value="31"' in drawn(form, "first_on")
    assert 'value="4.10"' in drawn(form, "visited_at")
    assert "he shouts and throws things." in drawn(form, "happened")
    assert drawn(form, "heard_from").count(" checked") == 2


def test_what_a_form_began_with_is_shown():
    form = SampleForm(
        initial={
            "first_on": date(2025, 5, 17),
            "since": kit.PartDay(date(2016, 11, 1), "month"),
            "visited_at": datetime(2025, 9, 10, 15, 10, tzinfo=UTC),
            "agreed": False,
        }
    )
    assert 'value="17"' in drawn(form, "first_on")
    assert [part in drawn(form, "since") for part in ('value="11"', 'value="2016"', 'value="1"')] == [
        True,
        True,
        False,
    ]
    assert 'value="4.10 pm"' in drawn(form, "visited_at")
    assert 'value="no" checked' in drawn(form, "agreed")


def test_a_wrong_answer_is_marked_for_every_reader():
    seen = drawn(SampleForm({}), "happened")
    assert 'aria-invalid="true"' in seen
    assert 'aria-describedby="id_happened-hint id_happened-error"' in seen
    assert '<span class="sr">Error: </span>Say what has happened' in seen


def test_each_fault_leads_to_a_control_that_is_there():
    form = SampleForm({"first_on-day": "31", "since-day": "4", "nights": "x", "where": "moon", "touches": ["moon"]})
    page = environment().from_string("{{ c.error_summary(form) }}{{ c.fields(form) }}").render(form=form)
    faults = form.error_summary()
    assert len(faults) == 10
    assert all(f'id="{fault.control}"' in page and f'href="#{fault.control}"' in page for fault in faults)


def test_a_long_list_of_faults_does_not_fill_the_first_screen():
    class Long(kit.Form):
        a, b, c, d, e, f, g, h = (kit.ShortAnswer("Who?", missing="Say who") for _ in range(8))

    seen = environment().from_string("{{ c.error_summary(form) }}").render(form=Long({}))
    assert "8 things to finish" in seen
    assert seen.split("<details>")[0].count("<li>") == 6
    assert "Show the other 2" in seen


def test_a_fault_of_the_whole_form_comes_first():
    form = SampleForm({})
    form.add_error(None, "Ellis cannot be in two places. Check the times.")
    assert form.error_summary()[0] == kit.Wrong("Ellis cannot be in two places. Check the times.", "")


def test_typed_markup_comes_back_as_words():
    assert "<script" not in drawn(SampleForm({"happened": "</textarea><script>"}), "happened")
