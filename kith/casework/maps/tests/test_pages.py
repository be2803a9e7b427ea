"""The map as people meet it: what stands on it, what it asks, and what each page keeps."""

import pytest
from django.urls import reverse

from kith.casework.mapping import actions as worries
from kith.casework.mapping.tests.scene import a_goal, a_worry, numbers, worry_words, written
from kith.casework.maps import actions, queries
from kith.casework.maps.checks import asked
from kith.casework.maps.models import Kind, MapItem
from kith.casework.maps.tests.scene import (
    SOON,
    a_factor,
    a_harm,
    a_hope,
    a_safety,
    a_step,
    a_strength,
    an_unknown,
    on_map,
)
from kith.kit.wording import day as in_words
from tests.cast import NOW, Cast, restrict

TALKED = {"happened_at-day": "1", "happened_at-month": "9", "happened_at-year": "2025", "happened_at-time": "4.10 pm"}


def put(cast, one, *names, **but):
    files = [cast.file(n) for n in names or ("ellis", "maya", "jude")]
    return actions.put_on_map(**on_map(cast, one, files=files, **but))


def the_whole(cast):
    written(cast)
    for one in (a_strength, a_safety, a_factor, a_step, an_unknown, a_hope):
        put(cast, one(cast))
    put(cast, a_harm(cast), "ellis")


def page(as_, cast, who="leah"):
    return as_(who).get(reverse("map", kwargs={"ref": cast.solanki_reid.ref})).content.decode()


def children(cast, *names):
    return [cast.file(n).ref.hex for n in names or ("ellis", "maya", "jude")]


def test_the_map_says_what_worries_us_what_works_and_what_needs_to_happen(cast: Cast, as_):
    the_whole(cast)
    shown = page(as_, cast)
    for words in (
        "No adult gets up in the morning",
        "Worst, 3 February 2025",
        "several times a week, for one to six months",
        "Late shifts, and a job that may go",
        "Craig went to Mo’s and told Hansa",
        "2 August 2025",
        "Bedtimes with Kavi",
        "To sleep like a stone",
        "Home will be calm at night",
        "Ring the GP about sleep",
        "What mornings are like when Hansa is away",
    ):
        assert words in shown, words


def test_an_empty_map_says_each_gap_in_words_and_leads_to_where_it_is_filled(cast: Cast, as_):
    shown = page(as_, cast)
    assert "Nobody has said yet. When was the danger near, and somebody acted?" in shown
    assert reverse("safety-new", kwargs={"ref": cast.solanki_reid.ref}) in shown


def test_whoever_may_only_read_is_offered_nothing_to_write(cast: Cast, as_):
    the_whole(cast)
    shown = page(as_, cast, "peter")
    assert "Bedtimes with Kavi" in shown
    assert "Write a good thing" not in shown


def test_one_childs_harm_is_on_no_map_of_a_reader_whose_file_of_that_child_is_shut(cast: Cast, as_):
    put(cast, a_harm(cast), "ellis")
    restrict(cast.files["ellis"])
    assert "No adult gets up" not in page(as_, cast, "nadia")


def shut_to_nadia(cast, *put_on):
    """Things of Ellis and Jude, when Jude's file is closed to Nadia: she may know that they are there, and no more."""
    refs = [put(cast, one, "ellis", "jude").entry.ref for one in put_on]
    restrict(cast.files["jude"])
    return refs


def test_of_what_is_shared_with_a_closed_file_no_fact_is_told_on_the_map_or_its_own_page(cast: Cast, as_):
    refs = shut_to_nadia(cast, a_safety(cast), a_factor(cast), a_step(cast), an_unknown(cast))
    browser = as_("nadia")
    shown = page(as_, cast, "nadia") + "".join(
        browser.get(reverse("map-item", kwargs={"ref": ref})).content.decode() for ref in refs
    )
    assert "You may not see these words." in shown
    for fact in ("2 August 2025", "It has happened once", "A parent’s", in_words(SOON), "Hansa", "Nana Mo"):
        assert fact not in shown.partition("<main")[2], fact


