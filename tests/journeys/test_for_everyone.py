"""The ten pages most used, by keyboard alone, at 400 %, right to left, printed, in forced colours, with very long names.

Trust B 44 to 46: nobody is kept out at 400 %, without a mouse, or by a target too small to hit.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kith.people.persons.models import Person
from tests.browser import DESKTOP, NARROW, PHONE
from tests.house.scene import House, make_house

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]

MAIN = {
    "desk": "nothing", "search": "nothing", "contact-new": "nothing", "family": "family", "timeline": "family",
    "note-new": "family", "statement-new": "family", "plans": "family", "decision-new": "family", "person": "child",
}  # fmt: skip
LONG = "Wilhelmina Featherstonehaugh-Oyelaran-Brzęczyszczykiewicz"
LATEST = """[...document.querySelectorAll('.box.time input')].map(it => it.value = '10.00 pm').length"""
"""Of all times, the widest in the box for one: what fits with it fits at any hour, and the tests do not wait for that hour."""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
MARK, FAMILY, A_QUARTER = 64, 110, PHONE["height"] // 4
"""Pixels of a phone's first screen for the mark and for the family; with long names a quarter of it, and no name left out."""
AT_LENGTH = {"ellis": "Oluwadamilola-Grace", "maya": "Maximilian Theodore", "jude": "Krishnakumari"}
HEIGHTS = """Object.fromEntries(['.top', '.fam'].map(of => [of, document.querySelector(of)])
    .filter(([, it]) => it).map(([of, it]) => [of, it.getBoundingClientRect().height]))"""
CUT = """[...document.querySelectorAll('main *, header *, .fam *')].filter(it =>
    it.checkVisibility() && !it.closest('.sr, svg') && it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1
    && ['hidden', 'clip'].includes(getComputedStyle(it).overflowX)
).map(it => it.outerHTML.slice(0, 80))"""
REACHED = """(() => {
    const it = document.activeElement, look = getComputedStyle(it), box = it.getBoundingClientRect();
    const around = it.closest('.choice') || it;
    return {
        what: it.outerHTML.slice(0, 80), tag: it.tagName,
        marked: [look, getComputedStyle(around)].some(one => one.outlineStyle !== 'none' || one.boxShadow !== 'none'),
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
})()"""
WAITING = """[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && it.tabIndex >= 0 && !it.disabled
        && !(it.type === 'radio' && !it.checked && document.querySelector(`[name="${it.name}"]`) !== it)).length"""
MOVING = """[...document.querySelectorAll('*')].filter(it => {
    const look = getComputedStyle(it);
    return parseFloat(look.transitionDuration) > 0 || parseFloat(look.animationDuration) > 0;
}).length"""
EDGELESS = """[...document.querySelectorAll('.button, .choice, .gap, .token')].filter(it => it.checkVisibility() &&
    getComputedStyle(it).borderTopStyle === 'none').map(it => it.outerHTML.slice(0, 80))"""
PRINTED = """[...document.querySelectorAll('header.top, nav, form, button, .buttons, .skip, footer')]
    .filter(it => it.checkVisibility()).map(it => it.outerHTML.slice(0, 80))"""


@pytest.fixture
def house(cast, settings, tmp_path) -> House:
    settings.DEMO, settings.PAPERS = True, tmp_path
    return make_house(cast)


@pytest.fixture
def each(page: Page, live_server: LiveServer, house: House, as_) -> Callable:
    """`each(look)` opens the ten pages as Leah and gathers what is wrong with them, by name."""
    kept = as_("leah").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kept, "url": live_server.url}])

    def opened(look: Callable[[], object], size: dict[str, int] = DESKTOP) -> dict[str, object]:
        page.set_viewport_size(size)
        wrong, times = {}, 0
        for name, takes in MAIN.items():
            page.goto(live_server.url + reverse(name, kwargs=house.address(takes)))
            times += page.evaluate(LATEST)
            if found := look():
                wrong[name] = found
        assert times, "None of the ten pages asks for a time: look at one that does"
        return wrong

    return opened


def test_the_keyboard_reaches_everything_and_is_always_seen(page: Page, each: Callable):
    def walk() -> list[str]:
        wrong, reached, most = [], 0, page.evaluate(WAITING)
        page.keyboard.press("Tab")
        if "skip" not in page.evaluate(REACHED)["what"]:
            wrong.append("the first stop does not skip to the page")
        while reached < most + 5 and (here := page.evaluate(REACHED))["tag"] != "BODY":
            reached += 1
            if not (here["marked"] and here["seen"]):
                wrong.append(f"not seen when reached: {here['what']}")
            page.keyboard.press("Tab")
        return [*wrong, f"{reached} of {most} reached"] if wrong or reached < most - 5 else []

    assert each(walk) == {}


def test_the_skip_link_leads_into_the_page(page: Page, each: Callable):
    def skip() -> bool:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        return not page.evaluate("!!document.activeElement.closest('main, footer')")

    assert each(skip) == {}


def test_nothing_is_cut_or_scrolls_sideways_at_400_per_cent(page: Page, each: Callable):
    assert each(lambda: page.evaluate(TOO_WIDE) or page.evaluate(CUT), NARROW) == {}


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=lambda size: size["width"])
def test_very_long_names_fit(page: Page, each: Callable, cast, size: dict[str, int]):
    Person.objects.filter(pk__in=[cast.ellis.pk, cast.kavi.pk]).update(known_as=LONG)
    cast.solanki_reid.name = f"{LONG}-{LONG}"
    cast.solanki_reid.save()
    assert each(lambda: page.evaluate(TOO_WIDE) or page.evaluate(CUT), size) == {}


@pytest.mark.parametrize("names", [{}, AT_LENGTH], ids=["as they are called", "called at length"])
def test_on_a_phone_the_headers_leave_room_for_the_people(page: Page, each: Callable, cast, names: dict[str, str]):
    for who, called in names.items():
        Person.objects.filter(pk=cast.people[who].pk).update(known_as=called)
    if names:
        cast.solanki_reid.name = "Featherstonehaugh-Oyelaran"
        cast.solanki_reid.save()
    most = {".top": MARK, ".fam": A_QUARTER - MARK if names else FAMILY}

    def tall() -> dict[str, float]:
        return {of: high for of, high in page.evaluate(HEIGHTS).items() if high > most[of]}

    assert each(tall, PHONE) == {}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size["width"])
def test_a_page_written_right_to_left_fits(page: Page, each: Callable, size: dict[str, int]):
    def turned() -> object:
        page.evaluate("document.documentElement.dir = 'rtl'")
        return page.evaluate(TOO_WIDE) or page.evaluate(CUT)

    assert each(turned, size) == {}


def test_what_somebody_asks_of_their_own_screen_is_kept(page: Page, each: Callable, axe):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")

    def looked() -> object:
        axe(page)
        return page.evaluate(EDGELESS) or page.evaluate(MOVING)

    assert each(looked) == {}


def test_print_leaves_out_everything_that_is_only_for_a_screen(page: Page, each: Callable):
    page.emulate_media(media="print")
    assert each(lambda: page.evaluate(PRINTED)) == {}
