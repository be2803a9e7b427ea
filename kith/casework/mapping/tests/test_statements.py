"""Worries and goals: who may write them, what they cannot do without, and that the family's is the last word."""

from dataclasses import replace

import pytest

from kith.access.audit.models import Act
from kith.casework.mapping import actions, policies
from kith.casework.mapping.models import Goal, Statement
from kith.casework.mapping.queries import earlier_versions, open_worry, worries_in
from kith.casework.mapping.tests.scene import FULL, a_goal, a_scale, a_worry, talk, worry_words, written
from kith.casework.mapping.words import About, GoalWords, Who, WorryWords, compose, how_it_reads
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.entries import policies as entry_policies
from kith.people.entries.models import Status
from kith.people.involvement.models import Involvement
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def refused(act, **named):
    with pytest.raises(Refused) as no:
        act(**named)
    return no.value.refusal


def at_level(level):
    Involvement.objects.update(level=level)


def test_leah_writes_a_worry_as_a_draft_with_the_family_named_first(cast):
    statement = actions.compose_statement(**a_worry(cast))
    shown = open_worry(cast.actor("leah"), statement.entry.ref)
    assert shown.reading.entry.status == Status.DRAFT
    assert [w.name for w in shown.worried] == ["Nana Mo", "Leah Whitcombe"]
    assert shown.reading.text("full-text").startswith("Nana Mo and Leah Whitcombe are worried. When Craig drinks")
    assert [p.about for p in shown.reading.said("feared")] == [cast.ellis, cast.maya, cast.jude]
    assert set(Act.objects.values_list("what", flat=True)) == {"entry.recorded", "statement.written"}


def test_what_people_wrote_themselves_is_kept_as_they_wrote_it(cast):
    statement = actions.compose_statement(**a_worry(cast, words=worry_words(cast, full_text=FULL)))
    assert open_worry(cast.actor("leah"), statement.entry.ref).reading.text("full-text") == FULL


@pytest.mark.parametrize(
    ("level", "kind", "cause", "refusal"),
    [
        ("child-protection", "danger", "", None),
        ("child-in-need", "danger", "", policies.DANGER_NEEDS_CAUSE),
        ("family-help", "danger", " ", policies.DANGER_NEEDS_CAUSE),
        ("family-help", "danger", "A plate was thrown on 17 May; section 47 began", None),
        ("family-help", "worry", "", None),
        ("in-care", "stability", "", None),
        ("in-care", "danger", "", policies.DANGER_NEEDS_CAUSE),
    ],
)
def test_var_1_danger_only_with_reasonable_cause(cast, level, kind, cause, refusal):
    """VAR-1"""
    at_level(level)
    asked = a_worry(cast, kind=kind, words=worry_words(cast, reasonable_cause=cause))
    if refusal:
        assert refused(actions.compose_statement, **asked) is refusal
        assert not Statement.objects.exists()
    else:
        assert actions.compose_statement(**asked).kind == kind


def test_var_1_one_child_below_the_plan_is_enough_to_say_worry(cast):
    """VAR-1"""
    Involvement.objects.filter(file=cast.files["jude"]).update(level="child-in-need")
    assert refused(actions.compose_statement, **a_worry(cast)) is policies.DANGER_NEEDS_CAUSE


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("nadia", None),
        ("joy", None),
        ("rosa", policies.NOT_WORKING_WITH),
        ("amrit", policies.NOT_WORKING_WITH),
        ("peter", policies.NOT_YOUR_WORK),
        ("farrah", policies.NOT_YOUR_WORK),
        ("gwen", policies.NOT_YOUR_WORK),
        ("ivo", policies.NOT_YOUR_WORK),
        ("sam", policies.NOT_YOUR_WORK),
    ],
)
def test_who_may_write_worries(cast, who, refusal):
    assert policies.write(actor=cast.actor(who), files=cast.solanki_files) is refusal


