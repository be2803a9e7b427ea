"""What is due, each day beside a question from the record itself (domain 6.2, 6.3, 6.6; look 4)."""

from datetime import date, timedelta

import pytest

from kith.casework.decisions import actions as decisions
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.plans.models import Says, Whose
from kith.casework.plans.tests.test_plans import a_plan, agree, agreed, with_family
from kith.casework.plans.words import Answer
from kith.casework.visits import actions as visits
from kith.casework.visits.actions import ChildThere
from kith.casework.visits.tests.test_visits import a_visit
from kith.council.settings.actions import change_setting
from kith.desk.day.queries import my_day
from kith.desk.day.tests.scene import another_family
from kith.framework.kinds import Level
from kith.pathway.contacts.tests.test_contacts import known, taken
from kith.pathway.contacts.words import Somebody
from kith.people.entries.words import Talk
from kith.people.involvement.models import Involvement
from tests.cast import NOW, restrict

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TODAY = NOW.date()


def due(cast, who="leah", at=NOW):
    return my_day(cast.actor(who, at), at=at).due


def only(cast, begins, at=NOW):
    """The one thing due whose words begin so."""
    (found,) = [one for one in due(cast, at=at) if one.what.startswith(begins)]
    return found


def all_seen(cast, ago, minutes):
    children = [ChildThere(f, seen=True, alone_minutes=minutes) for f in cast.solanki_files]
    visits.write_note(**a_visit(cast, talk=Talk(NOW - timedelta(days=ago)), children=children, promises=[]))


def test_k16_a_visit_is_due_ten_working_days_after_the_children_were_seen(cast):
    all_seen(cast, 2, 10)
    one = only(cast, "See")
    assert (one.what, one.by) == ("See Ellis, Maya and Jude", date(2025, 9, 22))
    assert (one.gone, one.whole, one.unit) == (2, 10, "working days")
    assert one.ask == "What did the child show or say, and what came of what they said last time?"


def test_k16_counts_for_each_child_alone(cast):
    """Jude was asleep at his Nana's: his own clock runs from the day the plan began."""
    visits.write_note(**a_visit(cast))
    assert [one.what for one in due(cast) if one.what.startswith("See")] == ["See Jude", "See Ellis and Maya"]


def test_k16_has_the_councils_own_length(cast):
    all_seen(cast, 2, 10)
    told = {
        "key": "clock-K16",
        "value": 15,
        "since": TODAY,
        "why": "Agreed locally",
        "by": cast.actor("sam"),
        "at": NOW,
    }
    change_setting(**told)
    assert only(cast, "See").by == date(2025, 9, 29)


@pytest.mark.parametrize(
    ("minutes", "ask"),
    [
        (0, "Ellis, Maya and Jude had no time alone with us last time. Could this visit make some?"),
        (None, "Nobody wrote whether Ellis, Maya and Jude had time alone with us. Will you ask?"),
    ],
)
def test_the_question_beside_a_visit_is_about_what_the_last_one_left_out(cast, minutes, ask):
    all_seen(cast, 2, minutes)
    assert only(cast, "See").ask == ask


def test_a_child_nobody_has_seen_is_asked_about_by_name(cast):
    visits.write_note(**a_visit(cast))
    assert only(cast, "See Jude").ask == "Nobody has written that Jude was seen. Where, and by whom?"


@pytest.mark.parametrize(
    ("level", "by"),
    [("child-in-need", date(2025, 9, 19)), ("in-care", date(2025, 10, 2)), ("family-help", None), ("early-help", None)],
)
def test_k17_and_l8_visits_at_other_levels_have_their_own_lengths(cast, level, by):
    """K17: twenty working days, and a bank holiday among them. L8: six weeks in care. Family help has no visiting clock."""
    Involvement.objects.filter(family=cast.solanki_reid).delete()
    another_family(cast, "Abel", NOW - timedelta(days=20), level=level)
    found = [one for one in due(cast) if one.who == "Abel"]
    assert [one.by for one in found] == ([by] if by else [])


def test_late_says_by_how_much_and_asks_its_question_all_the_same(cast, as_):
    all_seen(cast, 30, 0)
    page = as_("leah").get("/").content.decode()
    assert "All 10 working days gone, and" in page
    assert "Could this visit make some?" in page
    for loud in ("overdue", "OVERDUE", "red", "amber"):
        assert f'class="{loud}' not in page
    assert "overdue" not in page.lower()


def test_a_plans_review_asks_after_whoever_saw_it_differently(cast):
    differs = Answer(cast.craig, Says.DIFFERS, "I shout. I have never pushed anybody.")
    agreed(cast, differs)
    one = only(cast, "Look at the plan again")
    assert (one.by, one.gone, one.whole) == (TODAY + timedelta(days=28), 0, 28)
    assert one.ask == "Craig saw it differently. What would Craig change now?"


def test_a_plans_review_asks_who_will_ask_whoever_was_not(cast):
    not_asked = Answer(cast.mo, Says.NOT_ASKED, "She was in hospital.")
    agreed(cast, not_asked)
    assert only(cast, "Look").ask == "Nana Mo was not asked about this plan. Who will ask before then?"


def test_a_plans_review_asks_whose_words_it_is_in(cast):
    agree(cast, with_family(cast, a_plan(cast, in_whose_words=Whose.WORKER)))
    assert only(cast, "Look").ask == "It is in a worker’s words. How would the family say it?"


def test_a_closed_childs_answer_is_not_told_by_the_question(cast):
    differs = Answer(cast.ellis, Says.DIFFERS, "Not when Dad sleeps here.")
    agreed(cast, differs)
    assert only(cast, "Look").ask.startswith("Ellis saw it differently.")
    restrict(cast.file("ellis"), Level.RESTRICTED)
    assert "Ellis" not in only(cast, "Look").ask


def test_a_decision_is_looked_at_again_unless_a_later_one_took_its_place(cast):
    at = NOW + timedelta(days=60)
    decisions.record_decision(**a_decision(cast))
    one = only(cast, "Look at a decision", at=at)
    assert (one.by, one.gone) == (date(2025, 12, 1), 60)
    decisions.record_decision(**a_decision(cast, at=NOW + timedelta(days=9), review_on=None))
    assert not [one for one in due(cast, at=at) if "decision" in one.what]


def test_k1_to_k3_what_a_first_call_asks_is_due_beside_the_rest(cast):
    taken(cast, people=[Somebody(True, known=known(cast, "amrit", "ellis"))])
    asked = {one.what: one.by for one in due(cast) if one.what.startswith("The call")}
    assert asked == {
        "The call of 10 Sept: read it": TODAY,
        "The call of 10 Sept: decide, and tell whoever rang": TODAY + timedelta(days=1),
    }


def test_what_is_further_off_than_four_weeks_is_not_told_yet(cast):
    decisions.record_decision(**a_decision(cast))
    assert not [one for one in due(cast) if "decision" in one.what]


def test_everything_due_has_a_question_and_stands_soonest_first(cast):
    visits.write_note(**a_visit(cast))
    agreed(cast)
    found = due(cast)
    assert len(found) == 3
    assert all(one.ask.endswith("?") for one in found)
    assert [one.by for one in found] == sorted(one.by for one in found)
