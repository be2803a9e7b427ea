"""What a worker who takes over reads first: one page, from what is there already (capability 3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kith.access.audit.models import Look
from kith.casework.decisions import actions as decisions
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.tests.scene import numbers, put, written
from kith.casework.plans.models import Says
from kith.casework.plans.tests.test_plans import a_plan, agree, with_family
from kith.casework.plans.words import Answer
from kith.casework.visits import actions as visits
from kith.casework.visits.actions import NoteWords
from kith.casework.visits.tests.test_visits import a_visit
from kith.desk.handover.queries import handover_of
from kith.framework.kinds import Level, Tie
from kith.people.involvement.frame import open_or_none
from kith.people.involvement.models import Relation
from kith.people.locations.actions import say_safe_contact
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def page(cast, as_, who="leah"):
    return as_(who).get(reverse("handover", kwargs={"ref": cast.solanki_reid.ref}))


def told(cast, who="leah", at=NOW):
    actor = cast.actor(who, at)
    return handover_of(actor, open_or_none(actor, cast.solanki_reid.ref, at=at, before_you_ring=True), at.date())


def whole(cast):
    """A family with a worry, numbers with what each would have next, a plan, a promise, and something proposed."""
    leah = cast.actor("leah")
    visits.write_note(**a_visit(cast, words=NoteWords("We met.", strengths="Kavi rang school within the hour.")))
    statement, scale = written(cast)
    said = [put(cast, n, "6", one_step=f"{n} wants Sundays") for n in ("ellis", "maya", "kavi")]
    mapping.take_scores(**numbers(cast, scale, *said))
    differs = Answer(cast.craig, Says.DIFFERS, "I shout. I have never pushed anybody.")
    agree(cast, with_family(cast, a_plan(cast, statement)), differs)
    decisions.record_decision(**a_decision(cast, by=leah))
    say_safe_contact(person=cast.kavi, words="Text only. He reads my post.", by=leah, at=NOW)


def test_one_page_tells_the_whole_of_it(cast, as_):
    whole(cast)
    words = page(cast, as_).content.decode()
    for there in (
        "Nana Mo", "Text only. He reads my post.", "When Craig drinks he shouts",
        "Kavi rang school within the hour.", "Home will be calm at night", "How calm and safe are the nights?",
        "I sleep at Mum’s", "makes sure.", "Bring the photo of the drum.", "kavi wants Sundays",
        "I have never pushed anybody.", "Leah Whitcombe proposed something.", "Nadia Farouk", "Works beside", "The whole map",
    ):  # fmt: skip
        assert there in words, there


def test_what_each_person_asked_stands_in_their_own_words(cast):
    whole(cast)
    assert [(one.who, one.words) for one in told(cast).asked] == [
        ("Ellis", "ellis wants Sundays"),
        ("Maya", "maya wants Sundays"),
        ("Kavi", "kavi wants Sundays"),
        ("Craig", "I shout. I have never pushed anybody."),
    ]


def test_what_waits_is_said_in_words_with_where_to_go_on(cast):
    whole(cast)
    assert [one.words for one in told(cast).waits] == [
        "The plan is to be looked at again by Wednesday 8 October 2025.",
        "A worry is written, and the family has not heard it yet.",
        "Leah Whitcombe proposed something. Nobody has decided it yet.",
    ]
    late = told(cast, at=NOW + timedelta(days=40)).waits[0].words
    assert late == "The plan was to be looked at again by Wednesday 8 October 2025. Nobody has written that it was."


def test_a_plan_that_is_not_agreed_waits(cast):
    plan = a_plan(cast)
    assert told(cast).waits[0].words == "A plan is written, and the family has not been shown it yet."
    with_family(cast, plan)
    assert told(cast).waits[0].words == "A plan has been with the family since Wednesday 10 September 2025."


def test_an_empty_record_says_what_is_missing(cast, as_):
    words = page(cast, as_).content.decode()
    for missing in (
        "No worry stands open now.", "Nobody has written down what is working.", "There is no plan in force.",
        "No promise to them is waiting to be kept.", "Nothing is left unfinished.", "Nobody’s wish is written down.",
        "not yet, as far as anybody has written",
    ):  # fmt: skip
        assert missing in words, missing


def test_who_worked_with_them_before_can_be_asked(cast, as_):
    Relation.objects.filter(staff=cast.leah).update(until=NOW)
    for name in ("ellis", "maya", "jude"):
        tie(cast.file(name), Tie.ALLOCATED, cast.rosa)
    found = told(cast, "rosa")
    assert [t.staff.name for t in found.workers] == ["Rosa Pereira", "Peter Lindqvist", "Nadia Farouk"]
    assert [t.staff.name for t in found.before] == ["Leah Whitcombe"]
    assert "Until Wednesday 10 September 2025" in page(cast, as_, "rosa").content.decode()


@pytest.mark.parametrize(("who", "told_it"), [("leah", True), ("joy", True), ("peter", False), ("amrit", False)])
def test_how_kavi_asks_to_be_reached_is_for_those_who_work_with_her(cast, as_, who, told_it):
    whole(cast)
    words = page(cast, as_, who).content.decode()
    assert ("He reads my post" in words) is told_it
    assert ("speak to their worker" in words) is not told_it


def test_a_restricted_child_and_all_that_is_shared_with_them_is_not_handed_on(cast, as_):
    whole(cast)
    restrict(cast.file("maya"), Level.RESTRICTED)
    words = page(cast, as_).content.decode()
    assert "Maya" not in words
    assert "maya wants Sundays" not in words
    assert "Kavi rang school" not in words


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "ivo"])
def test_a_family_you_do_not_work_with_is_not_found(cast, as_, who):
    assert page(cast, as_, who).status_code == 404


def test_the_look_is_on_the_ledger_with_each_childs_file(cast, as_):
    page(cast, as_)
    assert Look.objects.get(what="handover").showed.count() == 3


def test_a_familys_page_leads_to_its_handover(cast, as_):
    assert (
        reverse("handover", kwargs={"ref": cast.solanki_reid.ref})
        in as_("leah").get(reverse("family", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    )
