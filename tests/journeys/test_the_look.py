"""Every component in a real browser: the header's room on a phone, no script needed, nobody kept out."""

import pytest
from django.urls import path
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kith.kit.views import components

pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True, databases="__all__"),
]
urlpatterns = [path("components/", components)]
handler404 = "kith.config.pages.not_found"

HEIGHT = "of => document.querySelector(of).getBoundingClientRect().height"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
SMALL_TARGETS = "[...document.querySelectorAll('.opened:popover-open a, .opened:popover-open button, .opens')].filter(it => it.getBoundingClientRect().height < 44).map(it => it.textContent)"


def test_on_a_phone_the_headers_leave_room_for_the_people(phone: Page, live_server: LiveServer):
    phone.goto(f"{live_server.url}/components/")
    assert phone.evaluate(HEIGHT, ".top") <= 64
    assert phone.evaluate(HEIGHT, ".fam") <= 110
    assert not phone.evaluate(TOO_WIDE)


@pytest.fixture
def leahs_phone(phone: Page, live_server: LiveServer, as_) -> Page:
    """Leah's phone, signed in: the menu shows only what somebody may use."""
    kept = as_("leah").cookies
    phone.context.add_cookies([{"name": key, "value": kept[key].value, "url": live_server.url} for key in kept])
    return phone


@pytest.mark.parametrize("menu", ["menu", "where"])
def test_what_a_phone_folds_away_opens_and_shuts_by_keyboard(leahs_phone: Page, live_server: LiveServer, menu: str):
    leahs_phone.goto(f"{live_server.url}/components/")
    assert not leahs_phone.is_visible(f"#{menu}")
    leahs_phone.focus(f"[popovertarget={menu}].opens")
    leahs_phone.keyboard.press("Enter")
    assert leahs_phone.is_visible(f"#{menu} nav")
    assert leahs_phone.evaluate(SMALL_TARGETS) == []
    leahs_phone.keyboard.press("Escape")
    assert not leahs_phone.is_visible(f"#{menu}")


def test_a_family_s_pages_are_reached_without_script(page_without_script: Page, live_server: LiveServer):
    page_without_script.set_viewport_size({"width": 390, "height": 844})
    page_without_script.goto(f"{live_server.url}/components/")
    page_without_script.click("[popovertarget=where].opens")
    assert page_without_script.is_visible("#where >> text=Timeline")


def test_a_wide_screen_shows_everything_at_once(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/components/")
    assert page.is_visible("#where >> text=Timeline")
    assert not page.is_visible(".opens")


def test_nothing_is_cut_at_320(page: Page, live_server: LiveServer):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/components/")
    assert not page.evaluate(TOO_WIDE)


def test_the_components_keep_nobody_out(page: Page, phone: Page, live_server: LiveServer, axe):
    for screen in (page, phone):
        screen.goto(f"{live_server.url}/components/")
        axe(screen)


def test_a_link_in_the_summary_puts_the_cursor_in_the_answer(page: Page, live_server: LiveServer):
    page.goto(f"{live_server.url}/components/")
    page.click(".errors a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "first_on-day"
