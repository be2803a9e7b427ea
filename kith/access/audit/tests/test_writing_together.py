"""Looks that wait in one process are one transaction on SQLite, and nobody goes on without theirs."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from django.db import DatabaseError, OperationalError, connections, transaction

from kith.access.actor import Actor
from kith.access.audit import looks, together
from kith.access.audit.models import Look
from kith.access.audit.tests.scene import ELLIS, LEAH, MAYA, NADIA, NOW, ROSA
from kith.access.audit.verify import verify
from tests.disk import on_disk

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "looks"]), pytest.mark.sqlite]
READERS = [Actor(number, ref, "", frozenset()) for number, ref in (LEAH, NADIA, ROSA)]
EIGHT = 8


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    with on_disk(tmp_path):
        yield


def look(number):
    """Look as one of three, in a thread with a connection of its own. Gives the fault, or nothing."""
    looking = looks.Looking()
    looking.saw("family", files=[ELLIS, MAYA], turn=number)
    looking.saw("draft", files=[ELLIS])
    try:
        looks.write(looking, by=READERS[number % len(READERS)], at=NOW)
    except BaseException as fault:  # noqa: BLE001 - what each waiter is told is what is asked here
        return fault
    finally:
        connections.close_all()
    return None


def all_at_once():
    """Eight look while the pen is in another hand, so that all of them wait; then it is laid down."""
    with ThreadPoolExecutor(EIGHT) as pool:
        with together._pen:
            asked = [pool.submit(look, n) for n in range(EIGHT)]
            while len(together._line) < EIGHT:
                time.sleep(0.001)
        return [a.result() for a in asked]


@pytest.fixture
def batches(monkeypatch):
    written, kept = [], together._write

    def counted(batch):
        written.append(len(batch))
        kept(batch)

    monkeypatch.setattr(together, "_write", counted)
    return written


def test_whatever_waits_is_written_as_one(batches):
    assert all_at_once() == [None] * EIGHT
    assert batches == [EIGHT]
    assert Look.objects.count() == 2 * EIGHT
    assert verify().first is None


@pytest.mark.parametrize("fault", [OperationalError("disk I/O error"), SystemExit(), KeyboardInterrupt()])
def test_a_fault_reaches_everybody_who_waited_and_the_next_look_is_written(monkeypatch, fault):
    def fails(*_rows):
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(together, "append", fails)
        told = all_at_once()
    assert sum(t is fault for t in told) == 1
    assert all(isinstance(t, together.NotKept | type(fault)) for t in told)
    assert isinstance(together.NotKept(), DatabaseError)
    assert not Look.objects.exists()
    assert all_at_once() == [None] * EIGHT
    assert verify().first is None


def test_a_process_made_while_others_write_has_a_pen_of_its_own():
    with together._pen:
        together._line.append(together._Waiting([]))
        child = os.fork()
        if child == 0:
            Thread(target=lambda: os._exit(0 if look(1) is None else 1)).start()
            time.sleep(20)
            os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert len(together._line) == 1
        together._line.clear()
    assert Look.objects.count() == 2
    assert verify().first is None


def test_a_look_within_an_open_transaction_goes_with_it():
    with transaction.atomic(using="looks"):
        assert looked_here() is None
        assert Look.objects.count() == 1
        transaction.set_rollback(True, using="looks")
    assert not Look.objects.exists()


def looked_here():
    looking = looks.Looking()
    looking.saw("family", files=[ELLIS])
    return looks.write(looking, by=READERS[0], at=NOW)
