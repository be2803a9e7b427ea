"""Commands of the trail, called by the command line."""

import json
import sys
from dataclasses import asdict
from typing import TextIO

from kith.access.audit.verify import verify as walked


def verify(out: TextIO, fmt: str = "text") -> int:
    """Walk both ledgers, print rows checked and the first break; 1 on a break. Changes nothing."""
    verdict = walked(progress=_counting if out.isatty() else None)
    if out.isatty():
        sys.stderr.write("\r")
    if fmt == "json":
        words = {"whole": verdict.first is None, "sentence": verdict.sentence, **asdict(verdict)}
        out.write(json.dumps(words) + "\n")
    else:
        out.write(verdict.sentence + "\n")
    return 0 if verdict.first is None else 1


def _counting(rows: int) -> None:
    """Show on a terminal how far the walk has come."""
    sys.stderr.write(f"\r{rows} rows checked")
    sys.stderr.flush()
