"""What matters now in a family, in one or two short sentences: the first of these that is so (look 4, capability 7)."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from kith.casework.decisions import actions as decisions
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.models import Score
from kith.casework.mapping.tests.scene import a_worry, numbers, put, written
from kith.casework.plans.tests.test_plans import a_plan, agree, revise, with_family
from kith.casework.visits import actions as visits
from kith.casework.visits.actions import ChildThere
from kith.casework.visits.tests.test_visits import a_visit
from kith.desk.day.tests.scene import line, matter
from kith.framework.kinds import Level, Tie
from kith.pathway.contacts.tests.test_contacts import known, taken
from kith.pathway.contacts.words import Somebody
from kith.people.involvement.models import Involvement
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
ALL = ("ellis", "maya", "kavi", "leah")


def seen_all(cast, **but):
    children = [ChildThere(f, seen=True, alone_minutes=10) for f in cast.solanki_files]
    return visits.write_note(**a_visit(cast, **({"children": children, "promises": []} | but)))


def lived_by(cast, statement, **but):
    """A plan they have agreed, to be looked at again in four weeks."""
    return agree(cast, with_family(cast, a_plan(cast, statement, **but)))


def settled(cast, *scores, **but):
    """A worry with its goal and its numbers, and a plan they live by: nothing is left out."""
    seen_all(cast)
    statement, scale = written(cast, **but)
    mapping.take_scores(**numbers(cast, scale, *(scores or [put(cast, n, "6") for n in ALL])))
    lived_by(cast, statement)
    return statement, scale


def test_a_family_of_whom_nothing_is_written_is_said_to_be_so(cast):
    assert matter(cast).words == "Nothing is written here yet. Start with what happened when you met."


def test_a_child_whom_nobody_has_seen_is_named(cast):
    visits.write_note(**a_visit(cast, promises=[]))
    assert matter(cast).words == "Nobody has written that Jude has been seen."


def test_without_a_worry_the_desk_asks_what_went_well(cast):
    seen_all(cast)
    assert matter(cast).words == "No worry stands open. What went well this week, and who did it?"


def test_a_worry_without_a_plan_asks_about_tonight(cast):
    written(cast)
    told = matter(cast)
    assert told.words == "There is a worry and no plan yet. Who does what tonight?"
    assert (told.to, told.ref) == ("plans", cast.solanki_reid.ref)


def test_a_plan_nobody_has_been_shown_is_told_as_that(cast):
    a_plan(cast, written(cast)[0])
    assert matter(cast).words == "A plan is written, and the family has not been shown it yet."


def test_a_plan_waiting_for_the_family_is_told_with_the_day(cast):
    with_family(cast, a_plan(cast, written(cast)[0]))
    words = "The plan has been with the family since Wednesday 10 September 2025. What does each of them say?"
    assert matter(cast).words == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (21, "The plan is to be looked at again by Wednesday 8 October 2025. Who will be there?"),
        (28, "The plan is to be looked at again by Wednesday 8 October 2025. Who will be there?"),
        (29, "The plan was to be looked at again by Wednesday 8 October 2025. Nobody has written that it was."),
    ],
)
def test_the_day_of_a_plans_review_is_told_when_it_is_near_and_when_it_has_gone(cast, days, words):
    settled(cast)
    assert matter(cast, at=NOW + timedelta(days=days)).words == words


def test_a_plan_that_holds_reads_otherwise_than_an_empty_page(cast):
    settled(cast)
    words = "They live by the plan agreed on Wednesday 10 September 2025. Which night was hardest, and did it hold?"
    assert matter(cast, at=NOW + timedelta(days=3)).words == words


def test_sc_2_numbers_far_apart_are_told_with_whose_they_are(cast):
    settled(cast, *[put(cast, n, v) for n, v in (("ellis", "3"), ("maya", "5"), ("kavi", "8"), ("leah", "6"))])
    assert matter(cast).words == "Ellis says 3 and Kavi says 8. What does each know that the other does not?"


def test_sc_2_a_restricted_childs_number_is_not_told_nor_said_to_be_missing(cast, as_):
    settled(cast, *[put(cast, n, v) for n, v in (("ellis", "3"), ("maya", "7"), ("kavi", "8"), ("leah", "6"))])
    restrict(cast.file("ellis"), Level.RESTRICTED)
    assert line(cast).series is None
    page = as_("leah").get("/").content.decode()
    assert "Ellis" not in page
    assert "Not shown to you" in page


def test_sc_3_a_child_of_five_without_a_number_is_named(cast):
    settled(cast)
    Score.objects.filter(person=cast.maya).delete()
    assert matter(cast).words == "Nobody has asked Maya for a number."


def test_sc_3_a_worry_about_which_nobody_was_asked_is_told(cast):
    lived_by(cast, written(cast)[0])
    assert matter(cast).words == "There is a worry, and nobody has been asked for a number yet."


def test_link_1_a_worry_without_what_good_looks_like_is_told(cast):
    statement = mapping.compose_statement(**a_worry(cast))
    scale = mapping.set_scale(
        family=cast.solanki_reid, files=cast.solanki_files, statement=statement, question="How calm?", anchor_0="Hurt",
        anchor_10="Calm", talk=a_worry(cast)["talk"], by=cast.actor("leah"), at=NOW,
    )  # fmt: skip
    mapping.take_scores(**numbers(cast, scale))
    lived_by(cast, statement)
    assert matter(cast).words == "There is a worry, and nobody has said yet what good looks like."


def test_sc_4_a_low_number_of_ours_comes_first_until_somebody_decides(cast):
    visits.write_note(**a_visit(cast))
    settled(cast, *[put(cast, n, v) for n, v in (("ellis", "6"), ("maya", "5"), ("kavi", "5"), ("leah", "2"))])
    later = NOW + timedelta(days=5)
    words = "Leah Whitcombe put safety at 2 on Wednesday 10 September 2025. No decision is written down since."
    assert matter(cast, at=later).words == words
    decisions.record_decision(**a_decision(cast))
    assert matter(cast, at=later).words.startswith("A promise to Ellis")


def test_a_promise_past_its_day_comes_before_what_the_office_waits_for(cast):
    visits.write_note(**a_visit(cast))
    settled(cast, *[put(cast, n, v) for n, v in (("ellis", "1"), ("maya", "5"), ("kavi", "9"), ("leah", "6"))])
    assert matter(cast).words.startswith("Ellis says 1 and Kavi says 9.")
    words = "A promise to Ellis was for Friday 12 September 2025. It is not done yet."
    assert matter(cast, at=NOW + timedelta(days=3)).words == words


def test_a_first_call_nobody_has_decided_is_told(cast):
    seen_all(cast)
    taken(cast, people=[Somebody(True, known=known(cast, "amrit", "ellis"))])
    words = "A first call came on Wednesday 10 September 2025. Nobody has decided what follows."
    assert matter(cast).words == words


def test_a_family_we_no_longer_work_with_is_not_asked_for_reviews(cast):
    settled(cast)
    Involvement.objects.update(until=NOW)
    told = matter(cast, at=NOW + timedelta(days=60))
    assert told.words == "We are not working with them just now. Does everybody in the family know that?"


def test_every_sentence_is_short_and_leads_somewhere(cast):
    """Look 5: under twenty words; the page beside each is one a reader may open."""
    visits.write_note(**a_visit(cast))
    written(cast)
    for at in (NOW, NOW + timedelta(days=9)):
        told = matter(cast, at=at)
        assert all(len(s.split()) < 20 for s in re.split(r"(?<=[.?]) ", told.words))
        assert reverse(told.to, kwargs={"ref": told.ref})


def test_numbers_are_told_person_by_person_and_never_averaged(cast, as_):
    settled(cast, *[put(cast, n, v) for n, v in (("ellis", "4"), ("maya", "5"), ("kavi", "7.5"), ("leah", "6"))])
    page = as_("leah").get("/").content.decode()
    for words in ("Ellis 4", "Maya 5", "Leah Whitcombe 6", "Kavi 7.5"):
        assert words in page
    assert "Numbers run from 4 to 7.5, out of 10" in page
    assert "5.6" not in page


def test_with_more_than_five_people_the_ends_are_named(cast, as_):
    said = (("ellis", "4"), ("maya", "5"), ("kavi", "7"), ("leah", "6"), ("craig", "7"), ("mo", "6"))
    settled(cast, *[put(cast, n, v) for n, v in said])
    page = as_("leah").get("/").content.decode()
    assert "Ellis 4 to Craig 7, 6 people" in page or "Ellis 4 to Kavi 7, 6 people" in page


def test_a_number_of_nought_is_a_number(cast, as_):
    settled(cast, *[put(cast, n, v) for n, v in (("ellis", "0"), ("maya", "1"), ("kavi", "1"), ("leah", "3"))])
    assert line(cast).series.latest[0].score.value == Decimal(0)
    assert "Ellis 0" in as_("leah").get("/").content.decode()


def test_a_worker_of_one_child_is_told_of_that_child(cast):
    settled(cast)
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    told = line(cast, "rosa")
    assert [c.known_as for c in told.children] == ["Maya"]


def test_they_live_by_the_plan_they_agreed_while_the_next_is_written(cast):
    first = lived_by(cast, written(cast)[0])
    second = revise(cast, first)
    told = line(cast)
    assert (told.in_force.entry, told.coming.entry) == (first.entry, second.entry)
