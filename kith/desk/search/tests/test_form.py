"""The form of the search: sent, and answered with an address that holds no name; back and reload work."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from kith.access.audit.models import Look
from kith.desk.search import asked
from kith.people.persons.actions import write_keys
from tests.cast import NOW
from tests.door import come_in, send

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def browser(cast, as_):
    for person in cast.people.values():
        write_keys(person)
    return as_("leah")


def test_what_is_sent_comes_back_under_an_address_without_a_name(browser):
    answer = browser.post("/search/", {"q": "Ellis Solanki"}, follow=True)
    [(address, status)] = answer.redirect_chain
    assert status == 302
    assert re.fullmatch(r"/search/\?asked=[\w-]{16}", address)
    assert "Ellis Solanki-Reid" in answer.content.decode()
    assert 'value="Ellis Solanki"' in answer.content.decode()


def test_going_back_and_loading_again_show_the_same(browser):
    first = browser.post("/search/", {"q": "Ellis"}).url
    browser.post("/search/", {"q": "Maya"})
    for _ in range(2):
        assert "Ellis Solanki-Reid" in browser.get(first).content.decode()


def test_another_session_finds_nothing_under_the_same_address(browser, as_):
    address = browser.post("/search/", {"q": "Ellis"}).url
    page = as_("leah").get(address).content.decode()
    assert "That search is not kept any more." in page
    assert "Ellis" not in page


def test_the_last_twenty_are_kept_for_an_hour():
    session = SessionStore()
    tokens = [asked.keep(session, f"name {n}", at=NOW) for n in range(asked.KEPT + 1)]
    assert asked.words_of(session, tokens[0], at=NOW) is None
    assert asked.words_of(session, tokens[1], at=NOW + timedelta(minutes=59)) == "name 1"
    assert asked.words_of(session, tokens[1], at=NOW + timedelta(hours=1)) is None


def test_the_words_are_gone_when_somebody_signs_out(browser):
    browser.post("/search/", {"q": "Ellis"})
    assert "asked" in Session.objects.get().get_decoded()
    browser.post("/sign-out/")
    assert not [s for s in Session.objects.all() if "asked" in s.get_decoded()]


def test_sending_looks_at_nobody_and_the_page_after_it_is_a_look(browser):
    address = browser.post("/search/", {"q": "Ellis"}).url
    assert not Look.objects.exists()
    browser.get(address)
    assert [(look.what, "llis" in look.body) for look in Look.objects.all()] == [("search", False)]


def test_whoever_may_not_search_keeps_nothing(browser, as_):
    assert as_("sam").post("/search/", {"q": "Ellis"}).status_code == 403
    assert not [s for s in Session.objects.all() if "asked" in s.get_decoded()]


@pytest.mark.parametrize("page", ["/", "/search/"])
@pytest.mark.usefixtures("_demo")
def test_the_form_of_every_page_carries_its_token(browser, door, page):
    come_in(door)
    answer = send(door, "/search/", page=page, q="Ellis")
    assert "Ellis Solanki-Reid" in door.get(answer.url).content.decode()


def test_an_address_with_the_words_in_it_still_answers(browser):
    assert "Ellis Solanki-Reid" in browser.get("/search/", {"q": "Ellis"}).content.decode()
