"""Each kind's own test of whether it belongs on the map (domain 1.2, 1.4, 1.10), and who may put it there."""

from dataclasses import replace
from datetime import date

import pytest

from kith.casework.maps import actions, policies
from kith.casework.maps.models import HarmTime, MapItem, Named
from kith.casework.maps.policies import put_on_map, whole
from kith.casework.maps.tests import scene
from kith.casework.maps.tests.scene import a_factor, a_harm, a_hope, a_safety, a_step, a_strength, an_unknown, on_map
from kith.casework.maps.words import Time
from kith.kit.refusal import Refused
from tests.cast import NOW

ONE = ["ellis"]


def asked(cast, put, *names):
    files = [cast.file(n) for n in names or ("ellis", "maya", "jude")]
    return whole(files=files, put=put)


def test_everything_that_is_whole_belongs(cast):
    for put in (a_strength, a_safety, a_factor, a_step, an_unknown, a_hope):
        assert asked(cast, put(cast)) is None
    assert asked(cast, a_harm(cast), "ellis") is None


@pytest.mark.parametrize("lacking", [{"said": {"danger": ""}}, {"on": None, "precision": ""}])
def test_praise_is_no_existing_safety_without_the_danger_and_the_day(cast, lacking):
    assert asked(cast, a_safety(cast, **lacking)) is policies.SAFETY_NEEDS_DANGER


@pytest.mark.parametrize("lacking", [{"said": {"did": " "}}, {"said": {"result": ""}}, {"named": {"who": []}}])
def test_existing_safety_says_who_did_what_and_what_it_meant(cast, lacking):
    assert asked(cast, a_safety(cast, **lacking)) is policies.SAFETY_NEEDS_DEED


def test_a_diagnosis_does_not_pass_for_harm_because_it_did_nothing_to_a_child(cast):
    low = a_harm(cast, {"behaviour": "Mum has depression", "impact": ""})
    assert asked(cast, low, "ellis") is policies.HARM_NEEDS_CHILD


@pytest.mark.parametrize("which", ["worst", "latest"])
def test_harm_says_what_happened_the_worst_and_the_latest_time(cast, which):
    assert asked(cast, a_harm(cast, {which: ""}), "ellis") is policies.HARM_NEEDS_TIMES


def test_a_time_nobody_can_date_says_why(cast):
    undated = a_harm(cast, times=(Time("worst"), Time("latest")))
    assert asked(cast, undated, "ellis") is policies.HARM_NEEDS_TIMES
    assert asked(cast, a_harm(cast, {"when-unknown": "It was before they moved here"}, times=()), "ellis") is None


def test_harm_is_one_childs_and_never_speaks_for_a_brother(cast):
    assert asked(cast, a_harm(cast), "ellis", "maya") is policies.HARM_ONE_CHILD


@pytest.mark.parametrize(
    ("severity", "trend", "grave"),
    [(4, "easing", True), (4, "unknown", True), (3, "worsening", True), (3, "same", False), (2, "worsening", False)],
)
def test_hm_2_grave_harm_asks_whether_a_strategy_discussion_was_considered(cast, severity, trend, grave):
    harm = a_harm(cast, severity=severity, trend=trend)
    assert asked(cast, harm, "ellis") is (policies.HARM_NEEDS_ANSWER if grave else None)
    answered = a_harm(cast, {"considered": "Yes, held on 20 May"}, severity=severity, trend=trend)
    assert asked(cast, answered, "ellis") is None


def test_severity_runs_from_0_to_4(cast):
    assert asked(cast, a_harm(cast, severity=5), "ellis") is policies.NOT_SEVERITY


def test_a_factor_says_whose_it_is_and_how_it_makes_things_harder(cast):
    assert asked(cast, a_factor(cast, belongs_to="")) is policies.FACTOR_NEEDS_EFFECT


def test_a_next_step_is_one_persons_and_has_a_day(cast):
    two = replace(a_step(cast), named={"owner": scene.whos(cast, "craig", "mo")})
    assert asked(cast, two) is policies.STEP_NEEDS_OWNER
    assert asked(cast, a_step(cast, by_when=None)) is policies.STEP_NEEDS_OWNER


def test_what_is_not_known_says_who_finds_out(cast):
    assert asked(cast, replace(an_unknown(cast), named={})) is policies.UNKNOWN_NEEDS_OWNER


def test_a_hope_is_somebodys_own(cast):
    assert asked(cast, replace(a_hope(cast), named={})) is policies.HOPE_NEEDS_WHOSE


@pytest.mark.parametrize(
    ("name", "may"),
    [("leah", True), ("nadia", True), ("joy", True), ("rosa", False), ("gwen", False), ("sam", False)],
)
def test_whoever_writes_their_worries_writes_on_their_map(cast, name, may):
    refusal = put_on_map(actor=cast.actor(name), files=cast.solanki_files, put=a_strength(cast))
    assert (refusal is None) is may


def test_harm_is_kept_with_its_times_and_who_and_in_that_childs_file_alone(cast):
    item = actions.put_on_map(**on_map(cast, a_harm(cast), files=[cast.file("ellis")]))
    assert [link.file for link in item.entry.files.all()] == [cast.file("ellis")]
    times = HarmTime.objects.filter(harm=item.harm).order_by("pk").values_list("which", "on", "precision", "severity")
    assert list(times) == [("worst", date(2025, 2, 3), "day", 2), ("latest", date(2025, 3, 1), "month", None)]
    assert set(Named.objects.filter(entry=item.entry).values_list("role", "person__known_as")) == {
        ("who", "Kavi"),
        ("who", "Craig"),
    }


def test_what_does_not_belong_is_not_kept_at_all(cast):
    with pytest.raises(Refused):
        actions.put_on_map(**on_map(cast, a_safety(cast, said={"danger": ""})))
    assert not MapItem.objects.exists()


def test_a_good_thing_shown_as_safety_leaves_its_place_and_says_where_it_went(cast):
    good = actions.put_on_map(**on_map(cast, a_strength(cast, "Steve walks Craig home")))
    shown = actions.put_on_map(**on_map(cast, a_safety(cast, grew_from=good)))
    good.refresh_from_db()
    assert (good.outcome, good.ended_in) == ("grew", shown.entry)
    assert shown.grew_from == good
    with pytest.raises(Refused):
        actions.put_on_map(**on_map(cast, a_safety(cast, grew_from=good)))


def test_other_words_are_a_newer_version_that_says_why(cast):
    was = actions.put_on_map(**on_map(cast, a_strength(cast)))
    again = {k: v for k, v in on_map(cast, a_strength(cast, "Bath, the fish song, story")).items() if k != "family"}
    newer = actions.change_item(item=was, read=was.entry, why="Maya named the song", **again)
    assert newer.entry.supersedes == was.entry
    assert newer.together == was.together
    with pytest.raises(Refused):
        actions.change_item(item=was, read=was.entry, why="A second hand", **again)


def test_what_became_of_a_step_says_how_we_know_and_is_said_once(cast):
    step = actions.put_on_map(**on_map(cast, a_step(cast)))
    told = {"item": step, "talk": scene.talk(cast, "craig"), "by": cast.actor("leah"), "at": NOW}
    with pytest.raises(Refused):
        actions.end_item(outcome="done", words=" ", **told)
    with pytest.raises(Refused):
        actions.end_item(outcome="answered", words="He went", **told)
    ended = actions.end_item(outcome="done", words="He saw Dr Osei on Monday", **told)
    assert (ended.outcome, ended.ended_in.kind) == ("done", "map-ended")
    with pytest.raises(Refused):
        actions.end_item(outcome="not-done", words="He did not", **told)
