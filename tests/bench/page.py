"""What was seen, in words: lines for a terminal, and the reference page the bench writes of itself."""

from collections.abc import Sequence
from typing import Any

ORDER = ("family page", "desk", "search", "note", "8 writers")
"""The order figures are told in: by how their names begin."""
HEAD = "<!-- Written by `make bench REFERENCE=yes`. Run it again; do not change this page. -->\n\n"
ABOUT = """# Speed

How dear Kith's care is: each thing a worker waits for, beside the barest honest Django view that answers the same. The
floor has the same template and the same form, checks the session, and asks one question for each section; it asks no
policy, judges no sight and writes nothing on a ledger. Floors are in `tests/bench/floor/` and may only get faster.

**A ratio is the middle time of ours over the middle time of the floor**, asked in turn, many times over, in one process, in
one run. In brackets: the range the middle half of the single pairs fell in. Times in milliseconds are those of the machine
the page was written on, while it did other things: compare ratios, not times. Queries are counted with the look and the
session among them; words that begin and end a transaction are not.

| Measure | What is asked |
|---|---|
| family page | stories of 60 to 200 entries, with two worries, their goals and numbers, a plan and decisions |
| family page, refilled | the newest 25 entries are hidden from the reader, so that the page must read on |
| desk of 25 families | a worker's first page: what matters in each family, numbers, promises, what is due and waits |
| search | by the start of a name, by letters from the middle of one, and by two names in the other order |
| note | a note to each child, its draft taken, its version, its acts; the floor checks the same form and writes one row |
| 8 writers | on PostgreSQL, each flush {flush} ms longer: whole notes by eight workers, each waiting for its chain, and each with a chain that nobody else takes; then eight in two chains |
| paced | 2 workers save 2 notes a second each and 8 open a page a second each, through the WSGI application |
"""


def lines(said: dict[str, Any]) -> list[str]:
    """Give one line for each figure, and what was missed last."""
    out = []
    for run in said["runs"]:
        out.append(f"== {run['version']}, {run['sizes']['person']:,} people")
        out += [f"  {_mark(f)} {f['name']}: {_seen(f)} (target {_target(f)})" for f in run["figures"]]
    missed = said["missed"]
    return [*out, f"Missed: {'; '.join(missed)}" if missed else "Every target was met."]


def _mark(figure: dict[str, Any]) -> str:
    return "met   " if figure["met"] else "MISSED"


def _seen(figure: dict[str, Any]) -> str:
    if figure["unit"] == "queries":
        return f"{figure['seen']} queries"
    spread = "" if figure["low"] is None else f" [{figure['low']:.2f} to {figure['high']:.2f}]"
    return f"{figure['seen']:.2f} {figure['unit']}{spread}"


def _target(figure: dict[str, Any]) -> str:
    return f"{'at most' if figure['at_most'] else 'at least'} {figure['target']:g}"


def markdown(said: dict[str, Any], flush: int) -> str:
    """Give the whole reference page."""
    parts = [HEAD + ABOUT.format(flush=flush)]
    missed = said["missed"]
    parts.append(f"**Missed: {'; '.join(missed)}.**" if missed else "Every target was met.")
    parts += [_of_run(run, said) for run in said["runs"]]
    return "\n".join(parts) + "\n"


def _of_run(run: dict[str, Any], said: dict[str, Any]) -> str:
    rows = [
        f"\n## {run['version']}\n",
        f"Python {run['python']}, seed {said['seed']}. Rows: {_sizes(run['sizes'])}.\n",
        "| What | Seen | Target | | On | Behind it |",
        "|---|---|---|---|---|---|",
    ]
    for f in run["figures"]:
        verdict = "met" if f["met"] else "**missed**"
        rows.append(f"| {f['name']} | {_seen(f)} | {_target(f)} | {verdict} | {f['on']} | {_behind(f['detail'])} |")
    return "\n".join(rows)


def _sizes(sizes: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sizes.items())


def _behind(detail: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in detail.items())


def joined(old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put what was seen now of one store in the place of what was seen of the same things before."""
    if old is None or new is None:
        return new or old
    figures = {f["name"]: f for f in [*old["figures"], *new["figures"]]}
    return new | {"figures": sorted(figures.values(), key=lambda f: _place(f["name"]))}


def _place(name: str) -> int:
    return next((n for n, sort in enumerate(ORDER) if name.startswith(sort)), len(ORDER))


def missed(runs: Sequence[dict[str, Any]]) -> list[str]:
    """Name every figure that is not within its target, and its store."""
    return [f"{f['name']} ({f['store']})" for run in runs for f in run["figures"] if not f["met"]]
