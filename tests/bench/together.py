"""Several workers at once, each in a process of its own, as the web server's processes are."""

import multiprocessing
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

Job = Callable[[], Any]
LONGEST = 900
"""Seconds after which a worker that has not answered is a fault."""


def together(jobs: Sequence[Job]) -> list[Any]:
    """Do these jobs at once, all beginning at the same moment; give what each made. The first fault is raised."""
    connections.close_all()
    forks = multiprocessing.get_context("fork")
    gate, pipes, workers = forks.Barrier(len(jobs)), [], []
    for job in jobs:
        ours, theirs = forks.Pipe(duplex=False)
        worker = forks.Process(target=_alone, args=(job, gate, theirs), daemon=True)
        worker.start()
        theirs.close()
        pipes.append(ours)
        workers.append(worker)
    try:
        return [_take(pipe) for pipe in pipes]
    finally:
        for worker in workers:
            worker.join(timeout=10)
            if worker.is_alive():
                worker.terminate()


def _alone(job: Job, gate: Any, out: Any) -> None:
    try:
        gate.wait(timeout=60)
        out.send((job(), ""))
    except BaseException:  # noqa: BLE001 - told to whoever waits, in words
        out.send((None, traceback.format_exc()))
    finally:
        connections.close_all()
        sys.stdout.flush()


def _take(pipe: Any) -> Any:
    if not pipe.poll(LONGEST):
        raise TimeoutError("a worker of the bench did not answer")
    made, fault = pipe.recv()
    if fault:
        raise RuntimeError(fault)
    return made
