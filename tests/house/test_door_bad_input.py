"""Whatever is typed at the door: a sentence, never a fault, nothing half written, and nobody in who should not be.

The same words, days, answers and bytes that every other form is sent (`test_bad_input`), at each form of the door by
somebody standing before it. What is secret is not given back; everything else that was typed is.
"""

import pytest
from django.test import Client

from kith.access.signin.knocking import the_door
from tests.cast import NOW
from tests.house.at_door import STEPS, Comer
from tests.house.sending import DOOR, built, posts
from tests.house.test_bad_input import EXEMPT, SHORT, Trial, Writes, answers, broken_bodies, ways
from tests.house.test_routes import put_back

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

BEFORE = {step.name: step for step in reversed(STEPS) if step.name in DOOR}
"""One step of each form, with whoever stands before it."""
ASKS_NOTHING = {
    "openid_connect_login": "a button, and the provider is set in no test store: config/tests/test_provider.py has one",
    "openid_connect_callback": "what a provider sends, tried against one in config/tests/test_provider.py",
    "passkey-question": "answers with a question, whatever is sent",
}
LEDGER = {"access_act", "access_actat", "access_acthead", "access_once"}
"""A try in vain is noted: that somebody was turned away is an act of the door's, with its key, and does nothing."""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        the_door(at=NOW)
        yield made


class AtTheDoor(Trial):
    """One form of the door, sent again and again by whoever stands before it."""

    exempt = EXEMPT | LEDGER

    def send(self, what, sent, **more):
        return self._still_out(what, super().send(what, sent, **more))

    def send_bytes(self, what, body, kind):
        return self._still_out(what, super().send_bytes(what, body, kind))

    def _still_out(self, what, answer):
        if answer.is_in and not self.desk.in_before and self.sheet.boxes:  # a button alone is pressed by whoever may
            self.faults.append(f"{what}: somebody is in")
        return answer

    def _said(self, what, answer, sent):
        if answer.status_code not in {301, 302}:
            super()._said(what, answer, sent)
        elif answer.url not in {"/sign-in/", "/sign-in/set-up/"}:
            self.faults.append(f"{what}: went on to {answer.url}")


def test_every_form_of_the_door_is_tried():
    assert set(BEFORE) | set(ASKS_NOTHING) == DOOR & set(posts())
    assert set(BEFORE) & set(ASKS_NOTHING) == set()


def tried(house, name, few=None):
    with put_back():
        comer = Comer(house, BEFORE[name])
        sheet = comer.sheet()
        trial = AtTheDoor(name, comer, comer.address, sheet)
        for what, sent in ways(sheet):
            if few is None or what in few:
                trial.send(what, sent)
        for what, kind, body in broken_bodies(sheet):
            trial.send_bytes(what, body, kind)
    print(f"\n{name}: {trial.counts.total()} sent {dict(trial.counts)}")
    assert not trial.faults, "\n".join(trial.faults)
    return trial.counts


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_a_form_of_the_door_sent_wrongly_says_so_and_lets_nobody_in(house, name):
    tried(house, name, SHORT)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(BEFORE))
def test_a_form_of_the_door_sent_wrongly_in_every_way(house, name):
    tried(house, name)


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_a_form_of_the_door_without_its_token_does_nothing_and_says_so(house, name):
    with put_back():
        comer = Comer(house, BEFORE[name])
        sent = BEFORE[name].sent(house, comer.browser)
        comer.browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        with Writes() as writes:
            writes.tables.clear()
            for token in ({}, {"csrfmiddlewaretoken": "x" * 64}, {"csrfmiddlewaretoken": "\x00"}):
                answer = comer.send(comer.address, sent | token)
                assert (answer.status_code, answer.acts, answer.is_in) == (403, 0, comer.in_before)
                assert b'class="phone calm"' in answer.content
    assert writes.tables - EXEMPT == set()


@pytest.mark.parametrize("name", sorted(BEFORE))
def test_what_lets_somebody_through_the_door_is_taken(house, name):
    """The same forms do their work when they are sent rightly: what is refused above is refused for what it says."""
    step = next(s for s in STEPS if s.name == name)
    with put_back():
        comer = Comer(house, step)
        answer = comer.send(comer.address, answers(comer.sheet(), "Words") | step.sent(house, comer.browser))
    assert (answer.acts > 0) is step.taken, answer.content.decode()[:2000]
