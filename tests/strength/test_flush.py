"""B 2: nobody is told that words are kept before they are flushed to the disk, so a power cut takes nothing that was promised.

A killed process leaves what it wrote with the system, so killing cannot show this: the calls themselves are read. The controls
must be seen to answer too soon. The second of them is the one the usual trace misses: with a rollback journal and synchronous
FULL every file is flushed, and the folder the journal was removed from, which is the commit, is not.
"""

import json
import os
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import asdict
from time import monotonic, sleep

import pytest

from tests.cluster import owner
from tests.strength import flushes
from tests.strength.people import AtWork
from tests.strength.served import PATIENCE, serving

pytestmark = pytest.mark.strength
FEW = 25
MANY = int(os.environ.get("ANSWERS", "1000"))
LONG = pytest.param(MANY, marks=pytest.mark.long)


def until_answered(people: AtWork, answers: int, served) -> None:
    until = monotonic() + PATIENCE + answers
    while people.acks < answers or not people.read:
        assert monotonic() < until, f"{people.said}\n{served.log}"
        sleep(0.05)


def told(what: str, reading: flushes.Reading) -> flushes.Reading:
    print(f"\n{json.dumps({'store': what} | asdict(reading))}")
    return reading


def read_embedded(embedded, answers: int) -> flushes.Reading:
    served, place = embedded
    served.workers = 1  # the looks of one process may be flushed by one of its threads for all
    served.before = flushes.strace(served.folder / "trace")
    with serving(served), AtWork(served, place) as people:
        until_answered(people, answers, served)
    return told(served.settings or "SQLite as it comes", flushes.embedded(served.folder / "trace", served.data))


@pytest.mark.parametrize("answers", [FEW, LONG])
def test_on_sqlite_every_answer_comes_after_the_flush(embedded, answers):
    reading = read_embedded(embedded, answers)
    assert reading.notes >= answers
    assert reading.looks > 0
    assert (reading.notes_unflushed, reading.notes_unwritten, reading.looks_unflushed) == (0, 0, 0)


@pytest.mark.parametrize("control", ["fast_settings", "unflushed_folder_settings"])
def test_a_sqlite_that_answers_too_soon_is_caught(embedded, control):
    embedded[0].settings = f"tests.strength.{control}"
    reading = read_embedded(embedded, FEW)
    assert reading.notes >= FEW
    assert reading.notes_unflushed > reading.notes / 2


@contextmanager
def traced(cluster, out):
    """The cluster with every process of it under strace, until the block ends."""
    cluster.stop()
    told = flushes.strace(out, str(cluster.programs / "postgres"), "-D", cluster.data, *cluster.where.split())
    log = (cluster.folder / "log").open("ab")
    who = {"user": owner(), "group": owner(), "extra_groups": []} if owner() else {}
    running = subprocess.Popen(told, cwd=cluster.folder, stdout=log, stderr=log, **who)
    asks = [cluster.programs / "pg_isready", "-q", "-h", str(cluster.folder), "-p", str(cluster.port)]
    until = monotonic() + PATIENCE
    try:
        while subprocess.run(asks, check=False).returncode:
            assert running.poll() is None, cluster.words()
            assert monotonic() < until, cluster.words()
            sleep(0.2)
        yield
    finally:
        os.kill(cluster.postmaster(), signal.SIGINT)
        running.wait(timeout=PATIENCE)
        cluster.resume()


def read_served(on_postgresql, answers: int) -> flushes.Reading:
    cluster, served, place = on_postgresql
    out = cluster.folder / f"trace-{os.urandom(4).hex()}"
    with traced(cluster, out), serving(served), AtWork(served, place) as people:
        until_answered(people, answers, served)
    return told(served.settings or "PostgreSQL as it comes", flushes.served(out))


@pytest.mark.parametrize("answers", [FEW, LONG])
def test_on_postgresql_every_answer_comes_after_the_flush(on_postgresql, answers):
    reading = read_served(on_postgresql, answers)
    assert reading.notes >= answers
    assert reading.notes_unflushed == 0


def test_a_postgresql_that_answers_too_soon_is_caught(on_postgresql):
    on_postgresql[1].settings = "tests.strength.late_settings"
    reading = read_served(on_postgresql, FEW)
    assert reading.notes >= FEW
    assert reading.notes_unflushed > reading.notes / 2


def test_a_trace_is_read_thread_by_thread_and_call_by_call(tmp_path):
    """The reader itself: one answer after its flush, one before, one whose journal's folder was not flushed."""
    post = 'recvfrom(9<socket:[1]>, "POST /families/x/notes/new/ HTTP/1.1", 8192, 0, NULL, NULL) = 40'
    write, flush = 'pwrite64(3</d/kith.sqlite3>, "x", 1, 0) = 1', "fdatasync(3</d/kith.sqlite3>) = 0"
    answer = 'sendto(9<socket:[1]>, "HTTP/1.1 302 Found", 18, 0, NULL, 0) = 18'
    lines = [f"1 {post}", f"1 {write}", f"2 {post}", f"2 {write}"]
    lines += [
        "1 fdatasync(3</d/kith.sqlite3> <unfinished ...>",
        f"2 {answer}",
        "1 <... fdatasync resumed>) = 0",
        f"1 {answer}",
    ]
    lines += [f"3 {post}", f"3 {write}", f"3 {flush}", '3 unlink("/d/kith.sqlite3-journal") = 0', f"3 {answer}"]
    (tmp_path / "trace").write_text("\n".join(lines))
    reading = flushes.embedded(tmp_path / "trace", "/d")
    assert (reading.notes, reading.notes_unflushed, reading.notes_unwritten) == (3, 2, 0)