@pytest.mark.parametrize(
    ("but", "refusal"),
    [
        ({"worried": []}, policies.NEEDS_WHO),
        ({"words": {"happened": " "}}, policies.NEEDS_WORDS),
        ({"words": {"context": ""}}, policies.NEEDS_WORDS),
        ({"words": {"feared": []}}, policies.NEEDS_EACH_CHILD),
    ],
)
def test_a_worry_is_not_kept_without_its_parts(cast, but, refusal):
    if "words" in but:
        but = {"words": worry_words(cast, **but["words"])}
    assert refused(actions.compose_statement, **a_worry(cast, **but)) is refusal


def test_nothing_is_agreed_before_the_family_has_heard_it(cast):
    statement, _ = written(cast)
    assert refused(actions.agree_statement, statement=statement, by=cast.actor("leah"), at=NOW) is (
        entry_policies.NOT_NEXT
    )
    actions.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    agreed = actions.agree_statement(statement=statement, by=cast.actor("leah"), at=NOW)
    assert agreed.entry.status == Status.AGREED


@pytest.mark.parametrize(("goal", "scale"), [(False, False), (True, False), (False, True)])
def test_link_1_no_worry_is_agreed_without_a_goal_and_a_scale(cast, goal, scale):
    """LINK-1"""
    statement = actions.compose_statement(**a_worry(cast))
    if goal:
        actions.write_goal(**a_goal(cast, statement))
    if scale:
        actions.set_scale(**a_scale(cast, statement))
    actions.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    refusal = refused(actions.agree_statement, statement=statement, by=cast.actor("leah"), at=NOW)
    assert refusal is policies.NEEDS_GOAL_AND_SCALE


def test_children_on_a_plan_have_the_worry_in_their_own_words_before_it_is_agreed(cast):
    statement, _ = written(cast, words=worry_words(cast, child_version=""))
    actions.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    agree = {"statement": statement, "by": cast.actor("leah"), "at": NOW}
    assert refused(actions.agree_statement, **agree) is policies.NEEDS_CHILD_VERSION
    at_level("family-help")
    assert actions.agree_statement(**agree).entry.status == Status.AGREED


def goal_without(cast, statement, **words):
    said = a_goal(cast, statement)
    return said | {"words": replace(said["words"], **words)}


def test_a_goal_is_in_the_familys_own_words_before_its_worry_is_agreed(cast):
    statement = actions.compose_statement(**a_worry(cast))
    goal = actions.write_goal(**goal_without(cast, statement, family_words=" "))
    actions.set_scale(**a_scale(cast, statement))
    actions.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    agree = {"statement": statement, "by": cast.actor("leah"), "at": NOW}
    assert refused(actions.agree_statement, **agree) is policies.GOAL_NEEDS_FAMILY
    newer = a_goal(cast, statement) | {"goal": goal, "read": goal.entry, "why": "The family said it."}
    del newer["statement"]
    actions.revise_goal(**newer)
    assert actions.agree_statement(**agree).entry.status == Status.AGREED


def test_children_on_a_plan_have_the_goal_in_their_own_words_before_it_is_agreed(cast):
    statement = actions.compose_statement(**a_worry(cast))
    actions.write_goal(**goal_without(cast, statement, child_version=""))
    actions.set_scale(**a_scale(cast, statement))
    actions.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    agree = {"statement": statement, "by": cast.actor("leah"), "at": NOW}
    assert refused(actions.agree_statement, **agree) is policies.GOAL_NEEDS_CHILDREN
    at_level("family-help")
    assert actions.agree_statement(**agree).entry.status == Status.AGREED


def test_craig_sees_it_differently_and_it_is_agreed_with_a_difference(cast):
    differs = [About(cast.craig, "I shout but I have not pushed Kavi.")]
    statement, _ = written(cast, words=worry_words(cast, differently=differs))
    actions.take_to_family(statement=statement, by=cast.actor("leah"), at=NOW)
    agreed = actions.agree_statement(statement=statement, by=cast.actor("leah"), at=NOW)
    assert agreed.entry.status == Status.AGREED_WITH_DISSENT
    shown = open_worry(cast.actor("nadia"), agreed.entry.ref)
    assert [(d.person, d.words) for d in shown.reading.dissents] == [(cast.craig, differs[0].words)]


