"""Whether Kith is alive, and whether it is ready: for whatever stands before it and watches. Both show nobody."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from kith.access.edge import bare, reads
from kith.config import promises

log = logging.getLogger("kith.health")


@bare
@reads
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Say that this process answers. Asks no store."""
    return _say("Kith is running.", 200)


@bare
@reads
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Say whether the store can be reached, keeps its promises and has this version's shape. The log says why not."""
    try:
        faults = promises.not_kept() or promises.not_in_shape()
    except DatabaseError:
        faults = ["The store cannot be read."]
    for fault in faults:
        log.error("not ready: %s", fault)
    return _say("Kith is not ready.", 503) if faults else _say("Kith is ready.", 200)


def _say(words: str, status: int) -> HttpResponse:
    return HttpResponse(words + "\n", content_type="text/plain; charset=utf-8", status=status)
