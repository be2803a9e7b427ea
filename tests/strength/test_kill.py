"""B 1: nothing that was acknowledged is lost when processes are killed, on either store.

Three people write notes over HTTP. Every so often all web workers get SIGKILL; on PostgreSQL so does the postmaster. After the
last blow: every note that was answered for is there once and whole, every note that was shown has its look, both ledgers are
whole, every invariant holds. `BLOWS=50 make kill` strikes less often.
"""

import json
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from random import uniform
from time import monotonic, sleep

import pytest

from tests.cluster import CannotStart, Cluster
from tests.strength.people import AtWork
from tests.strength.served import PATIENCE, Served, serving

pytestmark = pytest.mark.strength
FEW = 4
AT_LEAST = 3  # notes answered for between two blows
MANY = int(os.environ.get("BLOWS", "200"))
LONG = pytest.param(MANY, marks=pytest.mark.long)


@dataclass
class Blows:
    """What was struck and what was found after."""

    store: str
    blows: int
    workers_killed: int = 0
    answered: int = 0
    shown: int = 0
    unanswered: int = 0
    lost: int = 0
    twice: int = 0
    looks_lost: int = 0
    halves: int = 0
    seconds: int = 0


def strike(served: Served, people: AtWork, blows: Blows, also: Callable[[], None]) -> None:
    """Each blow falls after answers have come since the one before: there is something to lose."""
    for _ in range(blows.blows):
        before, until = people.acks, monotonic() + PATIENCE
        while people.acks < before + AT_LEAST:
            assert monotonic() < until, f"{people.said}\n{served.log}"
            sleep(0.01)
        sleep(uniform(0, 0.3))
        also()
        blows.workers_killed += served.kill_workers()


def reckon(served: Served, people: AtWork, blows: Blows) -> Blows:
    found = served.ask("tally")
    notes, kept, looks = found["notes"], people.kept, set(found["looks"])
    blows.answered, blows.shown, blows.unanswered = len(kept), len(people.read), people.said[0]
    blows.lost = sum(ref not in notes.get(words, []) for words, ref in kept.items())
    blows.twice = sum(len(refs) > 1 for refs in notes.values())
    blows.looks_lost = sum(ref not in looks for ref in people.read)
    blows.halves = len(found["halves"])
    print(f"\n{json.dumps(asdict(blows))} statuses {dict(people.said)}")
    return blows


def struck(served: Served, place: dict, blows: Blows, also: Callable[[], None] = lambda: None) -> Blows:
    began = monotonic()
    with serving(served):
        with AtWork(served, place) as people:
            strike(served, people, blows, also)
        blows.seconds = round(monotonic() - began)
    return reckon(served, people, blows)


def nothing_lost(served: Served, blows: Blows) -> None:
    assert blows.answered >= blows.blows * AT_LEAST
    assert blows.workers_killed >= blows.blows
    assert (blows.lost, blows.twice, blows.looks_lost, blows.halves) == (0, 0, 0, 0)
    verified, checked = served.kith("audit", "verify"), served.kith("check")
    assert (verified.returncode, checked.returncode) == (0, 0), verified.stdout + checked.stdout


@pytest.mark.parametrize("blows", [FEW, LONG])
def test_killing_every_web_worker_loses_nothing_on_sqlite(embedded, blows):
    served, place = embedded
    nothing_lost(served, struck(served, place, Blows("SQLite", blows)))


def test_a_server_that_answers_before_it_writes_is_caught(embedded):
    """The control: were notes lost, this count would show it."""
    served, place = embedded
    served.settings = "tests.strength.hasty_settings"
    assert struck(served, place, Blows("SQLite, answering first", 2)).lost > 0


def pull_the_plug(cluster: Cluster, options: str = "") -> None:
    """SIGKILL the postmaster under its own children, and start it again over what is on the disk."""
    os.kill(cluster.postmaster(), signal.SIGKILL)
    until = monotonic() + PATIENCE
    while True:
        with suppress(CannotStart):  # while an orphan still holds the shared memory
            cluster.resume(options)
            return
        assert monotonic() < until, cluster.words()
        sleep(0.2)


@pytest.mark.parametrize("blows", [FEW, LONG])
def test_killing_the_postmaster_and_every_web_worker_loses_nothing_on_postgresql(on_postgresql, blows):
    cluster, served, place = on_postgresql
    nothing_lost(served, struck(served, place, Blows("PostgreSQL", blows), lambda: pull_the_plug(cluster)))


def test_a_postgresql_that_answers_before_it_flushes_is_caught(on_postgresql):
    """The control: commits that answer first are lost with the postmaster's memory."""
    cluster, served, place = on_postgresql
    lazy = "-c wal_writer_delay=10s -c bgwriter_lru_maxpages=0"
    pull_the_plug(cluster, lazy)
    served.settings = "tests.strength.late_settings"
    blows = Blows("PostgreSQL, answering first", 1)
    with serving(served), AtWork(served, place) as people:
        cluster.run("psql", "-h", str(cluster.folder), "-p", str(cluster.port), "-U", "postgres", "-c", "CHECKPOINT")
        strike(served, people, blows, lambda: pull_the_plug(cluster, lazy))
        people.enough.set()
    assert reckon(served, people, blows).lost > 0
