"""B 1: nothing that was acknowledged is lost when processes are killed, on either store.

Three people write notes over HTTP, each after a draft, and one gives papers of hers. Every so often all web workers get
SIGKILL; on PostgreSQL so does the postmaster. After the last blow: every note that was answered for is there once and whole,
every draft stands where it was last answered for, every paper is whole and was made once, every note that was shown has its
look, both ledgers are whole, every invariant holds. `BLOWS=50 make kill` strikes less often.
"""

import json
import os
import signal
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass
from random import uniform
from time import monotonic, sleep
from typing import Any

import pytest

from tests.cluster import CannotStart, Cluster
from tests.strength.people import AtWork, begun
from tests.strength.served import PATIENCE, Served, serving

pytestmark = pytest.mark.strength
FEW = 4
TRIES = 5  # blows of a control: the log may happen to be flushed just before one
AT_LEAST = (
    5  # answers between two blows: three people write and read in turn, so two of them at least were shown a note
)
BLOWS_A_PAPER = 10  # at most: a paper takes seconds to press, and is struck while it is
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
    drafts: int = 0
    drafts_lost: int = 0
    papers: int = 0
    papers_lost: int = 0
    papers_twice: int = 0
    seconds: int = 0


class NoStore:
    """A store that is only files: nothing of it can be killed."""

    def down(self) -> None:
        """Do nothing: there is no such process."""

    def up(self) -> None:
        """Do nothing."""


@dataclass
class Plug:
    """A PostgreSQL whose postmaster is killed under its own children, and started again over what is on the disk."""

    cluster: Cluster
    options: str = ""

    def down(self) -> None:
        os.kill(self.cluster.postmaster(), signal.SIGKILL)

    def up(self) -> None:
        until = monotonic() + PATIENCE
        while True:
            with suppress(CannotStart):  # while an orphan still holds the shared memory
                self.cluster.resume(self.options)
                return
            assert monotonic() < until, self.cluster.words()
            sleep(0.2)


def strike(
    served: Served, people: AtWork, blows: Blows, store: NoStore | Plug, *, after: int = AT_LEAST, papers: bool = False
) -> None:
    """Each blow falls after so many answers have come since the one before, and a paper for ten: there is something to lose."""
    for blow in range(blows.blows):
        before, until = people.answers, monotonic() + PATIENCE
        while people.answers < before + after or (papers and len(people.papers) * BLOWS_A_PAPER <= blow):
            assert monotonic() < until, f"{people.said}\n{served.log}"
            sleep(0.01)
        sleep(uniform(0, 0.3))
        store.down()
        blows.workers_killed += served.kill_workers()
        store.up()


def reckon(served: Served, people: AtWork, blows: Blows) -> Blows:
    """Count what became of their own notes: the store may hold other tests' notes, two of which may say the same."""
    found = served.ask("tally")
    notes, kept, looks = found["notes"], people.kept, set(found["looks"])
    blows.answered, blows.shown, blows.unanswered = len(kept), len(people.read), people.said[0]
    blows.lost = sum(ref not in notes.get(words, []) for words, ref in kept.items())
    blows.twice = sum(len(notes.get(words, [])) > 1 for words in people.sent)
    blows.looks_lost = sum(ref not in looks for ref in people.read)
    blows.halves = len(found["halves"])
    reckon_unfinished(found["drafts"], people, blows)
    reckon_papers(found["papers"], people, blows)
    print(f"\n{json.dumps(asdict(blows))} statuses {dict(people.said)}")
    return blows


def reckon_unfinished(found: dict[str, list], people: AtWork, blows: Blows) -> None:
    """A draft stands where it was last answered for, or where it was sent after that, with the words of that keeping."""
    for desk in people.desks:
        blows.drafts += len(desk.drafted)
        for form, answered in desk.drafted.items():
            turn, said = found.get(f"{desk.who} {form}", (0, None))
            blows.drafts_lost += turn < answered or said != [begun(desk.who, form, turn)]


def reckon_papers(found: dict[str, str], people: AtWork, blows: Blows) -> None:
    """A paper answered for is whole, on the ledger and of its note; no note of theirs had two."""
    made, ours = people.papers, set(people.kept.values())
    blows.papers = len(made)
    blows.papers_lost = sum(found.get(ref) != note for ref, note in made.items())
    blows.papers_twice = sum(count > 1 for note, count in Counter(found.values()).items() if note in ours)


def struck(served: Served, place: dict, blows: Blows, store: NoStore | Plug, **how: Any) -> Blows:
    began = monotonic()
    with serving(served):
        with AtWork(served, place) as people:
            strike(served, people, blows, store, **how)
        blows.seconds = round(monotonic() - began)
    return reckon(served, people, blows)


def nothing_lost(served: Served, blows: Blows) -> None:
    assert blows.answered + blows.shown >= blows.blows * AT_LEAST
    assert blows.shown > 0
    assert blows.workers_killed >= blows.blows
    assert min(blows.drafts, blows.papers * BLOWS_A_PAPER) >= blows.blows
    assert (blows.lost, blows.twice, blows.looks_lost, blows.halves) == (0, 0, 0, 0)
    assert (blows.drafts_lost, blows.papers_lost, blows.papers_twice) == (0, 0, 0)
    verified, checked = served.kith("audit", "verify"), served.kith("check")
    assert (verified.returncode, checked.returncode) == (0, 0), verified.stdout + checked.stdout


@pytest.mark.parametrize("blows", [FEW, LONG])
def test_killing_every_web_worker_loses_nothing_on_sqlite(embedded, blows):
    served, place = embedded
    nothing_lost(served, struck(served, place, Blows("SQLite", blows), NoStore(), papers=True))


def test_a_server_that_answers_before_it_writes_is_caught(embedded):
    """The control: were notes lost, this count would show it."""
    served, place = embedded
    served.settings = "tests.strength.hasty_settings"
    assert struck(served, place, Blows("SQLite, answering first", 2), NoStore()).lost > 0


@pytest.mark.parametrize("blows", [FEW, LONG])
def test_killing_the_postmaster_and_every_web_worker_loses_nothing_on_postgresql(on_postgresql, blows):
    cluster, served, place = on_postgresql
    nothing_lost(served, struck(served, place, Blows("PostgreSQL", blows), Plug(cluster), papers=True))


def test_a_postgresql_that_answers_before_it_flushes_is_caught(on_postgresql):
    """The control: commits that answer first are lost with the postmaster's memory, unless it flushed by chance."""
    cluster, served, place = on_postgresql
    lazy = Plug(cluster, "-c wal_writer_delay=10s -c bgwriter_lru_maxpages=0")
    lazy.down()
    lazy.up()
    served.settings = "tests.strength.late_settings"
    blows = (struck(served, place, Blows("PostgreSQL, answering first", 1), lazy, after=12) for _ in range(TRIES))
    assert any(one.lost > 0 for one in blows)
    lazy.down()
    Plug(cluster).up()
