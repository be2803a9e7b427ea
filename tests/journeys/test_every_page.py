"""Every route that shows a page, opened by somebody who may see it, wide and narrow: nobody is kept out, nothing is cut.

Trust B 44 (axe at a desk and at 320 pixels, the width of the page at each) and 47 (every control has a name of its own).

The routes come from the resolver by way of `routes.toml`, which the house tests hold to be whole. A route that shows no
page to anybody is named here with what it shows instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kith import kit
from kith.access.accounts.models import Account
from tests.axe import violations
from tests.browser import DESKTOP, NARROW, PHONE
from tests.cast import KNOWN_AS, NOWAK_CAMPBELL, SOLANKI_REID, STAFF
from tests.house.scene import House
from tests.house.test_routes import ROUTES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]

OK, SPENT = 200, 410
EM = 16  # pixels: what a sheet's turning points are counted in
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
HEADINGS = "[...document.querySelectorAll('h1')].map(it => it.innerText.trim())"
ONE_NAME = """(() => {
    const groups = 'fieldset, [role=group], section[aria-labelledby], article[aria-labelledby]';
    const words = it => (it?.innerText ?? '').trim().replace(/\\s+/g, ' ');
    const label = it => it.getAttribute('aria-label') || (it.tagName === 'FIELDSET' ? words(it.querySelector('legend'))
        : words(document.getElementById(it.getAttribute('aria-labelledby'))));
    const around = it => {
        const found = [];
        for (let g = it.parentElement?.closest(groups); g; g = g.parentElement?.closest(groups)) found.push(label(g));
        return found.join(' < ');
    };
    const name = it => it.getAttribute('aria-label') || (it.labels?.length ? [...it.labels].map(words).join(' ') : words(it))
        || it.querySelector?.('img[alt], svg[aria-label]')?.ariaLabel || '';
    const does = it => it.tagName === 'A' ? it.href : it.tagName === 'BUTTON'
        ? `${it.type} ${it.formAction} ${it.name}=${it.value}` : `${it.form?.action} ${it.name} ${it.type === 'radio' ? it.value : ''}`;
    const seen = {}, wrong = [];
    for (const it of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')) {
        if (!it.checkVisibility({visibilityProperty: true}) || it.closest('[aria-hidden=true]')) continue;
        const said = name(it), key = `${it.tagName} ${said} < ${around(it)}`;
        if (!said) wrong.push(`no name: ${it.outerHTML.slice(0, 90)}`);
        else if (seen[key] && seen[key] !== does(it)) wrong.push(`two of one name: ${key}`);
        seen[key] ??= does(it);
    }
    return [...new Set(wrong)];
})()"""
"""Links, buttons and boxes without a name, or of one name that do two things (trust B 47). Groups are part of a name."""
NO_PAGE = {
    "draft-form-token": "a token for a script",
    "entry": "leads to the note it is",
    "entry-file": "a picture",
    "healthz": "for a machine",
    "join-link": "leads to the page for choosing a password",
    "mfa_authenticate": "only between a password and its second step: looked at with the door",
    "my-passkey-question": "a question for a script",
    "my-step-remove": "nobody has a second step here",
    "my-two-step": "leads to the account",
    "openid_connect_callback": "for a provider to come back to",
    "openid_connect_login": "leads to a provider",
    "paper-file": "a PDF",
    "passkey-question": "a question for a script",
    "readyz": "for a machine",
    "sign-in-set-up": "only for whoever signs in without a second step: looked at with the door",
}
"""GET routes that show no page of ours here, and what they do instead."""
UNTITLED = {"contact-decide", "contact-reply", "decision", "draft-both", "draft-held", "scores", "statement"}
"""Pages whose heading is a family's own words. A browser keeps titles for whoever comes after, so theirs says less."""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


NAMES = {name for family in (SOLANKI_REID, NOWAK_CAMPBELL) for told in family.values() for name in (told[0], told[1])}
NAMES = {part for name in NAMES | set(KNOWN_AS.values()) | {n for n, _ in STAFF.values()} for part in _words(name)}
"""Every name there is in the house: none is in a title (trust B 40)."""


@dataclass(frozen=True)
class Shown:
    """A page of one route, and the session of somebody it answers."""

    name: str
    address: str
    session: str


def at_their_desk(reader: Account | None) -> Client:
    """Signed in, and just shown once more to be themselves: pages behind a second look are looked at too."""
    browser = Client(raise_request_exception=False)
    if reader:
        browser.force_login(reader)
        session, now = browser.session, timezone.now()
        session["stepped_up_at"] = now.isoformat()
        session["account_authentication_methods"] = [{"method": "password", "at": now.timestamp()}]
        session.save()
    return browser


def pages(house: House, readers: list[Account | None]) -> Iterator[Shown]:
    """One page of every route that shows one to any of these readers."""
    for name, row in ROUTES.items():
        if "GET" not in row["methods"].split():
            continue
        address = reverse(name, kwargs=house.address(row["takes"]))
        for reader in readers:
            browser = at_their_desk(reader)
            answer = browser.get(address)
            if answer.status_code in (OK, SPENT) and answer.headers["Content-Type"].startswith("text/html"):
                yield Shown(name, address, browser.cookies[settings.SESSION_COOKIE_NAME].value if reader else "")
                break


def faults_of(page: Page, shown: Shown) -> Iterator[str]:
    """What is wrong with one page, in words."""
    headings, title = page.evaluate(HEADINGS), page.title().removesuffix(" – Kith")
    heading = "".join(headings)
    same = shown.name in UNTITLED or NAMES & _words(heading) or title.startswith(heading)
    if len(headings) != 1 or not same or not title:
        yield f"{shown.name}: the heading is {headings}, the title “{title}”"
    if named := NAMES & _words(title):
        yield f"{shown.name}: the title says {named}, and a browser keeps titles for whoever comes after"
    yield from (f"{shown.name}: {found}" for found in page.evaluate(ONE_NAME))
    for size in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size(size)
        if page.evaluate(TOO_WIDE):
            yield f"{shown.name}: scrolls sideways at {size['width']}"
        if size is not PHONE:  # which is laid out as 320 pixels are
            yield from (f"{shown.name} at {size['width']}: {found}" for found in violations(page))


def test_a_phone_is_laid_out_as_320_pixels_are():
    """So what axe finds at 320 it would find at 390, and each page is looked at twice and not three times."""
    sheets = [sheet.read_text() for sheet in (Path(kit.__file__).parents[1] / "static").glob("*.css")]
    turns = {float(at) * EM for sheet in sheets for at in re.findall(r"(?:min|max)-width: ([\d.]+)em", sheet)}
    assert turns
    assert not [at for at in turns if NARROW["width"] < at <= PHONE["width"]]


def test_nobody_is_kept_out_of_any_page_wide_or_narrow(
    page: Page, live_server: LiveServer, house: House, readers: list[Account | None]
):
    wrong, seen = [], set()
    for shown in pages(house, readers):
        seen.add(shown.name)
        page.context.clear_cookies()
        if shown.session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": shown.session, "url": live_server.url}
            page.context.add_cookies([cookie])
        page.set_viewport_size(DESKTOP)
        page.goto(live_server.url + shown.address)
        wrong += faults_of(page, shown)
    print(f"\n{len(seen)} pages of {len(ROUTES)} routes, {len(wrong)} faults")
    assert not wrong, "\n".join(wrong)
    asked = {name for name, row in ROUTES.items() if "GET" in row["methods"].split()}
    assert asked - seen == set(NO_PAGE)
