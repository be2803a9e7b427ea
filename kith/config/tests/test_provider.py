"""Signing in with the council's provider: a small one on this machine, with real keys and real tokens."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from kith.access.accounts.models import Account
from kith.access.audit.models import Act
from kith.config.providers import provider, provider_origins
from tests.door import send

KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
CLIENT = "kith-at-wrenshire"


@dataclass
class Provider:
    """A provider of one sign-in: who it says somebody is, and how honestly it signs."""

    issuer: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    asked: list[str] = field(default_factory=list)

    def token(self) -> dict[str, Any]:
        now = datetime.now(UTC)
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + timedelta(minutes=5)}
        signed = jwt.encode({**claims, **self.says}, self.key, "RS256", headers={"kid": "one"})
        return {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def answer(self, path: str) -> dict[str, Any]:
        self.asked.append(path)
        return {
            "/.well-known/openid-configuration": lambda: {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/keys": lambda: {
                "keys": [
                    json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one", "use": "sig"}
                ]
            },
            "/token": self.token,
            "/userinfo": lambda: {**self.says, **self.info},
        }[path]()


@pytest.fixture
def council(settings, cast) -> Iterator[Provider]:
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(made.answer(urlsplit(self.path).path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    made.says = {"sub": "leah-at-the-council", "email": "leah@example.org", "email_verified": True}
    settings.SOCIALACCOUNT_PROVIDERS = provider(made.issuer, CLIENT, "a secret", "Wrenshire")
    settings.DEMO = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


def through(browser: Client):
    """Press the button, sign in over there, come back."""
    away = send(browser, "/sign-in/with/council/", page="/sign-in/")
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return browser.get("/sign-in/with/council/back/", {"code": "a", "state": asked["state"][0]})


def test_leah_signs_in_with_the_council_and_is_known_the_next_time(door, council):
    assert "Sign in with Wrenshire" in door.get("/sign-in/").content.decode().replace(
        "your council account", "Wrenshire"
    )
    assert through(door)["Location"] == "/"
    assert door.get("/account/").status_code == 200
    assert Act.objects.get(what="signed.in").body.count("socialaccount") == 1

    council.says["email"] = "a.new.address@example.org"
    assert through(Client(enforce_csrf_checks=True))["Location"] == "/"
    assert SocialAccount.objects.get().user.username == "leah"


def test_her_password_still_works(door, council, cast):
    through(door)
    assert Account.objects.get(username="leah").has_usable_password()


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"email": "stranger@example.org"}, "has no account here"),
        ({"email_verified": False}, "the provider does not vouch for the address"),
        ({"email": "rosa@example.org"}, "has left"),
        ({"aud": "another-app"}, "was signing in to something else"),
        ({"iss": "https://elsewhere.example.org"}, "comes from another provider"),
        ({"exp": datetime(2020, 1, 1, tzinfo=UTC)}, "is too old"),
    ],
)
def test_nobody_comes_in_who(door, council, cast, says, why):
    cast.rosa.is_active, cast.rosa.left_at = False, datetime.now(UTC)
    cast.rosa.save()
    council.says |= says
    known = Account.objects.filter(is_job=False).count()

    back = through(door)

    assert back["Location"] == "/sign-in/", why
    assert "could not match that sign-in" in door.get("/sign-in/").content.decode()
    assert door.get("/account/").status_code == 302
    assert Account.objects.filter(is_job=False).count() == known
    assert Act.objects.filter(what="sign-in.refused", body__contains='"step":"provider"').count() == 1


def test_a_token_signed_with_another_key_is_not_taken(door, council):
    council.key = OTHER_KEY
    assert through(door)["Location"] == "/sign-in/"


def test_two_answers_about_two_people_are_not_taken(door, council):
    council.info = {"sub": "somebody-else"}
    assert through(door)["Location"] == "/sign-in/"


def test_coming_back_without_having_gone_is_not_taken(door, council):
    assert door.get("/sign-in/with/council/back/", {"code": "a", "state": "made-up"})["Location"] == "/sign-in/"


def test_two_open_accounts_with_one_address_are_both_refused(door, council, cast):
    Account.objects.filter(username="joy").update(email="leah@example.org")
    assert through(door)["Location"] == "/sign-in/"


def test_a_leaver_the_provider_knows_stays_out(door, council, cast):
    through(door)
    Account.objects.filter(username="leah").update(is_active=False, left_at=datetime.now(UTC))
    assert through(Client(enforce_csrf_checks=True))["Location"] == "/sign-in/"


def test_the_second_step_is_asked_for_all_the_same(door, council, settings):
    settings.DEMO = False
    assert through(door)["Location"] == "/sign-in/set-up/"


def test_without_a_setting_there_is_no_such_door(door):
    assert "Sign in with" not in door.get("/sign-in/").content.decode().replace("Sign in with a passkey", "")
    assert provider("", "", "", "") == {}
    away = send(door, "/sign-in/with/council/", page="/sign-in/")
    assert away.status_code == 404


def test_forms_may_lead_to_the_provider_and_nowhere_else():
    named = provider("https://login.example.org/tenant", CLIENT, "s", "Wrenshire")
    assert provider_origins(named) == ["https://login.example.org"]
    assert provider_origins({}) == []
