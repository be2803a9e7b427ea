"""Each sign-in that `make demo` prints comes in by the door, sees a first page that is theirs, and can go on from it."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from kith.exchange.demo.load import load
from tests.browser import DESKTOP, PHONE, opened
from tests.journeys.by_hand import TOO_WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(databases=["default", "looks"], transaction=True)]

FIRST = {
    "marian": "The families of those I lead",
    "ruth": "A proposal about the Damson (test data) family",
    "dele": "A proposal about the Damson (test data) family",
    "joy": "A proposal about the Cedar (test data) family",
    "marcus": "The families of those I lead",
    "leah": "A note",
    "nadia": "Solanki-Reid family",
    "rosa": "Nowak-Campbell family",
    "amrit": "Take a call",
    "peter": "Cedar (test data) family",
    "helen": "Damson (test data) family",
    "jermaine": "Nowak-Campbell family",
    "deniz": "Cedar (test data) family",
    "farrah": "Solanki-Reid family",
    "henry": "Damson (test data) family",
    "naomi": "Cedar (test data) family",
    "gwen": "you may read any that is open",
    "ivo": "What waits for you is under Notices.",
    "anil": "the counts are not here yet",
    "sam": "accounts, teams and settings",
}
"""What each of them finds on their first page, and by which they go on where it is a link."""
REFUSED = ("We could not find that page", "That cannot be done here", "Something went wrong")


@pytest.fixture
def sign_ins(transactional_db, settings):
    cache.clear()
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.DEMO = True
    return load(lambda _words: None)


def test_every_sign_in_that_is_printed_begins_where_its_work_is(browser: Browser, live_server, sign_ins):
    assert {s["username"] for s in sign_ins} == FIRST.keys()
    for sign_in in sign_ins:
        with opened(browser, viewport=DESKTOP) as page:
            comes_in(page, live_server.url, sign_in)
            begins(page, FIRST[sign_in["username"]])


def comes_in(page: Page, address: str, sign_in: dict[str, str]) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Username").fill(sign_in["username"])
    page.get_by_label("Password").fill(sign_in["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def begins(page: Page, words: str) -> None:
    """The words are there at both widths; where they are a link, it leads to a page and to no refusal."""
    main = page.locator("main")
    assert words in " ".join(main.inner_text().split()), page.url
    page.set_viewport_size(PHONE)
    assert not page.evaluate(TOO_WIDE), words
    link = main.get_by_role("link", name=words, exact=True)
    if link.count():
        link.first.click()
        page.wait_for_load_state()
        assert not any(refused in main.inner_text() for refused in REFUSED), words
        assert not page.evaluate(TOO_WIDE), words
