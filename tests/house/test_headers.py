"""Every answer goes out with its guards on: trust B 31 and 32, ASVS 3.3, 3.4 and 14.3.2."""

import re
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.scene import draft_of, make_house
from tests.house.test_routes import ROUTES

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
INLINE_STYLE = re.compile(rb"<[^>]*\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)
HANDLER = re.compile(rb"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)


@pytest.fixture
def answers(cast, _demo, settings, tmp_path):
    """What every route answers by GET to a worker, their leader, whoever looks after accounts, and nobody."""
    settings.PAPERS = tmp_path
    house = make_house(cast)
    house.things["my-draft"] = {"ref": draft_of(cast, cast.leah).ref}
    return {**_asked(house, cast.leah), **_asked(house, cast.joy), **_asked(house, cast.sam), **_asked(house, None)}


def _asked(house, account):
    found = {}
    for name, row in ROUTES.items():
        browser = Client(raise_request_exception=False)
        if account:
            browser.force_login(account)
        with ExitStack() as both:
            for alias in ("default", "looks"):
                both.enter_context(transaction.atomic(using=alias))
            found[name, account.username if account else ""] = browser.get(
                reverse(name, kwargs=house.address(row["takes"]))
            )
    return found


def faults(name, answer):
    """Say what an answer goes out without."""
    policy = answer.headers.get("Content-Security-Policy", "")
    guards = {
        "a policy": "default-src 'none'" in policy,
        "no unsafe": "unsafe-" not in policy,
        "no frames": "frame-ancestors 'none'" in policy or "sandbox" in policy or answer.status_code == 405,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "no frame": answer.headers.get("X-Frame-Options") == "DENY",
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "no copy kept": "no-store" in answer.headers.get("Cache-Control", ""),
        "no inline style": not INLINE_STYLE.search(_page(answer)),
        "no inline script": not INLINE_SCRIPT.search(_page(answer)),
        "no handler": not HANDLER.search(_page(answer)),
        "cookies held": all(c["httponly"] and c["samesite"] in {"Lax", "Strict"} for c in answer.cookies.values()),
    }
    return [f"{answer.status_code} without {guard}: {name}" for guard, held in guards.items() if not held]


def _page(answer):
    return answer.content if answer.headers.get("Content-Type", "").startswith("text/html") else b""


def test_every_answer_of_every_route_has_its_guards(answers):
    wrong = [fault for (name, _who), answer in answers.items() for fault in faults(name, answer)]
    pages = sum(a.status_code == 200 for a in answers.values())
    print(f"\n{len(answers)} answers of {len(ROUTES)} routes, {pages} pages, {len(wrong)} without a guard")
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_what_the_policy_lets_in():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert not any("unsafe" in source or "*" in source for sources in directives.values() for source in sources)
