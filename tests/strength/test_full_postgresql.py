"""B 4 on PostgreSQL: its own disk is full, or turns read-only, under a server at work.

Every answer is a calm page or the truth; what was answered for is there after, and nothing half; Kith itself is not started
again. The disk is a real file system in a file, which needs root. PostgreSQL may stop when its disk fails it: whoever keeps
it starts it again when the disk is mended, and so does this test.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest

from tests.cluster import Cluster, cluster
from tests.strength.people import A_NOTE, Desk, NoAnswer
from tests.strength.served import PATIENCE, Served, serving
from tests.strength.test_full import CALM, draft
from tests.strength.test_kill import Plug

pytestmark = [pytest.mark.strength, pytest.mark.long]
MEGABYTES = 256
REFUSALS = 6  # in a row: the disk has no room left anywhere
UNSURE = "We cannot say whether it was saved"
BEFORE, AFTER = "Written while there was room.", "Written when there was room again."


@dataclass
class Disk:
    """A file system in a file, which may be filled, and may fail as a worn-out disk does."""

    image: Path
    at: Path

    def told(self, *command: str | Path) -> str:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, f"This test mounts a small disk, which needs root: {command} {ran.stderr}"
        return ran.stdout.strip()

    def mount(self) -> None:
        self.told("mount", "-o", "loop,errors=remount-ro", self.image, self.at)

    def unmount(self) -> None:
        until = monotonic() + PATIENCE
        while subprocess.run(["umount", self.at], check=False, capture_output=True).returncode:
            assert monotonic() < until, f"something still holds {self.at}"
            sleep(0.2)

    def fill(self) -> None:
        with (self.at / "ballast").open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def empty(self) -> None:
        (self.at / "ballast").unlink()

    def fail(self) -> None:
        """Have the system find a fault on it: nothing more is written to it until it has been mounted anew."""
        device = Path(self.told("findmnt", "-no", "SOURCE", self.at)).name
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")


@dataclass
class Found:
    """What was said while the disk failed."""

    kept: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    draft: str = ""
    refused: int = 0
    read: int = 0


@pytest.fixture
def disk() -> Iterator[Disk]:
    with TemporaryDirectory(prefix="kith-disk-") as folder:
        made = Disk(Path(folder) / "image", Path(folder) / "at")
        made.at.mkdir()
        made.at.parent.chmod(0o755)  # the cluster's owner goes in
        made.told("truncate", "-s", f"{MEGABYTES}M", made.image)
        made.told("mkfs.ext4", "-q", "-m", "0", made.image)
        made.mount()
        try:
            yield made
        finally:
            made.unmount()


@pytest.fixture
def on_it(disk: Disk, tmp_path: Path) -> Iterator[tuple[Disk, Cluster, Served, dict]]:
    with cluster(durable=True, within=disk.at) as made:
        served = Served(tmp_path, made.url)
        disk.told("sync", "--file-system", disk.at)  # a cluster of the tests does not wait for its disk when it is made
        yield disk, made, served, served.ask("make")


def long_words(number: int) -> str:
    """Words that do not fold small: they take their room on the disk."""
    drawn = Random(number)
    return f"Lamp {number}. " + " ".join(f"{drawn.getrandbits(40):x}" for _ in range(1500))


def calm(status: int, words: str) -> None:
    assert status in {500, 503}, (status, words[:500])
    assert any(said in words for said in (*CALM, UNSURE)), words[:1000]
    assert "Traceback" not in words


def write_on(desk: Desk, found: Found, number: int) -> bool:
    """Send a note, a draft and ask for the first note. Says whether the note was kept."""
    said = long_words(number)
    with suppress(NoAnswer):
        status, _where, words = draft(desk, f"Half a lamp, {number}", turn=number + 1)
        if status == 200:
            found.draft = f"Half a lamp, {number}"
        else:
            calm(status, words)
    with suppress(NoAnswer):
        status, _where, words = desk.ask("GET", f"/notes/{found.kept[BEFORE]}/")
        if status == 200:
            found.read += 1
        else:
            calm(status, words)
    status, where, words = desk.ask("POST", desk.note_page, desk.note(said))
    if kept := A_NOTE.match(where):
        found.kept[said] = kept[1]
        return True
    calm(status, words)
    found.refused += 1
    found.unsure |= {said} if UNSURE in words else set()
    return False


def write_until_refused(desk: Desk, found: Found) -> None:
    number = row = 0
    while row < REFUSALS:
        number += 1
        row = 0 if write_on(desk, found, number) else row + 1
        assert number < 2000, "the disk never filled"


def all_is_well_again(desk: Desk, found: Found) -> None:
    """It goes on, without a new start of Kith: the first answer may wait for the database to stand up."""
    sent, until = desk.note(AFTER), monotonic() + PATIENCE
    while desk.write(sent) != 302:
        assert monotonic() < until
        sleep(0.5)
    found.kept[AFTER] = desk.kept[AFTER]
    assert desk.read_back(found.kept[BEFORE]) == 200
    assert desk.ask("GET", "/drafts/")[0] == 200


def whole(served: Served, found: Found) -> None:
    tally = served.ask("tally")
    assert tally["halves"] == []
    assert {words: refs for words, refs in tally["notes"].items() if words not in found.unsure} == {
        words: [ref] for words, ref in found.kept.items()
    }
    assert tally["looks"].count(found.kept[BEFORE]) >= found.read + 1
    assert [said for _turn, said in tally["drafts"].values()] == [[found.draft]]
    verified, checked = served.kith("audit", "verify"), served.kith("check")
    assert (verified.returncode, checked.returncode) == (0, 0), verified.stdout + checked.stdout
    print(f"\n{json.dumps({'kept': len(found.kept), 'refused': found.refused, 'unsure': len(found.unsure)})}")


def begin(desk: Desk) -> Found:
    assert desk.write(desk.note(BEFORE)) == 302
    assert draft(desk, "Half a lamp")[0] == 200
    return Found(dict(desk.kept), draft="Half a lamp")


def stands(made: Cluster) -> bool:
    asks = [made.programs / "pg_isready", "-q", "-h", str(made.folder), "-p", str(made.port)]
    return subprocess.run(asks, check=False).returncode == 0


def test_postgresql_on_a_full_disk_loses_nothing_and_kith_goes_on_when_there_is_room(on_it):
    disk, made, served, place = on_it
    with serving(served):
        desk = Desk(served, "leah", place).sign_in()
        found = begin(desk)
        workers = sorted(served.web_workers())
        disk.fill()
        write_until_refused(desk, found)
        disk.empty()
        if not stands(made):  # its journal had no room: it stops rather than answer for what it cannot keep
            Plug(made).up()
        all_is_well_again(desk, found)
        assert sorted(served.web_workers()) == workers
    whole(served, found)


def test_postgresql_on_a_disk_that_turns_read_only_loses_nothing_and_kith_goes_on_when_it_is_mounted_anew(on_it):
    disk, made, served, place = on_it
    with serving(served):
        desk = Desk(served, "leah", place).sign_in()
        found = begin(desk)
        workers = sorted(served.web_workers())
        disk.fail()
        write_until_refused(desk, found)
        with suppress(ProcessLookupError):  # it may have stopped of itself
            Plug(made).down()
        disk.unmount()
        disk.mount()
        Plug(made).up()
        all_is_well_again(desk, found)
        assert sorted(served.web_workers()) == workers
    whole(served, found)
