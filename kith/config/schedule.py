"""The timetable, and the worker that keeps it: `kith work`.

One list answers "what runs by itself, and when?". Times of day are those of the clock in UTC: a job that is due
every hour runs once in each hour, however many workers there are and however often they are started.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import repeat
from threading import Event
from types import FrameType

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

HOURLY, NIGHTLY = timedelta(hours=1), timedelta(days=1)
DAY_ONE = datetime(2000, 1, 1, tzinfo=UTC)
PAUSE = 1.0  # seconds between two looks for something to do

TIMETABLE: list[tuple[timedelta, str]] = [
    (HOURLY, "kith.access.audit.tasks.publish_heads"),
    (HOURLY, "kith.people.drafts.tasks.put_drafts_away"),
    (HOURLY, "kith.people.restriction.tasks.pass_on_reviews"),
    (HOURLY, "kith.access.signin.tasks.forget_what_is_over"),
    (NIGHTLY, "kith.exchange.tasks.check_record"),
]


def begins(every: timedelta, at: datetime) -> datetime:
    """Give the beginning of the stretch of this length that holds this moment: on the hour, at midnight UTC."""
    return DAY_ONE + ((at - DAY_ONE) // every) * every


def ask_for_what_is_due(*, at: datetime) -> list[str]:
    """Put every job of the timetable that nobody has asked for in its present stretch on the list of work."""
    asked = []
    for every, path in TIMETABLE:
        if not DBTaskResult.objects.filter(task_path=path, enqueued_at__gte=begins(every, at)).exists():
            import_string(path).enqueue()
            asked.append(path)
    return asked


def do_what_waits() -> None:
    """Do every job on the list, one after another, until none is left."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    ).run()


def work(*, rounds: int | None = None, clock: Callable[[], datetime] = timezone.now) -> None:
    """Work until told to stop (or for so many rounds): ask for what is due, do what waits, pause."""
    with _stopping() as told:
        for _ in repeat(None) if rounds is None else range(rounds):
            ask_for_what_is_due(at=clock())
            do_what_waits()
            if told.wait(PAUSE):
                return


def run() -> int:
    """Keep the timetable until told to stop. Gives 0: being told to stop is no fault."""
    work()
    return 0


@contextmanager
def _stopping() -> Iterator[Event]:
    """Let a signal end the pause at once, and the work when what waits is done."""
    told = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()

    kept = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, before in kept.items():
            signal.signal(number, before)
