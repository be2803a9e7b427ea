"""What a thread lacks: each gap in words, with a link for whoever may put it right, and none for who may not."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from kith.access.accounts.models import Account
from kith.casework.decisions import actions as decisions
from kith.casework.decisions.actions import Reasons
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping import actions as mapping
from kith.casework.mapping import policies as worries
from kith.casework.mapping.tests.scene import a_worry, numbers, put, talk, worry_words
from kith.casework.plans import actions as plans
from kith.casework.plans import policies as planning
from kith.casework.plans.models import SafetyPlan, Says
from kith.casework.plans.tests.test_plans import a_plan, a_rule, agree, with_family
from kith.casework.plans.tests.test_plans import words as words_of_a_plan
from kith.casework.plans.words import Answer
from kith.desk.thread.tests.scene import asked, noted, thread, whole, worried
from kith.framework.kinds import Tie
from kith.people.involvement.models import Relation
from tests.cast import NOW, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
GAP = re.compile(r'<p class="gap"><strong>([^<]*)</strong>[^<]*(?:<a href="([^"]*)">[^<]*</a>)?</p>')


def gaps(browser, statement):
    """Every gap of the last knot, with where it leads."""
    page = thread(browser, statement)
    return {unescape(what): url for what, url in GAP.findall(page[page.rindex("<h2>") :])}


def at(name, ref):
    return reverse(name, kwargs={"ref": ref})


def test_a_bare_worry_lacks_everything_and_each_gap_leads_to_where_it_is_put_right(cast, as_):
    """LINK-1, LINK-2"""
    statement = mapping.compose_statement(**a_worry(cast, words=worry_words(cast, child_version="")))
    ref, family = statement.entry.ref, cast.solanki_reid.ref
    assert gaps(as_("leah"), statement) == {
        "The family has not heard this worry yet.": at("statement", ref),
        "Nobody has written this for the children yet.": at("statement-change", ref),
        "Nobody has said what good looks like yet.": at("goal", ref),
        "There is no scale yet, so nobody can say how near we are.": at("scale", ref),
        "There is no plan yet that guards against this.": at("plan-new", family),
        "Nothing that Ellis, Maya or Jude said or showed us is written down since Wednesday 10 September 2025.": at(
            "note-new", family
        ),
        "No decision since says what follows from this.": at("decision-new", family),
    }


@pytest.mark.parametrize("who", ["leah", "joy"])
def test_every_link_of_a_gap_opens_for_whoever_is_shown_it(cast, as_, who):
    statement = mapping.compose_statement(**a_worry(cast, words=worry_words(cast, child_version="")))
    browser = as_(who)
    links = [url for url in gaps(browser, statement).values() if url]
    assert len(links) == 7
    assert {browser.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize(("who", "writes"), [("peter", 2), ("amrit", 0), ("gwen", 0)])
def test_who_may_not_write_is_shown_the_gaps_and_why_not_and_no_dead_link(cast, as_, who, writes):
    statement = mapping.compose_statement(**a_worry(cast, words=worry_words(cast, child_version="")))
    browser = as_(who)
    found = gaps(browser, statement)
    links = [url for url in found.values() if url]
    assert len(found) == 7
    assert len(links) == writes + 1
    assert {browser.get(link).status_code for link in links} == {200}
    page = thread(browser, statement)
    assert any(refusal.reason in page for refusal in (worries.NOT_YOUR_WORK, worries.NOT_WORKING_WITH))
    assert any(refusal.reason in page for refusal in (planning.NOT_YOUR_WORK, planning.NOT_WORKING_WITH))


def test_nobody_asked_yet(cast, as_):
    statement, scale = worried(cast)
    assert gaps(as_("leah"), statement)["Nobody has been asked for a number yet."] == at("scores", scale.entry.ref)


def test_sc_3_a_child_with_no_number_and_no_reason(cast, as_):
    """SC-3: a child turned five since, or one written in since."""
    statement, scale = worried(cast)
    asked(cast, scale, ("ellis", "6"), ("maya", "7"))
    cast.jude.born_on = date(2019, 1, 1)
    cast.jude.save()
    assert "Jude has no number here, and nobody has said why." in gaps(as_("leah"), statement)
    assert "Maya has no number here, and nobody has said why." not in gaps(as_("leah"), statement)


def test_a_worry_the_family_has_and_has_not_agreed(cast, as_):
    statement, _ = worried(cast)
    mapping.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    assert "The family has heard this worry, and it is not agreed yet." in gaps(as_("leah"), statement)


@pytest.mark.parametrize(("kind", "needs"), [("danger", True), ("worry", False), ("stability", False)])
def test_a_plan_is_asked_for_where_the_worry_is_danger(cast, as_, kind, needs):
    """LINK-2, domain 2.4: every danger statement has a rule."""
    statement, _ = worried(cast, kind=kind)
    assert ("There is no plan yet that guards against this." in gaps(as_("leah"), statement)) is needs


def test_a_plan_with_no_rule_for_this(cast, as_):
    """LINK-2"""
    statement, _ = worried(cast)
    plan = agree(cast, with_family(cast, a_plan(cast)))
    assert gaps(as_("leah"), statement)["No rule of the plan guards against this."] == at("plan", plan.entry.ref)


def test_a_plan_not_agreed_yet_is_shown_with_its_rules_and_said_to_be_so(cast, as_):
    statement, _ = worried(cast)
    plan = a_plan(cast, statement)
    found = gaps(as_("leah"), statement)
    assert found["The plan that guards against this is not agreed yet."] == at("plan", plan.entry.ref)
    page = thread(as_("leah"), statement)
    assert "It is a draft: the family has not been shown it." in page
    assert "From a plan that is not agreed yet." in page
    with_family(cast, plan)
    assert "The family has it." in thread(as_("leah"), statement)


def test_a_plan_they_live_by_is_told_even_while_a_newer_one_is_written(cast, as_):
    statement, _, plan = whole(cast)
    newer = {"words": words_of_a_plan(cast, statement), "why": "Steve is away.", "files": cast.solanki_files}
    plans.revise_plan(plan=plan, talk=talk(cast), **newer, by=cast.actor("leah"), at=NOW)
    page = thread(as_("leah"), statement)
    assert "From the plan agreed on" in page
    assert "The plan that guards against this is not agreed yet." not in page


def test_a_plan_past_the_day_it_was_to_be_looked_at_again(cast, as_):
    statement, _, plan = whole(cast)
    SafetyPlan.objects.update(review_by=date(2025, 9, 20))
    late = "The plan was to be looked at again by Saturday 20 September 2025, and has not been yet."
    assert gaps(as_("leah"), statement)[late] == at("plan", plan.entry.ref)


@pytest.mark.parametrize(
    ("says", "gap"),
    [(Says.NOT_ASKED, "and was not asked."), (Says.DIFFERS, "and sees it differently.")],
)
def test_a_rule_that_nobody_has_said_they_will_make_sure_of(cast, as_, says, gap):
    statement, _ = worried(cast)
    hansa = Answer(
        cast.hansa, says, "Away at sea.", how="by text", said_on=None if says == Says.NOT_ASKED else NOW.date()
    )
    agree(cast, with_family(cast, a_plan(cast, statement)), hansa)
    found = [what for what in gaps(as_("leah"), statement) if what.startswith("Hansa is down to make sure of")]
    assert len(found) == 1
    assert found[0].endswith(gap)


def test_rules_that_only_workers_make_sure_of_and_one_who_has_left(cast, as_):
    statement, _ = worried(cast)
    rule = a_rule(cast, statement, makes_sure=None, makes_sure_staff=cast.nadia)
    agree(cast, with_family(cast, a_plan(cast, statement, rules=[rule])))
    assert "Only workers make sure of these rules." in gaps(as_("leah"), statement)
    Account.objects.filter(pk=cast.nadia.pk).update(is_active=False, left_at=NOW)
    found = gaps(as_("leah"), statement)
    assert any(what.startswith("Nadia Farouk is down") and "does not work here any more" in what for what in found)


def test_a_child_heard_beside_a_number_is_heard(cast, as_):
    statement, scale = worried(cast)
    asked(cast, scale, ("ellis", "6"), ("maya", "7"))
    noted(cast, jude="Settled in a minute.")
    assert not any("said or showed us" in what for what in gaps(as_("leah"), statement))


def test_why_a_child_has_no_number_is_not_that_childs_own_words(cast, as_):
    statement, scale = worried(cast)
    none = {"high": "", "unscored": "not-asked", "reason": "Away at football"}
    scores = [put(cast, "ellis", None, **none), put(cast, "maya", "7")]
    mapping.take_scores(**numbers(cast, scale, *scores))
    since = "Friday 1 August 2025"
    assert f"Nothing that Ellis or Jude said or showed us is written down since {since}." in gaps(
        as_("leah"), statement
    )


def test_a_proposal_is_not_a_decision(cast, as_):
    statement, _ = worried(cast)
    decisions.record_decision(**a_decision(cast, by=cast.actor("leah")))
    page = thread(as_("leah"), statement)
    assert "nobody has decided it yet" in page
    assert "No decision since says what follows from this.</strong> What was proposed waits to be decided." in page


def test_decisions_that_do_not_say_they_rest_on_it_are_a_gap_that_asks(cast, as_):
    statement, _ = worried(cast)
    dull = Reasons("Hansa has the spare key.", "It was asked.", "It suits.", "Ring Joy.")
    decisions.record_decision(**a_decision(cast, reasons=dull))
    asks = "Decisions were made since, and none says that it rests on this worry."
    assert gaps(as_("leah"), statement)[asks] == at("decisions", cast.solanki_reid.ref)


def test_a_whole_thread_has_no_gap(cast, as_):
    statement, _, _ = whole(cast)
    assert "Where the thread has gaps" not in thread(as_("leah"), statement)


def test_when_the_children_have_different_workers_she_is_told_whom_to_ask_and_offered_nothing_dead(cast, as_):
    statement, _ = worried(cast)
    Relation.objects.filter(file=cast.file("jude"), kind=Tie.ALLOCATED).update(staff=cast.rosa)
    Relation.objects.filter(file=cast.file("jude"), kind=Tie.TEAM).delete()
    tie(cast.file("jude"), Tie.NAMED, cast.leah)
    browser = as_("leah")
    links = [url for url in gaps(browser, statement).values() if url]
    assert {browser.get(link).status_code for link in links} == {200}
