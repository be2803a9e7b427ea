"""The map as it was on a day, and what has changed since (domain 0.1: nothing is overwritten)."""

from datetime import timedelta

from django.urls import reverse

from kith.casework.mapping import actions as worries
from kith.casework.mapping.tests.scene import a_scale, a_worry, numbers, talk, worry_words, written
from kith.casework.maps import actions
from kith.casework.maps.queries import map_of
from kith.casework.maps.tests.scene import a_harm, a_safety, a_step, a_strength, on_map
from kith.casework.maps.then import changes, days_of, map_on
from tests.cast import NOW, Cast, restrict

WEEK = timedelta(days=7)
THEN = NOW.date()
LATER = NOW + WEEK


def later(cast, **but):
    return {
        "by": cast.actor("leah", LATER),
        "at": LATER,
        "talk": talk(cast, "kavi", ago=-WEEK + timedelta(hours=1)),
    } | but


def on(cast, day, who="leah"):
    return map_on(cast.actor(who, LATER), cast.solanki_files, day=day)


def now(cast, who="leah"):
    return map_of(cast.actor(who, LATER), cast.solanki_files)


def whats(the, kind):
    return [laid.what for laid in the.of(kind)]


def test_what_was_added_later_is_not_on_the_map_of_that_day(cast: Cast):
    actions.put_on_map(**on_map(cast, a_strength(cast, "Bedtimes")))
    actions.put_on_map(**on_map(cast, a_strength(cast, "Garba"), **later(cast)))
    assert whats(on(cast, THEN), "strength") == ["Bedtimes"]
    assert [laid.what for laid in changes(on(cast, THEN), now(cast)).added] == ["Garba"]


def test_it_says_what_it_said_that_day_and_not_the_words_that_came_after(cast: Cast):
    was = actions.put_on_map(**on_map(cast, a_strength(cast, "Bedtimes")))
    again = {k: v for k, v in on_map(cast, a_strength(cast, "Bath and story"), **later(cast)).items() if k != "family"}
    actions.change_item(item=was, read=was.entry, why="Maya said it so", **again)
    assert whats(on(cast, THEN), "strength") == ["Bedtimes"]
    assert whats(now(cast), "strength") == ["Bath and story"]
    assert [laid.what for laid in changes(on(cast, THEN), now(cast)).reworded] == ["Bath and story"]


def test_what_has_ended_since_stood_there_then(cast: Cast):
    step = actions.put_on_map(**on_map(cast, a_step(cast)))
    actions.end_item(item=step, outcome="done", words="He went", **later(cast))
    assert whats(on(cast, THEN), "next-step") == ["Ring the GP about sleep"]
    gone = changes(on(cast, THEN), now(cast)).gone
    assert [laid.what for laid in gone] == ["Ring the GP about sleep"]


def test_a_good_thing_that_grew_stood_as_a_good_thing_then(cast: Cast):
    good = actions.put_on_map(**on_map(cast, a_strength(cast, "Steve walks him home")))
    actions.put_on_map(**on_map(cast, a_safety(cast, grew_from=good), **later(cast)))
    assert whats(on(cast, THEN), "strength") == ["Steve walks him home"]
    assert whats(now(cast), "strength") == []


def test_a_worry_says_what_it_said_then_and_was_still_a_worry(cast: Cast):
    statement, scale = written(cast)
    worries.take_scores(**numbers(cast, scale))
    before = statement.entry
    told = a_worry(cast, words=worry_words(cast, full_text="Quite other words."), **later(cast))
    told = {k: v for k, v in told.items() if k != "family"}
    worries.revise_statement(statement=statement, read=before, why="clearer", **told)
    statement.refresh_from_db()
    worries.settle_statement(statement=statement, status="eased", why="Six calm months", **later(cast))
    stood = on(cast, THEN).standing
    assert [w.reading.entry for w in stood] == [before]
    assert "Quite other words." not in stood[0].reading.text("full-text")
    assert stood[0].goal is not None
    assert now(cast).standing == []
    assert len(changes(on(cast, THEN), now(cast)).worries_gone) == 1


def test_a_series_that_ended_since_was_the_one_asked_then(cast: Cast):
    statement, scale = written(cast)
    worries.take_scores(**numbers(cast, scale))
    worries.set_scale(**a_scale(cast, statement, anchor_0="Nobody can sleep here", **later(cast)))
    assert [w.series.scale for w in on(cast, THEN).standing] == [scale]


def test_the_past_shows_nobody_what_is_closed_to_them_now(cast: Cast):
    actions.put_on_map(**on_map(cast, a_harm(cast), files=[cast.file("ellis")]))
    restrict(cast.files["ellis"])
    assert whats(on(cast, THEN, "nadia"), "harm") == []


def test_the_days_offered_are_those_on_which_the_map_changed(cast: Cast):
    step = actions.put_on_map(**on_map(cast, a_step(cast)))
    actions.end_item(item=step, outcome="done", words="He went", **later(cast))
    assert days_of(cast.solanki_files) == [LATER.date(), THEN]


def test_nothing_changed_is_said_in_words(cast: Cast):
    actions.put_on_map(**on_map(cast, a_strength(cast)))
    assert changes(on(cast, THEN), now(cast)).words == "Nothing on the map has changed."


def test_the_page_of_a_day_says_which_day_it_is_and_offers_nothing_to_write(cast: Cast, as_):
    actions.put_on_map(**on_map(cast, a_strength(cast, "Bedtimes")))
    actions.put_on_map(**on_map(cast, a_strength(cast, "Garba"), **later(cast)))
    place = reverse("map", kwargs={"ref": cast.solanki_reid.ref})
    shown = as_("leah").get(place, {"on": "2025-09-10"}).content.decode()
    assert "This is the map as it was on Wednesday 10 September 2025." in shown
    assert "1 thing added to what is working." in shown
    assert "Write a good thing" not in shown
    assert "as it was on" in as_("leah").get(place, {"on": "yesterday"}).content.decode()
