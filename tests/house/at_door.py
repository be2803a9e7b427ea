"""The door, one step at a time: somebody standing just before it, what they send, and what must be so after.

The rest of the house is asked by people who are in. These are asked by whoever is coming in, going out or showing once
more that it is them, so each begins again from the street: nothing of the last try is carried over.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Act
from kith.access.signin.models import Attempt, SignIn
from kith.access.signin.queries import session_hash
from kith.access.signin.tests.test_passkeys import Key
from tests.cast import PASSWORD
from tests.door import digits, give_app
from tests.house.boxes import Sheet, read
from tests.house.scene import House

NEW = "four odd words together"
INSIDE = "/account/"
TURNED_AWAY = frozenset({"sign-in.refused", "second-step.failed"})
"""Acts that say somebody did not come in."""
GUESSES = frozenset({"django_session", "access_attempt"})
"""What may change though nothing was done: who stands where at the door, and how often somebody guessed."""


def _street(house: House) -> Client:
    """Leah outside, with one password and an app, and nobody having guessed."""
    leah = house.cast.leah
    leah.refresh_from_db()
    leah.set_password(PASSWORD)
    leah.save(update_fields=["password"])
    Authenticator.objects.all().delete()
    Attempt.objects.all().delete()
    SignIn.objects.filter(ended_at=None).update(ended_at=timezone.now())
    cache.clear()
    return Client(raise_request_exception=False)


def _with_app(house: House) -> Client:
    browser = _street(house)
    give_app(house.cast.leah)
    return browser


def _before_second_step(house: House) -> Client:
    browser = _with_app(house)
    RecoveryCodes.activate(house.cast.leah)
    _went(browser.post("/sign-in/", {"username": "leah", "password": PASSWORD}), "/sign-in/second-step/")
    return browser


def _before_set_up(house: House) -> Client:
    browser = _street(house)
    _went(browser.post("/sign-in/", {"username": "leah", "password": PASSWORD}), "/sign-in/set-up/")
    browser.get("/sign-in/set-up/")
    return browser


def _set_up(house: House) -> Client:
    browser = _before_set_up(house)
    assert browser.post("/sign-in/set-up/", _from_picture(house, browser)).status_code == 200
    return browser


def _with_link(house: House) -> Client:
    browser = _street(house)
    at = reverse("join-link", kwargs={"ref": house.cast.leah.ref, "token": _token(house)})
    _went(browser.get(at), "/sign-in/join/")
    return browser


def _token(house: House) -> str:
    return default_token_generator.make_token(house.cast.leah)


def _inside(house: House) -> Client:
    """Leah at her desk, who has not shown again that it is her."""
    browser = _before_second_step(house)
    _went(browser.post("/sign-in/second-step/", {"code": digits()}), "/")
    Authenticator.objects.filter(type="totp").delete()
    give_app(house.cast.leah)
    return browser


def _shown_again(house: House) -> Client:
    browser = _inside(house)
    _went(browser.post("/account/again/", {"password": PASSWORD}), "/")
    return browser


def _with_two_steps(house: House) -> Client:
    """Leah inside with an app and a passkey: either may be taken away."""
    browser = _shown_again(house)
    data = {"name": "my work laptop", "credential": {}}
    Authenticator.objects.create(user=house.cast.leah, type="webauthn", data=data)
    return browser


def _went(answer: Any, where: str) -> None:
    assert (answer.status_code, answer.get("Location")) == (302, where), answer.content.decode()[:2000]


def _from_picture(_house: House, browser: Client) -> dict[str, str]:
    page = browser.get("/sign-in/set-up/").content.decode()
    key = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)
    assert key, page
    return {"code": digits(key[1].replace(" ", ""))}


def _recovery(house: House, _browser: Client) -> dict[str, str]:
    return {"code": Authenticator.objects.get(user=house.cast.leah, type="recovery_codes").wrap().get_unused_codes()[0]}


def _app(_house: House) -> dict[str, int]:
    return {"step": Authenticator.objects.get(type="totp").pk}


def _new_passkey(_house: House, browser: Client) -> dict[str, str]:
    asked = browser.get("/account/two-step/passkey/question/").json()["publicKey"]
    return {"name": "my work laptop", "credential": Key().made(asked)}


@dataclass(frozen=True)
class Step:
    """One step of the door: where it is sent, by somebody who stands before it, and what lets them through."""

    name: str
    begin: Callable[[House], Client]
    sent: Callable[[House, Client], dict[str, str]]
    taken: bool = True
    called: str = ""
    demo: bool = False
    kwargs: Callable[[House], dict[str, Any]] = lambda _house: {}

    @property
    def shown_as(self) -> str:
        """What this step is called in a count."""
        return self.called or self.name

    def address(self, house: House) -> str:
        """Where it is sent, for whoever stands there now."""
        return reverse(self.name, kwargs=self.kwargs(house))


def sends(**fields: str) -> Callable[[House, Client], dict[str, str]]:
    """The same answers whoever asks."""
    return lambda _house, _browser: fields


KNOCK = sends(username="leah", password=PASSWORD)
STEPS = [
    Step("account_login", _street, KNOCK, demo=True, called="sign in"),
    Step("account_login", _with_app, KNOCK, called="sign in, a second step to come"),
    Step("account_login", _street, sends(username="leah", password="not hers"), taken=False, called="a wrong password"),
    Step("mfa_authenticate", _before_second_step, lambda _h, _b: {"code": digits()}, called="a code from the app"),
    Step("mfa_authenticate", _before_second_step, _recovery, called="a recovery code"),
    Step("mfa_authenticate", _before_second_step, sends(code="000000"), taken=False, called="a wrong code"),
    Step("sign-in-passkey", _street, sends(credential="{}"), taken=False, called="a passkey that is none"),
    Step("sign-in-step-passkey", _before_second_step, sends(credential="{}"), taken=False, called="the same, second"),
    Step("sign-in-set-up", _before_set_up, _from_picture),
    Step("sign-in-set-up-done", _set_up, sends()),
    Step("join", _with_link, sends(password=NEW, again=NEW)),
    Step("account_reauthenticate", _inside, sends(password=PASSWORD), called="show again"),
    Step("my-password", _shown_again, sends(password=NEW, again=NEW)),
    Step("my-codes", _shown_again, sends()),
    Step("my-passkey", _shown_again, _new_passkey),
    Step("my-step-remove", _with_two_steps, sends(), kwargs=_app),
    Step("account_logout", _inside, sends(), called="sign out"),
    Step("sign-out-everywhere", _inside, sends()),
]


@dataclass
class Comer:
    """Somebody standing before one step of the door, who stands there again before everything they send.

    Speaks as `tests.house.sending.Desk` does, so that what is tried of every other form is tried of the door's.
    """

    house: House
    step: Step

    def __post_init__(self) -> None:
        with override_settings(DEMO=self.step.demo):
            self.browser = self.step.begin(self.house)
        self.kept = {name: one.value for name, one in self.browser.cookies.items()}
        self.address = self.step.address(self.house)
        self.in_before = is_in(self.browser)

    def sheet(self) -> Sheet:
        """The form of this step, on the page where it stands."""
        page = {"sign-in-passkey": "/sign-in/", "sign-in-step-passkey": "/sign-in/second-step/"}
        if self.step.name == "sign-in-set-up-done":
            return Sheet("", "post", [])  # it stands under the codes, which are shown once
        shown = read(self.browser.get(page.get(self.step.name, self.address)).content).sheets
        return next(s for s in shown if s.action in {"", self.address} and s.method == "post")

    def send(self, address: str, sent: dict[str, Any] | None = None, **more: Any) -> Any:
        """Send the form. The answer says how many acts were written, refusals at the door apart, and who is in."""
        return self._counted(lambda: self.browser.post(address, sent or {}, **more))

    def send_bytes(self, address: str, body: bytes, kind: str) -> Any:
        """Send bytes as they are, saying that they are of this kind."""
        return self._counted(lambda: self.browser.generic("POST", address, body, content_type=kind))

    def _counted(self, ask: Callable[[], Any]) -> Any:
        self.browser.cookies.clear()
        for name, value in self.kept.items():
            self.browser.cookies[name] = value
        did = Act.objects.exclude(what__in=TURNED_AWAY)
        before = did.count()
        with override_settings(DEMO=self.step.demo):
            answer = ask()
            answer.acts = did.count() - before
            answer.is_in = is_in(self.browser)
        return answer


def is_in(browser: Client) -> bool:
    """Whether whoever holds this browser would be shown a page of their own."""
    return bool(browser.get(INSIDE).status_code == 200)


def has_a_stay(house: House, browser: Client) -> bool:
    """Whether the trail says that somebody is in by this browser."""
    key = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    session = session_hash(key.value if key else None)
    return SignIn.objects.filter(account=house.cast.leah, session=session, ended_at=None).exists()
