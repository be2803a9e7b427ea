"""A thread shows only what its reader may see: a closed child, another parent's lane, words two people closed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.casework.mapping import actions as mapping
from kith.casework.mapping.tests.scene import a_worry, talk
from kith.casework.visits import actions as visits
from kith.casework.visits.actions import ChildThere
from kith.casework.visits.tests.test_visits import a_visit
from kith.desk.thread.tests.scene import LONG_AGO, address, asked, noted, thread, whole, worried
from kith.framework.kinds import Content, Level, Tie
from kith.people.entries.actions import agree_seal, ask_seal
from kith.people.entries.models import Paragraph
from tests.cast import NOW, restrict, tie
from tests.house.scene import imprint_again

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "farrah", "ivo"])
def test_a_family_you_do_not_work_with_is_not_found(cast, as_, who):
    statement, _ = worried(cast)
    assert as_(who).get(address(statement)).status_code == 404


@pytest.mark.parametrize("who", ["joy", "nadia", "peter", "gwen", "amrit"])
def test_who_may_read_the_family_may_follow_its_worry(cast, as_, who):
    assert "Good boring." in thread(as_(who), whole(cast)[0])


def test_a_worker_of_maya_alone_reads_no_word_of_ellis_own(cast, as_):
    statement, _, _ = whole(cast)
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    page = thread(as_("rosa"), statement)
    assert "Bear was on duty." in page
    assert "Good boring." not in page
    assert "ellis says it is getting better" not in page
    assert "Ellis or" not in page


def test_a_child_kept_closer_shuts_the_shared_words_and_nothing_is_said_to_be_missing(cast, as_):
    statement, _, _ = whole(cast)
    restrict(cast.file("jude"), Level.RESTRICTED)
    page = thread(as_("leah"), statement)
    for words in ("Craig drinks", "Home will be calm", "I sleep at Mum’s", "Sundays", "kavi says", "Jude", "Settled"):
        assert words not in page, words
    assert "You may not see these words." in page
    assert "You see part of this thread, so it does not say what is missing." in page
    assert "Where the thread has gaps" not in page


def test_hidden_and_absent_are_told_alike(cast, as_):
    """Of a worry about Ellis alone, what is hidden of Jude leaves no trace: the page is the same as without it."""
    ellis, jude = cast.file("ellis"), restrict(cast.file("jude"), Level.RESTRICTED)
    statement = mapping.compose_statement(**a_worry(cast, files=[ellis], kind="worry"))
    without = parts(thread(as_("leah"), statement))
    tie(jude, Tie.NAMED, cast.joy)
    of_jude = {"files": [jude], "children": [ChildThere(jude, words="Settled.")], "talk": talk(cast, ago=timedelta(0))}
    visits.write_note(**a_visit(cast, **of_jude, promises=[], by=cast.actor("joy")))
    assert parts(thread(as_("leah"), statement)) == without


def parts(page):
    return page[page.index("<h1>") : page.index("</ol>")]


def test_one_adults_private_matters_in_a_note_are_not_on_the_thread(cast, as_):
    statement, _ = worried(cast)
    visits.write_note(**a_visit(cast, talk=talk(cast, "ellis")))
    page = thread(as_("leah"), statement)
    assert "like a lighthouse" in page
    assert "Kavi’s health." not in page


def test_words_a_child_told_only_their_worker_are_for_that_worker(cast, as_):
    statement, _ = worried(cast)
    noted(cast, ellis="Just for Leah.")
    Paragraph.objects.filter(text="Just for Leah.").update(content=Content.CHILD_PRIVATE)
    imprint_again()
    assert "Just for Leah." in thread(as_("leah"), statement)
    assert "Just for Leah." not in thread(as_("gwen"), statement)


def test_words_two_people_closed_are_not_quoted_and_older_ones_are(cast, as_):
    statement, _ = worried(cast)
    noted(cast, ago=timedelta(days=9), ellis="A lighthouse.")
    for days in (3, 2):
        visit = noted(cast, ago=timedelta(days=days), ellis="A wrong name.")
        said = Paragraph.objects.get(part__entry=visit.entry, slot="words")
        seal = ask_seal(paragraph=said, why="The wrong family", by=cast.actor("joy"), at=NOW)
        agree_seal(seal=seal, by=cast.actor("ivo"), at=NOW)
    page = thread(as_("leah"), statement)
    assert "A wrong name." not in page
    assert "A lighthouse." in page


def test_only_the_children_of_the_worry_are_quoted(cast, as_):
    statement = mapping.compose_statement(**a_worry(cast, files=[cast.file("ellis")], talk=talk(cast, ago=LONG_AGO)))
    noted(cast, ellis="Good boring.", maya="Bear was on duty.")
    page = thread(as_("leah"), statement)
    assert "Good boring." in page
    assert "Bear was on duty." not in page


def test_a_page_of_many_numbers_notes_and_decisions_asks_no_more_of_the_store(cast, as_):
    def questions():
        browser = as_("leah")
        browser.get(address(statement))
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address(statement)).status_code == 200
        return len(found)

    statement, scale, _ = whole(cast)
    few = questions()
    for n in range(4):
        asked(cast, scale, ("ellis", "6"), ("maya", "7"), ("kavi", str(n)))
        noted(cast, ellis=f"Ellis {n}.", maya=f"Maya {n}.", jude="Settled.")
    assert questions() == few
