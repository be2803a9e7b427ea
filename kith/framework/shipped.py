"""The practice content that Kith ships with, read once from the files in `content/`.

Each file carries its `edition`: the day it was last set right, and what was read to do so. A council that
needs something else overrides it with dates in `council`; these files are never edited on a live system.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

NAMES: Sequence[str] = ("authority", "clocks", "codes", "holidays", "jargon")


class ContentFault(ValueError):
    """A content file that cannot be used as it stands; its text says which and why."""


@cache
def read(name: str) -> Mapping[str, Any]:
    """Everything in one content file. Raises ContentFault if it is unreadable or has no edition."""
    source = files("kith.framework") / "content" / f"{name}.toml"
    try:
        content = tomllib.loads(source.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as fault:
        raise ContentFault(f"content/{name}.toml cannot be read: {fault}") from fault
    if not isinstance(content.get("edition"), str) or not content["edition"]:
        raise ContentFault(f"content/{name}.toml does not say which edition it is.")
    return content


def edition(name: str) -> str:
    """Which edition of this content is in use, for example `2026-11-23`."""
    return str(read(name)["edition"])
