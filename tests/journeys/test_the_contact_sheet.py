"""The contact sheet: each role signs in, and each kind of page it can reach is photographed once."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.pages import photograph_all

pytestmark = pytest.mark.journey

FORM = "<form method=get action=/in/><label>Name <input name=who></label><input type=password name=word><button>Sign in</button></form>"
FAMILIES = "<a href=/families/1/>Sam</a> <a href=/families/2/>Ada</a> <a href=/sign-out/>Leave</a> <a href=http://elsewhere.example/>x</a>"


def page(title: str, body: str = "") -> HttpResponse:
    return HttpResponse(f"<!doctype html><html lang=en><title>{title}</title><main><h1>{title}</h1>{body}</main>")


def arrive(request: HttpRequest) -> HttpResponse:
    answer = HttpResponseRedirect("/")
    answer.set_cookie("who", request.GET["who"])
    return answer


urlpatterns = [
    path("", lambda request: page(f"Desk of {request.COOKIES['who']}", FAMILIES)),
    path("sign-in/", lambda _request: page("Sign in", FORM)),
    path("in/", arrive),
    path("families/<int:one>/", lambda _request, one: page(f"Family {one}")),
]


@pytest.mark.urls(__name__)
def test_every_kind_of_page_is_photographed_once_for_each_role_it_says_something_else_to(
    browser: Browser, live_server: LiveServer, tmp_path: Path
):
    roles = [{"role": role, "username": role, "password": "x"} for role in ("social worker", "parent")]
    folder = tmp_path / "pages"
    pictures = photograph_all(browser, live_server.url, roles, folder)
    assert [(picture.role, picture.title) for picture in pictures] == [
        ("social worker", "Desk of social worker"),
        ("social worker", "Family 1"),
        ("parent", "Desk of parent"),
    ]
    assert {file.name for file in folder.iterdir()} == {"index.html", *(f for p in pictures for f in p.files)}
