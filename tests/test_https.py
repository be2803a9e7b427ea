"""B 32: behind HTTPS every cookie is Secure and of this host alone, and a browser is told to come back no other way.

Settings are read once a process, so these are asked of processes of their own.
"""

import json
import os
import subprocess
import sys

import pytest

ASKED = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory

call_command("migrate", "sessions", verbosity=0)

def signs_in(request):
    request.session["who"] = "leah"
    return HttpResponse()

signed_in = SessionMiddleware(signs_in)(RequestFactory().get("/"))
front = Client().get("/sign-in/", headers={"x-forwarded-proto": "https"})
print(json.dumps({
    "cookies": {name: dict(c.items()) for a in (front, signed_in) for name, c in a.cookies.items()},
    "hsts": front.headers.get("Strict-Transport-Security", ""),
    "plain": Client().get("/sign-in/").headers.get("Strict-Transport-Security", ""),
}))
"""


def asked(tmp_path, *words, https):
    """What a process says whose settings were read with this."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("KITH_", "DATABASE_", "PYTEST_"))}
    env |= {"KITH_DATA": str(tmp_path), "KITH_HTTPS": https, "KITH_HOSTS": "testserver"}
    env |= {"DJANGO_SETTINGS_MODULE": "kith.config.settings"}
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def answers(tmp_path):
    done = asked(tmp_path, "-c", ASKED, https="1")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_behind_https_no_cookie_leaves_over_anything_else_or_to_another_host(answers):
    cookies = answers["cookies"]
    assert set(cookies) == {"__Host-kith", "__Host-kith-form"}
    for cookie in cookies.values():
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
        assert (cookie["path"], cookie["domain"]) == ("/", ""), "what __Host- promises"


def test_behind_https_a_browser_is_told_to_use_nothing_else_for_a_year(answers):
    assert answers["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert answers["plain"] == "", "it is only believed over HTTPS, and only said there"


def test_on_this_machine_alone_cookies_are_not_kept_from_plain_http(tmp_path):
    """A newcomer's `make demo` has no HTTPS: a Secure cookie would never come back and nobody could sign in."""
    done = asked(tmp_path, "-c", ASKED, https="")
    answers = json.loads(done.stdout)
    assert set(answers["cookies"]) == {"kith", "kith-form"}
    assert not any(cookie["secure"] for cookie in answers["cookies"].values())
    assert answers["hsts"] == ""


def test_what_django_asks_before_deploying_finds_nothing(tmp_path):
    done = asked(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", https="1")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