def test_how_a_child_sees_it_differently_is_seen_only_with_that_childs_file(cast):
    differs = [About(cast.ellis, "It is my job, I am biggest.")]
    statement = actions.compose_statement(**a_worry(cast, words=worry_words(cast, differently=differs, full_text=FULL)))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    seen = {who: open_worry(cast.actor(who), statement.entry.ref) for who in ("leah", "rosa")}
    assert seen["leah"].reading.text("sees-differently") == "It is my job, I am biggest."
    assert seen["rosa"].reading.text("sees-differently") == ""
    assert seen["rosa"].reading.text("full-text") == FULL


def test_how_a_child_sees_it_is_not_put_into_the_words_everyone_reads(cast):
    differs = [About(cast.ellis, "It is my job."), About(cast.craig, "I only shout.")]
    statement = actions.compose_statement(**a_worry(cast, words=worry_words(cast, differently=differs)))
    text = open_worry(cast.actor("leah"), statement.entry.ref).reading.text("full-text")
    assert "It is my job." not in text
    assert "Craig sees it differently: “I only shout.”" in text


def test_worries_that_have_eased_stand_below_those_that_have_not(cast):
    first = actions.compose_statement(**a_worry(cast))
    second = actions.compose_statement(**a_worry(cast))
    how = {"status": "eased", "why": "Calm.", "talk": talk(cast), "by": cast.actor("leah"), "at": NOW}
    actions.settle_statement(statement=second, **how)
    assert [s.statement for s in worries_in(cast.actor("leah"), cast.solanki_files)] == [first, second]


def test_a_restricted_brother_shuts_the_worry_and_who_shares_it(cast):
    statement, _ = written(cast)
    restrict(cast.file("jude"), Level.RESTRICTED)
    shown = open_worry(cast.actor("leah"), statement.entry.ref)
    assert (shown.reading.text("full-text"), shown.worried, shown.series) == ("", [], None)


def changed(cast, statement, read, **but):
    named = a_worry(cast, **but) | {"statement": statement, "read": read, "why": "Kavi heard it and changed a line."}
    del named["family"]
    return named


def test_a_newer_version_keeps_the_goal_and_the_old_words(cast):
    statement, _ = written(cast)
    first = statement.entry
    newer = actions.revise_statement(**changed(cast, statement, first, words=worry_words(cast, full_text=FULL)))
    shown = open_worry(cast.actor("leah"), first.ref)
    assert (shown.reading.entry, shown.reading.entry.version) == (newer.entry, 2)
    assert shown.goal.statement == statement
    assert [r.entry for r in earlier_versions(cast.actor("leah"), newer.entry)] == [first]
    assert [s.reading.entry for s in worries_in(cast.actor("leah"), cast.solanki_files)] == [newer.entry]


def test_nobody_saves_over_a_worry_they_have_not_read(cast):
    statement, _ = written(cast)
    first = statement.entry
    actions.revise_statement(**changed(cast, statement, first))
    stale = changed(cast, statement, first, by=cast.actor("nadia"))
    assert refused(actions.revise_statement, **stale) is entry_policies.REPLACED_ALREADY


def test_var_1_holds_when_a_worry_becomes_a_danger(cast):
    """VAR-1: stepped up with the plan, never retyped."""
    at_level("family-help")
    statement = actions.compose_statement(**a_worry(cast, kind="worry"))
    asked = changed(cast, statement, statement.entry, kind="danger")
    assert refused(actions.revise_statement, **asked) is policies.DANGER_NEEDS_CAUSE
    at_level("child-protection")
    assert actions.revise_statement(**asked).kind == "danger"


