"""Safety plans: what one must hold, how it goes to the family and comes back, and whose words are seen by whom."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from kith.access.audit.models import Act
from kith.casework.mapping.models import Statement
from kith.casework.plans import actions, policies
from kith.casework.plans.models import AgreedBy, Kind, SafetyPlan, Says, Whose
from kith.casework.plans.queries import (
    asked_of,
    in_words,
    newer_than,
    open_plan,
    plan_among,
    plans_of,
    prompts,
    tonight,
)
from kith.casework.plans.states import WORDS, State
from kith.casework.plans.words import Answer, PlanWords, RuleWords, ShownTo, WhatIfWords
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.entries.actions import record_entry
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.entries.story import Story
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import Membership
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TODAY = NOW.date()
MUMS = "If I’ve had a drink I sleep at Mum’s. I text Hansa before I leave work."


def a_worry(cast, **but):
    told = {
        "kind": "statement",
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": Talk(NOW - timedelta(days=3)),
        "shared": [Said("full-text", "We are worried about nights when Craig drinks.")],
        "by": cast.actor("leah"),
        "at": NOW - timedelta(days=3),
    } | but
    return Statement.objects.create(entry=record_entry(**told), kind="danger")


def a_rule(cast, worry, **but):
    return RuleWords(
        **{
            "text": MUMS,
            "who_does": cast.craig,
            "makes_sure": cast.hansa,
            "times": ["night"],
            "at": time(22),
            "given_by": cast.craig,
            "child_knows": "Daddy’s shoes are not by the door.",
            "guards": worry,
        }
        | but
    )


def a_what_if(cast, **but):
    return WhatIfWords(
        **{
            "when": "Craig comes home after a drink",
            "then": "Mo rings Hansa, and Hansa comes",
            "who_does": cast.mo,
            "backup": "Blessing next door",
            "call_999": "If anybody is being hurt",
        }
        | but
    )


def words(cast, worry, **but):
    rules = [
        a_rule(cast, worry),
        a_rule(cast, worry, text="A grown-up who has slept is up by seven.", who_does=cast.kavi, makes_sure=cast.mo,
               given_by=cast.kavi, times=["mornings"], at=time(7)),
        a_rule(cast, worry, text="Bramble Bear in the window means come.", who_does=cast.kavi, makes_sure=cast.mo,
               given_by=cast.ellis, at=None),
    ]  # fmt: skip
    asked = {
        "kind": Kind.INTERIM,
        "in_whose_words": Whose.PARENT,
        "starts_on": TODAY,
        "review_by": TODAY + timedelta(days=28),
        "rules": rules,
        "what_ifs": [a_what_if(cast), a_what_if(cast, when="The bear is not seen")],
    }
    return PlanWords(**asked | but)


def a_plan(cast, worry=None, by="leah", **but):
    worry = worry or a_worry(cast)
    return actions.make_plan(
        family=cast.solanki_reid,
        files=cast.solanki_files,
        talk=Talk(NOW - timedelta(hours=2)),
        words=words(cast, worry, **but),
        by=cast.actor(by),
        at=NOW,
    )


def with_family(cast, plan, *names):
    names = names or ("kavi", "craig", "mo", "hansa", "ellis", "maya")
    shown = [ShownTo(cast.people[n], "read-aloud", TODAY) for n in names]
    return actions.share_with_family(plan=plan, shown=shown, by=cast.actor("leah"), at=NOW)


def all_answer(cast, *but):
    given = {
        n: Answer(cast.people[n], Says.AGREES, f"Yes from {n}", how="at home")
        for n in ("ellis", "maya", "kavi", "craig", "mo", "hansa")
    }
    given["kavi"] = Answer(cast.kavi, Says.AGREES, "It is ours.", carer=True)
    given |= {next(n for n, p in cast.people.items() if p == a.person): a for a in but}
    return list(given.values())


def agree(cast, plan, *but, **also):
    told = {"talk": Talk(NOW - timedelta(hours=1)), "by": cast.actor("leah"), "at": NOW} | also
    return actions.agree_plan(plan=plan, answers=all_answer(cast, *but), **told)


def agreed(cast, *but, **also):
    return agree(cast, with_family(cast, a_plan(cast, **also)), *but)


CRAIG_DIFFERS = "I shout. I have never pushed anybody."


def lived_by(cast, who):
    return plans_of(cast.actor(who), cast.solanki_files).current


def craig_differs(cast, **but):
    return Answer(**{"person": cast.craig, "answer": Says.DIFFERS, "words": CRAIG_DIFFERS, "how": "on the phone"} | but)


# Writing one


def test_leah_writes_a_plan_as_a_draft_and_the_act_is_on_the_ledger(cast):
    plan = a_plan(cast)
    assert plan.state is State.DRAFT
    assert list(Act.objects.order_by("seq").values_list("what", flat=True))[1:] == ["entry.recorded", "plan.drafted"]


def test_link_2_every_rule_shows_the_worry_it_guards_against(cast):
    shown = open_plan(cast.actor("leah"), a_plan(cast).entry.ref)
    assert {r.guards.words for r in shown.rules} == {"We are worried about nights when Craig drinks."}


def test_link_2_a_plan_for_three_days_may_come_before_the_worry_is_written(cast):
    rule = a_rule(cast, None)
    plan = a_plan(cast, kind=Kind.IMMEDIATE, review_by=TODAY + timedelta(days=3), rules=[rule])
    assert open_plan(cast.actor("leah"), plan.entry.ref).rules[0].guards is None


def refused(cast, **but):
    worry = a_worry(cast)
    if "rule" in but:
        but["rules"] = [a_rule(cast, worry, **but.pop("rule"))]
    if "what_if" in but:
        but["what_ifs"] = [a_what_if(cast, **but.pop("what_if"))]
    family, children = cast.solanki_reid, {cast.ellis.pk, cast.maya.pk, cast.jude.pk}
    return policies.sound(words=words(cast, worry, **but), family=family, children=children)


@pytest.mark.parametrize(
    ("but", "refusal"),
    [
        ({}, None),
        ({"kind": Kind.FULL}, None),
        ({"kind": "some day"}, policies.NOT_A_PLAN),
        ({"in_whose_words": ""}, policies.NOT_A_PLAN),
        ({"review_by": TODAY - timedelta(days=1)}, policies.REVIEW_BEFORE_START),
        ({"kind": Kind.IMMEDIATE, "review_by": TODAY + timedelta(days=3)}, None),
        ({"kind": Kind.IMMEDIATE, "review_by": TODAY + timedelta(days=4)}, policies.THREE_DAYS),
        ({"review_by": TODAY + timedelta(days=29)}, policies.TWENTY_EIGHT_DAYS),
        ({"rules": []}, policies.NEEDS_A_RULE),
        ({"rule": {"text": "  "}}, policies.RULE_NEEDS_WORDS),
        ({"rule": {"times": []}}, policies.RULE_NEEDS_TIMES),
        ({"rule": {"times": ["teatime"]}}, policies.RULE_NEEDS_TIMES),
        ({"rule": {"makes_sure": None}}, policies.NEEDS_SOMEBODY_SURE),
        ({"rule": {"guards": None}}, policies.NEEDS_THE_WORRY),
        ({"kind": Kind.FULL, "what_ifs": []}, policies.NEEDS_WHAT_IFS),
        ({"what_if": {"then": ""}}, policies.WHAT_IF_NEEDS_WORDS),
    ],
)
def test_what_a_plan_cannot_be_kept_without(cast, but, refusal):
    assert refused(cast, **but) is refusal


@pytest.mark.parametrize(
    ("who", "hurt", "refusal"),
    [
        ("hansa", [], None),
        ("craig", [], policies.SAME_PERSON),
        ("ellis", [], policies.CHILD_MAKES_SURE),
        ("jude", [], policies.CHILD_MAKES_SURE),
        ("kavi", [], None),
        ("kavi", ["kavi"], policies.HURT_MAKES_SURE),
        ("hansa", ["kavi"], None),
    ],
)
def test_who_may_make_sure_of_craigs_rule(cast, who, hurt, refusal):
    being_hurt = [cast.people[n] for n in hurt]
    assert refused(cast, rule={"makes_sure": cast.people[who]}, being_hurt=being_hurt) is refusal


def test_a_worker_may_make_sure_but_not_beside_somebody_else(cast):
    assert refused(cast, rule={"makes_sure": None, "makes_sure_staff": cast.leah}) is None
    assert refused(cast, rule={"makes_sure_staff": cast.leah}) is policies.NEEDS_SOMEBODY_SURE


def test_when_something_goes_wrong_a_grown_up_acts(cast):
    assert refused(cast, what_if={"who_does": cast.ellis}) is policies.CHILD_ACTS


def test_a_cousin_of_twelve_outside_the_family_is_still_a_child(cast):
    rule = a_rule(cast, a_worry(cast), makes_sure=cast.zosia)
    with pytest.raises(Refused) as no:
        a_plan(cast, rules=[rule])
    assert no.value.refusal is policies.CHILD_MAKES_SURE


def test_a_rule_guards_against_a_worry_of_this_family_and_nothing_else(cast):
    theirs = a_worry(cast, family=cast.families["nowak-campbell"], files=[cast.file("zosia")], by=cast.actor("rosa"))
    assert refused(cast, rule={"guards": theirs}) is policies.NOT_THEIR_WORRY


def test_nothing_is_kept_when_a_plan_is_refused(cast):
    worry = a_worry(cast)
    with pytest.raises(Refused):
        a_plan(cast, worry, rules=[])
    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("nadia", None),
        ("joy", None),
        ("rosa", policies.NOT_WORKING_WITH),
        ("farrah", policies.NOT_WORKING_WITH),
        ("amrit", policies.NOT_WORKING_WITH),
        ("peter", policies.NOT_YOUR_WORK),
        ("gwen", policies.NOT_YOUR_WORK),
        ("ivo", policies.NOT_YOUR_WORK),
        ("sam", policies.NOT_YOUR_WORK),
        ("anil", policies.NOT_YOUR_WORK),
    ],
)
def test_who_may_write_a_plan(cast, who, refusal):
    assert policies.make_plan(actor=cast.actor(who), files=cast.solanki_files) is refusal


def test_a_rule_that_says_only_what_will_not_happen_is_asked_about_and_kept(cast):
    worry = a_worry(cast)
    rules = [
        a_rule(cast, worry, text="Craig doesn’t come home drunk."),
        a_rule(cast, worry, text="I don’t shout.", instead="I go to the back step."),
    ]
    shown = open_plan(cast.actor("leah"), a_plan(cast, worry, rules=rules).entry.ref)
    assert "Rule 1 says what will not happen. What will Craig do instead?" in prompts(shown)
    assert not any("Rule 2" in p for p in prompts(shown))


def test_a_rule_that_gives_a_child_a_job_and_a_workers_words_are_asked_about(cast):
    worry = a_worry(cast)
    rules = [a_rule(cast, worry, who_does=cast.ellis, makes_sure=None, makes_sure_staff=cast.leah)]
    plan = a_plan(cast, worry, rules=rules, in_whose_words=Whose.WORKER)
    asked = " ".join(prompts(open_plan(cast.actor("leah"), plan.entry.ref)))
    assert "Rule 1 gives Ellis a job." in asked
    assert "Rework it with the family within ten working days." in asked
    assert "Only workers make sure." in asked
    assert "at least three rules" in asked


def test_eleven_rules_are_kept_and_asked_about(cast):
    worry = a_worry(cast)
    shown = open_plan(cast.actor("leah"), a_plan(cast, worry, rules=[a_rule(cast, worry)] * 11).entry.ref)
    assert any("More than ten rules" in p for p in prompts(shown))


def test_a_rule_of_a_hundred_thousand_characters_comes_back_whole(cast):
    worry = a_worry(cast)
    long = "ab🌧 " * 25_000
    plan = a_plan(cast, worry, rules=[a_rule(cast, worry, text=long)])
    assert open_plan(cast.actor("leah"), plan.entry.ref).rules[0].text == long


# To the family


def test_sharing_says_who_was_shown_the_plan_how_and_when(cast):
    plan = with_family(cast, a_plan(cast), "kavi", "ellis")
    shown = open_plan(cast.actor("leah"), plan.entry.ref)
    assert shown.state is State.WITH_FAMILY
    assert [(s.person.known_as, s.how, s.shared_on) for s in shown.shown_to] == [
        ("Kavi", "read-aloud", TODAY),
        ("Ellis", "read-aloud", TODAY),
    ]


def test_more_people_are_shown_it_while_it_is_with_the_family(cast):
    plan = with_family(cast, with_family(cast, a_plan(cast), "kavi"), "ellis")
    assert plan.state is State.WITH_FAMILY
    assert plan.entry.shared.count() == 2


@pytest.mark.parametrize(
    ("names", "how", "days", "refusal"),
    [
        ((), "paper", 0, policies.SHOWN_TO_NOBODY),
        (("ellis",), "paper", 0, policies.SHOWN_TO_NOBODY),
        (("kavi",), "telepathy", 0, policies.NOT_A_WAY_TO_SHOW),
        (("kavi",), "paper", 1, policies.NOT_A_WAY_TO_SHOW),
        (("kavi", "ellis"), "paper", 0, None),
    ],
)
def test_what_sharing_needs(cast, names, how, days, refusal):
    shown = [ShownTo(cast.people[n], how, TODAY + timedelta(days=days)) for n in names]
    assert policies.shown_to(shown=shown, children={cast.ellis.pk}, today=TODAY) is refusal


def test_a_draft_is_never_agreed_without_the_family(cast):
    with pytest.raises(Refused) as no:
        agree(cast, a_plan(cast))
    assert no.value.refusal is policies.NOT_NEXT
    assert not AgreedBy.objects.exists()


def test_the_store_itself_holds_no_agreed_plan_the_family_was_not_shown(cast):
    plan = a_plan(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlan.objects.filter(pk=plan.pk).update(agreed_on=TODAY)


def test_a_plan_goes_back_to_draft_with_what_kavi_said_about_it(cast):
    plan = with_family(cast, a_plan(cast))
    answer = Answer(cast.kavi, Says.DIFFERS, "Not Mondays. I work.", rule=1)
    plan = actions.take_back_plan(plan=plan, talk=Talk(NOW), answer=answer, by=cast.actor("leah"), at=NOW)
    shown = open_plan(cast.actor("leah"), plan.entry.ref)
    assert shown.state is State.DRAFT
    assert [a.words for a in shown.rules[1].differing] == ["Not Mondays. I work."]
    with pytest.raises(Refused):
        agree(cast, plan)


def test_when_ellis_wants_it_changed_his_words_go_in_his_own_part(cast):
    plan = with_family(cast, a_plan(cast))
    answer = Answer(cast.ellis, Says.DIFFERS, "I want Dad to ring me.")
    actions.take_back_plan(plan=plan, talk=Talk(NOW), answer=answer, by=cast.actor("leah"), at=NOW)
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    assert [a.words for a in open_plan(cast.actor("leah"), plan.entry.ref).differing] == ["I want Dad to ring me."]
    assert open_plan(cast.actor("rosa"), plan.entry.ref).answers == []


def test_an_earlier_no_is_still_shown_after_the_same_person_agrees(cast):
    plan = with_family(cast, a_plan(cast))
    answer = Answer(cast.kavi, Says.DIFFERS, "Not Mondays.")
    actions.take_back_plan(plan=plan, talk=Talk(NOW), answer=answer, by=cast.actor("leah"), at=NOW)
    shown = open_plan(cast.actor("leah"), agree(cast, with_family(cast, plan)).entry.ref)
    assert [d.words for d in shown.other_views] == ["Not Mondays."]
    assert cast.kavi in [a.person for a in shown.agreeing]


def test_taking_back_needs_somebody_who_sees_it_differently(cast):
    plan = with_family(cast, a_plan(cast))
    answer = Answer(cast.kavi, Says.AGREES, "Fine")
    with pytest.raises(Refused) as no:
        actions.take_back_plan(plan=plan, talk=Talk(NOW), answer=answer, by=cast.actor("leah"), at=NOW)
    assert no.value.refusal is policies.NEEDS_THEIR_WORDS


# Agreed


def kavi_says(answers, **but):
    return [replace(a, **but) if a.carer else a for a in answers]


def test_everybody_asked_means_each_adult_and_each_child_of_five_or_over(cast):
    asked = asked_of(cast.actor("leah"), a_plan(cast), at=NOW)
    assert {p.known_as for p in asked} == {"Ellis", "Maya", "Kavi", "Craig", "Nana Mo", "Hansa"}


def test_somebody_named_in_a_rule_is_asked_though_not_of_the_family(cast):
    Membership.objects.filter(person=cast.hansa).delete()
    assert cast.hansa in asked_of(cast.actor("leah"), a_plan(cast), at=NOW)


def test_a_child_whose_file_is_closed_to_the_worker_is_not_betrayed_by_who_must_answer(cast):
    plan = a_plan(cast)
    restrict(cast.file("maya"))
    tie(cast.file("ellis"), Tie.COWORKER, cast.rosa)
    assert cast.maya not in asked_of(cast.actor("rosa"), plan, at=NOW)


def test_a_plan_is_agreed_when_everybody_says_yes(cast):
    plan = agreed(cast)
    assert (plan.state, plan.agreed_on) == (State.AGREED, TODAY)
    assert {a.person.known_as for a in lived_by(cast, "leah").agreeing} >= {"Kavi"}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda a: a, None),
        (lambda a: a[:-1], policies.NEEDS_EVERYBODY),
        (lambda a: [*a, a[0]], policies.ANSWERED_TWICE),
        (lambda a: [*a[1:], Answer(a[0].person, Says.AGREES, " ")], policies.NEEDS_THEIR_WORDS),
        (lambda a: [*a[1:], Answer(a[0].person, "maybe", "Hm")], policies.NEEDS_THEIR_WORDS),
        (lambda a: [*a[1:], Answer(a[0].person, Says.NOT_ASKED, "")], policies.NEEDS_THEIR_WORDS),
        (lambda a: [*a[1:], Answer(a[0].person, Says.NOT_ASKED, "At drums")], None),
        (lambda a: [*a[1:], Answer(a[0].person, Says.DIFFERS, "No", rule=9)], policies.NO_SUCH_RULE),
        (lambda a: kavi_says(a, carer=False), policies.NEEDS_A_CARER),
        (lambda a: kavi_says(a, answer=Says.DIFFERS), policies.NEEDS_A_CARER),
        (lambda a: kavi_says(a, answer=Says.NOT_ASKED), policies.NEEDS_A_CARER),
    ],
)
def test_what_agreeing_needs(cast, change, refusal):
    answers = all_answer(cast)
    asked = [a.person for a in answers]
    said = policies.answered(
        answers=change(answers),
        asked=asked,
        shown={p.pk for p in asked},
        rules={0, 1, 2},
        children={cast.ellis.pk, cast.maya.pk},
    )
    assert said is refusal


def test_a_child_is_never_the_carer_who_agrees(cast):
    answers = [Answer(cast.ellis, Says.AGREES, "ok", carer=True)]
    shown = {cast.ellis.pk}
    said = policies.answered(answers=answers, asked=[cast.ellis], shown=shown, rules=set(), children=shown)
    assert said is policies.NEEDS_A_CARER


def test_nobody_answers_about_a_plan_they_were_not_shown(cast):
    plan = with_family(cast, a_plan(cast), "kavi", "craig", "mo", "ellis", "maya")
    with pytest.raises(Refused) as no:
        agree(cast, plan)
    assert no.value.refusal is policies.NOT_SHOWN
    assert agree(cast, plan, Answer(cast.hansa, Says.NOT_ASKED, "In Leeds until Friday")).state is State.AGREED


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("joy", None),
        ("farrah", policies.NOT_YOURS_TO_AGREE),
        ("peter", policies.NOT_YOURS_TO_AGREE),
        ("rosa", policies.NOT_WORKING_WITH),
    ],
)
def test_who_may_write_down_that_a_plan_is_agreed(cast, who, refusal):
    plan = with_family(cast, a_plan(cast))
    assert policies.agree_plan(actor=cast.actor(who), plan=plan, files=cast.solanki_files) is refusal


def test_craigs_no_is_kept_in_his_words_and_stands_beside_the_rule(cast):
    plan = agreed(cast, craig_differs(cast, rule=0))
    shown = open_plan(cast.actor("leah"), plan.entry.ref)
    assert shown.state is State.AGREED_WITH_DISSENT
    assert [(a.person, a.words) for a in shown.rules[0].differing] == [(cast.craig, CRAIG_DIFFERS)]
    assert shown.differing == []
    assert plan.entry.dissents.get().words == CRAIG_DIFFERS


def test_a_no_to_the_whole_plan_stands_beside_the_plan(cast):
    shown = open_plan(cast.actor("leah"), agreed(cast, craig_differs(cast)).entry.ref)
    assert [a.words for a in shown.differing] == [CRAIG_DIFFERS]


def test_what_ellis_says_is_seen_only_with_elliss_file(cast):
    plan = agreed(cast, Answer(cast.ellis, Says.DIFFERS, "I do not want Dad to go."))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    seen = open_plan(cast.actor("rosa"), plan.entry.ref)
    assert cast.ellis not in [a.person for a in seen.answers]
    assert cast.maya in [a.person for a in seen.answers]
    assert [r.text for r in seen.rules][2] == ""
    assert not plan.entry.dissents.exists()
    whole = open_plan(cast.actor("leah"), plan.entry.ref)
    assert [a.words for a in whole.differing] == ["I do not want Dad to go."]


def test_rosa_does_not_find_a_plan_of_a_family_she_does_not_work_with(cast):
    plan = agreed(cast)
    assert open_plan(cast.actor("rosa"), plan.entry.ref) is None
    assert lived_by(cast, "rosa") is None


def test_a_closed_file_shuts_the_rules_for_whoever_cannot_see_it(cast):
    plan = agreed(cast)
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    restrict(cast.file("ellis"), Level.RESTRICTED)
    seen = open_plan(cast.actor("rosa"), plan.entry.ref)
    assert (seen.rules, seen.what_ifs, seen.shown_to, [a.person for a in seen.answers]) == ([], [], [], [cast.maya])


def test_who_is_being_hurt_is_kept_for_the_next_version_and_in_no_words(cast):
    plan = a_plan(cast, being_hurt=[cast.kavi], rules=[a_rule(cast, a_worry(cast))])
    assert [b.person for b in plan.being_hurt.all()] == [cast.kavi]


# The next version, and the end


def revise(cast, plan, **but):
    told = {
        "plan": plan,
        "why": "Steve now helps on Fridays.",
        "files": cast.solanki_files,
        "talk": Talk(NOW - timedelta(minutes=30)),
        "words": words(cast, plan.rules.first().guards),
        "by": cast.actor("leah"),
        "at": NOW,
    } | but
    return actions.revise_plan(**told)


def test_a_family_lives_by_the_plan_it_agreed_until_the_next_is_agreed(cast):
    first = agreed(cast)
    second = revise(cast, first)
    standing = plans_of(cast.actor("leah"), cast.solanki_files)
    assert (standing.current.plan, standing.coming.plan) == (first, second)
    assert in_words(standing.current) == WORDS[State.AGREED]
    agree(cast, with_family(cast, second))
    standing = plans_of(cast.actor("leah"), cast.solanki_files)
    assert (standing.current.plan, standing.coming) == (second, None)
    first.refresh_from_db()
    assert first.ended_why == actions.REPLACED


def test_a_new_version_says_why_and_begins_as_a_draft(cast):
    first = agreed(cast)
    second = revise(cast, first)
    assert (second.entry.version, second.entry.why_changed) == (2, "Steve now helps on Fridays.")
    assert second.state is State.DRAFT
    with pytest.raises(Refused) as no:
        revise(cast, second, why=" ")
    assert no.value.refusal is policies.NEEDS_WHY


def test_two_people_change_the_same_version_and_the_second_is_told(cast):
    first = a_plan(cast)
    theirs = revise(cast, first)
    with pytest.raises(Refused) as no:
        revise(cast, first, by=cast.actor("nadia"))
    assert no.value.refusal is REPLACED_ALREADY
    assert newer_than(cast.actor("nadia"), first).plan == theirs
    assert newer_than(cast.actor("nadia"), theirs) is None


def test_a_plan_ends_with_a_reason_on_a_day_that_has_come(cast):
    plan = agreed(cast)
    end = {"plan": plan, "by": cast.actor("leah"), "at": NOW}
    for but, refusal in (
        ({"why": " ", "on": TODAY}, policies.NEEDS_WHY),
        ({"why": "Calm nights.", "on": TODAY + timedelta(days=1)}, policies.ENDS_IN_ITS_TIME),
        ({"why": "Calm nights.", "on": TODAY - timedelta(days=1)}, policies.ENDS_IN_ITS_TIME),
    ):
        with pytest.raises(Refused) as no:
            actions.end_plan(**end, **but)
        assert no.value.refusal is refusal
    assert actions.end_plan(**end, why="Calm nights.", on=TODAY).state is State.ENDED
    assert lived_by(cast, "leah") is None


def test_a_plan_nobody_agreed_cannot_be_ended_and_one_that_ended_is_not_changed(cast):
    draft = a_plan(cast)
    end = {"why": "Done", "on": TODAY, "by": cast.actor("leah"), "at": NOW}
    with pytest.raises(Refused) as no:
        actions.end_plan(plan=draft, **end)
    assert no.value.refusal is policies.NOT_IN_FORCE
    ended = actions.end_plan(plan=agree(cast, with_family(cast, draft)), **end)
    with pytest.raises(Refused) as no:
        revise(cast, ended)
    assert no.value.refusal is policies.ENDED


# Tonight


BESIDE = ["safety_plan", "rule__who_does", "rule__makes_sure", "rule__makes_sure_staff"]


def tonight_at(cast, at):
    """Tonight as the family's first page tells it: the plan found among their entries, its words read with theirs."""
    stands = Q(safety_plan__agreed_on__isnull=False, safety_plan__ended_on__isnull=True)
    story = Story(
        cast.actor("leah"), cast.solanki_files, 8, also=stands, beside=BESIDE, many={"rule": "safety_plan__rules"}
    )
    plan = plan_among(story.seen)
    story.newest(with_=[plan] if plan else [])
    return tonight(plan, story.several["rule"][plan.entry.pk].values(), at) if plan else []


