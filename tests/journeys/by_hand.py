"""A worker at a browser, doing one thing after another by what the page says: labels, links and buttons, never ids."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlparse
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
    """One journey of several people: what any of them has typed, and every page any of them has come to."""

    browser: Browser
    address: str
    script: bool
    look: Callable[[Page], None]
    typed: set[str] = field(default_factory=set)
    came_to: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    @contextmanager
    def signed_in(self, who: str) -> Iterator["Hands"]:
        """Somebody comes in by the door, with a browser of their own."""
        with ExitStack() as stack:
            page = stack.enter_context(opened(self.browser, viewport=DESKTOP, java_script_enabled=self.script))
            page.goto(f"{self.address}/sign-in/")
            page.get_by_label("Username").fill(who)
            page.get_by_label("Password").fill(PASSWORD)
            hands = Hands(self, page)
            hands.presses("Sign in")
            yield hands

    def about_somebody(self) -> list[str]:
        """Every address come to that is about a family, a person or something written."""
        return sorted({address for address in self.came_to if REF.search(address)})


@dataclass
class Hands:
    """One person's hands on the keyboard."""

    story: Story
    page: Page
    part: str = ""

    def under(self, part: str) -> "Hands":
        """Work within one named part of the page: a person, a rule, a row."""
        return Hands(self.story, self.page, part)

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
        if not self.story.script:
            return
        self.story.looked_at.add(route)
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            assert not self.page.evaluate(TOO_WIDE), (route, size)
            self.story.look(self.page)

    def follows(self, link: str, *, exact: bool = True) -> None:
        with self.page.expect_navigation():
            self.here.get_by_role("link", name=link, exact=exact).first.click()
        self.arrives()

    def presses(self, button: str) -> None:
        with self.page.expect_navigation():
            self.here.get_by_role("button", name=button, exact=True).click()
        self.arrives()

    def opens(self, summary: str) -> None:
        self.here.locator("summary", has_text=summary).first.click()

    def writes(self, question: str, words: str) -> None:
        """Type an answer. Nobody types the same words twice in one family's story."""
        assert words not in self.story.typed, f"Typed a second time: {words}"
        self.story.typed.add(words)
        self.here.get_by_label(question, exact=not question.endswith(" ")).fill(words)

    def numbers(self, question: str, number: int) -> None:
        self.here.get_by_label(question).fill(str(number))

    def chooses(self, question: str, *answers: str) -> None:
        for answer in answers:
            asked = self.here.get_by_role("group", name=question, exact=True)
            asked.locator("label.choice").filter(has_text=answer).locator("input").check()

    def ticks(self, label: str) -> None:
        self.here.get_by_label(label, exact=False).check()

    def picks(self, question: str, answer: str) -> None:
        self.here.get_by_label(question, exact=True).select_option(label=answer)

    def dates(self, question: str, on: date) -> None:
        """Fill in a day; with its time when it has one."""
        asked = self.here.get_by_role("group", name=question, exact=True)
        for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            asked.get_by_label(label, exact=True).fill(str(part))
        if isinstance(on, datetime):
            asked.get_by_label("Time", exact=True).fill(on.strftime("%I.%M %p").lower())

    def reads(self, *words: str) -> None:
        for said in words:
            expect(self.page.locator("main")).to_contain_text(said)
