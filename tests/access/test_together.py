"""Many people at once: nobody is told that the store is locked, nothing deadlocks, and every chain is whole."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from kith.access.accounts.models import FOREVER
from kith.access.audit import looks
from kith.access.audit.acts import action, note
from kith.access.audit.models import Act, Look
from kith.access.audit.verify import verify
from kith.framework.kinds import Tie
from kith.kit.refusal import Refused
from kith.people.involvement import actions as involvement
from kith.people.involvement.models import Involvement, Relation
from kith.people.persons.models import File
from kith.people.persons.queries import lock_files
from tests.cast import NOW, make_cast
from tests.disk import on_disk, together

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "looks"])
THREADS, WHO = 8, ("leah", "nadia", "joy")  # eight threads and three people: chains are shared


@pytest.fixture
def folk(tmp_path, settings):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    with on_disk(tmp_path):
        yield make_cast()


@action
def touch(*, one, other, by, at):
    """Note early, then lock two files and write to both, in the order they were given."""
    note("file.touched", files=[one.ref, other.ref])
    lock_files([one, other])
    for file in (one, other):
        File.objects.filter(pk=file.pk).update(opened_at=at)


def touch_often(one, other, by, times):
    for _ in range(times):
        touch(one=one, other=other, by=by, at=NOW)


def test_actions_that_lock_in_opposite_orders_never_deadlock(folk):
    """Twelve hundred transactions where rows are locked; fewer where one writer holds the whole store."""
    times = 150 if connection.vendor == "postgresql" else 15
    pair = (folk.file("ellis"), folk.file("maya"))
    orders = [pair if n % 2 else pair[::-1] for n in range(THREADS)]
    actors = [folk.actor(WHO[n % len(WHO)]) for n in range(THREADS)]
    together([partial(touch_often, *o, a, times) for o, a in zip(orders, actors, strict=True)])
    assert Act.objects.count() == THREADS * times
    assert verify().first is None


def look_and_touch(folk, by, times):
    for _ in range(times):
        looking = looks.Looking()
        looking.saw("family", files=[folk.files["ellis"].ref])
        looks.write(looking, by=by, at=NOW)
        touch(one=folk.files["ellis"], other=folk.files["jude"], by=by, at=NOW)


def test_looks_and_acts_by_eight_at_once_are_all_kept(folk):
    actors = [folk.actor(WHO[n % len(WHO)]) for n in range(THREADS)]
    together([partial(look_and_touch, folk, by, 10) for by in actors])
    assert (Act.objects.count(), Look.objects.count()) == (80, 80)
    assert verify().first is None


def test_verifying_while_others_write_finds_nothing_wrong(folk):
    found = []
    actors = [folk.actor(who) for who in WHO]
    checks = [lambda: found.extend(verify().first for _ in range(10))]
    together(checks + [partial(look_and_touch, folk, by, 10) for by in actors])
    assert found == [None] * 10


def in_step(gate, do, times, stands, found):
    """Do it at the same moment as the other thread, and say after each time how many stand. The first clears them."""
    for turn in range(times):
        if found is not None:
            stands.all().delete()
        gate.wait()
        with suppress(Refused, IntegrityError):
            do(turn)
        gate.wait()
        if found is not None:
            found.append(stands.all().count())


def side_by_side(do, times, stands):
    """Two threads at a barrier, `times` times. Gives how many stood after each."""
    gate, found = Barrier(2), []
    together([partial(in_step, gate, partial(do, mine), times, stands, None if mine else found) for mine in (0, 1)])
    return found


@pytest.mark.parametrize("times", [20, pytest.param(2000, marks=pytest.mark.long)])
def test_a_child_never_has_two_allocated_workers(folk, times):
    """Trust B 7: Joy and Ruth each allocate somebody else at the same moment; the database keeps it to one."""
    file, workers = folk.file("ellis"), (folk.leah, folk.nadia)
    leads = folk.actor("joy")

    def allocate(mine, turn):
        at = NOW + timedelta(minutes=turn)
        involvement.allocate(file=file, staff=workers[(turn + mine) % 2], why="She knows him", by=leads, at=at)

    stands = Relation.objects.filter(file=file, kind=Tie.ALLOCATED, until=FOREVER)
    assert side_by_side(allocate, times, stands) == [1] * times
    assert verify().first is None


@pytest.mark.parametrize("times", [20, pytest.param(2000, marks=pytest.mark.long)])
def test_work_never_begins_twice_at_one_level(folk, times):
    """Trust B 7: two people begin the same work with the same child at the same moment; it has begun once."""
    file, leads = folk.file("jude"), folk.actor("joy")
    stands = Involvement.objects.filter(file=file, level="family-help", until=FOREVER)
    asked = {"file": file, "family": folk.solanki_reid, "level": "family-help", "why": "They asked", "by": leads}

    def begin(_mine, turn):
        involvement.begin_involvement(**asked, at=NOW + timedelta(minutes=turn))

    assert side_by_side(begin, times, stands) == [1] * times
    assert verify().first is None