@pytest.mark.parametrize("name", ["map-change", "map-end", "map-grow"])
def test_whoever_may_not_read_it_all_changes_nothing_of_it(cast: Cast, as_, name):
    (ref,) = shut_to_nadia(cast, a_strength(cast))
    browser, place = as_("nadia"), reverse(name, kwargs={"ref": ref})
    assert browser.get(place).status_code == 403
    answer = browser.post(place, {**TALKED, "words": "It went", "outcome": "no-longer", "what": "Bath", "why": "So"})
    assert answer.status_code == 403
    assert "You are not working with every child" in answer.content.decode()
    assert not MapItem.objects.get(entry__ref=ref).outcome


def test_a_worry_or_scale_in_a_closed_file_is_not_told_beside_a_thing_of_an_open_one(cast: Cast, as_):
    statement, scale = written(cast)
    step = put(cast, a_step(cast, scale=scale), "ellis")
    kept = put(cast, a_safety(cast, statement=statement), "ellis")
    places = [reverse("map-item", kwargs={"ref": one.entry.ref}) for one in (step, kept)]
    told = ("How calm and safe are the nights?", "The danger it protected from")
    assert all(words in as_("nadia").get(place).content.decode() for place, words in zip(places, told, strict=True))
    restrict(cast.files["jude"])
    assert not any(words in as_("nadia").get(place).content.decode() for place, words in zip(places, told, strict=True))


def test_what_a_thing_said_before_stands_on_its_page(cast: Cast, as_):
    was = put(cast, a_strength(cast, "Bath and story"))
    again = {k: v for k, v in on_map(cast, a_strength(cast, "Bath, the fish song, story")).items() if k != "family"}
    newer = actions.change_item(item=was, read=was.entry, why="Maya named the song", **again)
    shown = as_("leah").get(reverse("map-item", kwargs={"ref": newer.entry.ref})).content.decode()
    assert "What it said before" in shown
    assert "Bath and story" in shown


def test_what_has_ended_leaves_the_map_and_keeps_its_page(cast: Cast, as_):
    step = put(cast, a_step(cast))
    actions.end_item(
        item=step, outcome="done", words="He went", talk=on_map(cast, None)["talk"], by=cast.actor("leah"), at=NOW
    )
    assert "Ring the GP" not in page(as_, cast)
    kept = as_("leah").get(reverse("map-item", kwargs={"ref": step.entry.ref})).content.decode()
    assert "Ring the GP" in kept
    assert "It is done" in kept


def test_the_map_asks_a_fixed_number_of_questions(cast: Cast, as_, django_assert_max_num_queries):
    the_whole(cast)
    browser, place = as_("leah"), reverse("map", kwargs={"ref": cast.solanki_reid.ref})
    browser.get(place)
    with django_assert_max_num_queries(12):
        browser.get(place)
    for number in range(12):
        put(cast, a_strength(cast, f"Good thing {number}"))
        put(cast, a_harm(cast), "maya")
    with django_assert_max_num_queries(12):
        browser.get(place)


def rules(cast):
    the = queries.map_of(cast.actor("leah"), cast.solanki_files)
    return {ask.rule for ask in asked(the, [cast.ellis, cast.maya, cast.jude], at=NOW)}


def test_q1_a_worry_asks_for_its_goal_and_scale(cast: Cast):
    worry = worries.compose_statement(**a_worry(cast))
    assert "Q1" in rules(cast)
    worries.write_goal(**a_goal(cast, worry))
    assert "Q1" in rules(cast), "its scale is missing still"


def test_q1_a_worry_with_goal_scale_and_numbers_asks_no_more(cast: Cast):
    _, scale = written(cast)
    worries.take_scores(**numbers(cast, scale))
    assert "Q1" not in rules(cast)


def test_q2_a_worry_that_tells_of_several_things_is_asked_about(cast: Cast):
    worries.compose_statement(**a_worry(cast))
    assert "Q2" not in rules(cast)
    several = (
        "Craig shouts and also throws things, and also Jude goes without a meal, and also nobody takes him to clinic"
    )
    worries.compose_statement(**a_worry(cast, words=worry_words(cast, happened=several)))
    assert "Q2" in rules(cast)


