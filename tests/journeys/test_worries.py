"""A worry from nothing to agreed, in a real browser: written with a panel that follows, scored, read on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kith.casework.mapping import actions
from kith.casework.mapping.tests.scene import a_worry, numbers, put, talk, written
from tests.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]

CHANGES = ("statement-change", "statement-settle", "goal", "scale")
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def sign_in(live_server: LiveServer, as_):
    def sign(page: Page, who: str = "leah") -> Page:
        kept = as_(who).cookies
        page.context.add_cookies([{"name": k, "value": kept[k].value, "url": live_server.url} for k in kept])
        return page

    return sign


@pytest.fixture
def address(live_server: LiveServer):
    return lambda name, ref: live_server.url + reverse(name, kwargs={"ref": ref})


@pytest.fixture
def scored(cast):
    """A worry with everyone's numbers on four days, one of them low enough to ask for a decision."""
    statement, scale = written(cast)
    for days, ours in ((30, "5"), (20, "4.5"), (10, "4"), (1, "2")):
        scores = [put(cast, "ellis", "6"), put(cast, "maya", "7.5"), put(cast, "kavi", "6"), put(cast, "leah", ours)]
        there = talk(cast, "ellis", "maya", "kavi", ago=timedelta(days=days))
        actions.take_scores(**numbers(cast, scale, *scores, talk=there))
    return statement, scale


def pages(cast, statement, scale):
    family, worry = cast.solanki_reid.ref, statement.entry.ref
    yield from (("statements", family), ("statement-new", family), ("scale-overall", family))
    yield from ((name, worry) for name in ("statement", "thread", *CHANGES))
    yield "scores", scale.entry.ref


def test_nobody_is_kept_out_of_any_page_and_it_fits_a_phone(page: Page, cast, scored, sign_in, address, axe):
    sign_in(page)
    for name, ref in pages(cast, *scored):
        page.set_viewport_size(DESKTOP)
        page.goto(address(name, ref))
        axe(page)
        page.set_viewport_size(PHONE)
        assert not page.evaluate(TOO_WIDE), name


def test_the_panel_follows_what_is_typed(page: Page, cast, sign_in, address):
    sign_in(page).goto(address("statement-new", cast.solanki_reid.ref))
    page.fill("#id_happened", "There has been domestic violence.")
    page.keyboard.press("Tab")
    expect(page.locator("#reads mark")).to_have_text("domestic violence")
    expect(page.locator("[data-kept] span")).to_contain_text(
        "Draft kept"
    )  # nothing is still on its way when the page goes


def test_without_script_the_button_says_how_it_reads(page_without_script: Page, cast, sign_in, address):
    page = sign_in(page_without_script)
    page.goto(address("statement-new", cast.solanki_reid.ref))
    page.fill("#id_happened", "There has been domestic violence.")
    page.click("text=Check the words")
    expect(page.locator("#reads mark")).to_have_text("domestic violence")
    expect(page.locator("#id_happened")).to_have_value("There has been domestic violence.")


def test_a_worry_goes_to_the_family_and_is_agreed(page: Page, cast, sign_in, address):
    statement = actions.compose_statement(**a_worry(cast))
    sign_in(page).goto(address("statement", statement.entry.ref))
    page.click("text=Take it to the family")
    expect(page.locator("main")).to_contain_text("A worry is not agreed until it says what good looks like")
    expect(page.locator("text=it is agreed")).to_have_count(0)
