"""The thread of a worry: each step from the record that holds it, in order, and nothing twice (N2, N3; rows 51-53)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kith.access.audit.models import Look, LookAt
from kith.access.notices.models import Notice
from kith.casework.decisions import actions as decisions
from kith.casework.decisions.actions import Reasons
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.tests.scene import a_scale, a_worry, numbers, put, talk, worry_words
from kith.casework.mapping.words import About
from kith.casework.plans.models import Says
from kith.casework.plans.tests.test_plans import a_plan, agree, with_family
from kith.casework.plans.words import Answer
from kith.casework.visits import actions as visits
from kith.casework.visits.tests.test_visits import again
from kith.desk.thread.tests.scene import address, asked, noted, thread, whole, worried
from kith.people.entries.queries import newest_version
from tests.cast import NOW, restrict

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
KNOTS = re.compile(r"<h2>(.*?)</h2>")
ALL = [
    "The worry",
    "What good looks like",
    "Where each of us has put it",
    "Rules in the plan that guard against this",
    "How we know",
    "What the children say",
    "What was decided since",
]


def test_a_worry_is_followed_from_what_we_fear_to_what_was_decided(cast, as_):
    """LINK-1, LINK-2: worry, goal, numbers, rules, answers, children, decisions, one heading each."""
    page = thread(as_("leah"), whole(cast)[0])
    assert KNOTS.findall(page) == ALL
    told = (
        "as on 17 May",
        "Home will be calm at night for six months.",
        "How calm and safe are the nights?",
        "If I’ve had a drink I sleep at Mum’s.",
        "Ellis, Maya, Kavi, Craig, Nana Mo and Hansa agree to these rules.",
        "Good boring.",
        "Craig comes home on Sundays.",
    )
    assert [words for words in told if words not in page] == []
    assert [page.index(words) for words in told] == sorted(page.index(words) for words in told)


def test_the_numbers_are_told_then_and_now_and_whose_they_are_never_an_average(cast, as_):
    """N3, SC-5: the spread between children, their people and those whose work it is."""
    page = thread(as_("leah"), whole(cast)[0])
    assert "On Thursday 21 August 2025 the numbers ran from 2 to 5." in page
    assert "On Wednesday 10 September 2025 they ran from 5 to 7." in page
    assert "the children 6 to 7, the family’s own people 6 and those whose work it is 5." in page
    assert "5.75" not in page


def test_people_who_all_say_one_number_stand_at_it(cast, as_):
    statement, scale = worried(cast)
    asked(cast, scale, ("ellis", "6"), ("maya", "6"), ("kavi", "6"))
    assert "the numbers stood at 6." in thread(as_("leah"), statement)


def test_who_does_each_rule_and_who_makes_sure(cast, as_):
    """LINK-2"""
    page = thread(as_("leah"), whole(cast)[0])
    row = page[page.index("<tbody>", page.index("Who makes sure")) :]
    assert row.index("<bdi>Craig</bdi>") < row.index("<bdi>Hansa</bdi>") < row.index("Through the night")


def test_a_rule_that_guards_another_worry_is_not_here(cast, as_):
    """LINK-2"""
    statement, _, _ = whole(cast)
    other = mapping.compose_statement(**a_worry(cast, talk=talk(cast, ago=timedelta(days=1))))
    assert "If I’ve had a drink I sleep at Mum’s." in thread(as_("leah"), statement)
    assert "If I’ve had a drink I sleep at Mum’s." not in thread(as_("leah"), other)


def test_whoever_sees_a_rule_differently_stands_beside_it(cast, as_):
    statement, _ = worried(cast)
    differs = Answer(cast.craig, Says.DIFFERS, "I can walk home.", rule=0, how="at home", said_on=NOW.date())
    agree(cast, with_family(cast, a_plan(cast, statement)), differs)
    page = thread(as_("leah"), statement)
    assert "Seen differently: one rule" in page
    assert "I can walk home." in page


def test_children_are_quoted_with_where_and_when_two_notes_of_each_the_newest_first(cast, as_):
    statement, _ = worried(cast)
    for days in (9, 7, 5):
        noted(cast, ago=timedelta(days=days), ellis=f"Ellis {days} days ago.")
    noted(cast, ago=timedelta(days=30), maya="Maya long ago.")
    page = thread(as_("leah"), statement)
    quoted = re.findall(r'<q dir="auto">(.*?)</q><p class="whose">(.*?)\. <a', page)
    assert quoted == [
        ("Ellis 5 days ago.", "Ellis, at home, Friday 5 September 2025"),
        ("Ellis 7 days ago.", "Ellis, at home, Wednesday 3 September 2025"),
        ("Maya long ago.", "Maya, at home, Monday 11 August 2025"),
    ]


def test_what_a_child_said_before_the_worry_was_written_is_not_since(cast, as_):
    statement, _ = worried(cast)
    noted(cast, ago=timedelta(days=60), ellis="Before all this.")
    assert "Before all this." not in thread(as_("leah"), statement)


def test_a_corrected_note_is_quoted_as_it_stands(cast, as_):
    statement, _ = worried(cast)
    visit = noted(cast, ellis="A lighthouse.")
    newer = again(cast, visit, talk=talk(cast, "ellis", ago=timedelta(days=2)))
    visits.correct_note(**newer)
    page = thread(as_("leah"), statement)
    assert "like a lighthouse" in page
    assert "A lighthouse." not in page


def test_a_decision_that_rests_on_the_worry_says_so_and_leaves_no_gap(cast, as_):
    """Domain 6.8: what a decision relies on."""
    page = thread(as_("leah"), whole(cast)[0])
    assert "What rests on this worry says so." in page
    assert "It rests on this worry. People gave their numbers" in page


def test_a_decision_still_rests_on_a_worry_that_has_been_put_in_other_words_since(cast, as_):
    statement, _, _ = whole(cast)
    changed = {"statement": statement, "read": newest_version(statement.entry), "why": "Kavi’s words"}
    same = {name: said for name, said in a_worry(cast).items() if name != "family"}
    mapping.revise_statement(**same | changed)
    assert "It rests on this worry." in thread(as_("leah"), statement)


def test_whoever_reads_only_a_childs_own_part_of_a_decision_is_not_told_what_it_rests_on(cast, as_):
    statement, _, _ = whole(cast)
    assert "It rests on this worry." in thread(as_("nadia"), statement)
    restrict(cast.file("jude"))
    assert "It rests on this worry." not in thread(as_("nadia"), statement)


def test_what_a_decision_has_in_common_with_a_worry_it_does_not_name_is_said(cast, as_):
    """N2: "show me what changed this number"."""
    page = thread(as_("leah"), whole(cast, resting=False)[0])
    assert "None of these says that it rests on this worry." in page
    assert "It rests on: Everyone’s number, and the night of 17 May." in page
    assert "It speaks of 17 May" in page
    assert "People gave their numbers on this worry the same day: they ran from 5 to 7." in page


def test_a_decision_with_nothing_in_common_is_still_there(cast, as_):
    statement, _, _ = whole(cast)
    dull = Reasons("Hansa has the spare key.", "It was asked.", "It suits.", "Ring Joy.")
    ago = talk(cast, ago=timedelta(days=3))
    decisions.record_decision(**a_decision(cast, reasons=dull, talk=ago))
    page = thread(as_("leah"), statement)
    more = page.index("1 more, with no words or numbers in common with this worry")
    assert more < page.index("Hansa has the spare key.")


def test_a_decision_made_before_the_worry_was_written_is_not_here(cast, as_):
    statement, _ = worried(cast)
    decisions.record_decision(**a_decision(cast, talk=talk(cast, ago=timedelta(days=50))))
    assert "What was decided since" not in thread(as_("leah"), statement)


def test_a_step_with_nothing_in_it_has_no_heading(cast, as_):
    statement = mapping.compose_statement(**a_worry(cast))
    assert KNOTS.findall(thread(as_("leah"), statement)) == ["The worry", "Where the thread has gaps"]


def test_a_worry_that_has_eased_ends_with_what_became_of_it_and_nothing_to_put_right(cast, as_):
    statement, _, _ = whole(cast)
    asked_of = {"talk": talk(cast), "by": cast.actor("leah"), "at": NOW}
    mapping.settle_statement(statement=statement, status="eased", why="Calm since August.", **asked_of)
    page = thread(as_("leah"), statement)
    assert KNOTS.findall(page) == [*ALL, "What became of it"]
    assert "Calm since August." in page
    assert "Ask for numbers again" not in page


def test_the_address_of_an_older_version_leads_to_the_newest_and_counts_from_the_first(cast, as_):
    statement, _ = worried(cast)
    first = statement.entry
    asked_of = a_worry(
        cast, read=first, why="Kavi heard it.", words=worry_words(cast, full_text="Nights, as Kavi says.")
    )
    del asked_of["family"]
    noted(cast, ellis="Good boring.")
    mapping.revise_statement(statement=statement, **asked_of)
    page = as_("leah").get(reverse("thread", kwargs={"ref": first.ref})).content.decode()
    assert "Nights, as Kavi says." in page
    assert "Good boring." in page


def test_numbers_on_an_earlier_scale_are_kept_apart(cast, as_):
    """SC-1"""
    statement, scale = worried(cast)
    asked(cast, scale, ("ellis", "3"), ("maya", "2"), ("kavi", "5"), ago=timedelta(days=20))
    mapping.set_scale(**a_scale(cast, statement) | {"anchor_10": "We all sleep"})
    page = thread(as_("leah"), statement)
    assert "An earlier scale, until" in page
    assert "Nobody has been asked for a number yet." in page


def test_a_child_who_sees_it_differently_is_quoted(cast, as_):
    differs = [About(cast.ellis, "I was not asleep.")]
    statement = mapping.compose_statement(**a_worry(cast, words=worry_words(cast, differently=differs)))
    assert "Ellis sees it differently" in thread(as_("leah"), statement)


def test_the_family_page_the_list_and_the_worry_lead_here(cast, as_):
    statement, _ = worried(cast)
    family = {"ref": cast.solanki_reid.ref}
    for name, named in (("family", family), ("statements", family), ("statement", {"ref": statement.entry.ref})):
        page = as_("leah").get(reverse(name, kwargs=named)).content.decode()
        assert f'href="{address(statement)}">Follow this worry</a>' in page, name


def test_the_page_of_the_worry_does_not_say_the_numbers_again(cast, as_):
    statement, _, _ = whole(cast)
    page = as_("leah").get(reverse("statement", kwargs={"ref": statement.entry.ref})).content.decode()
    assert "ellis says it is getting better" not in page
    assert "Everyone was last asked on Wednesday 10 September 2025." in page


def test_a_leader_told_of_a_low_number_is_led_to_where_the_numbers_are(cast):
    """SC-4"""
    statement, scale = worried(cast)
    low = [put(cast, "ellis", "6"), put(cast, "maya", "6"), put(cast, "leah", "1")]
    mapping.take_scores(**numbers(cast, scale, *low))
    assert Notice.objects.get(account=cast.joy).link == address(statement)


def test_the_look_holds_every_file_whose_words_were_shown(cast, as_):
    statement, _, _ = whole(cast)
    thread(as_("joy"), statement)
    look = Look.objects.get(what="thread")
    assert set(LookAt.objects.filter(look=look).values_list("file", flat=True)) == {f.ref for f in cast.solanki_files}


def test_an_address_that_leads_to_no_worry_is_not_found(cast, as_):
    note = noted(cast, ellis="Hello.")
    for ref in (uuid4(), note.entry.ref, cast.solanki_reid.ref):
        assert as_("leah").get(reverse("thread", kwargs={"ref": ref})).status_code == 404
