"""Every form there is, as whoever may send it finds it on a page, and answers that let it be sent."""

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client, override_settings
from django.urls import resolve, reverse
from django.utils import timezone

from kith.access.audit.models import Act
from kith.access.roles import Work
from kith.framework.kinds import Tie
from tests.cast import PASSWORD, make_account, make_cast, tie
from tests.house.boxes import CHOOSES, WORDS, Box, Sheet, read
from tests.house.scene import House, draft_of, make_house, unsealing_asked
from tests.house.test_routes import ROUTES, at_desk, put_back

WHO = {
    "joy": "bottom-line-agree contact-decide decision-decide entry-seal person-merge worker-new worker-end worker-bar "
    "file-level grant merge-part",
    "marcus": "contact-take-up glass",
    "olu": "merge-agree merge-agree-part",
    "ivo": "seal",
    "ruth": "clearance-new clearance-end file-unseal",
    "sam": "account-new account-leave account-open-again account-details account-work account-work-end account-way-in "
    "account-second-steps person-team team team-new team-leave team-close setting-change",
}
"""Who may send each form; Leah sends the rest."""

ON = {
    "draft-drop": "drafts",
    "draft-choose": "draft-both",
    "notice-read": "notices",
    "statement-to-family": "statement",
    "statement-agree": "statement",
    "relationship-end": "person",
    "home-end": "person",
    "location-end": "person",
    "contact-detail-end": "person",
    "professional-end": "person",
    "decision-decide": "decision",
    "contact-take-up": "contact",
    "contact-reply": "contact",
    "team-leave": "team",
    "team-close": "team",
    "account-open-again": "account",
    "file-unseal": "file-level",
    "merge-agree": "merge",
    "merge-part": "merge",
    "merge-agree-part": "merge",
}
"""The page a form stands on, where it has none of its own."""

FIRST = {
    "plan-agree": ["plan-share"],
    "plan-take-back": ["plan-share"],
    "plan-end": ["plan-share", "plan-agree"],
    "statement-agree": ["statement-to-family"],
    "contact-reply": ["contact-decide"],
    "merge-part": ["merge-agree"],
    "merge-agree-part": ["merge-agree", "merge-part"],
    "team-close": ["team-leave", "team-leave"],
    "account-open-again": ["account-leave"],
}
"""What has to be sent before a form is offered at all."""

STANDS = {"file-unseal": unsealing_asked}
"""What has to stand in the store before, where nobody of the house could send it."""

BY_HAND = {
    "words-check": {"text": "Craig rang", "name": "Ellis", "child_version": "Dad rang"},
    "draft-keep": {"draft_by": "", "draft_place": "", "draft_version": "0", "draft_called": "A note", "what": "Words"},
}
"""What a script of ours sends, which stands in no form."""

DOOR = {
    "account_login", "mfa_authenticate", "openid_connect_login", "openid_connect_callback", "sign-in-step-passkey",
    "sign-in-passkey", "passkey-question", "sign-in-set-up", "sign-in-set-up-done", "join", "join-link",
    "my-passkey-question", "my-passkey", "my-step-remove",
}  # fmt: skip
"""The door's own forms: they answer a stranger, and hold nothing anybody has typed about a family."""


def second_leader(house):
    """Olu leads beside Joy and is named on Ellis's file: what needs two people finds its second."""
    house.cast.staff["olu"] = make_account("olu", "Olu Bankole", Work.TEAM_LEADER)
    tie(house.cast.files["ellis"], Tie.NAMED, house.cast.olu)


