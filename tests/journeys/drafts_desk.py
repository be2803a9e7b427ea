"""A desk of its own for the journeys of drafts: a store, a page with a form, and a server that may be killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from types import TracebackType
from urllib.request import urlopen

import django

from tests.cluster import free_port

PATIENCE = 60  # seconds for the server to answer first
PAGES = "kith.people.drafts.tests.a_page"
SETTINGS = """
from kith.config.settings import *
ROOT_URLCONF = "{pages}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""


@dataclass
class Desk:
    """A store with everyone in it, served until the block ends. `family` is the Solanki-Reids' address."""

    folder: Path
    port: int
    family: str = ""
    server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def note_page(self) -> str:
        return f"{self.address}/families/{self.family}/notes/new/"

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        where = os.pathsep.join([str(self.folder), str(Path.cwd())])
        ours = {"KITH_DATA": str(self.folder / "data"), "DJANGO_SETTINGS_MODULE": "desk_settings", "PYTHONPATH": where}
        return kept | ours

    def serve(self) -> None:
        told = ["--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "8", "kith.config.wsgi"]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *told],
            env=self.environment(),
            stderr=(self.folder / "log").open("ab"),
            start_new_session=True,
        )
        until = monotonic() + PATIENCE
        while not self.answers():
            assert monotonic() < until, (self.folder / "log").read_text()
            sleep(0.1)

    def answers(self) -> bool:
        try:
            urlopen(f"{self.address}/saved/", timeout=5).close()  # noqa: S310 - our own address
        except OSError:  # not listening yet, or the last of a server that was killed
            return False
        return True

    def kill(self) -> None:
        """As when the power goes: no goodbye, nothing flushed."""
        if self.server:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def forget(self, *tables: str) -> None:
        """Empty tables of the store behind the server's back."""
        store = sqlite3.connect(self.folder / "data" / "kith.sqlite3", timeout=20, isolation_level=None)
        for table in tables:
            store.execute(f"DELETE FROM {table}")
        store.close()


class opened_desk:  # noqa: N801 - reads as a verb where it is used
    """`with opened_desk() as desk:` makes the store and serves it."""

    def __enter__(self) -> Desk:
        self.folder = TemporaryDirectory(prefix="kith-drafts-")
        self.desk = Desk(Path(self.folder.name), free_port())
        (self.desk.folder / "desk_settings.py").write_text(SETTINGS.format(pages=PAGES))
        made = subprocess.run(
            [sys.executable, "-m", "tests.journeys.drafts_desk"],
            env=self.desk.environment(),
            check=True,
            stdout=subprocess.PIPE,
        )
        self.desk.family = json.loads(made.stdout)["family"]
        self.desk.serve()
        return self.desk

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.desk.kill()
        self.folder.cleanup()


def make() -> None:
    django.setup()
    prepare = import_module("kith.config.commands").prepare
    make_cast = import_module("tests.cast").make_cast
    prepare()
    print(json.dumps({"family": str(make_cast().solanki_reid.ref)}))


if __name__ == "__main__":
    make()
