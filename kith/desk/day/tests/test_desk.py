"""The desk as each person meets it: their families, what was promised, what is due and what waits."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Look
from kith.access.notices.actions import tell
from kith.casework.decisions import actions as decisions
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping.tests.scene import written
from kith.casework.plans.tests.test_plans import a_plan, with_family
from kith.casework.visits import actions as visits
from kith.casework.visits.actions import ChildThere, Made
from kith.casework.visits.tests.test_visits import a_visit
from kith.desk.day import queries
from kith.desk.day.queries import my_day
from kith.desk.day.tests.scene import another_family
from kith.framework.kinds import Level, Tie
from kith.people.entries.words import Talk
from kith.people.involvement.models import Relation
from tests.cast import NOW, restrict, tie
from tests.house.scene import draft_of

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def desk(as_, who="leah"):
    return as_(who).get("/").content.decode()


def section(page, name):
    """One section of the page, by the id of its heading."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def propose(cast, who="leah"):
    return decisions.record_decision(**a_decision(cast, by=cast.actor(who)))


def end_ties(cast):
    Relation.objects.update(until=NOW)


def test_leah_sees_her_family_on_her_desk_and_not_rosas(cast, as_):
    page = as_("leah").get("/").content.decode()
    assert "Solanki-Reid" in page
    assert "Nowak-Campbell" not in page


def test_an_administrator_has_no_family_on_their_desk(cast, as_):
    page = as_("sam").get("/").content.decode()
    assert "No family is shown to you" in page
    assert all(f'href="{reverse(place)}"' in page for place in ("accounts", "teams", "settings"))
    assert "Solanki-Reid" not in page


@pytest.mark.parametrize(
    ("who", "takes"), [("leah", True), ("amrit", True), ("peter", False), ("farrah", False), ("gwen", False)]
)
def test_taking_a_call_is_offered_to_those_who_take_calls(as_, who, takes):
    assert (reverse("contact-new") in as_(who).get("/").content.decode()) is takes


def test_an_analyst_is_told_what_is_not_here_and_is_not_sent_to_accounts(as_):
    page = as_("anil").get("/").content.decode()
    assert "the counts are not here yet" in page
    assert "accounts, teams and settings" not in page


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("amrit", "Take a call, or find a person or family by name."),
        ("gwen", "you may read any that is open"),
        ("ivo", "What waits for you is under Notices."),
        ("rosa", "When your team leader allocates one to you"),
        ("marcus", "The families of those you lead are on the page of your team."),
    ],
)
def test_a_desk_with_no_family_says_what_to_do_in_that_work(cast, as_, who, words):
    end_ties(cast)
    assert words in as_(who).get("/").content.decode()


@pytest.mark.parametrize(("who", "waits"), [("joy", True), ("nadia", False), ("peter", False)])
def test_a_proposal_waits_on_those_who_may_decide_it(cast, as_, who, waits):
    propose(cast)
    assert ("A proposal about the Solanki-Reid family" in section(desk(as_, who), "on-me")) is waits


def test_what_leah_proposed_waits_on_whoever_decides_and_not_on_her(cast, as_):
    propose(cast)
    page = desk(as_)
    assert re.search(
        "Your proposal about the Solanki-Reid family: [a-z ,]+ Team manager, since", section(page, "on-others")
    )
    assert "Nothing is waiting on you." in section(page, "on-me")


def test_a_proposal_about_a_family_lost_to_its_author_is_named_nowhere(cast, as_):
    propose(cast)
    for name in ("ellis", "maya", "jude"):
        tie(cast.file(name), Tie.BARRED, cast.leah)
    assert "Solanki-Reid" not in desk(as_)


def test_a_plan_written_waits_on_its_writer_and_once_shown_on_the_family(cast, as_):
    plan = a_plan(cast)
    page = desk(as_)
    assert "A plan for the Solanki-Reid family" in section(page, "on-me")
    assert "You are not waiting on anybody." in section(page, "on-others")
    with_family(cast, plan)
    page = desk(as_)
    assert "A plan for" not in section(page, "on-me")
    assert re.search(
        "What they say to the plan of [A-Z][^:]+: the Solanki-Reid family The family, since", section(page, "on-others")
    )


def test_notices_and_unfinished_pages_wait_on_me_with_the_family_they_are_about(cast, as_):
    draft_of(cast, cast.leah)
    tell(account=cast.leah, kind="call", words="Somebody rang.", by=cast.actor("joy"), at=NOW)
    waiting = section(desk(as_), "on-me")
    assert "A note, Solanki-Reid" in waiting
    assert "Somebody rang." in waiting
    assert "All unfinished pages" in waiting


def test_both_lists_show_six_and_fold_the_rest(cast, as_):
    for n in range(8):
        tell(account=cast.leah, kind="call", words=f"Call {n}.", by=cast.actor("joy"), at=NOW + timedelta(minutes=n))
        propose(cast)
    page = desk(as_)
    for name in ("on-me", "on-others"):
        html = re.search(rf'aria-labelledby="{name}".*?</section>', page, re.DOTALL)[0]
        before, after = html.split("The rest of them")
        assert (before.count("<li>"), after.count("<li>")) == (6, 2)


def test_a_promise_past_its_day_offers_to_do_it_or_to_say_sorry(cast, as_):
    """Domain 11.3; look 5: late is said, and never in capitals."""
    promise = visits.write_note(**a_visit(cast)).entry.promises.get()
    page = desk(as_)
    told = section(page, "promised")
    assert "Bring the photo of the drum." in told
    assert "Promised for Friday 12 September 2025, not done yet." in told
    assert "Do it" in told
    assert "Say sorry and say when" in told
    for name in ("promise-kept", "promise-late"):
        assert reverse(name, kwargs={"ref": promise.ref}) in page
    visits.keep_promise(promise=promise, kept_on=timezone.localdate(), by=cast.actor("leah"), at=timezone.now())
    assert "No promise is waiting to be kept." in section(desk(as_), "promised")


