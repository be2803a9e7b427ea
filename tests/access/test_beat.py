"""What must leave on the beat does (trust B 23, 39): told by how long the edge waits, not by a clock of this machine's.

`test_timing.py` measures that the beat hides what it should; here each answer that needs it is seen to take it.
"""

import subprocess
import sys
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client

from kith.config import edge
from kith.pathway.contacts.tests.test_pages import filled
from tests.cast import restrict

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("_demo")]
BEAT = 0.05


@pytest.fixture
def waited(monkeypatch, settings):
    """How long the edge has waited before each answer; each is taken to have been made in a fifth of a beat."""
    settings.KITH_BEAT_SECONDS = BEAT
    clock, waits = (n * BEAT / 5 for n in count()), []
    monkeypatch.setattr(edge, "monotonic", lambda: next(clock))
    monkeypatch.setattr(edge, "sleep", waits.append)
    return waits


NEW = "/contacts/new/"
LATE = {
    "an address that leads nowhere": lambda who, _: who.get(f"/families/{uuid4()}/"),
    "a file that is hidden": lambda who, cast: who.get(f"/files/{cast.file('ellis').ref}/workers/"),
    "a person who is hidden": lambda who, cast: who.get(f"/people/{cast.ellis.ref}/"),
    "a refused sign-in": lambda *_: Client().post("/sign-in/", {"username": "leah", "password": "not it"}),
    "a sign-in of nobody": lambda *_: Client().post("/sign-in/", {"username": "nobody", "password": "not it"}),
    "a call that is taken": lambda who, _: who.post(NEW, filled()),
    "a call with a fault in it": lambda who, _: who.post(NEW, filled(worry="")),
    "a call looked up before it is taken": lambda who, _: who.post(NEW, filled(check="check")),
    "somebody new in a family": lambda who, cast: who.post(
        f"/families/{cast.families['nowak-campbell'].ref}/people/new/", {"p0_given": "Zoltan"}
    ),
    "an exact search": lambda who, _: who.get("/search/", {"q": "Ellis Solanki-Reid 5 November 2016"}),
    "an exact search of nobody": lambda who, _: who.get("/search/", {"q": "Zoltan Nobody 5 November 2016"}),
}


@pytest.mark.parametrize("what", LATE)
def test_what_could_tell_of_somebody_hidden_leaves_on_the_beat(cast, as_, waited, what):
    restrict(cast.file("ellis"))
    who = as_("rosa")
    waited.clear()
    answer = LATE[what](who, cast)
    assert answer.status_code in {200, 302, 404}
    assert len(waited) == 1
    assert BEAT * 0.8 <= waited[0] <= BEAT * 0.9 + 1e-9, "what is left of the beat, and at most a tenth more"


@pytest.mark.parametrize("address", ["/", "/contacts/new/", "/help/", "/search/?q=Ellis"])
def test_what_tells_of_nobody_hidden_keeps_nobody_waiting(cast, as_, waited, address):
    assert as_("rosa").get(address).status_code == 200
    assert waited == []


def test_as_kith_comes_there_is_a_beat(tmp_path):
    """Settings read with nothing in the environment: deleting the default, or making it nothing, is noticed."""
    asked = "from kith.config import settings; print(settings.KITH_BEAT_SECONDS)"
    ran = subprocess.run(
        [sys.executable, "-c", asked], env={"KITH_DATA": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert float(ran.stdout) >= 0.1, ran.stderr
