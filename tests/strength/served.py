"""Kith as a council runs it: a store of its own, `kith serve` with several web workers, and everyone in it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

from tests.cluster import free_port

PATIENCE = 120  # seconds for a busy machine to answer first
WRITERS = ("leah", "nadia", "joy")
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE", "KITH_DATA")
KITH = (sys.executable, "-m", "kith.config.cli")
UNASKED = (sys.executable, "-m", "gunicorn", "--preload", "--threads", "4", "kith.config.wsgi")
"""The server without `kith serve`, which refuses an unsafe store: for controls, that must be seen to fail."""


@dataclass
class Served:
    """One store and its server. `settings` names a control's settings; with none it is served as it comes."""

    folder: Path
    url: str = ""
    settings: str = ""
    workers: int = 3
    before: tuple[str, ...] = ()  # what the server is run under
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    def environment(self) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if k not in OURS}
        env |= {"KITH_DATA": str(self.data), "KITH_WORKERS": str(self.workers), "PYTHONPATH": str(Path.cwd())}
        env |= {"DATABASE_URL": self.url} if self.url else {}
        return env | ({"DJANGO_SETTINGS_MODULE": self.settings} if self.settings else {})

    def kith(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command beside the server, and give what it said."""
        return subprocess.run([*KITH, *words], env=self.environment(), capture_output=True, text=True, check=False)

    def ask(self, what: str, *words: str) -> dict:
        """Have one of this module's questions answered by a process that knows the store."""
        asked = [sys.executable, "-m", "tests.strength.served", what, *words]
        ran = subprocess.run(asked, env=self.environment(), check=True, stdout=subprocess.PIPE)
        return json.loads(ran.stdout)

    def start(self) -> None:
        told = [*KITH, "serve", "--port", str(self.port)]
        if self.settings:
            told = [*UNASKED, "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers)]
        out = (self.folder / "log").open("ab")
        self.server = subprocess.Popen(
            [*self.before, *told], env=self.environment(), stderr=out, stdout=out, start_new_session=True
        )
        until = monotonic() + PATIENCE
        while not self.answers():
            assert self.server.poll() is None, self.log
            assert monotonic() < until, self.log
            sleep(0.1)

    def answers(self) -> bool:
        try:
            urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
        except OSError:
            return False
        return True

    def web_workers(self) -> list[int]:
        """The processes that answer pages: children of the one that watches over them."""
        parent = self.server.pid
        if self.before:  # under another program: that one's child is the watcher
            parent = (_children(parent) or [parent])[0]
        return _children(parent)

    def kill_workers(self) -> int:
        """SIGKILL every web worker there is: no goodbye, nothing flushed. Gives how many."""
        killed = 0
        for pid in self.web_workers():
            try:
                os.kill(pid, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:  # killed by the blow before and not yet buried
                continue
        return killed

    def stop(self) -> None:
        if self.server:
            os.killpg(self.server.pid, signal.SIGTERM)
            try:
                self.server.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(self.server.pid, signal.SIGKILL)
                self.server.wait()
            self.server = None


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found


@contextmanager
def serving(served: Served) -> Iterator[Served]:
    """Serve until the block ends."""
    served.start()
    try:
        yield served
    finally:
        served.stop()


def make() -> dict:
    """Make the store's tables and everyone in it. Each who writes has an app for the second step."""
    import_module("kith.config.commands").prepare()
    cast = import_module("tests.cast").make_cast()
    for person in cast.people.values():
        import_module("kith.people.persons.actions").write_keys(person)
    for who in WRITERS:
        import_module("tests.door").give_app(cast.staff[who])
    files = [str(f.ref) for f in cast.solanki_files]
    return {"family": str(cast.solanki_reid.ref), "files": files, "mum": str(cast.kavi.ref)}


def tally() -> dict:
    """What is in the store: each note by its words, which of them are whole, and which notes a look was written for."""
    from kith.access.audit.models import Act, Look
    from kith.casework.visits.models import Visit
    from kith.people.entries.models import Entry

    acts = [(what, json.loads(body)) for what, body in Act.objects.values_list("what", "body")]
    recorded = {body["about"].partition(":")[2] for what, body in acts if what == "entry.recorded"}
    written = {body["entry"] for what, body in acts if what == "note.written"}
    looks = [
        json.loads(body).get("entry", "") for body in Look.objects.filter(what="note").values_list("body", flat=True)
    ]
    notes: dict[str, list[str]] = {}
    halves = []
    for entry in Entry.objects.prefetch_related("files", "parts__paragraphs"):
        said = [p.text for part in entry.parts.all() for p in part.paragraphs.all() if p.slot == "what"]
        visit = Visit.objects.filter(entry=entry).first()
        ref = str(entry.ref)
        noted = ref in recorded and ref in written
        if len(said) != 1 or len(entry.files.all()) != 3 or visit is None or visit.children.count() != 3 or not noted:
            halves.append(ref)
        for words in said:
            notes.setdefault(words, []).append(ref)
    known = {ref for refs in notes.values() for ref in refs}
    halves += sorted((recorded | written) - known)
    given = {body["digest"] for what, body in acts if what == "paper.given"}
    return {"notes": notes, "halves": halves, "looks": looks, "acts": len(acts), **_drafts_and_papers(given)}


def _drafts_and_papers(given: set[str]) -> dict:
    """Each draft by its author and form, and each paper that is whole and on the ledger, with the entry it was made of."""
    from kith.disclosure.papers.models import Rendition
    from kith.people.drafts.models import Draft

    drafts = Draft.objects.values_list("author__username", "form", "turn", "fields")
    papers = [p for p in Rendition.objects.select_related("entry") if p.digest == sha256(p.pdf).hexdigest()]
    return {
        "drafts": {f"{who} {form}": [turn, fields.get("what")] for who, form, turn, fields in drafts},
        "papers": {str(p.ref): str(p.entry.ref) for p in papers if p.digest in given},
    }


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    django.setup()
    print(json.dumps({"make": make, "tally": tally}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
