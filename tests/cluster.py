"""A throw-away PostgreSQL: made, used by one command, gone.

    python -m tests.cluster -- COMMAND...

runs COMMAND with `DATABASE_URL` naming an empty database on a cluster of its own, and ends with the command's exit status. The
cluster goes when the command ends, fails or is stopped by a signal. `--durable` keeps fsync on, for tests that pull the plug.

The database's owner, `kith`, is no superuser: row security binds it as it would in a council.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

OLDEST = 15
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
ENCODING = ("--encoding=UTF8", "--locale=C.UTF-8")
ROLE = "CREATE ROLE kith LOGIN CREATEDB"
DATABASE = "CREATE DATABASE kith OWNER kith"


class CannotStart(Exception):
    """There is no PostgreSQL to start, or it would not; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One running cluster: where its programs, files and door are."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://kith@127.0.0.1:{self.port}/kith"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the cluster's owner; its words are shown only when it fails."""
        ran = subprocess.run(
            [self.programs / program, *arguments],
            check=False,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "words").open("w"),
            stderr=subprocess.STDOUT,
            user=owner(),
            group=owner(),
            extra_groups=[] if owner() else None,
        )
        if ran.returncode:
            raise CannotStart(f"{program} failed:\n{self.words()}")

    def words(self) -> str:
        logs = [self.folder / "words", self.folder / "log"]
        return "\n".join(log.read_text()[-2000:] for log in logs if log.exists())

    def start(self, *, durable: bool) -> None:
        self.run(
            "initdb", "-D", self.data, "--data-checksums", "--auth=trust", "--username=postgres", "--no-sync", *ENCODING
        )
        self.resume("" if durable else QUICK)
        door = ("-h", str(self.folder), "-p", str(self.port), "-U", "postgres", "-v", "ON_ERROR_STOP=1")
        self.run("psql", *door, "-c", ROLE, "-c", DATABASE)

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def where(self) -> str:
        return f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"

    def resume(self, options: str = "") -> None:
        """Start it over the files it has, after whatever happened to it; it answers when this is done."""
        options = f"{self.where} {options}"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def postmaster(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")


def owner() -> str | None:
    """PostgreSQL refuses to run as root, so root lends it to the user its package made."""
    return "postgres" if os.geteuid() == 0 else None


def version(initdb: Path) -> int:
    words = subprocess.run([initdb, "--version"], check=True, capture_output=True, text=True).stdout.split()
    return int("".join(c for c in words[2].partition(".")[0] if c.isdigit()))


def programs() -> Path:
    """The folder of the newest PostgreSQL here that Kith can use."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve())
    usable = [initdb for initdb in found if version(initdb) >= OLDEST]
    if not usable:
        raise CannotStart(f"PostgreSQL {OLDEST} or later is not on this machine. Type: sudo apt-get install postgresql")
    return max(usable, key=version).parent


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def cluster(*, durable: bool = False, within: Path | None = None) -> Iterator[Cluster]:
    """A cluster for as long as the block lasts, on the disk that `within` names. It starts in about two seconds."""
    folder = Path(tempfile.mkdtemp(prefix="kith-postgresql-", dir=within))
    made = Cluster(programs=programs(), folder=folder, port=free_port())
    try:
        if owner():
            shutil.chown(folder, owner(), owner())
        made.start(durable=durable)
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)


def leave(number: int, _frame: FrameType | None) -> None:
    """A signal ends the block as any fault would, so that the cluster goes too."""
    raise SystemExit(128 + number)


def run(command: list[str], url: str) -> int:
    """Run the command over the database at `url`; take it along when we are told to stop."""
    with subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as child:
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            raise


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--durable", action="store_true", help="keep fsync on")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    asked = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    try:
        with cluster(durable=asked.durable) as made:
            return run(asked.command, made.url)
    except CannotStart as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