def test_tonight_runs_from_the_evening_to_the_morning_in_words(cast):
    agreed(cast)
    lines = tonight_at(cast, NOW)
    assert [(line.when, line.at) for line in lines] == [
        ("10 pm", "22:00"),
        ("Through the night", "23:30"),
        ("7 am", "07:00"),
    ]
    assert lines[0].words == f"Craig: “{MUMS}” Hansa makes sure."


@pytest.mark.parametrize(
    ("on", "times", "at", "lines"),
    [
        (date(2025, 9, 10), ["weekend"], time(20), 0),
        (date(2025, 9, 12), ["weekend"], time(20), 1),
        (date(2025, 9, 13), ["weekend"], None, 0),
        (date(2025, 9, 12), ["pay-day"], time(20), 0),
        (date(2025, 9, 9), ["night"], time(20), 0),
        (date(2025, 9, 12), ["bedtime", "night"], None, 1),
    ],
)
def test_a_rule_is_in_tonight_when_its_time_is(cast, on, times, at, lines):
    worry = a_worry(cast)
    agreed(cast, rules=[a_rule(cast, worry, times=times, at=at)], worry=worry)
    tonight_on = NOW.replace(day=on.day)
    assert len(tonight_at(cast, tonight_on)) == lines


def test_a_draft_changes_nobodys_night(cast):
    a_plan(cast)
    assert tonight_at(cast, NOW) == []


def test_a_plan_of_many_versions_is_read_in_as_many_questions_as_one(cast):
    plan = agreed(cast)
    asked = []
    for _ in range(3):
        leah = cast.actor("leah")
        leah.sees([f.pk for f in cast.solanki_files])
        with CaptureQueriesContext(connection) as questions:
            plans_of(leah, cast.solanki_files)
        asked.append(len(questions))
        plan = revise(cast, plan)
    assert len(set(asked)) == 1
    assert asked[0] <= 20
