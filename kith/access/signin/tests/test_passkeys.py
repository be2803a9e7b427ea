"""Passkeys: a key made of software, which answers as a phone would (ASVS 6.3.3)."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor

from kith.access.audit.models import Act
from tests.cast import PASSWORD
from tests.door import come_in, give_app, send

PRESENT_AND_VERIFIED, WITH_CREDENTIAL = 0x05, 0x40


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Key:
    """One passkey, held by one person."""

    def __init__(self, origin: str = "https://testserver") -> None:
        self.origin, self.id, self.secret, self.user = (
            origin,
            token_bytes(16),
            ec.generate_private_key(ec.SECP256R1()),
            b"",
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def made(self, asked: dict) -> str:
        """Answer the question for a new key."""
        self.user = unb64(asked["user"]["id"])
        at = self.secret.public_key().public_numbers()
        public = cbor.encode({1: 2, 3: -7, -1: 1, -2: at.x.to_bytes(32, "big"), -3: at.y.to_bytes(32, "big")})
        about = self._about(asked["rp"]["id"], PRESENT_AND_VERIFIED | WITH_CREDENTIAL)
        about += bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        answer = {
            "clientDataJSON": b64(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": b64(cbor.encode({"fmt": "none", "attStmt": {}, "authData": about})),
        }
        return self._whole(answer)

    def answered(self, asked: dict) -> str:
        """Answer the question at the door."""
        client = self._client("webauthn.get", asked["challenge"])
        about = self._about(asked["rpId"], PRESENT_AND_VERIFIED)
        signed = self.secret.sign(about + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(about),
            "signature": b64(signed),
            "userHandle": b64(self.user),
        }
        return self._whole(answer)

    def _about(self, site: str, flags: int) -> bytes:
        return sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def _whole(self, answer: dict) -> str:
        whole = {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": answer}
        return json.dumps({**whole, "clientExtensionResults": {"credProps": {"rk": True}}})


@pytest.fixture
def key(door, cast, settings) -> Key:
    """Leah's passkey, which she has just added."""
    settings.DEMO = True
    come_in(door)
    send(door, "/account/again/", password=PASSWORD)
    made = Key()
    asked = door.get("/account/two-step/passkey/question/").json()["publicKey"]
    codes = send(door, "/account/two-step/passkey/", name="my work laptop", credential=made.made(asked))
    assert len(re.findall(r"<li><strong>\d{8}</strong></li>", codes.content.decode())) == 10
    settings.DEMO = False
    return made


def by_passkey(browser: Client, key: Key):
    asked = browser.get("/sign-in/passkey/question/").json()["publicKey"]
    return send(browser, "/sign-in/passkey/", page="/sign-in/", credential=key.answered(asked))


def test_leah_signs_in_with_her_passkey_alone(key, door):
    phone = Client(enforce_csrf_checks=True)
    assert by_passkey(phone, key)["Location"] == "/"
    page = phone.get("/account/").content.decode()
    assert "my work laptop" in page
    assert Act.objects.filter(what="signed.in", body__contains="webauthn").exists()


def test_a_passkey_is_a_second_step_too(key):
    phone = Client(enforce_csrf_checks=True)
    assert come_in(phone)["Location"] == "/sign-in/second-step/"
    asked = phone.get("/sign-in/passkey/question/").json()["publicKey"]
    answer = send(phone, "/sign-in/second-step/passkey/", page="/sign-in/second-step/", credential=key.answered(asked))
    assert answer["Location"] == "/"


def test_a_passkey_made_for_a_false_page_does_not_open_this_one(key):
    key.origin = "https://kith.example.org"
    phone = Client(enforce_csrf_checks=True)
    assert by_passkey(phone, key)["Location"] == "/sign-in/"
    assert "did not answer as it should" in phone.get("/sign-in/").content.decode()
    assert Act.objects.filter(what="sign-in.refused", body__contains="passkey").count() == 1


def test_an_answer_cannot_be_sent_twice(key):
    phone = Client(enforce_csrf_checks=True)
    asked = phone.get("/sign-in/passkey/question/").json()["publicKey"]
    answer = key.answered(asked)
    assert send(phone, "/sign-in/passkey/", page="/sign-in/", credential=answer)["Location"] == "/"
    other = Client(enforce_csrf_checks=True)
    other.get("/sign-in/passkey/question/")
    assert send(other, "/sign-in/passkey/", page="/sign-in/", credential=answer)["Location"] == "/sign-in/"


def test_somebody_elses_key_does_not_open_leahs_account(key):
    strange = Key()
    strange.user, strange.id = key.user, key.id
    assert by_passkey(Client(enforce_csrf_checks=True), strange)["Location"] == "/sign-in/"


@pytest.mark.parametrize("sent", ["", "{}", "[]", "null", '{"response": {}}', "not an answer"])
def test_nonsense_opens_nothing(cast, sent):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/passkey/question/")
    assert send(browser, "/sign-in/passkey/", page="/sign-in/", credential=sent)["Location"] == "/sign-in/"


def test_nonsense_is_no_new_passkey(door, cast, settings):
    settings.DEMO = True
    come_in(door)
    send(door, "/account/again/", password=PASSWORD)
    for sent in (
        "",
        "{}",
        "null",
        '{"response": {}}',
        Key().made({"user": {"id": ""}, "rp": {"id": "x"}, "challenge": ""}),
    ):
        page = send(door, "/account/two-step/passkey/", name="my phone", credential=sent)
        assert "Nothing was changed" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_a_leavers_passkey_opens_nothing(key, cast):
    cast.leah.refresh_from_db()
    cast.leah.is_active, cast.leah.left_at = False, cast.leah.joined_at
    cast.leah.save()
    assert by_passkey(Client(enforce_csrf_checks=True), key)["Location"] == "/sign-in/"


def test_a_passkey_is_added_only_just_after_showing_who_you_are(door, cast, settings):
    settings.DEMO = True
    come_in(door)
    assert door.get("/account/two-step/passkey/question/").status_code == 403
    assert door.get("/account/two-step/passkey/")["Location"].startswith("/account/again/")


def test_one_of_two_second_steps_can_be_taken_away(key, door, cast):
    give_app(cast.leah)
    app = Authenticator.objects.get(type="totp")
    send(door, f"/account/two-step/{app.pk}/remove/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert Act.objects.filter(what="second-step.removed").count() == 1
