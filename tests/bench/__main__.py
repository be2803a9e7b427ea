"""The bench's own door: `make bench`.

    python -m tests.bench [--people N] [--folder F] [--store both] [--only PART ...] [--quick] [--reference]

Prints every figure and its target, keeps them as JSON in the folder, and ends with 1 when a target is missed. A folder that
is kept also keeps what was last seen of each part, so that one part may be asked again alone.
"""

import argparse
import json
import platform
import signal
import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench import kept, page
from tests.cluster import CannotStart, leave

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference" / "bench.md"
PEOPLE, SEED = 100_000, 20250901
ASKED = {"sqlite": ("family", "desk", "search", "note", "paced"), "postgresql": ("family", "desk", "search", "note")}
SLOWED = ("writers",)
ROUNDS, SECONDS = 100, 90.0


def arguments(words: list[str] | None) -> argparse.Namespace:
    """Read what is asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people the record holds")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed makes the same record")
    parser.add_argument("--folder", default="", help="where the record is kept between runs; else it goes at the end")
    parser.add_argument("--store", choices=(*kept.STORES, "both"), default="both")
    parser.add_argument("--only", nargs="*", default=(), metavar="PART", help=f"of {', '.join(every_part())}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each pair of pages is asked")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long writers and readers go on")
    parser.add_argument("--reference", action="store_true", help="write docs/reference/bench.md as well")
    return parser.parse_args(words)


def every_part() -> tuple[str, ...]:
    """Every part there is, over both stores."""
    return (*ASKED["sqlite"], *SLOWED)


def main(words: list[str] | None = None) -> int:
    """Run what is asked and say what was seen. 1 when a target was missed."""
    asked = arguments(words)
    with ExitStack() as until_the_end:
        folder = Path(asked.folder).resolve() if asked.folder else _of_its_own(until_the_end)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            said = whole(asked, folder)
        except CannotStart as fault:
            print(fault, file=sys.stderr)
            return 1
        (folder / "bench.json").write_text(json.dumps(said, indent=1))
        print(json.dumps(said))
    print("\n".join(page.lines(said)), file=sys.stderr)
    if asked.reference:
        REFERENCE.write_text(page.markdown(said, kept.FLUSH_MS))
    return 1 if said["missed"] else 0


def _of_its_own(until_the_end: ExitStack) -> Path:
    folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="kith-bench-")))
    folder.chmod(0o755)  # PostgreSQL's owner has to reach its own folder in it
    return folder


def whole(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Everything asked, over each store asked for."""
    stores = kept.STORES if asked.store == "both" else (asked.store,)
    runs = [run for kind in stores if (run := of_store(kind, asked, folder))]
    runs = _with_the_others(runs, asked, folder)
    return {"people": asked.people, "seed": asked.seed, "runs": runs, "missed": page.missed(runs)}


def _with_the_others(runs: list[dict[str, Any]], asked: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    """Add what was seen before in this folder and not asked now, under its own day. Every ratio is still of one run."""
    before = folder / "bench.json"
    said = json.loads(before.read_text()) if before.exists() else {}
    if (said.get("people"), said.get("seed")) != (asked.people, asked.seed):
        return runs
    new, old = ({run["store"]: run for run in found} for found in (runs, said["runs"]))
    both = (page.joined(old.get(kind), new.get(kind)) for kind in kept.STORES)
    return [run for run in both if run]


def of_store(kind: str, asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Every part one store is asked, those that need slow flushes last."""
    size, found = kept.Size(asked.people, asked.seed), {}
    for parts, slow in ((ASKED[kind], False), (SLOWED if kind == "postgresql" else (), True)):
        wanted = [p for p in parts if p in (asked.only or parts)]
        if wanted:
            said = _asked(kind, wanted, asked, folder, size, slow_flush=slow)
            found = said | {"figures": found.get("figures", []) + said["figures"]}
    on, python = date.today().isoformat(), platform.python_version()  # noqa: DTZ011 - the day where the bench was run
    for figure in found.get("figures", []):
        figure["on"] = on
    return {"store": kind, "python": python} | found if found else {}


def _asked(
    kind: str, wanted: list[str], asked: argparse.Namespace, folder: Path, size: kept.Size, *, slow_flush: bool
) -> dict[str, Any]:
    out, home = folder / "asked.json", folder / ("sqlite" if kind == "sqlite" else "postgresql-files")
    numbers = ["--rounds", str(asked.rounds), "--seconds", str(asked.seconds), "--seed", str(asked.seed)]
    with kept.store(kind, folder, size, slow_flush=slow_flush) as env:
        kept.run(["ask", str(home), "--parts", ",".join(wanted), *numbers, "--out", str(out)], env)
    said: dict[str, Any] = json.loads(out.read_text())
    out.unlink()
    return said


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    sys.exit(main())
