"""What is left in a browser when Leah has gone: nothing that she was shown and nothing she typed (trust B 41).

Asked of Kith as a council runs it: `kith serve`, its own door with a second step, its own way out and its own headers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import sleep, time

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser import DESKTOP, FLAGS, PATIENCE, chromium
from tests.cast import PASSWORD
from tests.door import digits
from tests.journeys.by_hand import Hands, Story
from tests.strength.served import Served, serving

pytestmark = pytest.mark.journey

SAID = "Wrenlightcanary"
UNFINISHED = "Halfwaycanary"
LOOKED_FOR = "Hansa Solanki"
WORDS = (SAID, UNFINISHED, "Hansa", "Solanki", PASSWORD)
"""Each was on a page that Leah had open, or was typed there."""
STORED = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length, document.cookie.length,
]"""
CODE_LASTS, TO_SPARE = 30, 8  # seconds: a code typed as the next one comes is refused


@contextmanager
def at_a_shared_computer(browser: Browser, profile: Path) -> Iterator[Page]:
    """A browser that keeps what it likes in a folder, as one at a front desk does."""
    context = browser.browser_type.launch_persistent_context(
        str(profile), executable_path=chromium(), args=list(FLAGS), locale="en-GB", viewport=DESKTOP
    )
    context.set_default_timeout(PATIENCE)
    yield context.pages[0]
    context.close()


def comes_in(leah: Hands) -> None:
    leah.page.goto(f"{leah.story.address}/sign-in/")
    leah.put(leah.page.get_by_label("Username"), "leah")
    leah.put(leah.page.get_by_label("Password"), PASSWORD)
    leah.presses("Sign in")
    if time() % CODE_LASTS > CODE_LASTS - TO_SPARE:
        sleep(TO_SPARE)
    leah.put(leah.page.get_by_label("Code"), digits(at=datetime.now(UTC)))
    leah.presses("Go on")


def reads_about_the_family(leah: Hands) -> None:
    leah.put(leah.page.get_by_role("searchbox"), LOOKED_FOR)
    leah.presses("Find")
    leah.reads("Hansa")
    leah.page.go_back()
    leah.follows("Solanki-Reid family")
    leah.reads("Solanki", "Hansa")


def writes_and_prints(leah: Hands) -> None:
    """A note, and the paper of it."""
    leah.follows("Write a note")
    leah.writes("What happened, and what did you notice?", f"Ellis said it is like a {SAID}.")
    leah.chooses("Who is it written to?", "Ellis")
    leah.presses("Save the note")
    leah.reads(SAID)
    ref = leah.page.url.rstrip("/").rpartition("/")[2]
    leah.page.goto(f"{leah.story.address}{reverse('paper-new', kwargs={'ref': ref})}")
    leah.chooses("Who will hold this paper?", "Ellis")
    leah.presses("Show me their copy")
    leah.ticks("I have read this copy through")
    leah.presses("Make the paper")
    sheet = pypdfium2.PdfDocument(leah.opens_paper("Open the paper"))[0]
    assert SAID in sheet.get_textpage().get_text_range()


def leaves_half_a_sentence(leah: Hands, family: str) -> None:
    leah.page.goto(f"{leah.story.address}{reverse('note-new', kwargs={'ref': family})}")
    leah.writes("What happened, and what did you notice?", UNFINISHED)
    expect(leah.page.locator("[data-kept]")).to_contain_text("Draft kept at")


def left_on(page: Page, turn: Callable[[], object]) -> set[str]:
    """What of it is on any page somebody comes to by turning back, or forward, as far as that goes."""
    found: set[str] = set()
    for _ in range(page.evaluate("history.length")):
        with suppress(Error):  # with nobody to answer, what is shown is what the browser itself kept
            turn()
        page.wait_for_function("document.readyState === 'complete'")
        shown = page.evaluate("document.documentElement.outerHTML")
        found |= {word for word in WORDS if word in shown}
    return found


def left_in(profile: Path) -> set[str]:
    """What of it is in the browser's own files, in either of the ways it writes words."""
    written = [file.read_bytes() for file in profile.rglob("*") if file.is_file()]
    assert len(written) > 10
    return {w for w in WORDS for held in written if w.encode() in held or w.encode("utf-16-le") in held}


def test_nothing_that_leah_read_or_typed_is_left_when_she_has_signed_out(browser: Browser, tmp_path: Path):
    served, profile = Served(tmp_path, workers=1), tmp_path / "profile"
    family = served.ask("make")["family"]
    with serving(served), at_a_shared_computer(browser, profile) as page:
        leah = Hands(Story(browser, f"http://127.0.0.1:{served.port}", Hands), page)
        comes_in(leah)
        reads_about_the_family(leah)
        writes_and_prints(leah)
        leaves_half_a_sentence(leah, family)
        assert page.evaluate(STORED) == [0] * 6
        leah.follows("your account", exact=False)
        leah.presses("Sign out")
        leah.reads("You have signed out.")
        assert page.evaluate(STORED) == [0] * 6
        assert left_on(page, page.go_back) == set()
        served.stop()
        assert left_on(page, page.go_forward) == set()
    assert left_in(profile) == set()
