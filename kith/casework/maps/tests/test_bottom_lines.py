"""Bottom lines, wonderings and needs: their own tests, who agrees a line, and when it holds (domain 1.10; BL-1, BL-2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.casework.mapping.actions import settle_statement
from kith.casework.mapping.tests.scene import talk, written
from kith.casework.maps import actions, policies, queries
from kith.casework.maps.checks import asked
from kith.casework.maps.models import MapItem
from kith.casework.maps.policies import whole
from kith.casework.maps.tests.scene import a_harm, a_line, a_need, a_wondering, on_map, whos
from kith.casework.maps.then import map_on
from kith.casework.maps.words import MOST_BOTTOM_LINES, service_named
from kith.kit.refusal import Refused
from tests.cast import NOW, Cast

ANSWERS = {"happened_at-day": "1", "happened_at-month": "9", "happened_at-year": "2025", "happened_at-time": "4.10 pm"}
DRINK = "Nobody who has had a drink looks after the children alone"


@pytest.fixture
def worry(cast: Cast):
    return written(cast)[0]


def put(cast, one, **but):
    return actions.put_on_map(**on_map(cast, one, **but))


def agree(cast, item, who="joy", words="Nothing lighter has held since May", at=NOW):
    return actions.agree_bottom_line(item=item, words=words, talk=talk(cast), by=cast.actor(who), at=at)


def tell(cast, item, words="Leah read it to Kavi and Craig. Craig: fair enough"):
    return actions.tell_bottom_line(
        item=item, words=words, talk=talk(cast, "kavi", "craig"), by=cast.actor("leah"), at=NOW
    )


def refused(act, *args, **named):
    with pytest.raises(Refused) as no:
        act(*args, **named)
    return no.value.refusal


def asks(cast, rule):
    the = queries.map_of(cast.actor("leah"), cast.solanki_files)
    return [a for a in asked(the, [f.person for f in cast.solanki_files], at=NOW) if a.rule == rule]


@pytest.mark.parametrize("lacking", ["first-guess", "second-guess", "change-mind"])
def test_capability_50_a_wondering_holds_two_ways_of_seeing_it_and_what_would_change_our_mind(cast: Cast, lacking):
    files = cast.solanki_files
    assert whole(files=files, put=a_wondering(cast)) is None
    assert whole(files=files, put=a_wondering(cast, said={lacking: " "})) is policies.WONDERING_NEEDS_TWO


@pytest.mark.parametrize("lacking", [{"named": {}}, {"by_when": None}])
def test_capability_26_a_wondering_is_somebodys_and_has_a_day(cast: Cast, lacking):
    put_ = replace(a_wondering(cast), **lacking)
    assert whole(files=cast.solanki_files, put=put_) is policies.WONDERING_NEEDS_TWO


@pytest.mark.parametrize("lacking", ["seen", "telling", "meets"])
def test_capability_43_a_need_goes_from_what_people_see_to_what_would_meet_it(cast: Cast, lacking):
    assert whole(files=cast.solanki_files, put=a_need(cast)) is None
    assert whole(files=cast.solanki_files, put=a_need(cast, said={lacking: ""})) is policies.NEED_NEEDS_MEETING


def test_capability_43_harm_without_a_need_asks_what_is_underneath(cast: Cast):
    put(cast, a_harm(cast), files=[cast.file("ellis")])
    assert len(asks(cast, "capability 43")) == 1
    put(cast, a_need(cast))
    assert not asks(cast, "capability 43")


@pytest.mark.parametrize("lacking", [{"said": {"until": ""}}, {"said": {"if-not": ""}}, {"statement": None}])
def test_bl_1_a_bottom_line_is_for_a_worry_and_has_an_end(cast: Cast, worry, lacking):
    line = a_line(cast, worry, **{k: v for k, v in lacking.items() if k == "said"})
    line = replace(line, statement=None) if "statement" in lacking else line
    assert whole(files=cast.solanki_files, put=line) is policies.BOTTOM_NEEDS_END


def test_bl_1_five_stand_and_no_more_until_one_is_met(cast: Cast, worry):
    lines = [put(cast, a_line(cast, worry)) for _ in range(MOST_BOTTOM_LINES)]
    again = on_map(cast, a_line(cast, worry), files=[cast.file("ellis")])
    assert refused(actions.put_on_map, **again) is policies.BOTTOM_ENOUGH
    who = {"by": cast.actor("leah"), "at": NOW, "talk": talk(cast, "kavi")}
    actions.end_item(item=lines[0], outcome="met", words="Eight calm weeks", **who)
    assert actions.put_on_map(**again).bottom_line


def test_bl_1_a_line_put_in_other_words_is_counted_once(cast: Cast, worry):
    lines = [put(cast, a_line(cast, worry)) for _ in range(MOST_BOTTOM_LINES - 1)]
    told = {k: v for k, v in on_map(cast, a_line(cast, worry)).items() if k != "family"}
    actions.change_item(item=lines[0], read=lines[0].entry, why="Craig asked for plainer words", **told)
    assert put(cast, a_line(cast, worry)).bottom_line


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (DRINK, ""),
        ("Kavi attends a parenting course", "attends"),
        ("Craig goes to alcohol treatment", "treatment"),
        ("The family engage with us", "engage"),
        ("At least four adults know everything", ""),
        ("The children sleep somewhere of their own", ""),
    ],
)
def test_bl_2_a_service_or_course_is_noticed(words, named):
    assert service_named(words) == named


def test_bl_2_a_line_that_names_a_course_is_challenged_until_it_says_what_else_was_thought_of(cast: Cast, worry):
    course = a_line(cast, worry, said={"requirement": "Craig goes on a course"})
    assert whole(files=cast.solanki_files, put=course) is policies.BOTTOM_NAMES_SERVICE
    answered = {"requirement": "Craig goes on a course", "other-ways": "Mo staying at weekends: Craig wants the course"}
    kept = a_line(cast, worry, said=answered)
    assert whole(files=cast.solanki_files, put=kept) is None
    put(cast, kept)
    assert ["course" in a.words for a in asks(cast, "BL-2")] == [True]


def test_a_manager_agrees_then_the_family_is_told_and_only_then_it_holds(cast: Cast, worry):
    line = put(cast, a_line(cast, worry))
    assert refused(tell, cast, line) is policies.NOT_AGREED_YET
    assert [a.route for a in asks(cast, "BL-1")] == ["map-item"]
    agree(cast, line)
    assert [a.route for a in asks(cast, "BL-1")] == ["bottom-line-tell"]
    told = tell(cast, line)
    assert not asks(cast, "BL-1")
    assert (told.bottom_line.agreed_in.author, told.bottom_line.told_in.author) == (cast.joy, cast.leah)
    assert refused(agree, cast, line) is policies.AGREED_ALREADY
    assert refused(tell, cast, line) is policies.TOLD_ALREADY


@pytest.mark.parametrize(
    ("who", "no"),
    [
        ("leah", policies.NOT_A_MANAGER),
        ("nadia", policies.NOT_A_MANAGER),
        ("joy", None),
        ("gwen", policies.NOT_A_MANAGER),
    ],
)
def test_who_agrees_a_bottom_line(cast: Cast, worry, who, no):
    line = put(cast, a_line(cast, worry))
    assert policies.may_agree(actor=cast.actor(who), files=cast.solanki_files, item=line) is no


def test_nobody_agrees_their_own(cast: Cast, worry):
    line = put(cast, a_line(cast, worry), by=cast.actor("joy"))
    assert refused(agree, cast, line) is policies.NOT_YOUR_OWN_LINE


@pytest.mark.parametrize("step", [agree, tell])
def test_each_step_says_why_or_what_was_said(cast: Cast, worry, step):
    line = put(cast, a_line(cast, worry))
    if step is tell:
        agree(cast, line)
    assert refused(step, cast, line, words="  ") in {policies.AGREED_NEEDS_WHY, policies.TOLD_NEEDS_WORDS}


def test_other_words_are_agreed_and_told_anew(cast: Cast, worry):
    line = put(cast, a_line(cast, worry))
    tell(cast, agree(cast, line))
    told = {k: v for k, v in on_map(cast, a_line(cast, worry)).items() if k != "family"}
    newer = actions.change_item(item=line, read=line.entry, why="Plainer", **told)
    assert not newer.bottom_line.agreed_in
    assert refused(tell, cast, newer) is policies.NOT_AGREED_YET


def test_what_is_met_is_neither_agreed_nor_told_any_more(cast: Cast, worry):
    line = put(cast, a_line(cast, worry))
    who = {"by": cast.actor("leah"), "at": NOW, "talk": talk(cast, "kavi")}
    actions.end_item(item=line, outcome="met", words="Eight calm weeks", **who)
    assert refused(agree, cast, line) is policies.NOT_A_BOTTOM_LINE


def test_as_it_was_before_it_was_agreed_it_waited(cast: Cast, worry):
    line = put(cast, a_line(cast, worry))
    agree(cast, line, at=NOW + timedelta(days=3))
    (then,) = map_on(cast.actor("leah"), cast.solanki_files, day=NOW.date()).of("bottom-line")
    assert then.how_far == "It waits for a manager"


def test_a_bottom_line_goes_from_its_form_to_holding(cast: Cast, worry, as_):
    family, again = {"ref": cast.solanki_reid.ref}, timezone.localdate() + timedelta(days=14)
    answers = ANSWERS | {
        "statement": worry.entry.ref.hex,
        "requirement": DRINK,
        "until": "Eight weeks of calm nights",
        "if_not": "Nadia asks for a meeting",
        "by_when-day": str(again.day),
        "by_when-month": str(again.month),
        "by_when-year": str(again.year),
        "children": [f.ref.hex for f in cast.solanki_files],
    }
    answer = as_("leah").post(reverse("bottom-line-new", kwargs=family), answers)
    assert answer.status_code == 302, answer.content.decode().partition("<main")[2]
    ref = {"ref": MapItem.objects.get(kind="bottom-line").entry.ref}
    assert as_("leah").get(reverse("bottom-line-agree", kwargs=ref)).status_code == 403
    for who, step in (("joy", "bottom-line-agree"), ("leah", "bottom-line-tell")):
        place = reverse(step, kwargs=ref)
        assert DRINK in as_(who).get(place).content.decode()
        assert as_(who).post(place, ANSWERS | {"words": f"Said by {who}"}).status_code == 302
    shown = as_("leah").get(reverse("map", kwargs=family)).content.decode()
    assert "It holds. It ends when: Eight weeks of calm nights" in shown
    assert "Everything else is for the family to decide." in shown


def test_without_a_worry_no_bottom_line_is_begun(cast: Cast, as_):
    answer = as_("leah").get(reverse("bottom-line-new", kwargs={"ref": cast.solanki_reid.ref}))
    assert answer.status_code == 403
    assert "Write the worry first." in answer.content.decode()


def test_a_worry_that_has_gone_takes_no_bottom_line(cast: Cast, worry, as_):
    who = {"by": cast.actor("leah"), "at": NOW, "talk": talk(cast, "kavi")}
    settle_statement(statement=worry, status="eased", why="Calm since May", **who)
    worry.refresh_from_db()
    assert refused(put, cast, a_line(cast, worry)) is policies.BOTTOM_NEEDS_WORRY
    answer = as_("leah").get(reverse("bottom-line-new", kwargs={"ref": cast.solanki_reid.ref}))
    assert answer.status_code == 403


def test_a_line_waits_on_the_desk_of_whoever_takes_its_next_step(cast: Cast, worry, as_):
    line = put(cast, a_line(cast, worry))

    def desk(who):
        return as_(who).get("/").content.decode()

    assert "A bottom line to agree, for the Solanki-Reid family" in desk("joy")
    assert "Your bottom line for the Solanki-Reid family" in desk("leah")
    assert "bottom line" not in desk("nadia")
    agree(cast, line)
    assert "bottom line" not in desk("joy")
    assert "Agreed. The family has not been told yet." in desk("leah")
    tell(cast, line)
    assert "bottom line" not in desk("leah")


def test_a_wondering_and_a_need_stand_on_the_map_with_whose_they_are(cast: Cast, as_):
    put(cast, a_wondering(cast))
    put(cast, a_need(cast))
    shown = as_("leah").get(reverse("map", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "Why Craig does not answer the door" in shown
    assert "Leah Whitcombe looks into it by" in shown
    assert "To be sure that a grown-up wakes first" in shown
    assert whos(cast, "ellis")[0].called in shown
