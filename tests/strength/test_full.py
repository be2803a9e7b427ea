"""B 4: a full disk answers a calm page and keeps no half record, and there is nothing to restart when there is room again.

The workers are told by the system that no file may grow, which it can take back while they run. The long form fills a small disk
to the brim: it needs leave to mount one.
"""

import json
import os
import resource
import subprocess
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from kith.people.files.tests.pictures import jpeg
from tests.strength.people import Desk
from tests.strength.served import Served, serving

pytestmark = pytest.mark.strength

CALM = ("Kith cannot reach its records just now", "Something went wrong on our side")
WORDS = "Maya showed me the lamp before the disk was full."
SECRET_WORDS = "like a lighthouse but for bears"


def limit(served: Served, size: int) -> None:
    """How large any file may become that a worker writes to."""
    for pid in served.web_workers():
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, most))


def draft(desk: Desk, words: str, turn: int = 1) -> tuple[int, str, str]:
    sent = {"draft_by": desk.account, "draft_place": desk.place["family"], "draft_called": "A note", "what": words}
    sent |= {"csrfmiddlewaretoken": desk.token, "draft_page": "one-tab", "draft_turn": str(turn)}
    return desk.ask("POST", "/drafts/note/", sent)


def with_a_picture(desk: Desk, words: str) -> tuple[int, str, str]:
    """A note with a drawing of Maya's, sent as a browser sends files."""
    edge, lines = "edge-of-a-part", []
    for name, value in (desk.note(words) | {"picture_words": "Maya’s drawing of the lamp."}).items():
        said = value if isinstance(value, list) else [value]
        box = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        lines += [f"{box}{one}\r\n".encode() for one in said]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="picture"; filename="lamp.jpg"\r\n'
    lines.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + jpeg() + f"\r\n--{edge}--\r\n".encode())
    return desk.ask("POST", desk.note_page, raw=(f"multipart/form-data; boundary={edge}", b"".join(lines)))


def files_kept(served: Served) -> list[Path]:
    return [path for path in (served.data / "files").rglob("*") if path.is_file()]


def nothing_passes(desk: Desk, kept: str) -> None:
    """No page is shown, for its look cannot be written; no note, draft or picture is kept; every answer is calm."""
    answers = [
        desk.ask("GET", f"/notes/{kept}/"),
        desk.ask("GET", desk.note_page),
        desk.ask("POST", desk.note_page, desk.note("Never kept.")),
        draft(desk, "Never kept either."),
        with_a_picture(desk, "Nor this, with its picture."),
    ]
    for status, _where, words in answers:
        assert status in {500, 503}, (status, words[:500])
        assert any(calm in words for calm in CALM), words[:500]
        assert SECRET_WORDS not in words
        assert "Traceback" not in words


def all_passes(desk: Desk) -> None:
    sent = desk.note(WORDS)
    assert desk.write(sent) == 302
    assert desk.write(sent) == 302  # and once only: checked by the tally
    assert desk.read_back(desk.kept[WORDS]) == 200
    assert draft(desk, "A lamp, half written")[0] == 200
    status, where, words = with_a_picture(desk, "With its picture.")
    assert (status, where[:7]) == (302, "/notes/"), words[:2000]


def whole(served: Served) -> None:
    found = served.ask("tally")
    assert found["halves"] == []
    assert sorted(found["notes"]) == sorted([WORDS, "With its picture.", "Written while there was room."])
    assert {len(refs) for refs in found["notes"].values()} == {1}
    verified, checked = served.kith("audit", "verify"), served.kith("check")
    assert (verified.returncode, checked.returncode) == (0, 0), verified.stdout + checked.stdout
    print(f"\n{json.dumps({'notes': 3, 'acts': found['acts'], 'files': len(files_kept(served))})}")


def fill_and_empty(served: Served, place: dict, fill: Callable[[], None], empty: Callable[[], None]) -> None:
    with serving(served):
        desk = Desk(served, "leah", place).sign_in()
        child = place["files"][0].replace("-", "")
        kept = desk.note("Written while there was room.", **{f"words_{child}": SECRET_WORDS})
        assert desk.write(kept) == 302
        workers = sorted(served.web_workers())
        fill()
        nothing_passes(desk, desk.kept["Written while there was room."])
        assert files_kept(served) == []
        empty()
        all_passes(desk)
        assert sorted(served.web_workers()) == workers
    whole(served)


def test_where_no_file_may_grow_nothing_is_kept_or_shown_and_all_goes_on_when_it_may(embedded):
    served, place = embedded
    fill_and_empty(served, place, lambda: limit(served, 0), lambda: limit(served, resource.RLIM_INFINITY))


@pytest.mark.parametrize("which", ["kith.sqlite3", "looks.sqlite3"])
def test_where_one_file_has_reached_its_end_no_half_is_kept(embedded, which):
    """Pages already there may be written over, and the journal begun: what cannot be finished is rolled back."""
    served, place = embedded
    with serving(served):
        desk = Desk(served, "leah", place).sign_in()
        limit(served, (served.data / which).stat().st_size)
        for number in range(15):
            sent = desk.note(f"Lamp {number}. " + "It shone. " * 400 + "Always.")
            if desk.write(sent) == 302:
                desk.read_back(desk.kept[str(sent["what"])])
        limit(served, resource.RLIM_INFINITY)
        assert desk.said[503] + len(desk.kept) - len(desk.read) > 0
        assert desk.write(desk.note(WORDS)) == 302
    found = served.ask("tally")
    assert found["halves"] == []
    assert sorted(found["notes"]) == sorted(desk.kept)
    assert set(desk.read) <= set(found["looks"])
    assert served.kith("audit", "verify").returncode == 0


@contextmanager
def small_disk(folder: Path, megabytes: int):
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "kith", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert mounted.returncode == 0, f"This test mounts a small disk, which needs root: {mounted.stderr}"
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.long
def test_a_disk_filled_to_the_brim_loses_nothing_and_all_goes_on_when_there_is_room(a_store, tmp_path):
    data, place = a_store
    with small_disk(tmp_path / "data", 64):
        subprocess.run(["cp", "-a", f"{data}/.", tmp_path / "data"], check=True)
        ballast = tmp_path / "data" / "ballast"

        def fill() -> None:
            with ballast.open("wb", buffering=0) as file:
                for size in (1 << 20, 1 << 12, 1):
                    try:
                        while True:
                            file.write(os.urandom(size) if size == 1 else bytes(size))
                    except OSError:
                        continue

        fill_and_empty(Served(tmp_path), place, fill, ballast.unlink)
