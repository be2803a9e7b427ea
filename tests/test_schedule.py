"""The timetable: each job once in its stretch, however many workers there are."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kith.config import schedule
from kith.config.schedule import HOURLY, TIMETABLE, ask_for_what_is_due, begins, work

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "looks"])
PUBLISH = "kith.access.audit.tasks.publish_heads"


@pytest.fixture(autouse=True)
def anchor(settings, tmp_path, monkeypatch):
    settings.ANCHOR = tmp_path / "anchors" / "heads.jsonl"
    monkeypatch.setattr(schedule, "PAUSE", 0)
    return settings.ANCHOR


def test_heads_are_published_by_the_hour():
    assert (HOURLY, PUBLISH) in TIMETABLE


def test_a_job_is_asked_for_once_in_each_stretch():
    now = timezone.now()
    assert PUBLISH in ask_for_what_is_due(at=now)
    assert ask_for_what_is_due(at=now) == []
    assert PUBLISH in ask_for_what_is_due(at=now + timedelta(hours=1))


def test_a_stretch_begins_on_the_hour():
    at = datetime(2025, 9, 10, 9, 59, 59, tzinfo=UTC)
    assert begins(HOURLY, at) == datetime(2025, 9, 10, 9, tzinfo=UTC)
    assert begins(timedelta(days=1), at) == datetime(2025, 9, 10, tzinfo=UTC)


def test_a_worker_publishes_and_stops(anchor, monkeypatch):
    work(rounds=2)
    assert len(anchor.read_text().splitlines()) == 1
    assert DBTaskResult.objects.get(task_path=PUBLISH).status == "SUCCESSFUL"


def test_a_worker_told_to_stop_finishes_what_waits_and_ends(anchor, monkeypatch):
    kept = schedule.do_what_waits

    def told_meanwhile():
        os.kill(os.getpid(), signal.SIGTERM)
        kept()

    monkeypatch.setattr(schedule, "do_what_waits", told_meanwhile)
    assert schedule.run() == 0
    assert anchor.exists()
