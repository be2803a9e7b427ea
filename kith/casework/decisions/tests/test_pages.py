"""The pages of decisions, as each person meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Look
from kith.access.notices.models import Notice
from kith.casework.decisions import actions
from kith.casework.decisions.models import Decision
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.kit.wording import clock_time, day
from kith.people.entries.actions import add_dissent
from tests.cast import NOW
from tests.house.boxes import read

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def filled(cast, **but):
    sent = {
        "matter": "close-early-or-family-help",
        "happened_at-day": "9", "happened_at-month": "9", "happened_at-year": "2025", "happened_at-time": "4.10 pm",
        "children": [str(f.ref) for f in cast.solanki_files],
        "what": "We say goodbye to <b>you</b>.", "facts": "Calm since 17 May.", "analysis": "It held.",
        "option_0": "Do nothing", "why_not_0": "The letters would go on", "option_1": "Say goodbye",
        "power": "By agreement", "reversible": "yes", "appeal": "Ring Joy.",
        "review_on-day": "1", "review_on-month": "12", "review_on-year": "2099", "once": "k1",
    }  # fmt: skip
    for person in cast.people.values():
        key = person.ref.hex
        sent |= {f"view_{key}": "Yes", f"difference_{key}": "It settled it", f"how_{key}": "at home"}
    return sent | but


def new(cast):
    return reverse("decision-new", kwargs={"ref": cast.solanki_reid.ref})


def test_leah_records_a_decision_and_reads_it_back(cast, as_):
    answer = as_("leah").post(new(cast), filled(cast), follow=True)
    page = answer.content.decode()
    assert "We say goodbye to &lt;b&gt;you&lt;/b&gt;." in page
    assert "This is a proposal" in page


def test_the_same_form_sent_twice_makes_one_decision(cast, as_):
    browser = as_("joy")
    places = {browser.post(new(cast), filled(cast))["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Decision.objects.count() == 1


def test_an_empty_form_keeps_nothing_and_says_what_to_do(cast, as_):
    page = as_("leah").post(new(cast), {}).content.decode()
    assert "Say what you propose" in page
    assert "This field is required" not in page
    assert not Decision.objects.exists()


def test_what_was_typed_is_kept_when_something_is_missing(cast, as_):
    page = as_("leah").post(new(cast), filled(cast, power="")).content.decode()
    assert "Calm since 17 May." in page


def view_of(who, part):
    return lambda cast: f"{part}_{cast.people[who].ref.hex}"


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("matter", "Choose what kind of decision it is"),
        ("happened_at-time", "time"),
        ("children", "Choose at least one child"),
        ("what", "Say what you propose"),
        ("option_0", "Write the lightest option you considered"),
        ("option_1", "Write at least one more option"),
        ("why_not_0", "Say why not this one. Only the one you chose is left empty"),
        ("facts", "Say what you saw, heard or were shown, with a date or how often"),
        ("analysis", "Say why this, and why now"),
        ("power", "Say which law or power this uses, or that it is by agreement"),
        ("reversible", "Say whether it can be changed back"),
        ("appeal", "Say how the family can have this looked at again, and by whom"),
        ("review_on-day", "day"),
        (view_of("ellis", "view"), "Write what Ellis thinks, or why Ellis could not be asked"),
        (view_of("ellis", "difference"), "Write what difference Ellis’s view made, or why none"),
        (view_of("ellis", "how"), "Write how Ellis was told, or why not yet"),
        (view_of("craig", "view"), "Write what Craig thinks, or why Craig could not be asked"),
        (view_of("craig", "difference"), "Write what difference Craig’s view made, or why none"),
        (view_of("craig", "how"), "Write how Craig was told, or why not yet"),
    ],
)
def test_each_box_a_decision_cannot_do_without_is_asked_for_by_itself(cast, as_, left_out, sentence):
    """Domain 6.8, one box at a time: what is said names the box, and what was typed stays."""
    box = left_out(cast) if callable(left_out) else left_out
    sent = filled(cast)
    assert box in sent
    del sent[box]
    answer = as_("leah").post(new(cast), sent)
    there = read(answer.content)
    assert answer.status_code == 200
    said = {name: words for name, words in there.sentences.items() if words}
    assert set(said) - {box.partition("-")[0]} <= ({"why_not_0"} if box == "option_1" else set())
    assert sentence in said[box.partition("-")[0]]
    kept = "Calm since 17 May." if box != "facts" else "It held."
    assert kept in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "farrah"])
def test_a_family_you_do_not_work_with_is_not_found(cast, as_, who):
    for name in ("decisions", "decision-new"):
        assert as_(who).get(reverse(name, kwargs={"ref": cast.solanki_reid.ref})).status_code == 404


def test_every_page_leaves_a_look_with_the_files_it_showed(cast, as_):
    as_("joy").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref}))
    look = Look.objects.get()
    assert (look.what, look.showed.count()) == ("decisions", 3)


def test_a_team_leader_decides_what_was_proposed(cast, as_):
    decision = actions.record_decision(**a_decision(cast, by=cast.actor("leah")))
    page = as_("joy").post(reverse("decision-decide", kwargs={"ref": decision.entry.ref}), follow=True)
    assert "Decided by Joy Achebe" in page.content.decode()


def test_a_proposal_that_was_decided_says_who_proposed_it_and_the_day_of_each(cast, as_):
    decision = actions.record_decision(**a_decision(cast, by=cast.actor("leah")))
    actions.decide_proposed(decision=decision, by=cast.actor("joy"), at=NOW + timedelta(days=1))
    page = as_("leah").get(reverse("decision", kwargs={"ref": decision.entry.ref})).content.decode()
    assert f"Decided by Joy Achebe on {day(NOW + timedelta(days=1))}." in page
    assert f"Proposed by Leah Whitcombe on {day(NOW)}." in page


def test_how_craig_sees_it_differently_stands_on_the_decision_in_his_own_words(cast, as_):
    decision = actions.record_decision(**a_decision(cast))
    said = {"words": "I don’t agree that they need a plan.", "said_on": NOW.date()}
    add_dissent(entry=decision.entry, person=cast.craig, by=cast.actor("leah"), at=NOW, **said)
    page = as_("leah").get(reverse("decision", kwargs={"ref": decision.entry.ref})).content.decode()
    assert "I don’t agree that they need a plan." in page
    assert "Craig sees it differently" in page


def test_a_family_without_decisions_says_so_in_words(cast, as_):
    page = as_("joy").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "No decision is written down yet." in page


def test_what_leah_typed_about_everyone_is_there_when_she_comes_back(cast, as_):
    leah, typed = as_("leah"), "Mum says it is calmer, and wants us gone by spring."
    sent = {f"view_{cast.kavi.ref.hex}": typed, "draft_by": str(cast.leah.ref), "draft_address": new(cast)}
    leah.post(reverse("draft-keep", kwargs={"form": "decision"}), sent | {"draft_place": str(cast.solanki_reid.ref)})
    assert typed in leah.get(new(cast)).content.decode()
    leah.post(new(cast), filled(cast, draft_version="1"))
    assert typed not in leah.get(new(cast)).content.decode()


def test_a_time_later_today_is_refused_in_words_and_nothing_is_kept(cast, as_):
    later = timezone.localtime() + timedelta(minutes=30)
    today = {"happened_at-day": later.day, "happened_at-month": later.month, "happened_at-year": later.year}
    sent = filled(cast, **today, **{"happened_at-time": clock_time(later)})
    answer = as_("leah").post(new(cast), sent)
    assert answer.status_code == 200
    assert "has not come yet" in answer.content.decode()
    assert not Decision.objects.exists()


def test_leah_is_told_when_joy_decides_what_she_proposed(cast, as_):
    decision = actions.record_decision(**a_decision(cast, by=cast.actor("leah")))
    as_("joy").post(reverse("decision-decide", kwargs={"ref": decision.entry.ref}), {"once": "k2"})
    told = Notice.objects.get(account=cast.leah)
    assert told.words.startswith("Joy Achebe decided what you proposed.")
    assert as_("leah").get(told.link).status_code == 200


def test_leah_who_may_only_propose_is_asked_what_she_proposes(cast, as_):
    page = as_("leah").get(new(cast)).content.decode()
    assert "<h1>Propose a decision</h1>" in page
    assert "What do you propose?" in page
    assert "Send it to be decided" in page
    assert "What has been decided?" not in page


def test_joy_sees_which_decisions_wait_for_somebody_else(cast, as_):
    page = as_("joy").get(new(cast)).content.decode()
    assert "<h1>Record a decision</h1>" in page
    assert ">Close early help or family help</option>" in page
    assert "(you propose it)</option>" in page


def test_nobody_is_offered_a_decision_they_may_not_even_propose(cast, as_):
    page = as_("leah").get(new(cast)).content.decode()
    assert 'value="cease-to-be-in-care' not in page
