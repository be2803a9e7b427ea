"""Trust B 23 and 39: how long an answer takes says nothing of whether there is anything to hide.

Hidden and unknown are asked for in turn, and Cohen's d of the two is under 0.2: for every address, for a search that
matches one person exactly, and at the door. Without the beat the same questions tell them apart, which shows that this
test could see it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from math import sqrt
from statistics import fmean, quantiles, variance
from time import perf_counter
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from kith.access.signin import throttle
from kith.framework.kinds import Level
from tests.cast import PASSWORD, restrict
from tests.house.scene import at_desk, put_back

pytestmark = [pytest.mark.long, pytest.mark.django_db(databases=["default", "looks"])]
PAIRS = 2000
TOLD_APART = 0.2
ADDRESSES = ("family", "child", "file", "entry")
PLACES = {"family": "families", "child": "people", "file": "files", "entry": "entries"}
Asking = Callable[[], float]


class Quick(PBKDF2PasswordHasher):
    """A hash that costs a few thousandths of a second: dear enough to be missed if one door forgot it."""

    algorithm, iterations = "quick", 4_000


@dataclass
class Seen:
    """How long one question took when there was something to hide, and when there was nothing."""

    hidden: list[float] = field(default_factory=list)
    absent: list[float] = field(default_factory=list)

    @property
    def d(self) -> float:
        """Cohen's d, the slowest twentieth of each left out: what a busy machine adds would only hide a difference."""
        hidden, absent = (sorted(times)[: int(len(times) * 0.95)] for times in (self.hidden, self.absent))
        spread = sqrt((variance(hidden) + variance(absent)) / 2)
        return (fmean(hidden) - fmean(absent)) / spread


def took(ask: Callable[[], object]) -> float:
    began = perf_counter()
    ask()
    return perf_counter() - began


def in_turn(pairs: int, hidden: Asking, absent: Asking) -> Seen:
    """Ask for one, then for the other, changing which comes first."""
    seen = Seen()
    for turn in range(pairs):
        both = [(seen.hidden, hidden), (seen.absent, absent)]
        for times, ask in both if turn % 2 else reversed(both):
            times.append(ask())
    return seen


def beat_for(asked: list[Asking], settings) -> None:
    """Set a beat this machine can keep: four times what the slowest of these takes at its slowest, as ours is and more."""
    settings.KITH_BEAT_SECONDS = 0
    slowest = max(quantiles([ask() for _ in range(40)], n=50)[-1] for ask in asked)
    settings.KITH_BEAT_SECONDS = 4 * slowest


@pytest.fixture
def house(built, settings):
    """The house as it was built; put back after."""
    settings.DEMO = True
    with put_back():
        yield built


@pytest.fixture
def questions(house):
    """Each address of something hidden from Rosa, half of it restricted and half sealed, and its like that is nowhere."""
    for name, level in zip(("ellis", "maya", "jude"), cycle((Level.RESTRICTED, Level.SEALED)), strict=False):
        restrict(house.cast.file(name), level)
    rosa = at_desk(house.cast.rosa)

    def asking(what: str, ref: Callable[[], object]) -> Asking:
        tail = "workers/" if what == "file" else ""
        return lambda: took(lambda: _not_found(rosa, f"/{PLACES[what]}/{ref()}/{tail}"))

    return {what: (asking(what, lambda w=what: house.address(w)["ref"]), asking(what, uuid4)) for what in ADDRESSES}


