"""A real browser for journeys: Playwright driving the machine's own Chromium, which can reach this machine and no other.

Each page is watched. A script that fails, a breach of the content security policy, or anything fetched from elsewhere fails the
test that opened the page, whatever else it was looking at.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.axe import violations

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}  # a desk at 400 %; laid out as a phone is (journeys/test_every_page.py)
PATIENCE = 10_000  # milliseconds before a thing waited for is taken not to come
NEVER = ("Content Security Policy", "ERR_NAME_NOT_RESOLVED", "ERR_INTERNET_DISCONNECTED")


def chromium() -> str:
    """Where this machine's browser is."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise LookupError(f"Journeys need a browser: one of {', '.join(NAMES)}. Type: sudo apt-get install chromium")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return chromium()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Playwright keeps an event loop on this thread, which Django would take for asynchronous code of ours."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, **options: object) -> Iterator[Page]:
    """A page of its own, with nothing remembered from any other, watched until it is closed."""
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if any(words in message.text for words in NEVER):
            faults.append(message.text)

    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **options)
    context.set_default_timeout(PATIENCE)
    context.on("console", heard)
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    yield context.new_page()
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport=DESKTOP) as page:
        yield page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture
def page_without_script(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport=DESKTOP, java_script_enabled=False) as page:
        yield page


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails, in words, if the page keeps anyone out."""

    def check(page: Page) -> None:
        found = violations(page)
        assert not found, f"{len(found)} barriers on {page.url.partition('?')[0][:80]}\n" + "\n".join(found)

    return check
