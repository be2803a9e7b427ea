"""The browser the journeys stand on: what it shows, what it refuses, and what it will not let pass."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from kith.council.teams.models import Agency
from tests.browser import opened

pytestmark = pytest.mark.journey

START = "<!doctype html><html lang=en><title>Sam's map</title>"
GOOD = f"data:text/html,{START}<main><h1>What are we worried about?</h1><p id=said>Nothing yet</p></main>"
SCRIPT = "<script>document.querySelector('%23said').textContent = 'Heard'</script>"


def agencies(_request: HttpRequest) -> HttpResponse:
    names = ", ".join(Agency.objects.values_list("name", flat=True))
    return HttpResponse(f"{START}<main><h1>Agencies</h1><p>{names}</p></main>")


urlpatterns = [path("agencies/", agencies)]


def test_a_page_opens_at_the_size_of_a_desk_and_a_phone(page: Page, phone: Page):
    page.goto(GOOD)
    phone.goto(GOOD)
    assert page.title() == "Sam's map"
    assert page.evaluate("innerWidth") == 1280
    assert phone.viewport_size == {"width": 390, "height": 844}


def test_script_runs_on_a_page_and_not_on_the_page_without_script(page: Page, page_without_script: Page):
    page.goto(GOOD + SCRIPT)
    page_without_script.goto(GOOD + SCRIPT)
    assert page.text_content("#said") == "Heard"
    assert page_without_script.text_content("#said") == "Nothing yet"


def test_axe_passes_a_page_everyone_can_use(page: Page, axe: Callable):
    page.goto(GOOD)
    axe(page)


def test_axe_looks_under_a_strict_policy_too(page: Page, axe: Callable):
    page.goto(GOOD.replace("<title>", '<meta http-equiv=Content-Security-Policy content="default-src none"><title>'))
    axe(page)


def test_axe_says_at_once_that_it_cannot_look_without_script(page_without_script: Page, axe: Callable):
    page_without_script.goto(GOOD)
    with pytest.raises(AssertionError, match="with script on"):
        axe(page_without_script)


def test_axe_says_in_words_what_keeps_people_out(page: Page, axe: Callable):
    page.goto(f"data:text/html,{START}<main><h1>Sam</h1><input></main>")
    with pytest.raises(AssertionError, match=r"1 barriers[\s\S]*label \(critical\)[\s\S]*input: Fix"):
        axe(page)


@pytest.mark.urls(__name__)
def test_a_journey_sees_what_the_test_wrote(page: Page, axe: Callable, live_server: LiveServer):
    Agency.objects.create(name="Riverside School", kind="school")
    page.goto(f"{live_server.url}/agencies/")
    assert page.text_content("p") == "Riverside School"
    axe(page)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>throw Error('lost')</script>", "lost"),
        ("<img src=http://elsewhere.example/x.png>", "ERR_NAME_NOT_RESOLVED"),
        (
            "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><script>1</script>",
            "Security Policy",
        ),
    ],
)
def test_a_page_that_fails_out_of_sight_fails_its_test(browser: Browser, body: str, fault: str):
    with pytest.raises(AssertionError, match=fault), opened(browser) as page:
        page.goto(f"data:text/html,{START}{body}", wait_until="networkidle")