def test_a_worry_can_leave_a_child_out_only_by_somebody_who_works_with_that_child(cast):
    statement = actions.compose_statement(**a_worry(cast))
    two = changed(cast, statement, statement.entry, files=cast.solanki_files[:2])
    tie(cast.file("ellis"), Tie.COWORKER, cast.rosa)
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    assert refused(actions.revise_statement, **two | {"by": cast.actor("rosa")}) is policies.NOT_WORKING_WITH
    assert actions.revise_statement(**two).entry.files.count() == 2


@pytest.mark.parametrize("status", ["eased", "met", "replaced"])
def test_a_worry_is_settled_once_with_why(cast, status):
    statement = actions.compose_statement(**a_worry(cast))
    how = {"statement": statement, "status": status, "talk": talk(cast), "by": cast.actor("leah"), "at": NOW}
    assert refused(actions.settle_statement, **how, why=" ") is policies.NOT_A_WAY_TO_SETTLE
    settled = actions.settle_statement(**how, why="Calm since August.")
    assert (settled.status, settled.settled_in.kind) == (status, "statement-settled")
    assert refused(actions.settle_statement, **how, why="Again") is policies.SETTLED_ALREADY


def test_a_worry_has_one_goal_and_changing_it_keeps_the_old_words(cast):
    statement, _ = written(cast)
    assert refused(actions.write_goal, **a_goal(cast, statement)) is policies.GOAL_WRITTEN
    goal = Goal.objects.get()
    newer = a_goal(cast, statement, weeks_needed=40) | {"goal": goal, "read": goal.entry, "why": "Two winters."}
    del newer["statement"]
    changed_goal = actions.revise_goal(**newer)
    assert (changed_goal.weeks_needed, changed_goal.entry.version) == (40, 2)
    assert refused(actions.revise_goal, **newer) is entry_policies.REPLACED_ALREADY


@pytest.mark.parametrize(
    ("but", "refusal"),
    [
        ({"words": GoalWords("", "Up by seven")}, policies.GOAL_NEEDS_WORDS),
        ({"words": GoalWords("Up by seven", "Up by seven")}, policies.GOAL_NEEDS_NETWORK),
        ({"words": GoalWords("Up by seven", "Up by seven"), "kind": "wellbeing"}, None),
        ({"weeks_needed": 0}, policies.GOAL_NEEDS_TIME),
    ],
)
def test_what_a_goal_cannot_do_without(cast, but, refusal):
    statement = actions.compose_statement(**a_worry(cast))
    if refusal:
        assert refused(actions.write_goal, **a_goal(cast, statement, **but)) is refusal
    else:
        assert actions.write_goal(**a_goal(cast, statement, **but)).kind == "wellbeing"


def test_a_worry_is_put_together_family_first_with_who_differs_last(cast):
    words = WorryWords(
        "Nobody is up", [About(cast.jude, "Jude could be hungry")], "Mondays", credit="Bedtimes are lovely",
        differently=[About(cast.kavi, "I meant to get up")],
    )  # fmt: skip
    assert compose([Who(staff=cast.leah), Who(person=cast.hansa)], words) == (
        "Bedtimes are lovely. Hansa and Leah Whitcombe are worried. Nobody is up. Jude could be hungry. Mondays."
        " Kavi sees it differently: “I meant to get up”"
    )


def test_how_it_reads_marks_a_label_and_names_the_children(cast):
    reads = how_it_reads(FULL.replace("On 17 May", "There is domestic violence. On 17 May"), children=["Ellis", "Jude"])
    assert "domestic violence" in [p.words for p in reads.pieces if p.marked]
    assert "".join(p.words for p in reads.pieces) == reads.text
    assert reads.named == ["Jude"]


def test_the_same_fear_written_for_two_children_is_noticed(cast):
    reads = how_it_reads(FULL, children=["Maya"], feared=["She could be badly hurt.", "She could be badly hurt."])
    assert "copied" in [f.code for f in reads.findings]