@contextmanager
def built(blocker, papers):
    """The family's house with a second leader, for every test of a module, put back after the last."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with blocker.unblock(), override_settings(DEMO=True, PASSWORD_HASHERS=hashers, PAPERS=papers), put_back():
        logging.disable(logging.ERROR)
        made = make_house(make_cast())
        second_leader(made)
        yield made
        logging.disable(logging.NOTSET)


def posts():
    """Every route that takes a form, from the table that a house test holds to the resolver."""
    return [name for name, row in ROUTES.items() if "POST" in row["methods"].split()]


@dataclass
class Desk:
    """Somebody at their desk, with the forms of their pages before them."""

    house: House
    who: str
    browser: Client = field(init=False)

    def __post_init__(self):
        account = self.house.cast.staff[self.who]
        self.mine = {"ref": draft_of(self.house.cast, account, form=f"begun-{uuid4().hex[:8]}").ref}
        self.browser = at_desk(account)
        self.kept = self.browser.kept
        self.show_again()

    def show_again(self):
        """Show that it is still them, which holds for five minutes."""
        session = self.browser.session
        session["stepped_up_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
        session.save()

    def address(self, name):
        row = ROUTES[name]
        return reverse(name, kwargs=self.mine if row["takes"] == "my-draft" else self.house.address(row["takes"]))

    def get(self, address):
        return self.send(address, method="GET")

    def send(self, address, sent=None, *, method="POST", **more):
        """Ask, or send a form. The answer says how many acts were written."""
        ask = self.browser.get if method == "GET" else self.browser.post
        return self._counted(lambda: ask(address, sent or {}, **more))

    def send_bytes(self, address, body, kind):
        """Send bytes as they are, saying that they are of this kind."""
        return self._counted(lambda: self.browser.generic("POST", address, body, content_type=kind))

    def _counted(self, ask):
        self.browser.cookies.clear()
        self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.kept
        before = Act.objects.count()
        answer = ask()
        answer.acts = Act.objects.count() - before
        return answer

    def sheet(self, name):
        """The form that is sent to a route, on the page where this person finds it, and its address."""
        if name in BY_HAND:
            return self.address(name), _by_hand(self, name)
        page = self.address(ON.get(name, name))
        for sheet in read(self.get(page).content).sheets:
            address = sheet.action.partition("?")[0] or page
            if sheet.method == "post" and resolve(address).view_name == name:
                return address, sheet
        raise LookupError(f"{self.who} finds no form for {name} on {page}")


def _by_hand(desk, name):
    by = str(desk.house.cast.staff[desk.who].ref)
    held = BY_HAND[name] | ({"draft_by": by} if "draft_by" in BY_HAND[name] else {})
    kinds = {key: "hidden" if key.startswith("draft_") else "textarea" for key in held}
    return Sheet("", "post", [Box(key, kinds[key], value) for key, value in held.items()])


def who_sends(name):
    return next((who for who, names in WHO.items() if name in names.split()), "leah")


@contextmanager
def offered(house, name):
    """The form of a route, offered to whoever may send it; whatever is sent meanwhile is put back."""
    with put_back():
        STANDS.get(name, lambda _house: None)(house)
        for first in FIRST.get(name, []):
            desk = Desk(house, who_sends(first))
            answer, _sent = fill_in(desk, *desk.sheet(first), known=known(house, first))
            assert answer.acts, f"{first}, which comes before {name}, was not done"
        desk = Desk(house, who_sends(name))
        yield (desk, *desk.sheet(name))


# Answers that let a form be sent.

NEW_WORD = "another word for people who are invented"
KNOWN = {
    "account_reauthenticate": {"password": PASSWORD},
    "my-password": {"password": NEW_WORD, "again": NEW_WORD},
    "account-new": {"username": "new.person", "email": "new.person@example.org"},
    "account-details": {"email": "marcus@example.org"},
    "contact-decide": {"reply_sent_on-day": "", "reply_sent_on-month": "", "reply_sent_on-year": ""},
    "person-number": {"kind": "nhs", "value": "943 476 5919"},
    "professional-new": {"email": "t.zielinski@example.org"},
    "location-new": {"postcode": "WR1 9ZZ"},
    "file-level": {"level": "1"},
    "note-new": {"picture_words": ""},
    "paper-new": {"make": "1", "read_it": "on"},
    "safety-new": {"times_seen": "2"},
    "map-grow": {"times_seen": "2"},
}
"""What only a person would know to write."""


def known(house, name):
    """What only a person would know to write in this form."""
    there = {"other": str(house.cast.mo.ref)} if name == "person-merge" else {}
    return {box: [value] for box, value in (KNOWN.get(name, {}) | there).items()}


DAYS = (-1, 0, 1, 2, -40)
"""Days from today to try in boxes for a day, until the form has no more to say about them."""
DAY_PARTS = {"day", "month", "year", "time"}


def fill_in(desk, address, sheet, *, words="What Maya told us on Tuesday", known=None):
    """Send a form with an answer to everything, mending what it finds wrong as a person would."""
    sent = answers(sheet, words) | (known or {})
    for again in range(1, 7):
        answer = desk.send(address, sent)
        if answer.status_code != 200:
            return answer, sent
        page = read(answer.content)
        came_back = next((s for s in page.sheets if set(sheet.typed()) & set(s.typed())), None)
        if came_back is None:
            return answer, sent
        mend(sent, came_back, page.sentences, again)
        sent |= known or {}
    return answer, sent


def answers(sheet, words):
    """Something in every box: what stands there, the first answer offered, yesterday, or words."""
    sent = sheet.sends()
    for count, box in enumerate(sheet.boxes):
        if box.kind in CHOOSES and box.name not in sent:
            sent[box.name] = [box.value]
        elif box.kind == "select" and not box.value and not box.name.startswith("unscored_"):
            sent[box.name] = [next(filter(None, box.offered), "")]
        elif box.kind in WORDS and not box.value:
            sent[box.name] = [_typed(box, words, count)]
    return sent


def _typed(box, words, count):
    part = box.name.rpartition("-")[2]
    if box.name.startswith("at_"):
        return "10 pm"
    if box.name.startswith("value_"):
        return "4"
    return _on(DAYS[0]).get(part) or f"{words} {count}"


def _on(days):
    day = timezone.localdate() + timedelta(days=days)
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year), "time": "9.10 am"}


def mend(sent, sheet, sentences, again):
    """Put right what a form found wrong, as far as it can be guessed."""
    for box in sheet.boxes:
        stem, _, part = box.name.rpartition("-")
        name = stem if part in DAY_PARTS else box.name
        if name not in sentences or (not box.wrong and box.kind not in CHOOSES):
            continue
        if name == stem:
            sent[box.name] = [_on(DAYS[again % len(DAYS)])[part]]
        elif "ake this out" in sentences[name] or "eave this empty" in sentences[name] or box.kind == "checkbox":
            sent.pop(box.name, None)
        elif shorter := re.match(r"Shorten this by (\d+) ", sentences[name]):
            sent[box.name] = [sent[box.name][0][: -int(shorter[1])]]
        elif box.kind in {"select", "radio"}:
            offered = [o for o in box.offered or [b.value for b in sheet.boxes if b.name == box.name] if o]
            sent[box.name] = [offered[again % len(offered)]] if offered else []
