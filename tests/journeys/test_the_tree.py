"""The family tree in a real browser: as it is printed, and as its words really stand, in our own typeface."""

from datetime import date

import pypdfium2
import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kith.people.relationships import actions
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]
OVER = """[...document.querySelectorAll('.scroll.tree text')].map(it => [it.textContent, it.getBBox()]).flatMap(
    ([said, a], at, all) => all.slice(at + 1).filter(([, b]) => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1
        && a.y < b.y + b.height - 5 && b.y < a.y + a.height - 5).map(([other]) => `${said} over ${other}`))"""
"""Words that stand over other words. Lines of one name may touch by the height of a letter's tail."""


@pytest.fixture
def tree(page: Page, live_server: LiveServer, cast: Cast, as_) -> Page:
    """Leah looks at who is who, with how people get on."""
    leah = {"by": cast.actor("leah"), "at": NOW}
    for child in (cast.ellis, cast.maya, cast.jude):
        for parent in (cast.kavi, cast.craig):
            actions.add_relationship(one=child, other=parent, kind="parent", **leah)
    actions.add_relationship(one=cast.kavi, other=cast.craig, kind="married", since=date(2015, 5, 1), **leah)
    actions.add_relationship(one=cast.kavi, other=cast.hansa, kind="sibling", quality="close", **leah)
    actions.add_relationship(one=cast.craig, other=cast.mo, kind="parent", quality="conflict", **leah)
    home = actions.begin_household(person=cast.kavi, name="Home", **leah)
    for one in (cast.craig, cast.ellis, cast.maya, cast.jude):
        actions.move_in(person=one, household=home, **leah)
    session = as_("leah").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(live_server.url + reverse("tree", kwargs={"ref": cast.solanki_reid.ref}) + "?between=1")
    return page


def test_no_words_of_the_drawing_stand_over_others(tree: Page):
    assert tree.locator(".scroll.tree text").count() > 10
    assert tree.evaluate(OVER) == []


def test_it_prints_on_one_side_of_a4_on_its_side_without_how_people_get_on(tree: Page, axe):
    axe(tree)
    tree.emulate_media(media="print")
    assert tree.locator(".bond:visible").count() == 0
    assert tree.get_by_text("Leah Whitcombe, 10 Sept 2025").locator("visible=true").count() == 0
    pdf = pypdfium2.PdfDocument(tree.pdf(prefer_css_page_size=True))
    assert len(pdf) == 1
    wide, high = pdf[0].get_size()
    assert (round(wide), round(high)) == (842, 595)
    assert "Nana Mo" in pdf[0].get_textpage().get_text_range()
