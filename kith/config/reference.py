"""The reference pages, written from the code, so that they cannot say what is no longer so."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from kith.access.permissions import Permission
from kith.access.roles import ROLES
from kith.people.entries.models import MOVES
from kith.people.sight.rules import ALLOW, DENY

PROJECT = Path(__file__).resolve().parents[2]
REFERENCE = PROJECT / "docs" / "reference"
RULE = re.compile(
    r"\b(LINK-\d|HM-\d|SC-\d|VAR-\d|BL-\d|TR-\d|NW-\d|SP-\d|SO-\d|WP-\d|PV-\d|K\d{1,2}|L\d{1,2}|C[1-6]|Q\d{1,2})\b"
)
HEAD = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def roles() -> str:
    """Kinds of work and what each includes."""
    rows = ["# Permissions by kind of work\n", "| Kind of work | For people who | May |", "|---|---|---|"]
    for role in ROLES.values():
        may = ", ".join(f"`{p}`" for p in sorted(role.may)) or "nothing with families"
        rows.append(f"| {role.shown_as} | {role.for_people_who} | {may} |")
    rows += ["\n## Every permission\n", *(f"- `{p.value}`" for p in Permission)]
    return "\n".join(rows)


def states() -> str:
    """Where a record can stand, and the moves between, as a picture drawn from the table."""
    lines = ["# States of an entry\n", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {one} --> {other}" for one, nexts in MOVES.items() for other in sorted(nexts)]
    return "\n".join([*lines, "```", "\nThere is no path from draft to agreed that misses the family."])


def sight() -> str:
    """The one rule of who may see what, by name."""
    lines = ["# The rule of sight\n", "What nothing allows is denied. In order:\n", "## Denies\n"]
    lines += [f"1. {name}" for name, _ in DENY]
    return "\n".join([*lines, "\n## Allows\n", *(f"1. {name}" for name, _ in ALLOW)])


def commands() -> str:
    """Every command, what it does and whether it writes."""
    from kith.config.cli import COMMANDS  # noqa: PLC0415 - the command line imports this page's writer

    rows = ["# Commands\n", "| Command | Does | Writes? |", "|---|---|---|"]
    return "\n".join([*rows, *(f"| `kith {c.words}` | {c.does} | {c.writes} |" for c in COMMANDS)])


def rules() -> str:
    """Every rule id, where it is held and the test that shows it."""
    held: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, set[str]] = defaultdict(set)
    for path in sorted([*(PROJECT / "kith").rglob("*.py"), *(PROJECT / "tests").rglob("*.py")]):
        if "migrations" in path.parts or path.name == "reference.py":
            continue
        where = shown if "tests" in path.parts else held
        for rule in RULE.findall(path.read_text()):
            where[rule].add(str(path.relative_to(PROJECT)))
    rows = ["# Rule ids\n", "| Rule | Held in | Shown in |", "|---|---|---|"]
    every = sorted(set(held) | set(shown), key=_by_number)
    return "\n".join([*rows, *(f"| {rule} | {_paths(held[rule])} | {_paths(shown[rule])} |" for rule in every)])


def _by_number(rule: str) -> tuple[str, int]:
    letters = rule.rstrip("0123456789")
    return letters, int(rule[len(letters) :])


def _paths(paths: set[str]) -> str:
    return "<br>".join(f"`{p}`" for p in sorted(paths)) or "–"


def addresses() -> str:
    """Every address and its name."""
    rows = ["# Addresses\n", "| Address | Name |", "|---|---|"]
    found = sorted(walk(get_resolver().url_patterns))
    return "\n".join([*rows, *(f"| `/{address}` | {name} |" for address, name in found)])


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> list[tuple[str, str]]:
    """Give every address with its name, from the resolver itself."""
    found: list[tuple[str, str]] = []
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += walk(one.url_patterns, here)
        else:
            found.append((here, one.name or ""))
    return found


PAGES: dict[str, Callable[[], str]] = {
    "addresses.md": addresses,
    "commands.md": commands,
    "permissions.md": roles,
    "rules.md": rules,
    "sight.md": sight,
    "states.md": states,
}


def write(*, check: bool = False) -> list[str]:
    """Write each page, or with `check` only say which are out of date."""
    stale = []
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        path, words = REFERENCE / name, HEAD + page() + "\n"
        if not path.exists() or path.read_text() != words:
            stale.append(f"docs/reference/{name} is out of date. Type: make docs")
            if not check:
                path.write_text(words)
    return stale if check else []
