"""Runs parts of the checks one after another, each a make target, and sums them up at the end."""

import os
import subprocess
import sys
from time import monotonic

HEADINGS = {
    "style": "Style: ruff",
    "types": "Types: mypy",
    "walls": "Walls: which room may import which",
    "unit-beside": "Tests beside the code, on SQLite",
    "unit-sqlite": "Unit tests on SQLite",
    "unit-postgresql": "Unit tests on a throw-away PostgreSQL",
    "journeys": "Journeys in a real browser",
    "strength": "Strength: a real server killed, filled up and traced",
    "reference": "Reference: the generated pages say what the code says",
    "migrations": "Migrations: none left unwritten",
}


def run(part: str) -> tuple[str, bool, float]:
    """Run one part under its heading. A part that cannot be run has failed."""
    print(f"\n== {HEADINGS.get(part, part)}", flush=True)
    began = monotonic()
    make = os.environ.get("MAKE", "make")
    passed = subprocess.run([make, "--no-print-directory", part], check=False).returncode == 0
    return part, passed, monotonic() - began


def summary(results: list[tuple[str, bool, float]]) -> str:
    """One line a part, and one for them all."""
    lines = [f"  {part:16} {'passed' if passed else 'FAILED'} {took:6.0f} s" for part, passed, took in results]
    failed = [part for part, passed, _ in results if not passed]
    took = sum(took for *_, took in results)
    last = f"Failed: {', '.join(failed)}" if failed else f"All {len(results)} parts passed"
    return "\n".join(["\n== Summary", *lines, f"{last} ({took:.0f} s)"])


def main(parts: list[str]) -> int:
    """0 when every part passed, else 1. All are run: one fault does not hide the next."""
    results = [run(part) for part in parts]
    print(summary(results), flush=True)
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
