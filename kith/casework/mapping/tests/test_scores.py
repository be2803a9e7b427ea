"""Numbers: one a person, with why; a series keeps its words; a low one is answered today; and never one number for all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kith.access.notices.models import Notice
from kith.casework.mapping import actions, policies
from kith.casework.mapping.models import Scale, Score
from kith.casework.mapping.numbers import number
from kith.casework.mapping.queries import open_scale, open_worry, overall, worries_in
from kith.casework.mapping.tests.scene import ENDS, a_scale, a_worry, numbers, put, talk, written
from kith.casework.mapping.words import Who
from kith.council.teams.models import Leads
from kith.framework.kinds import Tie
from kith.kit.refusal import Refused
from kith.people.entries.words import Here, Talk
from tests.cast import EARLIER, NOW, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def refused(act, **named):
    with pytest.raises(Refused) as no:
        act(**named)
    return no.value.refusal


def series_of(cast, scale, who="leah"):
    return open_scale(cast.actor(who), scale.entry.ref)


def test_sc_1_the_same_words_go_on_with_the_series(cast):
    """SC-1"""
    statement, scale = written(cast)
    assert actions.set_scale(**a_scale(cast, statement)) == scale
    assert Scale.objects.count() == 1


@pytest.mark.parametrize("end", ["question", "anchor_0", "anchor_10"])
def test_sc_1_other_words_begin_another_series(cast, end):
    """SC-1"""
    statement, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    newer = actions.set_scale(**a_scale(cast, statement, **{end: "Other words"}))
    scale.refresh_from_db()
    assert (scale.ended_at, newer.ended_at) == (NOW, None)
    assert refused(actions.take_scores, **numbers(cast, scale)) is policies.SCALE_ENDED
    shown = open_worry(cast.actor("leah"), statement.entry.ref)
    assert (shown.series.scale, shown.series.takings) == (newer, [])
    assert [s.scale for s in shown.earlier] == [scale]


def test_the_store_holds_one_open_scale_a_worry(cast):
    statement, _ = written(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scale.objects.create(
            entry=actions.set_scale(**a_scale(cast)).entry,
            family=cast.solanki_reid,
            statement=statement,
            began_at=NOW,
            **ENDS,
        )


def test_how_things_are_over_all_has_a_scale_of_its_own(cast):
    written(cast)
    scale = actions.set_scale(**a_scale(cast))
    assert scale.statement is None
    assert overall(cast.actor("leah"), cast.solanki_files).scale == scale
    assert actions.set_scale(**a_scale(cast)) == scale
    assert overall(cast.actor("rosa"), cast.solanki_files) is None


def test_a_scale_for_one_child_leaves_the_scale_for_all_of_them_open(cast):
    whole = actions.set_scale(**a_scale(cast))
    actions.set_scale(**a_scale(cast, files=cast.solanki_files[:1], anchor_10="Ellis plays"))
    whole.refresh_from_db()
    assert whole.ended_at is None


@pytest.mark.parametrize("end", ENDS)
def test_a_scale_says_what_its_ends_mean(cast, end):
    assert refused(actions.set_scale, **a_scale(cast, **{end: " "})) is policies.SCALE_NEEDS_ENDS


@pytest.mark.parametrize(("low", "high", "far"), [("2", "6", True), ("2.5", "6", False), ("6", "6", False)])
def test_sc_2_four_steps_apart_asks_what_each_knows(cast, low, high, far):
    """SC-2"""
    _, scale = written(cast)
    scores = [put(cast, "ellis", low), put(cast, "craig", high), put(cast, "maya", high)]
    actions.take_scores(**numbers(cast, scale, *scores))
    apart = series_of(cast, scale).far_apart
    assert (apart is not None) is far
    if apart:
        assert (apart[0].who.name, number(apart[1].score.value)) == ("Ellis", 6)


def test_a_number_is_not_kept_without_what_makes_it_that_high_and_the_other_whys_block_nobody(cast):
    """Asked of the verb (domain 1.7): a child of five gives one answer, and it is enough."""
    _, scale = written(cast)
    for nothing in ("", "  "):
        scores = put(cast, "ellis", "6"), put(cast, "maya", "7", high=nothing)
        assert refused(actions.take_scores, **numbers(cast, scale, *scores)) is policies.NEEDS_HIGH
    only = put(cast, "ellis", "6"), put(cast, "maya", "7", high="Seven blocks", not_higher="", one_step="")
    actions.take_scores(**numbers(cast, scale, *only))
    assert {t.who.name for t in series_of(cast, scale).latest} == {"Ellis", "Maya"}


def test_sc_3_a_child_of_five_is_asked_or_we_say_why_not(cast):
    """SC-3: Maya is five; Jude is eleven months."""
    _, scale = written(cast)
    ellis, kavi = put(cast, "ellis", "6"), put(cast, "kavi", "6")
    assert refused(actions.take_scores, **numbers(cast, scale, ellis, kavi)) is policies.CHILD_NOT_ASKED
    asleep = put(cast, "maya", None, unscored="not-asked", reason="Asleep on Masi’s lap", high="")
    actions.take_scores(**numbers(cast, scale, ellis, kavi, asleep))
    told = {t.who.name: t for t in series_of(cast, scale).latest}
    assert (told["Maya"].cell, told["Maya"].words["reason"]) == ("not asked", "Asleep on Masi’s lap")


def test_sc_3_a_page_asks_after_a_child_who_is_not_among_the_numbers(cast):
    """SC-3: older numbers, brought in from elsewhere, may miss a child; Jude is too little to be asked after."""
    _, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    Score.objects.filter(person=cast.maya).delete()
    assert series_of(cast, scale).not_heard([cast.ellis, cast.maya, cast.jude]) == [cast.maya]


@pytest.mark.parametrize(
    ("name", "value", "kind", "told"),
    [
        ("leah", "2", "danger", True),
        ("leah", "0", "danger", True),
        ("leah", "2.5", "danger", False),
        ("leah", "1", "worry", False),
        ("kavi", "1", "danger", False),
    ],
)
def test_sc_4_a_low_number_of_ours_is_put_before_a_leader_the_same_day(cast, name, value, kind, told):
    """SC-4"""
    statement, scale = written(cast, kind=kind)
    scores = [put(cast, "ellis", "6"), put(cast, "maya", "6"), put(cast, name, value)]
    actions.take_scores(**numbers(cast, scale, *scores))
    notices = Notice.objects.filter(account=cast.joy, kind="decide-today")
    assert notices.exists() is told
    assert bool(series_of(cast, scale).decide_today) is told
    for notice in notices:
        assert str(statement.entry.ref) in notice.link
        assert not any(child in notice.words for child in ("Ellis", "Maya", "Jude"))


def test_sc_4_a_leader_who_gives_a_low_number_is_not_told_by_themselves(cast):
    """SC-4: the number is kept, and whoever leads the leader is told."""
    _, scale = written(cast)
    Leads.objects.create(leader=cast.ruth, worker=cast.joy, since=EARLIER)
    scores = [put(cast, "ellis", "6"), put(cast, "maya", "6"), put(cast, "joy", "1")]
    actions.take_scores(**numbers(cast, scale, *scores, by=cast.actor("joy")))
    assert [n.account for n in Notice.objects.all()] == [cast.ruth]


def test_sc_5_everyone_has_a_line_of_their_own(cast):
    """SC-5"""
    _, scale = written(cast)
    for days, (ellis, kavi) in enumerate([("3", "5"), ("5", "6"), ("5.5", "6"), ("6", "8.5")]):
        ago = timedelta(days=30 - days)
        asked = numbers(cast, scale, put(cast, "ellis", ellis), put(cast, "maya", "7"), put(cast, "kavi", kavi))
        there = talk(cast, "ellis", "maya", "kavi", ago=ago)
        actions.take_scores(**asked | {"talk": there})
    series = series_of(cast, scale)
    assert {line.name: line.scores for line in series.lines(series.takings)} == {
        "Ellis": [3, 5, 5.5, 6],
        "Maya": [7, 7, 7, 7],
        "Kavi": [5, 6, 6, 8.5],
    }
    assert series.lines(series.few)[0].scores == [3, 5.5, 6]


def test_sc_6_a_number_somebody_passed_on_says_who(cast):
    """SC-6"""
    _, scale = written(cast)
    scores = [
        put(cast, "ellis", "6"),
        put(cast, "maya", "7"),
        put(cast, "hansa", "7"),
        put(cast, "craig", "6", reported_by="Kavi, mum"),
        put(cast, "leah", "5"),
        put(cast, "nadia", "5"),
    ]
    there = Talk(NOW - timedelta(hours=1), present=(*talk(cast, "ellis", "maya").present, Here(staff=cast.nadia)))
    actions.take_scores(**numbers(cast, scale, *scores, talk=there))
    assert {t.who.name: t.score.reported_by for t in series_of(cast, scale).latest if t.score.reported_by} == {
        "Hansa": "Leah Whitcombe",
        "Craig": "Kavi, mum",
    }


@pytest.mark.parametrize("value", ["11", "7.3", "-1", "10.5"])
def test_a_number_is_from_0_to_10_in_halves(cast, value):
    _, scale = written(cast)
    scores = [put(cast, "ellis", "6"), put(cast, "maya", value)]
    assert refused(actions.take_scores, **numbers(cast, scale, *scores)) is policies.NOT_A_SCORE


@pytest.mark.parametrize("value", ["11", "7.3"])
def test_the_store_takes_no_other_number(cast, value):
    _, scale = written(cast)
    entry = actions.take_scores(**numbers(cast, scale))
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(entry=entry, scale=scale, person=cast.craig, row=9, value=Decimal(value))


@pytest.mark.parametrize("but", [{"unscored": ""}, {"reason": " "}, {"unscored": "lost"}, {"value": "5"}])
def test_no_number_says_why_and_a_number_needs_no_reason(cast, but):
    _, scale = written(cast)
    said = {"value": None, "unscored": "declined", "reason": "“Ask me after football”"} | but
    scores = [put(cast, "ellis", said.pop("value"), **said), put(cast, "maya", "7")]
    assert refused(actions.take_scores, **numbers(cast, scale, *scores)) is policies.NEEDS_REASON


def test_a_child_may_say_pass(cast):
    _, scale = written(cast)
    pass_ = put(cast, "ellis", None, unscored="declined", reason="“Ask me after football”", high="")
    actions.take_scores(**numbers(cast, scale, pass_, put(cast, "maya", "7")))
    ellis = series_of(cast, scale).lines(series_of(cast, scale).takings)[0]
    assert (ellis.scores, ellis.gaps) == ([None], ["did not want to"])


def test_nobody_is_counted_twice_and_nobody_at_all_is_not_a_conversation(cast):
    _, scale = written(cast)
    assert refused(actions.take_scores, **numbers(cast, scale) | {"scores": []}) is policies.NOBODY_ASKED
    twice = [put(cast, "ellis", "6"), put(cast, "ellis", "7"), put(cast, "maya", "7")]
    assert refused(actions.take_scores, **numbers(cast, scale, *twice)) is policies.ASKED_TWICE


def test_a_childs_number_and_words_are_seen_only_with_that_childs_file(cast):
    _, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    seen = series_of(cast, scale, "rosa")
    assert {t.who.name for t in seen.latest} == {"Maya", "Kavi"}
    assert "ellis says it is getting better" not in str([t.words for t in seen.latest])
    assert {t.who.name for t in series_of(cast, scale).latest} == {"Ellis", "Maya", "Kavi"}


def test_a_child_outside_the_scale_gives_no_number_on_it(cast):
    statement = actions.compose_statement(**a_worry(cast, files=cast.solanki_files[:1]))
    scale = actions.set_scale(**a_scale(cast, statement))
    scores = [put(cast, "ellis", "6"), put(cast, "maya", "7")]
    assert refused(actions.take_scores, **numbers(cast, scale, *scores)) is policies.CHILD_ELSEWHERE


def test_a_worker_who_does_not_hold_them_takes_no_numbers(cast):
    _, scale = written(cast)
    assert refused(actions.take_scores, **numbers(cast, scale, by=cast.actor("rosa"))) is policies.NOT_WORKING_WITH


@pytest.mark.parametrize(("value", "shown"), [("8.0", "8"), ("7.5", "7.5"), ("0.0", "0"), ("10.0", "10")])
def test_a_number_is_written_as_people_say_it(value, shown):
    assert f"{number(Decimal(value)):g}" == shown


def test_what_a_who_is_called(cast):
    assert [Who(person=cast.mo).name, Who(staff=cast.leah).name] == ["Nana Mo", "Leah Whitcombe"]


def test_more_worries_ask_no_more_of_the_store(cast):
    def asked():
        leah = cast.actor("leah")
        with CaptureQueriesContext(connection) as found:
            shown = worries_in(leah, cast.solanki_files)
        return len(found), len(shown)

    _, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    one, count = asked()
    for _ in range(3):
        _, scale = written(cast)
        actions.take_scores(**numbers(cast, scale))
        actions.take_scores(**numbers(cast, scale))
    assert (one, count) == (asked()[0], 1)
    assert asked()[1] == 4