def _not_found(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 404, address


def test_hidden_and_unknown_addresses_take_as_long(questions, settings):
    beat_for([hidden for hidden, _ in questions.values()], settings)
    seen = {what: in_turn(PAIRS // len(questions), *asked) for what, asked in questions.items()}
    told = {what: round(one.d, 3) for what, one in seen.items()}
    print(f"\n{PAIRS} pairs, a beat of {settings.KITH_BEAT_SECONDS:.3f} s: Cohen's d {told}")
    assert all(abs(one.d) < TOLD_APART for one in seen.values()), told


def test_without_the_beat_they_could_be_told_apart(questions):
    seen = {what: in_turn(60, *asked) for what, asked in questions.items()}
    told = {what: round(one.d, 3) for what, one in seen.items()}
    print(f"\n60 pairs with no beat: Cohen's d {told}")
    assert max(abs(one.d) for one in seen.values()) > TOLD_APART, told


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.SEALED])
def test_a_search_for_exactly_somebody_hidden_takes_as_long_as_for_nobody(house, settings, level):
    restrict(house.cast.file("zosia"), level)
    gwen = at_desk(house.cast.gwen)
    days = cycle(range(1, 29))
    hidden = lambda: took(lambda: gwen.get("/search/", {"q": "Zofia Nowak-Campbell 14 March 2014"}))  # noqa: E731
    absent = lambda: took(lambda: gwen.get("/search/", {"q": f"Zoltan Nobody {next(days)} March 2014"}))  # noqa: E731
    beat_for([hidden, absent], settings)
    seen = in_turn(PAIRS // 8, hidden, absent)
    print(f"\n{PAIRS // 8} pairs of searches, {level.name}: Cohen's d {seen.d:.3f}")
    assert abs(seen.d) < TOLD_APART


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.SEALED])
def test_beginning_a_second_record_of_somebody_hidden_takes_as_long_as_a_first(house, settings, level):
    """Its keeper is told, which is work: whoever writes the name down cannot time it."""
    restrict(house.cast.file("zosia"), level)
    leah, days = at_desk(house.cast.leah), cycle(range(1, 29))
    address = f"/families/{house.address('family')['ref']}/people/new/"

    def begun(given: str, family: str, born: str) -> None:
        row = {"p0_given": given, "p0_family": family, "p0_born": born, "p0_child": "child", "p0_who": "new"}
        with put_back():
            assert leah.post(address, row).status_code == 302

    hidden = lambda: took(lambda: begun("Zofia", "Nowak-Campbell", "2014-03-14"))  # noqa: E731
    absent = lambda: took(lambda: begun("Zoltan", "Nobody-Atall", f"2014-03-{next(days):02d}"))  # noqa: E731
    beat_for([hidden, absent], settings)
    seen = in_turn(PAIRS // 8, hidden, absent)
    print(f"\n{PAIRS // 8} pairs of second records, {level.name}: Cohen's d {seen.d:.3f}")
    assert abs(seen.d) < TOLD_APART


def test_the_door_takes_as_long_for_a_name_it_knows(house, settings, monkeypatch):
    settings.PASSWORD_HASHERS = [f"{__name__}.Quick"]
    for limit in ("TRIES_HERE", "TRIES_BY_ADDRESS", "TRIES_BY_NAME"):
        monkeypatch.setattr(throttle, limit, 10**6)
    leah = house.cast.leah
    leah.set_password(PASSWORD)
    leah.save()
    door = Client()

    def knocking(name: str) -> Asking:
        return lambda: took(lambda: _turned_away(door, name))

    known, unknown = knocking("leah"), knocking("nobody.here")
    beat_for([known, unknown], settings)
    seen = in_turn(PAIRS // 4, known, unknown)
    print(f"\n{PAIRS // 4} pairs at the door: Cohen's d {seen.d:.3f}")
    assert abs(seen.d) < TOLD_APART


def _turned_away(door: Client, name: str) -> None:
    answer = door.post("/sign-in/", {"username": name, "password": "not the word at all"})
    assert answer.status_code == 200


def test_the_door_pays_one_hash_whether_or_not_it_knows_the_name(house, settings, monkeypatch):
    """With no beat at all: the price that would show most is paid either way."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Quick"]
    leah = house.cast.leah
    leah.set_password(PASSWORD)
    leah.save()
    paid = []
    monkeypatch.setattr(Quick, "encode", lambda *given: paid.append(given[1]) or "quick$1$a$b")
    for name in islice(cycle(["leah", "nobody.here"]), 4):
        Client().post("/sign-in/", {"username": name, "password": "not the word at all"})
    assert len(paid) == 4
