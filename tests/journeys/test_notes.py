"""A note in a real browser: two minutes on a phone, put down and taken up again, read back, on the timeline."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kith.casework.visits import actions
from kith.casework.visits.tests.test_visits import a_visit
from kith.people.files.tests.pictures import jpeg
from tests.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(autouse=True)
def _papers(settings, tmp_path):
    settings.PAPERS = tmp_path


@pytest.fixture
def sign_in(live_server: LiveServer, as_):
    def sign(page: Page, who: str = "leah") -> Page:
        kept = as_(who).cookies
        page.context.add_cookies([{"name": k, "value": kept[k].value, "url": live_server.url} for k in kept])
        return page

    return sign


@pytest.fixture
def address(live_server: LiveServer):
    return lambda name, ref, **more: live_server.url + reverse(name, kwargs={"ref": ref} | more)


@pytest.fixture
def visit(cast):
    picture = actions.Picture(jpeg((600, 400)), "lamp.jpg", "Maya’s drawing of the lamp")
    return actions.write_note(**a_visit(cast, picture=picture))


def pages(cast, visit):
    family, entry = cast.solanki_reid.ref, visit.entry
    yield from (("note-new", family, {}), ("timeline", family, {}))
    names = ("note", "note-correct", "entry-versions", "entry-differs", "entry-shared")
    yield from ((name, entry.ref, {}) for name in names)
    yield "entry-seal", entry.ref, {"position": 1}
    yield from ((name, entry.promises.get().ref, {}) for name in ("promise-kept", "promise-late"))


def test_nobody_is_kept_out_of_any_page_and_it_fits_a_phone(page: Page, cast, visit, sign_in, address, axe):
    sign_in(page, "joy")
    for name, ref, more in pages(cast, visit):
        page.set_viewport_size(DESKTOP)
        page.goto(address(name, ref, **more))
        axe(page)
        page.set_viewport_size(PHONE)
        assert not page.evaluate(TOO_WIDE), name


def test_a_note_is_written_on_a_phone_with_one_box_and_two_touches(phone: Page, cast, sign_in, address):
    sign_in(phone).goto(address("note-new", cast.solanki_reid.ref))
    phone.get_by_label("What happened, and what did you notice?").fill("You showed me the lamp.")
    phone.get_by_role("group", name="Who is it written to?").get_by_text("Ellis").click()
    phone.get_by_role("button", name="Save the note").click()
    expect(phone.get_by_text("Dear Ellis,")).to_be_visible()
    expect(phone.get_by_text("You showed me the lamp.")).to_be_visible()


def test_without_script_a_note_is_put_down_and_taken_up_again(page_without_script: Page, cast, sign_in, address):
    page = sign_in(page_without_script)
    page.goto(address("note-new", cast.solanki_reid.ref))
    page.get_by_label("What happened, and what did you notice?").fill("Half a sentence")
    page.get_by_role("button", name="Finish later").click()
    page.get_by_role("link", name="A note").click()
    expect(page.get_by_label("What happened, and what did you notice?")).to_have_value("Half a sentence")


def test_a_picture_is_seen_on_the_note_it_is_kept_with(page: Page, visit, sign_in, address):
    sign_in(page).goto(address("note", visit.entry.ref))
    drawn = page.get_by_alt_text("Maya’s drawing of the lamp")
    assert drawn.evaluate("one => one.complete && one.naturalWidth") == 600


def test_a_fault_leads_to_its_box_though_it_was_folded_away(page: Page, cast, sign_in, address):
    sign_in(page).goto(address("note-new", cast.solanki_reid.ref))
    page.get_by_label("What happened, and what did you notice?").fill("Tea.")
    page.get_by_text("When, where, and in which language").click()
    page.get_by_label("Which language did you speak?").fill("Polish")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("link", name="Name the interpreter.").click()
    expect(page.get_by_label("Who interpreted?")).to_be_visible()
