"""The pages of plans, as each person meets them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.access.audit.models import Look
from kith.casework.plans.models import Kind, SafetyPlan
from kith.casework.plans.tests.test_plans import (
    CRAIG_DIFFERS,
    MUMS,
    TODAY,
    a_plan,
    a_rule,
    a_what_if,
    a_worry,
    agreed,
    craig_differs,
    revise,
    with_family,
)
from kith.kit.wording import day
from tests.cast import restrict

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def on(name, when):
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def moment(name):
    return on(name, TODAY) | {f"{name}-time": "4.10 pm"}


def filled(cast, worry=None, **but):
    sent = {
        "kind": "immediate", "in_whose_words": "parent", "once": "k1", "rules-rows": "5", "what-ifs-rows": "2",
        "children": [str(f.ref) for f in cast.solanki_files],
        "rule_0": MUMS, "given_0": str(cast.craig.ref), "who_0": str(cast.craig.ref), "sure_0": str(cast.hansa.ref),
        "times_0": ["night"], "at_0": "10 pm", "knows_0": "No shoes by the door",
        "guards_0": str(worry.entry.ref) if worry else "",
        "if_0": "Craig comes home", "then_0": "Hansa comes", "acts_0": str(cast.hansa.ref),
    }  # fmt: skip
    sent |= moment("happened_at") | on("starts_on", TODAY) | on("review_by", TODAY + timedelta(days=2))
    return sent | but


def new(cast):
    return reverse("plan-new", kwargs={"ref": cast.solanki_reid.ref})


def home(cast):
    return reverse("plans", kwargs={"ref": cast.solanki_reid.ref})


def at(name, plan):
    return reverse(name, kwargs={"ref": plan.entry.ref})


def words_of(answer):
    text = re.sub(r"<[^>]+>", "", answer.content.decode())
    return " ".join(text.split())


# Reading


def test_a_family_without_a_plan_says_so_in_words(cast, as_):
    page = words_of(as_("leah").get(home(cast)))
    assert "There is no safety plan yet." in page
    assert "Write a plan" in page


def test_the_plan_reads_as_the_family_would_read_it(cast, as_):
    agreed(cast)
    page = words_of(as_("leah").get(home(cast)))
    assert f"“{MUMS}”" in page
    assert "Craig said this, and does it. Hansa makes sure." in page
    assert "10 pm" in page
    assert "If it wobbles" in page
    assert "Kavi agrees." in page


def test_craigs_no_prints_beside_the_rule_in_the_same_size(cast, as_):
    plan = agreed(cast, craig_differs(cast, rule=1))
    page = as_("leah").get(at("plan", plan)).content.decode()
    beside = page.index("Seen differently: rule 2")
    assert beside < page.index(CRAIG_DIFFERS, beside) < page.index("If it wobbles")


def test_a_plan_on_its_way_is_announced_above_the_one_they_live_by(cast, as_):
    plan = agreed(cast)
    newer = revise(cast, plan)
    page = words_of(as_("leah").get(home(cast)))
    assert "A newer version is a draft." in page
    assert "The family lives by this one until that one is agreed." in words_of(as_("leah").get(at("plan", plan)))
    assert "Nobody in the family has been shown it yet." in words_of(as_("leah").get(at("plan", newer)))


def test_a_plan_past_its_review_says_so_and_still_stands(cast, as_):
    agreed(cast)
    page = words_of(as_("leah").get(home(cast)))
    assert f"It was to be looked at again by {day(TODAY + timedelta(days=28))}, and has not been yet." in page
    assert "10 pm" in page


def test_every_gap_is_said(cast, as_):
    rule = a_rule(cast, None, child_knows="", given_by=None)
    plan = a_plan(cast, kind=Kind.IMMEDIATE, review_by=TODAY, rules=[rule], what_ifs=[])
    page = words_of(as_("leah").get(at("plan", plan)))
    for gap in (
        "It does not say how a child would know.",
        "No worry is written for this rule yet.",
        "It does not say what happens on a bad day.",
        "Nobody has said what they think of it yet.",
    ):
        assert gap in page


def test_jargon_in_a_rule_is_said_before_anybody_is_shown_it_and_stops_nothing(cast, as_):
    """Domain 0.1.4: what a family will read passes the plain-language check before it is shared."""
    worry = a_worry(cast)
    rules = [a_rule(cast, worry), a_rule(cast, worry, text="Craig has no contact when there is domestic violence.")]
    plan = a_plan(cast, worry, rules=rules, what_ifs=[a_what_if(cast, then="If there is domestic violence Mo rings")])
    leah = as_("leah")
    page = words_of(leah.get(at("plan", plan)))
    assert "Look at these before anybody is shown it." in page
    assert "Rule 2. Instead of “domestic violence”:" in page
    assert "What-if 1. Instead of “domestic violence”:" in page
    assert "Rule 1. Instead" not in page
    shown = with_family(cast, plan)
    assert "Instead of" not in words_of(leah.get(at("plan", shown)))


def test_a_draft_in_plain_words_has_nothing_to_look_at_again(cast, as_):
    plan = a_plan(cast)
    page = words_of(as_("leah").get(at("plan", plan)))
    assert "Nothing to look at again. Read it aloud once." in page


def test_a_draft_that_is_hard_to_read_says_for_which_age_once(cast, as_):
    hard = "Notwithstanding intermittent deterioration, immediate accommodation arrangements necessitate consultation."
    worry = a_worry(cast)
    plan = a_plan(cast, worry, rules=[a_rule(cast, worry, text=hard, child_knows=hard) for _ in range(3)])
    page = words_of(as_("leah").get(at("plan", plan)))
    assert page.count("Use shorter sentences and words: this reads at about age") == 1


def test_who_is_being_hurt_is_on_no_page(cast, as_):
    rules = [a_rule(cast, worry := a_worry(cast))]
    told = a_plan(cast, worry, rules=rules, being_hurt=[cast.kavi])
    silent = a_plan(cast, worry, rules=rules)
    leah = as_("leah")
    pages = [words_of(leah.get(at("plan", p))) for p in (told, silent)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "farrah"])
def test_a_family_you_do_not_work_with_is_not_found(cast, as_, who):
    plan = agreed(cast)
    browser = as_(who)
    for name in ("plans", "plan-new"):
        assert browser.get(reverse(name, kwargs={"ref": cast.solanki_reid.ref})).status_code == 404
    for name in ("plan", "plan-share", "plan-take-back", "plan-agree", "plan-version", "plan-end"):
        assert browser.get(at(name, plan)).status_code == 404


def test_every_page_leaves_a_look_with_the_files_it_showed(cast, as_):
    plan = a_plan(cast)
    as_("joy").get(at("plan", plan))
    look = Look.objects.get()
    assert (look.what, look.showed.count()) == ("plan", 3)


def test_peter_chairs_and_reads_the_plan_with_no_way_to_write_it(cast, as_):
    plan = with_family(cast, a_plan(cast))
    peter = as_("peter")
    assert "Write down who agrees" not in words_of(peter.get(at("plan", plan)))
    assert "not part of your work" in words_of(peter.get(at("plan-agree", plan)))


# Writing


def test_leah_writes_a_plan_and_reads_it_back(cast, as_):
    page = words_of(as_("leah").post(new(cast), filled(cast, rule_0="I sleep at <b>Mum’s</b>"), follow=True))
    assert "I sleep at &lt;b&gt;Mum’s&lt;/b&gt;" in page
    assert "A draft. The family has not been shown it yet" in page


def test_link_2_a_longer_plan_asks_which_worry_each_rule_guards_against(cast, as_):
    worry = a_worry(cast)
    leah = as_("leah")
    page = words_of(leah.post(new(cast), filled(cast, worry, guards_0="", kind="interim")))
    assert "For each rule, say which worry it guards against." in page
    leah.post(new(cast), filled(cast, worry, kind="interim"))
    assert SafetyPlan.objects.get().rules.get().guards == worry


def test_the_same_form_sent_twice_makes_one_plan(cast, as_):
    browser = as_("leah")
    places = {browser.post(new(cast), filled(cast))["Location"] for _ in range(2)}
    assert len(places) == SafetyPlan.objects.count() == 1


def test_an_empty_form_keeps_nothing_and_says_what_to_do(cast, as_):
    page = words_of(as_("leah").post(new(cast), {}))
    assert "Say how long the plan is for" in page
    assert "This field is required" not in page
    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ({"sure_0": ""}, "name one person who makes sure"),
        ({"times_0": []}, "say which times of the day or month it covers"),
        ({"who_0": ""}, "Say who does it"),
        ({"at_0": "10"}, "Say whether 10 is am or pm."),
        ({"rule_0": ""}, "Write each rule in the words of the person who will do it."),
        ({"then_0": ""}, "say what is seen and what happens then"),
        ({"acts_0": ""}, "Say which grown-up does it"),
        ({"kind": "full"}, "say which worry it guards against"),
        (on("review_by", TODAY + timedelta(days=9)), "lasts at most three days"),
    ],
)
def test_what_is_wrong_is_said_beside_its_question_and_nothing_typed_is_lost(cast, as_, but, sentence):
    page = as_("leah").post(new(cast), filled(cast, **but)).content.decode()
    assert sentence in page
    assert "No shoes by the door" in page
    assert not SafetyPlan.objects.exists()


def test_craig_cannot_make_sure_of_himself_nor_kavi_if_she_is_being_hurt(cast, as_):
    leah = as_("leah")
    himself = words_of(leah.post(new(cast), filled(cast, sure_0=str(cast.craig.ref))))
    assert "Nobody checks on themselves." in himself
    kavi = filled(cast, sure_0=str(cast.kavi.ref), being_hurt=[str(cast.kavi.ref)])
    assert "This one must not rest on them." in words_of(leah.post(new(cast), kavi))
    child = words_of(leah.post(new(cast), filled(cast, sure_0=str(cast.ellis.ref))))
    assert "Choose one of the answers shown." in child


def test_another_rule_is_a_press_of_a_button_and_keeps_what_was_typed(cast, as_):
    page = as_("leah").post(new(cast), {"rule_0": MUMS, "rules-rows": "5", "more-rules": "1"}).content.decode()
    assert 'name="rule_5"' in page
    assert 'name="rule_6"' not in page
    assert MUMS in page
    assert "to finish" not in page
    more = as_("leah").post(new(cast), {"rules-rows": "9999", "more-what-ifs": "1"}).content.decode()
    assert 'name="if_2"' in more


def test_rows_not_begun_are_folded_and_a_row_with_a_fault_stands_open(cast, as_):
    page = as_("leah").post(new(cast), filled(cast, rule_3="I ring Mo.")).content.decode()
    rows = re.findall(r'<details class="rule-card"( open)?><summary id="row-(\d)"', page)
    assert [number for stands, number in rows if stands] == ["0", "3"]
    assert "Say who does it" in page


def test_a_hundred_thousand_characters_are_refused_kindly_and_kept_in_the_box(cast, as_):
    long = "a" * 100_000
    page = as_("leah").post(new(cast), filled(cast, rule_0=long)).content.decode()
    assert "Shorten this by 80,000 characters." in page
    assert long in page


def test_the_refusal_stands_where_the_form_would_have_been(cast, as_):
    assert "Writing safety plans is not part of your work." in words_of(as_("peter").get(new(cast)))


# To the family, and agreed


def shown(*people):
    sent = {"once": "s1"}
    for person in people:
        key = person.ref.hex
        sent |= {f"how_{key}": "read-aloud", f"response_{key}": "Looks right"} | on(f"shown_on_{key}", TODAY)
    return sent


def test_the_family_is_shown_the_plan(cast, as_):
    plan = a_plan(cast)
    page = words_of(as_("leah").post(at("plan-share", plan), shown(cast.kavi, cast.ellis), follow=True))
    assert "With the family" in page
    assert f"Kavi, {day(TODAY)}, read to them: “Looks right”" in page


def test_sharing_with_nobody_or_by_halves_says_what_is_missing(cast, as_):
    plan, leah, key = a_plan(cast), as_("leah"), cast.kavi.ref.hex
    assert "Say who was shown the plan." in words_of(leah.post(at("plan-share", plan), {}))
    assert "Say on which day Kavi was shown it" in words_of(leah.post(at("plan-share", plan), {f"how_{key}": "paper"}))
    asked = {f"response_{key}": "Yes"}
    assert "Say how Kavi was shown it" in words_of(leah.post(at("plan-share", plan), asked))


def answers(cast, **but):
    sent = {"once": "a1"} | moment("happened_at")
    for name in ("ellis", "maya", "kavi", "craig", "mo", "hansa"):
        key = cast.people[name].ref.hex
        sent |= {f"answer_{key}": "agrees", f"words_{key}": f"Yes, {name}"}
    return sent | {f"carer_{cast.kavi.ref.hex}": "on"} | but


def test_the_family_agrees_and_one_sees_it_differently(cast, as_):
    plan = with_family(cast, a_plan(cast))
    key = cast.craig.ref.hex
    sent = answers(cast, **{f"answer_{key}": "sees-it-differently", f"words_{key}": CRAIG_DIFFERS, f"rule_{key}": "0"})
    leah = as_("leah")
    for _ in range(2):
        page = words_of(leah.post(at("plan-agree", plan), sent, follow=True))
    assert "Agreed, and someone sees it differently" in page
    assert CRAIG_DIFFERS in page
    assert plan.answers.count() == 6


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda k: {f"answer_{k}": ""}, "Say whether Kavi agrees, or was not asked"),
        (lambda k: {f"words_{k}": ""}, "Write Kavi’s own words, or why Kavi was not asked"),
        (lambda k: {f"carer_{k}": ""}, "at least one parent, or the person who cares for the children"),
    ],
)
def test_what_is_missing_from_agreement_is_said_by_name(cast, as_, change, sentence):
    plan = with_family(cast, a_plan(cast))
    sent = answers(cast, **change(cast.kavi.ref.hex))
    sent = {k: v for k, v in sent.items() if v != ""}
    assert sentence in words_of(as_("leah").post(at("plan-agree", plan), sent))
    plan.refresh_from_db()
    assert plan.agreed_on is None


def test_a_family_cannot_have_agreed_before_it_was_shown(cast, as_):
    plan = with_family(cast, a_plan(cast))
    sent = answers(cast) | on("happened_at", TODAY - timedelta(days=1))
    assert "on or after the day they were shown" in words_of(as_("leah").post(at("plan-agree", plan), sent))


def test_somebody_not_shown_it_cannot_be_written_down_as_agreeing(cast, as_):
    plan = with_family(cast, a_plan(cast), "kavi")
    assert "have not seen" in words_of(as_("leah").post(at("plan-agree", plan), answers(cast)))


def test_a_draft_offers_the_family_and_never_agreement(cast, as_):
    plan = a_plan(cast)
    leah = as_("leah")
    page = words_of(leah.get(at("plan", plan)))
    assert "Write down who was shown it" in page
    assert "Write down who agrees" not in page
    assert "A draft goes to the family first" in words_of(leah.get(at("plan-agree", plan)))
    assert leah.post(at("plan-agree", plan), answers(cast)).status_code in {200, 403}
    plan.refresh_from_db()
    assert plan.agreed_on is None


def test_a_plan_is_taken_back_with_what_hansa_said(cast, as_):
    plan = with_family(cast, a_plan(cast))
    sent = moment("happened_at") | {"person": str(cast.hansa.ref), "words": "Not Tuesdays.", "rule": "0"}
    page = words_of(as_("leah").post(at("plan-take-back", plan), sent, follow=True))
    assert "A draft." in page
    assert "Not Tuesdays." in page


def test_a_plan_is_ended_with_a_reason(cast, as_):
    plan = agreed(cast)
    leah = as_("leah")
    assert "Say why it ended" in words_of(leah.post(at("plan-end", plan), on("on", TODAY)))
    page = words_of(leah.post(at("plan-end", plan), on("on", TODAY) | {"why": "Calm nights."}, follow=True))
    assert "Ended" in page
    assert "Calm nights." in page
    assert "There is no safety plan yet." in words_of(leah.get(home(cast)))


# The next version


def test_a_newer_version_begins_with_what_the_last_one_says(cast, as_):
    plan = agreed(cast)
    page = as_("leah").get(at("plan-version", plan)).content.decode()
    assert MUMS in page
    assert "10 pm" in page
    assert "Blessing next door" in page


def test_an_older_version_leads_to_the_newest(cast, as_):
    plan = a_plan(cast)
    newer = revise(cast, plan)
    assert as_("leah").get(at("plan-version", plan))["Location"] == at("plan-version", newer)


def test_when_somebody_saved_first_both_texts_are_shown_and_the_next_sending_is_kept(cast, as_):
    plan = a_plan(cast)
    theirs = revise(cast, plan, by=cast.actor("nadia"), why="Mo asked for it.")
    sent = filled(cast, rule_0="Mine: I walk round the block.", why="Steve can help")
    leah = as_("leah")
    answer = leah.post(at("plan-version", plan), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine: I walk round the block." in page
    assert "Mo asked for it." in page
    assert MUMS in page
    assert f'action="{at("plan-version", theirs)}"' in page
    kept = leah.post(at("plan-version", theirs), sent | {"once": "k2"}, follow=True)
    assert "Mine: I walk round the block." in words_of(kept)
    assert SafetyPlan.objects.count() == 3


def test_a_closed_file_is_shown_in_words_and_not_by_its_rules(cast, as_):
    plan = agreed(cast)
    restrict(cast.file("ellis"))
    page = words_of(as_("amrit").get(at("plan", plan)))
    assert MUMS not in page


def test_a_family_with_many_versions_costs_no_more_questions(cast, as_):
    plan = agreed(cast)
    leah = as_("leah")
    leah.get(home(cast))
    asked = []
    for _ in range(3):
        plan = revise(cast, plan)
        with CaptureQueriesContext(connection) as questions:
            leah.get(home(cast))
        asked.append(len(questions))
    assert len(set(asked)) == 1
    assert asked[0] <= 60
