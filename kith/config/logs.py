"""What a log line may hold: the kind of a fault and where it happened, never its words, which may name someone."""

import logging
from types import TracebackType

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def where(fault: BaseException) -> str:
    """Name the kind of a fault and the line it came from: never its message, which may hold a name."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(fault).__name__} at {place.rsplit('/kith/', 1)[-1]}"


class Wordless(logging.Formatter):
    """Writes a fault as its kind and place. A traceback's last line is the fault's own words, so none is written."""

    def formatException(self, ei: Fault) -> str:  # noqa: N802 - the name the library calls
        return where(ei[1]) if ei[1] else ""
