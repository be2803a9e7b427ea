"""The bench's stores, kept in a folder so that a second run is quick: one folder for SQLite, one cluster of PostgreSQL.

A store is made anew when it is of another size, another seed or another generator; a newer schema is brought to it by its
migrations, as in any council.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.cluster import Cluster, free_port, owner, programs

HERE = Path(__file__).resolve().parent
MAKERS = ("invented.py", "tables.py", "world.py", "story.py", "bulk.py")
FLUSH_MS = 5
SLOW_FLUSH = f"-c commit_delay={FLUSH_MS * 1000} -c commit_siblings=0"
"""Whoever flushes for a group first waits, holding the lock of the log. With no siblings asked for it waits each time."""
ROOM = "-c shared_buffers=512MB -c max_wal_size=4GB"
STORES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Size:
    """Which world is wanted."""

    people: int
    seed: int

    def stamp(self) -> str:
        """Name the world and its maker."""
        digest = sha256(b"".join((HERE / name).read_bytes() for name in MAKERS)).hexdigest()[:16]
        return json.dumps([self.people, self.seed, digest])


def run(words: Sequence[str], env: dict[str, str]) -> None:
    """Run a part of the bench in a process of its own: its settings are read from its environment."""
    quiet = {"KITH_LOG": "ERROR", "PYTHONWARNINGS": "ignore"}
    subprocess.run([sys.executable, "-m", "tests.bench.one", *words], check=True, env={**os.environ, **env, **quiet})


@contextmanager
def store(kind: str, folder: Path, size: Size, *, slow_flush: bool = False) -> Iterator[dict[str, str]]:
    """Open one of the two stores, made first if need be; give the environment that names it."""
    home = folder / kind
    with (_sqlite if kind == "sqlite" else _postgresql)(home, size, slow_flush=slow_flush) as env:
        yield env


@contextmanager
def _sqlite(home: Path, size: Size, *, slow_flush: bool) -> Iterator[dict[str, str]]:
    if slow_flush:
        raise LookupError("SQLite is not slowed")
    env = {"KITH_DATA": str(home), "DATABASE_URL": ""}
    if not is_made(home, size):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        _make(home, size, env)
    else:
        run(["migrate", str(home)], env)
    yield env


@contextmanager
def _postgresql(home: Path, size: Size, *, slow_flush: bool) -> Iterator[dict[str, str]]:
    beside = home.with_name("postgresql-files")
    made = is_made(beside, size)
    cluster = Cluster(programs=programs(), folder=home, port=free_port())
    env = {"KITH_DATA": str(beside), "DATABASE_URL": cluster.url}
    if not made:
        _forget(cluster, beside)
        home.mkdir(parents=True)
        if owner():
            shutil.chown(home, owner(), owner())
        cluster.start(durable=False)
        try:
            _make(beside, size, env)
        finally:
            _stop(cluster)
    _end_what_was_left(cluster)
    _start(cluster, f"{ROOM} {SLOW_FLUSH if slow_flush else ''}")
    try:
        if made:
            run(["migrate", str(beside)], env)
        yield env
    finally:
        _stop(cluster)


def _start(cluster: Cluster, options: str) -> None:
    """Start a cluster that is there already, with its flushes reaching the disk."""
    (cluster.folder / "log").unlink(missing_ok=True)
    listens = f"-p {cluster.port} -k {cluster.folder} -c listen_addresses=127.0.0.1 {options}"
    data, log = str(cluster.folder / "data"), str(cluster.folder / "log")
    cluster.run("pg_ctl", "-D", data, "-w", "-l", log, "-o", listens, "start")


def _stop(cluster: Cluster) -> None:
    cluster.run("pg_ctl", "-D", str(cluster.folder / "data"), "-m", "fast", "-w", "stop")


def _forget(cluster: Cluster, beside: Path) -> None:
    _end_what_was_left(cluster)
    shutil.rmtree(cluster.folder, ignore_errors=True)
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)


def _end_what_was_left(cluster: Cluster) -> None:
    """A bench that was killed left its server running over this folder."""
    if (cluster.folder / "data" / "postmaster.pid").exists():
        _stop(cluster)


def is_made(home: Path, size: Size) -> bool:
    """Whether this very world is there, whole: the stamp is written last."""
    stamp = home / "stamp.json"
    return stamp.exists() and stamp.read_text() == size.stamp()


def _make(home: Path, size: Size, env: dict[str, str]) -> None:
    print(f"Making a record of {size.people:,} people in {home}", file=sys.stderr, flush=True)
    run(["make", str(home), "--people", str(size.people), "--seed", str(size.seed)], env)
    (home / "stamp.json").write_text(size.stamp())
