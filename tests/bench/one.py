"""One part of the bench, in one process, over the one store its environment names. Used by `python -m tests.bench`.

python -m tests.bench.one make FOLDER --people N --seed S
python -m tests.bench.one migrate FOLDER
python -m tests.bench.one ask FOLDER --parts pages,search --rounds N --seconds S --out FILE
"""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")

HASTE = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
"""For making a store of invented people only: if it is cut short it is made again."""


def make(asked: argparse.Namespace) -> None:
    """Make an empty store and load a world into it; keep whom the benches ask about beside it."""
    from django.db import connections

    from tests.bench.bulk import load

    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["OPTIONS"]["init_command"] = HASTE
    migrate(asked)
    began = time.perf_counter()
    scene = load(asked.people, seed=asked.seed, loose=True)
    made = {"scene": asdict(scene), "seconds": round(time.perf_counter() - began, 1), "people": asked.people}
    Path(asked.folder, "scene.json").write_text(json.dumps(made))


def migrate(_asked: argparse.Namespace) -> None:
    """Bring the store to today's schema."""
    from django.core.management import call_command

    from kith.config.stores import looks_apart

    for alias in ("default", "looks") if looks_apart() else ("default",):
        call_command("migrate", database=alias, verbosity=0)


def ask(asked: argparse.Namespace) -> None:
    """Run some of the benches and write what they saw."""
    from tests.bench.doors import both
    from tests.bench.parts import PARTS, Wanted

    wanted = Wanted(_scene(asked.folder), asked.rounds, asked.seconds, asked.seed)
    figures = []
    with both():
        for part in asked.parts.split(","):
            figures += PARTS[part](wanted)
    said = {"figures": [f.to_json() for f in figures], "sizes": sizes(), "version": version()}
    Path(asked.out).write_text(json.dumps(said))


def _scene(folder: str) -> Any:
    from tests.bench.bulk import Place, Scene

    kept = json.loads(Path(folder, "scene.json").read_text())["scene"]
    places = {k: tuple(Place(p["username"], p["family"], tuple(p["files"])) for p in kept[k]) for k in kept}
    return Scene(**places)


def sizes() -> dict[str, int]:
    """How many rows there are of what gives a record its size."""
    from kith.access.accounts.models import Account
    from kith.people.entries.models import Entry, EntryFile, Paragraph, Part
    from kith.people.involvement.models import Relation
    from kith.people.persons.models import Family, File, Key, Person

    counted = (Person, File, Family, Account, Relation, Key, Entry, EntryFile, Part, Paragraph)
    return {model._meta.verbose_name: model._default_manager.count() for model in counted}


def version() -> str:
    """Name the store and its version, and how SQLite keeps its journal."""
    import sqlite3

    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
        return f"SQLite {sqlite3.sqlite_version}, journal {mode}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


VERBS = {"make": make, "migrate": migrate, "ask": ask}


def main() -> None:
    """Do one verb."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.one")
    parser.add_argument("verb", choices=tuple(VERBS))
    parser.add_argument("folder")
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--parts", default="")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", default="")
    asked = parser.parse_args()
    import django

    django.setup()
    VERBS[asked.verb](asked)


if __name__ == "__main__":
    sys.exit(main())