def test_q3_more_than_four_dangers_are_asked_about(cast: Cast):
    for _ in range(4):
        worries.compose_statement(**a_worry(cast))
    assert "Q3" not in rules(cast)
    worries.compose_statement(**a_worry(cast))
    assert "Q3" in rules(cast)


def test_q4_much_worry_and_little_that_works_is_asked_about(cast: Cast):
    for name in ("ellis", "maya", "jude"):
        put(cast, a_harm(cast), name)
    assert "Q4" in rules(cast)
    for _ in range(2):
        put(cast, a_strength(cast))
    assert "Q4" not in rules(cast)


def test_q5_harm_that_nobody_can_date_asks_who_would_know(cast: Cast):
    put(cast, a_harm(cast), "maya")
    assert "Q5" not in rules(cast)
    put(cast, a_harm(cast, {"when-unknown": "Before they came here"}, times=()), "ellis")
    assert "Q5" in rules(cast)


def test_q6_existing_safety_is_asked_about_until_some_is_found(cast: Cast):
    assert "Q6" in rules(cast)
    put(cast, a_safety(cast))
    assert "Q6" not in rules(cast)


def test_q7_what_has_stood_a_year_asks_whether_it_is_still_so(cast: Cast):
    put(cast, a_strength(cast))
    the = queries.map_of(cast.actor("leah"), cast.solanki_files)
    assert "Q7" not in {a.rule for a in asked(the, [], at=NOW.replace(year=NOW.year + 1))}
    assert "Q7" in {a.rule for a in asked(the, [], at=NOW.replace(year=NOW.year + 1, day=NOW.day + 2))}


def test_q8_a_worry_in_words_of_the_trade_is_asked_about(cast: Cast):
    worries.compose_statement(**a_worry(cast))
    assert "Q8" not in rules(cast)
    jargon = "Disguised compliance by Dad impacts the safeguarding of the children"
    worries.compose_statement(**a_worry(cast, words=worry_words(cast, happened=jargon)))
    assert "Q8" in rules(cast)


def test_q9_a_child_nothing_is_about_is_asked_about(cast: Cast):
    put(cast, a_strength(cast), "ellis", "maya")
    assert "Q9" in rules(cast)
    put(cast, a_strength(cast), "jude")
    assert "Q9" not in rules(cast)


def test_q10_what_we_do_not_know_is_never_blank(cast: Cast):
    assert "Q10" in rules(cast)
    put(cast, an_unknown(cast))
    assert "Q10" not in rules(cast)


def test_hm_1_harm_without_how_often_reads_like_one_event(cast: Cast):
    put(cast, a_harm(cast, often=""), "ellis")
    assert "HM-1" in rules(cast)


