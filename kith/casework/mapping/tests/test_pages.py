"""The pages of worries, goals and numbers, as each person meets them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Look
from kith.casework.mapping import actions, policies
from kith.casework.mapping.models import Goal, Scale, Score, Statement
from kith.casework.mapping.tests.scene import ENDS, a_worry, numbers, put, talk, worry_words, written
from kith.casework.mapping.words import About, Who
from kith.framework.kinds import Level, Tie
from kith.people.entries import policies as entry_policies
from kith.people.entries.models import Paragraph
from kith.people.involvement.models import Involvement
from kith.people.persons.tests.scene import another_hansa
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

WHEN = {
    "happened_at-day": "9",
    "happened_at-month": "9",
    "happened_at-year": "2025",
    "happened_at-time": "4.10 pm",
}


def at(name, ref):
    return reverse(name, kwargs={"ref": ref})


def shown(browser, name, ref):
    return browser.get(at(name, ref)).content.decode()


def a_form(cast, **but):
    sent = WHEN | {
        "kind": "danger",
        "worried": [Who(person=cast.mo).key, Who(staff=cast.leah).key],
        "present": [Who(person=cast.kavi).key],
        "children": [f.ref.hex for f in cast.solanki_files],
        "happened": "When Craig drinks he shouts & throws <things>, as on 17 May.",
        "context": "It is most likely on pay day.",
        "once": "w1",
    }
    sent |= {f"feared_{cast.people[n].ref.hex}": f"{n.title()} could be hurt." for n in ("ellis", "maya", "jude")}
    return sent | but


def a_goal_form(cast, **but):
    sent = WHEN | {
        "kind": "safety",
        "adults_will": "Craig sleeps at Mo’s when he has had a drink.",
        "network_will": "Hansa gets a text.",
        "family_words": "Drink means Mo’s.",
        "child_version": "Nights will be quiet.",
        "professionals_see": "School sees Ellis awake.",
        "full_text": "Home will be calm at night for six months.",
        "weeks_needed": "26",
        "step_down_to": "goodbye",
        "once": "g1",
    }
    sent |= {f"will_{cast.people[n].ref.hex}": f"{n.title()} will sleep." for n in ("ellis", "maya", "jude")}
    return sent | but


def scores_form(cast, **but):
    def key(name):
        return Who(person=cast.people[name]).key

    sent = WHEN | {f"value_{key('ellis')}": "6", f"value_{key('maya')}": "7½", f"high_{key('ellis')}": "Boring. Good."}
    sent |= {f"high_{key('maya')}": "Seven blocks and a half one."}
    return sent | {f"{part}_{key(name)}": said for (part, name), said in but.items()} | {"once": "s1"}


def test_a_family_without_worries_says_so_in_words(cast, as_):
    page = shown(as_("leah"), "statements", cast.solanki_reid.ref)
    assert "No worry is written down yet." in page
    assert "Nobody has been asked how things are, taken all together." in page


def test_leah_writes_a_worry_and_reads_it_back_whole(cast, as_):
    page = as_("leah").post(at("statement-new", cast.solanki_reid.ref), a_form(cast), follow=True).content.decode()
    assert "What Nana Mo and Leah Whitcombe are worried about" in page
    assert "When Craig drinks he shouts &amp; throws &lt;things&gt;, as on 17 May." in page
    assert "A draft: the family has not heard it yet" in page
    assert "There is no scale yet, so nobody can say how near we are." in page


def test_a_worry_of_one_of_two_hansas_keeps_what_she_goes_by_and_not_her_birth_date(cast, as_):
    another_hansa(cast, family="Mistry")
    browser, place = as_("leah"), at("statement-new", cast.solanki_reid.ref)
    assert "Hansa, born 9 March 1984" in browser.get(place).content.decode()
    page = browser.post(place, a_form(cast, worried=[Who(person=cast.hansa).key]), follow=True).content.decode()
    assert "What Hansa is worried about" in page
    assert Paragraph.objects.get(slot="full-text").text.startswith("Hansa is worried. When Craig drinks")


def test_one_worry_shows_its_goal_and_everyones_number(cast, as_):
    statement, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    for name, ref in (("statements", cast.solanki_reid.ref), ("thread", statement.entry.ref)):
        page = shown(as_("leah"), name, ref)
        assert "Home will be calm at night for six months." in page
        assert "Calm nights, grown-ups up, we can say goodbye" in page
        assert all(f"<bdi>{who}</bdi>" in page for who in ("Ellis", "Maya", "Kavi"))


def test_many_worries_stand_on_one_page(cast, as_):
    for _ in range(3):
        written(cast)
    assert shown(as_("leah"), "statements", cast.solanki_reid.ref).count("What good looks like</h3>") == 3


def test_a_number_says_what_makes_it_that_high_and_what_was_typed_is_kept(cast, as_):
    _, scale = written(cast)
    sent = scores_form(cast) | {f"high_{Who(person=cast.maya).key}": ""}
    page = as_("leah").post(at("scores", scale.entry.ref), sent).content.decode()
    assert "Write what makes Maya’s number that high, even if it is one small thing" in page
    assert "Boring. Good." in page
    assert not Score.objects.exists()


def test_no_page_shows_one_number_for_everyone(cast, as_):
    """Ellis 6, Maya 7, Kavi 6: nowhere 6.3, nor the word."""
    statement, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    page = shown(as_("leah"), "statement", statement.entry.ref)
    assert "6.3" not in page
    assert "average" not in page.lower()


def test_check_the_words_puts_the_worry_together_and_keeps_nothing(cast, as_):
    sent = a_form(cast, happened="There has been domestic violence.", context="", check="1")
    page = as_("leah").post(at("statement-new", cast.solanki_reid.ref), sent).content.decode()
    assert "<mark>domestic violence</mark>" in page
    assert "Nana Mo and Leah Whitcombe are worried. There has been domestic violence." in page
    assert "to finish" not in page
    assert not Statement.objects.exists()


def test_a_part_put_in_other_words_after_the_check_goes_into_the_whole(cast, as_):
    leah, page = as_("leah"), at("statement-new", cast.solanki_reid.ref)
    first = a_form(cast, happened="There has been domestic violence.")
    checked = leah.post(page, first | {"check": "1"}).content.decode()
    whole = unescape(re.search(r'name="put_together" value="([^"]+)"', checked)[1])
    leah.post(page, first | {"full_text": whole, "put_together": whole, "happened": "Dad hit Mum."})
    text = shown(leah, "statement", Statement.objects.get().entry.ref)
    assert "Dad hit Mum." in text
    assert "domestic" not in text


def test_what_people_changed_in_the_whole_stands(cast, as_):
    sent = a_form(cast, full_text="Everyone is afraid of the door.", put_together="Something else.")
    as_("leah").post(at("statement-new", cast.solanki_reid.ref), sent)
    assert "Everyone is afraid of the door." in shown(as_("leah"), "statement", Statement.objects.get().entry.ref)


def test_the_panel_can_be_asked_alone_and_shows_nobody(cast, as_):
    sent = {"text": "Mum is <b>hard to engage</b>.", "name": ["Ellis"], "child_version": "No."}
    answer = as_("leah").post(reverse("words-check"), sent)
    assert "<mark>" in answer.content.decode()
    assert "<b>" not in answer.content.decode()
    assert "Name the child" in answer.content.decode()
    assert not Look.objects.exists()


def test_a_hundred_thousand_characters_are_read_and_not_kept(cast, as_):
    long = "On 17 May Craig shouted. " * 4000
    page = as_("leah").post(at("statement-new", cast.solanki_reid.ref), a_form(cast, happened=long)).content.decode()
    assert "Shorten this by" in page
    assert not Statement.objects.exists()
    assert as_("leah").post(reverse("words-check"), {"text": long}).status_code == 200


def test_var_1_is_said_on_the_page_and_what_was_typed_is_not_lost(cast, as_):
    """VAR-1"""
    Involvement.objects.update(level="family-help")
    answer = as_("leah").post(at("statement-new", cast.solanki_reid.ref), a_form(cast))
    assert "Call this a worry." in answer.content.decode()
    assert "as on 17 May." in answer.content.decode()
    assert not Statement.objects.exists()


def test_each_child_needs_a_line_and_the_page_says_whose(cast, as_):
    sent = a_form(cast) | {f"feared_{cast.maya.ref.hex}": ""}
    page = as_("leah").post(at("statement-new", cast.solanki_reid.ref), sent).content.decode()
    assert "Say what could happen to Maya if nothing changes" in page


def test_only_professionals_worried_asks_who_else_is(cast, as_):
    statement = actions.compose_statement(**a_worry(cast, worried=[Who(staff=cast.leah)]))
    assert "Only people whose work it is are named here." in shown(as_("leah"), "statement", statement.entry.ref)


def test_the_same_worry_sent_twice_is_one(cast, as_):
    browser = as_("leah")
    for _ in range(2):
        browser.post(at("statement-new", cast.solanki_reid.ref), a_form(cast))
    assert Statement.objects.count() == 1


def test_a_worry_goes_to_the_family_and_is_agreed_only_whole(cast, as_):
    """LINK-1"""
    statement = actions.compose_statement(**a_worry(cast))
    browser, ref = as_("leah"), statement.entry.ref
    page = browser.post(at("statement-to-family", ref), follow=True).content.decode()
    assert policies.NEEDS_GOAL_AND_SCALE.reason in page
    assert "it is agreed</button>" not in page
    assert browser.post(at("statement-agree", ref)).status_code == 403
    browser.post(at("goal", ref), a_goal_form(cast))
    browser.post(at("scale", ref), WHEN | ENDS)
    assert "it is agreed</button>" in shown(browser, "statement", ref)
    assert "Agreed, " in browser.post(at("statement-agree", ref), follow=True).content.decode()


def test_somebody_saved_first_and_both_texts_stand_side_by_side(cast, as_):
    statement, _ = written(cast)
    first = statement.entry
    nadia = {"read": first, "why": "Mo heard it.", "by": cast.actor("nadia")}
    asked = a_worry(cast, words=worry_words(cast, full_text="Nadia’s words about pay day."), **nadia)
    del asked["family"]
    newer = actions.revise_statement(statement=statement, **asked)
    sent = a_form(cast, read=str(first.ref), why="Kavi heard it.", full_text="Leah’s words about Mondays.")
    page = as_("leah").post(at("statement-change", first.ref), sent).content.decode()
    assert "Somebody saved a newer version while you were writing" in page
    assert "Nadia’s words about pay day." in page
    assert "Leah’s words about Mondays." in page
    assert f'value="{newer.entry.ref}"' in page
    again = sent | {"read": str(newer.entry.ref), "once": "w2"}
    page = as_("leah").post(at("statement-change", first.ref), again, follow=True).content.decode()
    assert "Leah’s words about Mondays." in page
    assert "What it said before" in page


def test_a_version_of_another_worry_is_not_found(cast, as_):
    statement, _ = written(cast)
    other = actions.compose_statement(**a_worry(cast))
    sent = a_form(cast, read=str(other.entry.ref), why="Kavi heard it.")
    assert as_("leah").post(at("statement-change", statement.entry.ref), sent).status_code == 404


def test_changing_a_worry_begins_with_what_it_says(cast, as_):
    differs = [About(cast.craig, "I shout but I have not pushed Kavi.")]
    statement = actions.compose_statement(**a_worry(cast, words=worry_words(cast, differently=differs)))
    page = shown(as_("leah"), "statement-change", statement.entry.ref)
    assert "It is most likely on pay day." in page
    assert "I shout but I have not pushed Kavi." in page


def test_a_goal_is_written_checked_and_changed(cast, as_):
    statement = actions.compose_statement(**a_worry(cast))
    browser, ref = as_("leah"), statement.entry.ref
    sent = a_goal_form(cast, full_text="Dad will attend a parenting course.", check="1")
    page = browser.post(at("goal", ref), sent).content.decode()
    assert "Say for how long people need to see it" in page
    assert not Goal.objects.exists()
    browser.post(at("goal", ref), a_goal_form(cast))
    goal = Goal.objects.get()
    assert "Craig sleeps at Mo’s" in shown(browser, "goal", ref)
    more = a_goal_form(cast, weeks_needed="40", why="Two winters.", read=str(goal.entry.ref), once="g2")
    assert "Seen for 40 weeks." in browser.post(at("goal", ref), more, follow=True).content.decode()
    page = browser.post(at("goal", ref), more | {"once": "g3"}).content.decode()
    assert "Somebody saved a newer version" in page


def test_a_safety_goal_needs_the_familys_own_people(cast, as_):
    statement = actions.compose_statement(**a_worry(cast))
    page = as_("leah").post(at("goal", statement.entry.ref), a_goal_form(cast, network_will="")).content.decode()
    assert "say what the family’s own people will do" in page


def test_everyones_number_is_taken_on_one_page(cast, as_):
    _, scale = written(cast)
    page = shown(as_("leah"), "scores", scale.entry.ref)
    assert all(f"<bdi>{who}</bdi>" in page for who in ("Ellis", "Jude", "Nana Mo", "Leah Whitcombe"))
    assert "<bdi>Nadia Farouk</bdi></h2>" not in page
    page = as_("leah").post(at("scores", scale.entry.ref), scores_form(cast), follow=True).content.decode()
    assert "Boring. Good." in page
    assert {str(s.value) for s in Score.objects.all()} == {"6.0", "7.5"}


@pytest.mark.parametrize("typed", ["11", "7.3", "declined", "-1", "NaN", "sNaN"])
def test_what_is_not_a_number_is_said_and_kept_in_its_box(cast, as_, typed):
    _, scale = written(cast)
    sent = scores_form(cast) | {f"value_{Who(person=cast.maya).key}": typed}
    page = as_("leah").post(at("scores", scale.entry.ref), sent).content.decode()
    assert "Write a number from 0 to 10" in page
    assert f'value="{typed}"' in page
    assert not Score.objects.exists()


def test_sc_3_a_child_of_five_left_out_is_asked_after(cast, as_):
    """SC-3"""
    _, scale = written(cast)
    maya = Who(person=cast.maya).key
    sent = scores_form(cast) | {f"value_{maya}": ""}
    page = as_("leah").post(at("scores", scale.entry.ref), sent).content.decode()
    assert "Write Maya’s number, or say below why Maya has none" in page
    sent |= {f"unscored_{maya}": "not-asked", f"reason_{maya}": "Asleep on Masi’s lap"}
    page = as_("leah").post(at("scores", scale.entry.ref), sent, follow=True).content.decode()
    assert "Asleep on Masi’s lap" in page


def test_sc_2_and_sc_4_are_said_beside_the_numbers(cast, as_):
    """SC-2, SC-4"""
    statement, scale = written(cast)
    low = [put(cast, "ellis", "6"), put(cast, "maya", "7"), put(cast, "leah", "2")]
    actions.take_scores(**numbers(cast, scale, *low))
    page = shown(as_("joy"), "thread", statement.entry.ref)
    assert "Leah Whitcombe says 2 and Maya says 7. What does each know that the other does not?" in page
    assert "A team leader must decide today what happens." in page


def test_sc_5_and_sc_6_every_number_is_in_a_table_with_who_passed_it_on(cast, as_):
    """SC-5, SC-6"""
    statement, scale = written(cast)
    scores = [put(cast, "ellis", "6"), put(cast, "maya", "7"), put(cast, "hansa", "7", reported_by="Kavi")]
    actions.take_scores(**numbers(cast, scale, *scores))
    page = shown(as_("leah"), "thread", statement.entry.ref)
    assert "7, reported by Kavi" in page
    assert "Someone will be hurt this week" in page


def test_sc_1_new_words_keep_the_old_numbers_apart(cast, as_):
    """SC-1"""
    statement, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    sent = WHEN | ENDS | {"anchor_10": "We all sleep", "once": "n1"}
    as_("leah").post(at("scale", statement.entry.ref), sent)
    assert Scale.objects.filter(ended_at__isnull=True).get().anchor_10 == "We all sleep"
    assert "An earlier scale, until" in shown(as_("leah"), "thread", statement.entry.ref)


def test_how_things_are_over_all_is_asked_too(cast, as_):
    browser = as_("leah")
    browser.post(at("scale-overall", cast.solanki_reid.ref), WHEN | ENDS)
    scale = Scale.objects.get()
    page = browser.post(at("scores", scale.entry.ref), scores_form(cast), follow=True).content.decode()
    assert ENDS["question"] in page
    assert "<bdi>Ellis</bdi>" in page


def test_a_worry_that_has_eased_says_so(cast, as_):
    statement, _ = written(cast)
    browser = as_("leah")
    sent = WHEN | {"status": "eased", "why": "Calm since August.", "once": "e1"}
    page = browser.post(at("statement-settle", statement.entry.ref), sent, follow=True).content.decode()
    assert "Now: eased." in page
    assert "Change it" not in page


def test_a_child_kept_closer_shuts_the_shared_words_kindly(cast, as_):
    statement, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    restrict(cast.file("jude"), Level.RESTRICTED)
    page = shown(as_("leah"), "statement", statement.entry.ref)
    assert "You may not see these words." in page
    assert "Craig drinks" not in page


PAGES = ("statement", "statement-change", "statement-settle", "goal", "scale")


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "farrah"])
def test_a_family_you_do_not_work_with_is_not_found(cast, as_, who):
    statement, scale = written(cast)
    for name in ("statements", "statement-new", "scale-overall"):
        assert as_(who).get(at(name, cast.solanki_reid.ref)).status_code == 404
    for name in PAGES:
        assert as_(who).get(at(name, statement.entry.ref)).status_code == 404
    for name in ("statement-to-family", "statement-agree"):
        assert as_(who).post(at(name, statement.entry.ref)).status_code == 404
    assert as_(who).get(at("scores", scale.entry.ref)).status_code == 404


@pytest.mark.parametrize("who", ["peter", "gwen", "amrit"])
def test_who_may_read_but_not_write_is_told_at_the_door(cast, as_, who):
    statement, scale = written(cast)
    assert as_(who).get(at("statement", statement.entry.ref)).status_code == 200
    assert as_(who).get(at("statements", cast.solanki_reid.ref)).status_code == 200
    for name in PAGES[1:]:
        assert as_(who).get(at(name, statement.entry.ref)).status_code == 403
    assert as_(who).get(at("scores", scale.entry.ref)).status_code == 403
    assert as_(who).get(at("statement-new", cast.solanki_reid.ref)).status_code == 403


def test_ellis_number_is_not_on_the_page_of_somebody_with_maya_alone(cast, as_):
    statement, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    page = shown(as_("rosa"), "thread", statement.entry.ref)
    assert "ellis says it is getting better" not in page
    assert "<bdi>Ellis</bdi></b>" not in page
    assert "kavi says it is getting better" in page


def test_a_time_later_today_has_not_happened(cast, as_):
    soon = timezone.localtime() + timedelta(days=1)
    sent = a_form(cast, **{"happened_at-day": soon.day, "happened_at-month": soon.month, "happened_at-year": soon.year})
    page = as_("leah").post(at("statement-new", cast.solanki_reid.ref), sent).content.decode()
    assert "has not come yet" in page


def test_every_page_leaves_a_look_with_the_files_it_showed(cast, as_):
    statement, _ = written(cast)
    as_("joy").get(at("statement", statement.entry.ref))
    look = Look.objects.get()
    assert (look.what, look.showed.count()) == ("worry", 3)


def test_a_page_of_many_worries_asks_no_more_of_the_store(cast, as_):
    def asked():
        browser = as_("leah")
        with CaptureQueriesContext(connection) as found:
            assert browser.get(at("statements", cast.solanki_reid.ref)).status_code == 200
        return len(found)

    _, scale = written(cast)
    actions.take_scores(**numbers(cast, scale))
    one = asked()
    for days in range(3):
        _, scale = written(cast)
        actions.take_scores(**numbers(cast, scale) | {"talk": talk(cast, "kavi", ago=timedelta(days=days + 1))})
    assert asked() == one


def test_a_refusal_of_another_kind_is_not_taken_for_a_newer_version(cast, as_):
    statement, _ = written(cast)
    actions.settle_statement(
        statement=statement, status="eased", why="Calm.", talk=talk(cast), by=cast.actor("leah"), at=NOW
    )
    sent = a_form(cast, read=str(statement.entry.ref), why="Kavi heard it.")
    answer = as_("leah").post(at("statement-change", statement.entry.ref), sent)
    assert answer.status_code == 403
    assert policies.SETTLED_ALREADY.reason in answer.content.decode()
    assert entry_policies.REPLACED_ALREADY.reason not in answer.content.decode()


def kept(cast, as_, form, address, typed):
    page = {"draft_place": str(cast.solanki_reid.ref), "draft_by": str(cast.leah.ref), "draft_version": "0"}
    page |= {"draft_page": "p1", "draft_turn": "1", "draft_called": "A worry", "draft_address": address}
    return as_("leah").post(reverse("draft-keep", kwargs={"form": form}), typed | page)


def test_unfinished_words_are_there_again_and_go_when_the_worry_is_saved(cast, as_):
    address = at("statement-new", cast.solanki_reid.ref)
    assert kept(cast, as_, "worry", address, {"happened": "The plate on 17 May"}).status_code < 400
    page = as_("leah").get(address).content.decode()
    assert "The plate on 17 May" in page
    assert "These are your unfinished words" in page
    as_("leah").post(address, a_form(cast, draft_version="1", draft_page="p1"))
    assert "The plate on 17 May" not in as_("leah").get(address).content.decode()


def test_words_begun_on_an_older_version_do_not_save_over_a_newer_one(cast, as_):
    statement, _ = written(cast)
    first = statement.entry
    address = at("statement-change", first.ref)
    kept(cast, as_, f"worry-{first.ref.hex}", address, {"happened": "Mine", "read": str(first.ref)})
    asked = a_worry(cast, read=first, why="Mo heard it.", by=cast.actor("nadia"))
    del asked["family"]
    actions.revise_statement(statement=statement, **asked)
    page = as_("leah").get(address).content.decode()
    assert f'name="read" value="{first.ref}"' in page
