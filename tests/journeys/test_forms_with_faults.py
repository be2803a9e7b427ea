"""Every form sent with nothing in it, as it comes back: nobody is kept out of what it says is left to do (trust B 44).

The page is the one the house answers: its browser is given those bytes, and the sheets and scripts of the house, and asks
nobody for anything else. What stands round it on every page is looked at in `test_every_page.py`; the door's own forms are looked at in `test_the_door.py`.
"""

from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path

import pytest
from django.http import HttpResponse
from playwright.sync_api import Page, Route

from kith import kit
from tests.axe import violations
from tests.browser import DESKTOP, PHONE
from tests.house.scene import House
from tests.house.sending import BY_HAND, DOOR, Desk, built, offered, posts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(databases=["default", "looks"])]

ADDRESS = "http://localhost/as-it-came-back/"
STATIC = Path(kit.__file__).parents[1] / "static"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
DRESSED = "getComputedStyle(document.body).display === 'flex'"
OK = 200
FORMS = [name for name in posts() if name not in DOOR and name not in BY_HAND]


@pytest.fixture
def house(django_db_setup, django_db_blocker, tmp_path: Path) -> Iterator[House]:
    with built(django_db_blocker, tmp_path) as made:
        yield made


def emptied(desk: Desk, address: str, sheet) -> HttpResponse:
    """Send a form with nothing in any box that somebody would answer."""
    kept = {box.name: box.value for box in sheet.boxes if box.kind == "hidden"}
    return desk.send(address, kept)


def shows(page: Page, answer: HttpResponse) -> None:
    """Give the browser this answer, whole, with its own guards."""

    def give(route: Route) -> None:
        path = route.request.url.removeprefix("http://localhost/static/")
        file = STATIC / path
        if route.request.url == ADDRESS:
            headers = {k: v for k, v in answer.headers.items() if k != "Content-Length"}
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)
        elif file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=guess_type(file)[0] or "font/woff2")
        else:
            route.fulfill(status=404, body="")

    page.unroute_all()
    page.route("**/*", give)
    page.goto(ADDRESS)
    assert page.evaluate(DRESSED), "The page came without its sheet"


def faults_of(page: Page, name: str) -> Iterator[str]:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        if page.evaluate(TOO_WIDE):
            yield f"{name}: scrolls sideways at {size['width']}"
        yield from (f"{name} at {size['width']}: {found}" for found in violations(page, "main"))
    if not page.evaluate("document.activeElement.id === 'errors'"):
        yield f"{name}: the keys do not start at what is left to do"


def test_a_form_that_comes_back_keeps_nobody_out(page: Page, house: House):
    wrong, seen = [], 0
    for name in FORMS:
        with offered(house, name) as (desk, address, sheet):
            answer = emptied(desk, address, sheet)
        if answer.status_code != OK or b'id="errors"' not in answer.content:
            continue
        seen += 1
        shows(page, answer)
        wrong += faults_of(page, name)
    print(f"\n{seen} forms of {len(FORMS)} came back, {len(wrong)} faults")
    assert seen > len(FORMS) / 2
    assert not wrong, "\n".join(wrong)
