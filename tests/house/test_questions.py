"""How many questions each page asks of the store: fixed, and the same for a small family and a large one.

One look is appended to the ledger of looks beside these: a round trip of its own on PostgreSQL, a share of one on
SQLite. The issue's bound for the family page is twelve with it, fourteen when the timeline has to read further.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.access.audit.models import Look
from kith.casework.decisions import actions as decisions
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.models import Statement
from kith.casework.mapping.tests.scene import numbers, written
from kith.casework.plans.tests.test_plans import a_plan, agree, with_family
from kith.casework.visits import actions as visits
from kith.casework.visits.tests.test_visits import a_visit
from kith.framework.kinds import Tie
from kith.people.entries.actions import record_entry
from kith.people.entries.models import Entry
from kith.people.entries.words import Said, Talk
from kith.people.locations import actions as locations
from kith.people.persons import actions as persons
from kith.people.persons.actions import Details, write_keys
from kith.people.persons.models import Merge
from tests.cast import NOW, belong, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SCAFFOLD = re.compile("SAVEPOINT|RELEASE|ROLLBACK")
MOST = {
    "family": 7,
    "timeline": 7,
    "desk": 25,
    "my-team": 20,
    "handover": 34,
    "tree": 9,
    "person": 24,
    "search": 13,
    "plans": 14,
    "statements": 15,
    "thread": 10,
    "decisions": 9,
    "merges": 7,
}
"""The most questions each page asks of the main store, its look apart."""


@pytest.fixture
def family(cast):
    """One of each thing about Ellis's family, with a plan they live by and a first version of it."""
    for person in cast.people.values():
        write_keys(person)
    leah = cast.actor("leah")
    visits.write_note(**a_visit(cast))
    decisions.record_decision(**a_decision(cast, by=leah))
    statement, scale = written(cast)
    mapping.take_scores(**numbers(cast, scale))
    agree(cast, with_family(cast, a_plan(cast, statement)))
    locations.say_safe_contact(person=cast.kavi, words="Text first", by=leah, at=NOW)
    twice(cast, "Hansa")
    return cast


def twice(cast, given):
    """Somebody written down again, and said to be one person with Hansa."""
    leah = cast.actor("leah")
    again = persons.add_person(details=Details(given=given, family="Solankee"), by=leah, at=NOW)
    belong(cast.solanki_reid, again, "aunt")
    Merge.objects.create(kept=cast.hansa, folded_in=again, why="x", proposed_by=cast.joy, proposed_at=NOW)


def make_larger(cast):
    """Everything many times over: notes, decisions, worries with numbers, people, children."""
    leah = cast.actor("leah")
    for n in range(12):
        visits.write_note(**a_visit(cast))
        twice(cast, f"Ellis{chr(97 + n)}")
        locations.say_safe_contact(person=cast.mo, words=f"Ring {n}", by=leah, at=NOW)
    for _ in range(3):
        mapping.take_scores(**numbers(cast, written(cast)[1]))
        decisions.record_decision(**a_decision(cast, by=leah))
    for n in range(4):
        child = persons.add_person(details=Details(given=f"Ellis {n}", family="Reid"), by=leah, at=NOW)
        belong(cast.solanki_reid, child, "", is_child=True)
        file = persons.open_file(person=child, by=leah, at=NOW)
        for kind, who in ((Tie.ALLOCATED, cast.leah), (Tie.COWORKER, cast.nadia)):
            tie(file, kind, who)


def address(cast, page):
    addresses = {
        "desk": "/",
        "search": "/search/?q=Ellis",
        "person": reverse("person", args=[cast.ellis.ref]),
        "merges": reverse("merges"),
        "my-team": reverse("my-team"),
        "thread": reverse("thread", args=[Statement.objects.earliest("pk").entry.ref]),
    }
    return addresses.get(page) or reverse(page, args=[cast.solanki_reid.ref])


def questions(browser, url):
    """Give what a page asks of the main store, once the session is a known one, and check that its look is kept."""
    browser.get(url)
    looks = Look.objects.count()
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(url)
    assert answer.status_code == 200
    assert Look.objects.count() == looks + 1
    return [q["sql"] for q in asked if not SCAFFOLD.match(q["sql"])]


def reader(page):
    return "joy" if page in {"merges", "my-team"} else "leah"


@pytest.mark.parametrize("page", MOST)
def test_a_page_asks_no_more_than_this_and_no_more_of_a_larger_family(family, as_, page):
    browser, url = as_(reader(page)), address(family, page)
    small = questions(browser, url)
    assert len(small) <= MOST[page], "\n".join(small)
    make_larger(family)
    large = questions(browser, url)
    assert len(large) <= len(small), "\n".join(large)


def test_the_first_page_of_a_family_tells_all_it_told_in_those_questions(family, as_):
    page = as_("leah").get(address(family, "family")).content.decode()
    for told in ("Text first", "Through the night", "Where we are, person by person", "The story on one page"):
        assert told in page
    assert Entry.objects.filter(kind="decision").exists()
    assert "No decision is written down yet." not in page
    assert "No worry stands open now." not in page


def test_when_the_timeline_must_read_further_two_questions_are_added(family, as_):
    """Twenty notes shared with Jude, from whom Leah is barred, are shut and stand before those she may read."""
    for n in range(20):
        talk = Talk(NOW - timedelta(minutes=n))
        record_entry(
            kind="note",
            family=family.solanki_reid,
            files=family.solanki_files,
            talk=talk,
            shared=[Said("what", "Shut")],
            by=family.actor("leah"),
            at=NOW,
        )
    tie(family.file("jude"), Tie.BARRED, family.leah)
    browser, url = as_("leah"), address(family, "family")
    asked = questions(browser, url)
    assert len(asked) <= MOST["family"] + 2, "\n".join(asked)
    page = browser.get(url).content.decode()
    assert "Shut" not in page
    assert "like a lighthouse" in page