def test_a_promise_in_time_reads_otherwise_than_one_that_is_late(cast, as_):
    day = timezone.localdate() + timedelta(days=3)
    visits.write_note(**a_visit(cast, promises=[Made(cast.ellis, "Bring the drum.", day)]))
    told = section(desk(as_), "promised")
    assert "not done yet" not in told
    assert "It is done" in told


def test_promises_of_others_to_my_family_are_told_with_who_made_them(cast, as_):
    visits.write_note(**a_visit(cast, by=cast.actor("nadia")))
    assert "Nadia Farouk to Ellis" in section(desk(as_), "promised")
    assert "You to Ellis" in section(desk(as_, "nadia"), "promised")


def test_a_chair_reads_what_was_promised_and_answers_for_what_they_may_write(cast, as_):
    visits.write_note(**a_visit(cast))
    restrict(cast.file("ellis"), Level.RESTRICTED)
    page = desk(as_, "peter")
    assert "Bring the photo" not in page


def test_promises_stand_soonest_first_and_those_without_a_day_last(cast):
    made = [Made(cast.ellis, "Someday.", None), Made(cast.maya, "Later.", NOW.date() + timedelta(days=9))]
    made.append(Made(cast.jude, "Soon.", NOW.date() + timedelta(days=1)))
    visits.write_note(**a_visit(cast, promises=made))
    assert [p.words for p in my_day(cast.actor("leah"), at=NOW).promises] == ["Soon.", "Later.", "Someday."]


def test_families_stand_in_visiting_order_never_by_danger(cast):
    """Look 4: whoever was seen longest ago comes first; a child protection plan moves nobody."""
    another_family(cast, "Abel", NOW - timedelta(days=2), level="child-protection")
    another_family(cast, "Bann", NOW - timedelta(days=9))
    another_family(cast, "Crewe", None)
    everyone = [ChildThere(f, seen=True) for f in cast.solanki_files]
    visits.write_note(**a_visit(cast, talk=Talk(NOW - timedelta(days=4)), children=everyone))
    lines = my_day(cast.actor("leah"), at=NOW).lines
    assert [line.family.name for line in lines] == ["Crewe", "Bann", "Solanki-Reid", "Abel"]


def test_each_child_is_told_with_when_they_were_last_seen_and_by_whom(cast, as_):
    visits.write_note(**a_visit(cast))
    told = section(desk(as_), "families")
    assert "Ellis 10 Sept" in told
    assert told.count("by you") == 2
    assert "Jude not yet" in told
    assert "by Leah Whitcombe" in section(desk(as_, "nadia"), "families")


def test_a_childs_page_of_the_desk_hides_a_restricted_brother(cast, as_):
    visits.write_note(**a_visit(cast))
    restrict(cast.file("maya"), Level.RESTRICTED)
    page = desk(as_)
    assert "Maya" not in page
    assert "Ellis" in page


def test_families_held_by_the_team_are_named_apart_from_ones_own(cast, as_):
    """Marcus's team member sees a file the team holds; it is not on her list of what matters."""
    Relation.objects.filter(file__in=cast.solanki_files, staff=cast.nadia).update(until=NOW)
    page = desk(as_, "nadia")
    assert "Solanki-Reid" in section(page, "others")
    assert "Solanki-Reid" not in section(page, "families")


def test_a_team_that_holds_hundreds_is_searched_and_not_listed(cast, as_, monkeypatch):
    Relation.objects.filter(file__in=cast.solanki_files, staff=cast.nadia).update(until=NOW)
    monkeypatch.setattr(queries, "FEW", 2)
    page = desk(as_, "nadia")
    assert "Solanki-Reid" not in page
    assert "Your team holds more families than a desk can name." in page


def test_a_leader_is_led_to_the_page_of_their_team(cast, as_):
    page = desk(as_, "joy")
    assert reverse("my-team") in page
    assert "Solanki-Reid" not in section(page, "families")
    assert reverse("my-team") not in desk(as_)


def test_the_look_at_a_desk_names_every_file_it_shows(cast, as_):
    desk(as_)
    assert Look.objects.get(what="desk").showed.count() == 3


def test_an_empty_desk_says_so_in_words_and_shows_no_nought(cast, as_):
    end_ties(cast)
    page = desk(as_)
    for words in ("No promise is waiting", "Nothing is waiting on you.", "You are not waiting on anybody."):
        assert words in page
    assert section(page, "due") == ""


def test_a_draft_of_a_worry_waits_on_its_writer(cast, as_):
    written(cast)
    assert "A worry about the Solanki-Reid family" in section(desk(as_), "on-me")
    assert "A worry about" not in section(desk(as_, "nadia"), "on-me")


def test_five_and_twenty_families_ask_as_many_questions_as_two(cast, as_):
    def asked():
        leah = as_("leah")
        leah.get("/")
        with CaptureQueriesContext(connection) as questions:
            page = leah.get("/").content.decode()
        return page.count('<th scope="row">'), [q["sql"] for q in questions]

    another_family(cast, "Abel", NOW - timedelta(days=3), level="child-in-need")
    visits.write_note(**a_visit(cast))
    two, few = asked()
    for n in range(23):
        another_family(cast, f"Bann {n}", NOW - timedelta(days=n), level="child-in-need")
    many, more = asked()
    assert (two, many) == (2, 25)
    assert len(more) <= len(few), "\n".join(more)
