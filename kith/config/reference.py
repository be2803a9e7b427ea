"""The reference pages, written from the code, so that they cannot say what is no longer so."""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
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
SPAN = re.compile(rf"{RULE.pattern} to {RULE.pattern}")
IN_A_NAME = re.compile(r"(?<=_)(link|hm|sc|var|bl|tr|nw|sp|so|wp|pv|k|l|c|q)_?(\d{1,2})(?=_|$)")
"""The same ids as the name of a test spells them: `test_link_2_…`, `test_k1_k2_and_k3_…`."""
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
    """Every rule id, where it is held and the tests that show it."""
    held, shown = rules_held(), rules_shown()
    rows = ["# Rule ids\n", "| Rule | Held in | Shown by |", "|---|---|---|"]
    every = sorted(set(held) | set(shown), key=_by_number)
    return "\n".join([*rows, *(f"| {rule} | {_paths(held[rule])} | {_paths(shown[rule])} |" for rule in every)])


def rules_held() -> dict[str, set[str]]:
    """Which files of the code name each rule, tests and their scenes apart."""
    held: dict[str, set[str]] = defaultdict(set)
    for path in sorted((PROJECT / "kith").rglob("*.py")):
        if not {"migrations", "tests"} & set(path.parts) and path.name != "reference.py":
            for rule in _written(path.read_text()):
                held[rule].add(str(path.relative_to(PROJECT)))
    return held


def rules_shown() -> dict[str, set[str]]:
    """Which tests are named for each rule: by name (`test_k1_…`), by docstring, by cases, or by their file as a whole.

    A rule that is only mentioned in a test's body is not shown by it, nor by a scene that other tests use.
    """
    shown: dict[str, set[str]] = defaultdict(set)
    for path in sorted(path for room in ("kith", "tests") for path in (PROJECT / room).rglob("test_*.py")):
        for named, rule in _named_for(ast.parse(path.read_text())):
            shown[rule].add(str(path.relative_to(PROJECT)) + named)
    return shown


def _named_for(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Give each rule that a test file or one of its tests is named for, with that test (empty: the whole file)."""
    yield from (("", rule) for rule in _written(ast.get_docstring(module) or ""))
    for test in ast.walk(module):
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            cases = [n.value for d in test.decorator_list for n in ast.walk(d) if isinstance(n, ast.Constant)]
            tried = [str(case) for case in cases if RULE.fullmatch(str(case))]
            named = [*_spoken(test.name), *_written(ast.get_docstring(test) or ""), *tried]
            yield from ((f"::{test.name}", rule) for rule in named)


def _written(words: str) -> list[str]:
    """Give the rules that words name one by one. "K1 to K22" says where a table ends, and names none of them."""
    return RULE.findall(SPAN.sub("", words))


def _spoken(name: str) -> list[str]:
    """Give the rules in the name of a test, as they are written elsewhere."""
    spoken = [(letters.upper(), digits) for letters, digits in IN_A_NAME.findall(name)]
    return [f"{letters}-{digits}" if len(letters) > 1 else letters + digits for letters, digits in spoken]


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
