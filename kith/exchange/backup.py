"""Backup and restore: the whole store in one file, the same file whichever store it came from.

The file is a plain tar: `manifest.json` (what is inside, how many rows, a digest of each member, and a seal made
with the audit key), one file of lines for each table (one row a line, as JSON with sorted keys, by primary key),
and the stored papers and pictures. A backup of SQLite restores into PostgreSQL and the other way round.

**The keys are not inside.** Keep the secret and the audit key (`secret` and `audit-key` in the data folder, or
`KITH_SECRET` and `KITH_AUDIT_KEY`) somewhere else: without the audit key a backup cannot be restored or verified,
and whoever finds a backup must not find them with it. The rest is readable: keep a backup as closely as the store.
Sign-ins that are open and jobs that wait are not taken along.
"""

import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from kith.access.audit.chain import canonical, keyed
from kith.exchange.packed import FORM, PAPERS, UNREADABLE, Member, NotDone, Progress, digested, quiet
from kith.exchange.restore import restore
from kith.exchange.tables import Table, still, tables, version

__all__ = ["NotDone", "backup", "restore"]


def backup(path: Path, progress: Progress = quiet) -> Mapping[str, Any]:
    """Write the whole store to one new file, while it goes on serving. Gives the manifest.

    `progress` is told in words what is being written. The file appears under its name only when it
    is whole, and only its owner may read it. A file that is there already is left.
    """
    if path.exists():
        raise NotDone(f"There is already a file called {path.name}. Give the backup another name.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            return _write(path, Path(folder), progress)
    except DatabaseError as fault:
        raise NotDone(UNREADABLE) from fault
    except OSError as fault:
        raise NotDone(
            f"The backup could not be written: {fault.strerror or 'the disk answered with a fault'}."
        ) from fault


def _write(path: Path, folder: Path, progress: Progress) -> Mapping[str, Any]:
    names = tables()
    members: list[tuple[Member, Path]] = []
    with still(folder) as connections:
        for done, table in enumerate(names):
            progress(f"{done + 1} of {len(names) + 1}: {table.label}")
            members.append(_written_table(table, connections[table.ledger], folder / table.label))
    progress(f"{len(names) + 1} of {len(names) + 1}: papers and pictures")
    members += [_measured(PAPERS + name, file) for name, file in _papers()]
    manifest = _manifest([m for m, _ in members])
    whole = folder / "whole"
    with tarfile.open(whole, "w", format=tarfile.PAX_FORMAT) as tar:
        text = folder / "manifest.json"
        text.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        for name, file in [("manifest.json", text), *((m.name, f) for m, f in members)]:
            _pack(tar, name, file)
    _settle(whole, path)
    return manifest


def _written_table(table: Table, using: str, path: Path) -> tuple[Member, Path]:
    digest, rows = sha256(), 0
    with path.open("wb") as file:
        for row in table.read(using):
            line = (canonical(row) + "\n").encode()
            digest.update(line)
            file.write(line)
            rows += 1
    return Member(f"tables/{table.label}.jsonl", path.stat().st_size, digest.hexdigest(), rows), path


def _papers() -> Iterator[tuple[str, Path]]:
    folder = Path(settings.PAPERS)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield file.relative_to(folder).as_posix(), file


def _measured(name: str, file: Path) -> tuple[Member, Path]:
    with file.open("rb") as opened:
        size, digest = digested(opened)
    return Member(name, size, digest), file


def _manifest(members: list[Member]) -> dict[str, Any]:
    """Say what is inside. `content` is the same for two backups of the same record, whenever they were taken."""
    inside = [vars(m) for m in sorted(members, key=lambda m: m.name)]
    told = {
        "form": FORM,
        "version": version(),
        "members": inside,
        "content": sha256(canonical({"members": inside}).encode()).hexdigest(),
        "taken_at": timezone.now().isoformat(),
    }
    return {**told, "seal": keyed(canonical(told))}


def _pack(tar: tarfile.TarFile, name: str, file: Path) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = file.stat().st_size, 0o600
    with file.open("rb") as opened:
        tar.addfile(entry, opened)


def _settle(whole: Path, path: Path) -> None:
    whole.chmod(0o600)
    with whole.open("rb") as file:
        os.fsync(file.fileno())
    whole.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
