"""A worker at a browser, doing one thing after another by what the page says: labels, links and buttons, never ids.

`by_keys.py` has the hands of somebody who uses no mouse.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from urllib.parse import urljoin, urlparse
from zoneinfo import ZoneInfo

from django.urls import resolve
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import DESKTOP, PHONE, opened
from tests.cast import PASSWORD

LONDON = ZoneInfo("Europe/London")
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
REF = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


def now() -> datetime:
    return datetime.now(LONDON)


def in_days(days: int) -> date:
    return (now() + timedelta(days=days)).date()


@dataclass
class Story:
    """One journey of several people: what any of them has typed, and every page any of them has come to.

    `hands` is how they work. With a `look`, every page they come to is looked at, at a desk and on a phone; axe is a
    script, so it needs a story with script.
    """

    browser: Browser
    address: str
    hands: type["Hands"]
    script: bool = True
    look: Callable[[Page], None] | None = None
    typed: set[str] = field(default_factory=set)
    came_to: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    @contextmanager
    def signed_in(self, who: str) -> Iterator["Hands"]:
        """Somebody comes in by the door, with a browser of their own."""
        with ExitStack() as stack:
            page = stack.enter_context(opened(self.browser, viewport=DESKTOP, java_script_enabled=self.script))
            hands = self.hands(self, page)
            page.goto(f"{self.address}/sign-in/")
            hands.put(page.get_by_label("Username"), who)
            hands.put(page.get_by_label("Password"), PASSWORD)
            hands.presses("Sign in")
            yield hands

    def about_somebody(self) -> list[str]:
        """Every address come to that is about a family, a person or something written."""
        return sorted({address for address in self.came_to if REF.search(address)})


@dataclass
class Hands:
    """One person's hands: the mouse for what is pressed, the keys for what is written.

    All they do to a page is one of four: `touch`, `put`, `mark`, `take`.
    """

    story: Story
    page: Page
    part: str = ""

    def touch(self, thing: Locator) -> None:
        """A link, a button, or what opens and shuts."""
        thing.click()

    def put(self, box: Locator, words: str) -> None:
        """Words into a box, in place of any there."""
        box.fill(words)

    def mark(self, choice: Locator) -> None:
        """One answer of several, chosen if it is not yet."""
        choice.check()

    def take(self, chosen: Locator, option: int) -> None:
        """One of a list, by its place in it."""
        chosen.select_option(index=option)

    def under(self, part: str) -> "Hands":
        """Work within one named part of the page: a person, a rule, a row."""
        return replace(self, part=part)

    @property
    def here(self) -> Page | Locator:
        if not self.part:
            return self.page
        named = {"name": self.part, "exact": True}
        return self.page.get_by_role("region", **named).or_(self.page.get_by_role("group", **named))

    def arrives(self) -> None:
        """Every page come to keeps nobody out, at a desk and on a phone, and is as wide as the screen."""
        address = self.page.url.partition("?")[0].partition("#")[0]
        self.story.came_to.append(address)
        route = resolve(urlparse(address).path).url_name or ""
        wrong = self.page.locator("#errors")
        assert not wrong.count(), wrong.inner_text()
        assert "went wrong" not in self.page.title(), address
        if not self.story.look:
            return
        self.story.looked_at.add(route)
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            assert not self.page.evaluate(TOO_WIDE), (route, size)
            self.story.look(self.page)

    def follows(self, link: str, *, exact: bool = True) -> None:
        with self.page.expect_navigation():
            self.touch(self.here.get_by_role("link", name=link, exact=exact).first)
        self.arrives()

    def presses(self, button: str) -> None:
        with self.page.expect_navigation():
            self.touch(self.here.get_by_role("button", name=button, exact=True))
        self.arrives()

    def opens_paper(self, link: str) -> bytes:
        """Open a paper, and give what it is made of.

        The browser is told to stay where it is: a viewer still opening would take the page from under whatever comes
        next.
        """
        to = self.here.get_by_role("link", name=link, exact=True)
        address = urljoin(self.page.url, to.get_attribute("href"))
        self.page.route(address, lambda stays: stays.fulfill(status=204), times=1)
        with self.page.expect_request(address):
            self.touch(to)
        self.story.came_to.append(address)
        answer = self.page.request.get(address)
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()

    def opens(self, summary: str) -> None:
        self.touch(self.here.locator("summary", has_text=summary).first)

    def writes(self, question: str, words: str) -> None:
        """Type an answer. Nobody types the same words twice in one family's story."""
        assert words not in self.story.typed, f"Typed a second time: {words}"
        self.story.typed.add(words)
        self.put(self.here.get_by_label(question, exact=not question.endswith(" ")), words)

    def numbers(self, question: str, number: int) -> None:
        self.put(self.here.get_by_label(question, exact=True), str(number))

    def chooses(self, question: str, *answers: str) -> None:
        for answer in answers:
            asked = self.here.get_by_role("group", name=question, exact=True)
            self.mark(asked.locator("label.choice").filter(has_text=answer).locator("input"))

    def ticks(self, label: str) -> None:
        self.mark(self.here.get_by_label(label, exact=False))

    def picks(self, question: str, answer: str) -> None:
        self.take(self._list(question), self._list(question).locator("option").all_inner_texts().index(answer))

    def picks_the_first(self, question: str) -> None:
        """The first there is, after the words that ask for one."""
        self.take(self._list(question), 1)

    def _list(self, question: str) -> Locator:
        return self.here.get_by_label(question, exact=True)

    def dates(self, question: str, on: date) -> None:
        """Fill in a day; with its time when it has one."""
        asked = self.here.get_by_role("group", name=question, exact=True)
        for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            self.put(asked.get_by_label(label, exact=True), str(part))
        if isinstance(on, datetime):
            self.put(asked.get_by_label("Time", exact=True), on.strftime("%I.%M %p").lower())

    def reads(self, *words: str) -> None:
        for said in words:
            expect(self.page.locator("main")).to_contain_text(said)
