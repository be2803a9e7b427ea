"""Every place is led to: from a page of somebody who may open it, in as many clicks as they like.

A place is a page whose address needs nothing but its name: a list, a desk, a form that begins something. One that
nothing leads to is no use to anybody, however well it is made. Pages about one family or record are led to by lists.
"""

import re
from html import unescape

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.house.scene import at_desk, built_once, draft_of
from tests.house.test_routes import ROUTES

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
LEADS = re.compile(r'(?:href|action)="(/[^"#?]*)')
WHO = ("leah", "joy", "ivo", "sam", "ruth")
PLACES = {n: row for n, row in ROUTES.items() if row["takes"] == "nothing" and "GET" in row["methods"].split()}
NOT_LED_TO = {
    "my-passkey-question": "a script asks for it",
    "contact-saved": "comes after a call is kept",
    "my-codes": "comes after a second step is made",
    "my-two-step": "an address of the library's, which leads on to one's own page",
    "account_reauthenticate": "asked of whoever must show again who they are",
}
DOOR = {name for name in PLACES if PLACES[name]["reach"] == "anyone"}
"""What the door leads through before anybody is signed in. The journeys walk it."""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built_once(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        draft_of(made.cast, made.cast.leah, held=True)
        yield made


def led_from(house, who):
    """Every place that somebody comes to, beginning at their desk and pressing whatever leads on."""
    browser, waiting, come_to = at_desk(house.cast.staff[who]), [reverse("desk")], set()
    while waiting:
        place = waiting.pop()
        name = _named(place)
        if name in come_to or name not in PLACES:
            continue
        come_to.add(name)
        if name == "account_logout":
            continue
        page = browser.get(place).content.decode()
        waiting += [unescape(led) for led in LEADS.findall(page)]
    return come_to


def _named(place):
    try:
        return resolve(place).view_name
    except Resolver404:
        return None


def test_every_place_is_led_to_from_somebodys_desk(house):
    come_to = set().union(*(led_from(house, who) for who in WHO))
    assert len(come_to) > 20
    assert set(PLACES) - come_to - DOOR == set(NOT_LED_TO)
