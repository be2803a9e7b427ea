"""Commands of the trail, called by the command line."""

import json
from dataclasses import asdict
from typing import TextIO

from kith.access.audit.verify import verify as walked


def verify(out: TextIO, fmt: str = "text") -> int:
    """Walk both ledgers, print rows checked and the first break; 1 on a break. Changes nothing."""
    verdict = walked()
    if fmt == "json":
        words = {"whole": verdict.first is None, "sentence": verdict.sentence, **asdict(verdict)}
        out.write(json.dumps(words) + "\n")
    else:
        out.write(verdict.sentence + "\n")
    return 0 if verdict.first is None else 1