def test_a_good_thing_is_put_on_the_map_from_its_page(cast: Cast, as_):
    sent = TALKED | {"what": "Mr Z saves Ellis the drum", "children": children(cast, "ellis"), "once": "a"}
    sent |= {"who": f"person-{cast.ellis.ref.hex}", "seen_by": f"person-{cast.kavi.ref.hex}"}
    answer = as_("leah").post(reverse("strength-new", kwargs={"ref": cast.solanki_reid.ref}), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert "Mr Z saves Ellis the drum" in page(as_, cast)


def harm_typed(cast, **but):
    typed = {
        "child": cast.file("ellis").ref.hex,
        "behaviour": "Mum has depression",
        "whose": "known",
        "who": f"person-{cast.kavi.ref.hex}",
        "worst": "She could not get up",
        "worst_on-day": "3",
        "worst_on-month": "2",
        "worst_on-year": "2025",
        "latest": "Low again",
        "latest_on-year": "2025",
        "impact": "He was late",
        "severity": "1",
        "reported_by": "school",
        "borne_out": "none",
        "trend": "same",
        "once": "a",
    }
    return TALKED | typed | but


def test_what_is_no_harm_goes_where_it_belongs_with_every_word_that_was_typed(cast: Cast, as_):
    place = reverse("harm-new", kwargs={"ref": cast.solanki_reid.ref})
    shown = as_("leah").post(place, harm_typed(cast, instead="1")).content.decode()
    assert "What makes it harder?" in shown
    assert "Mum has depression</textarea>" in shown
    assert "He was late</textarea>" in shown
    assert not MapItem.objects.exists()


def test_harm_typed_whole_stands_on_the_map(cast: Cast, as_):
    answer = as_("leah").post(reverse("harm-new", kwargs={"ref": cast.solanki_reid.ref}), harm_typed(cast))
    assert answer.status_code == 302, answer.content.decode()
    item = MapItem.objects.get()
    assert (item.harm.severity, item.kind) == (1, Kind.HARM)


def test_hm_2_is_said_beside_its_question_and_keeps_what_was_typed(cast: Cast, as_):
    place = reverse("harm-new", kwargs={"ref": cast.solanki_reid.ref})
    shown = as_("leah").post(place, harm_typed(cast, severity="4")).content.decode()
    assert "Say whether a strategy discussion has been considered" in shown
    assert "She could not get up</textarea>" in shown


def test_the_same_for_another_child_begins_with_what_is_the_same(cast: Cast, as_):
    harm = put(cast, a_harm(cast), "ellis")
    place = reverse("harm-again", kwargs={"ref": harm.entry.ref})
    shown = as_("leah").get(place).content.decode()
    assert "No adult gets up in the morning" in shown
    assert "man in the mornings" not in shown
    assert cast.file("ellis").ref.hex not in shown
    sent = harm_typed(cast, child=cast.file("maya").ref.hex)
    assert as_("leah").post(place, sent).status_code == 302
    assert len(set(MapItem.objects.values_list("together", flat=True))) == 1


def test_safety_without_a_danger_is_offered_as_a_good_thing(cast: Cast, as_):
    place = reverse("safety-new", kwargs={"ref": cast.solanki_reid.ref})
    sent = TALKED | {"did": "Mum loves the kids", "who": f"person-{cast.kavi.ref.hex}", "instead": "1"}
    shown = as_("leah").post(place, sent).content.decode()
    assert "What is a good thing?" in shown
    assert "Mum loves the kids</textarea>" in shown


def test_a_good_thing_grows_into_safety_only_with_its_day(cast: Cast, as_):
    good = put(cast, a_strength(cast, "Steve walks Craig home past the shop"))
    place = reverse("map-grow", kwargs={"ref": good.entry.ref})
    shown = as_("leah").get(place).content.decode()
    assert "Steve walks Craig home past the shop</textarea>" in shown
    sent = TALKED | {
        "children": children(cast),
        "danger": "Pay day, and a drink",
        "did": "Steve walked Craig home past the shop",
        "result": "Calm",
        "who": f"person-{cast.craig.ref.hex}",
        "told_by": f"person-{cast.craig.ref.hex}",
        "evidence": "several",
        "once": "a",
    }
    assert as_("leah").post(place, sent).status_code == 200
    assert as_("leah").post(place, sent | {"on-month": "7", "on-year": "2025"}).status_code == 302
    good.refresh_from_db()
    assert good.outcome == "grew"


def test_whoever_saves_second_sees_both_and_loses_nothing(cast: Cast, as_):
    good = put(cast, a_strength(cast, "Bedtimes"))
    place = reverse("map-change", kwargs={"ref": good.entry.ref})
    typed = TALKED | {"who": f"person-{cast.kavi.ref.hex}", "seen_by": f"person-{cast.maya.ref.hex}"}
    typed |= {"children": children(cast), "why": "clearer", "read": str(good.entry.ref)}
    assert as_("leah").post(place, typed | {"what": "Leah’s words", "once": "a"}).status_code == 302
    shown = as_("nadia").post(place, typed | {"what": "Nadia’s words", "once": "b"}).content.decode()
    assert "Leah’s words" in shown
    assert "Nadia’s words" in shown


@pytest.mark.parametrize("name", ["map-change", "map-end", "map-grow"])
def test_what_has_ended_is_not_changed_again(cast: Cast, as_, name):
    good = put(cast, a_strength(cast))
    put(cast, a_safety(cast, grew_from=good))
    assert as_("leah").get(reverse(name, kwargs={"ref": good.entry.ref})).status_code == 403


def test_a_step_begins_with_the_conversation_just_written_down(cast: Cast, as_):
    shown = as_("leah").get(reverse("step-new", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "Within 4 weeks is small enough to see." in shown
    assert str(SOON.year)
