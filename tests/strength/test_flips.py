"""B 3: a disk that turns one byte round is found out, and words it has altered are never shown as if they were whole.

SQLite keeps no checksum of its pages: what stands on a page that is still in order is known by the imprint each paragraph was
given when it was written. PostgreSQL keeps one of every page.
"""

import json
import random
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kith.people.entries.imprint import is_whole
from kith.people.entries.models import Paragraph
from tests.cluster import Cluster, owner
from tests.strength.people import Desk
from tests.strength.served import serving

pytestmark = pytest.mark.strength

FLIPS = 500
PAGE = 8192
BOXES = [f for f in Paragraph._meta.concrete_fields if f.name not in {"id", "part", "about", "given_by"}]
COLUMNS = ", ".join(["id", *(f.column for f in BOXES)])
WORDS = "Maya showed me the lamp by her bed, and Ellis said that the mornings are better now."


def paragraphs(whole: bytes) -> dict[int, Paragraph]:
    """Every paragraph of a store, read as Kith reads it. Raises `sqlite3.DatabaseError` where the file is out of order."""
    with closing(sqlite3.connect(":memory:")) as store:
        store.deserialize(whole)
        rows = store.execute(f"SELECT {COLUMNS} FROM people_paragraph").fetchall()
    names = [f.name for f in BOXES]
    return {pk: Paragraph(pk=pk, **dict(zip(names, values, strict=True))) for pk, *values in rows}


def in_order(whole: bytes) -> bool:
    with closing(sqlite3.connect(":memory:")) as store:
        store.deserialize(whole)
        return store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def flipped(whole: bytes, at: int, bit: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]


def places(whole: bytes, words: list[str], dice: random.Random) -> Iterator[int]:
    """Half of the bytes anywhere at all, half of them inside words that somebody wrote."""
    for turn in range(FLIPS):
        if turn % 2:
            yield dice.randrange(100, len(whole))
        else:
            said = dice.choice(words).encode()
            yield whole.index(said) + dice.randrange(len(said))


def what_is_seen(whole: bytes, before: dict[int, Paragraph]) -> str:
    """Say what became of a flip: found out of order, past reading, found by the imprint, or no words altered."""
    try:
        after = paragraphs(whole)
        if not in_order(whole):
            return "out of order"
    except sqlite3.DatabaseError:
        return "out of order"
    except UnicodeDecodeError:  # a page that met it is a fault, with nothing on it
        return "cannot be read"
    altered = [pk for pk, p in after.items() if p.text != getattr(before.get(pk), "text", None)]
    if any(is_whole(after[pk]) for pk in altered):
        return "served"
    return "by its imprint" if not all(map(is_whole, after.values())) else "no words"


@pytest.fixture
def noted(embedded) -> bytes:
    """The bytes of a store in which Leah has written forty notes, at rest."""
    served, place = embedded
    with serving(served):
        desk = Desk(served, "leah", place).sign_in()
        for turn in range(40):
            assert desk.write(desk.note(f"{WORDS} {turn}")) == 302
    return (served.data / "kith.sqlite3").read_bytes()


def test_altered_words_are_never_shown_from_sqlite(noted):
    before, dice = paragraphs(noted), random.Random(3)
    words = [p.text for p in before.values() if noted.count(p.text.encode()) == 1]
    seen = Counter(what_is_seen(flipped(noted, at, dice.randrange(8)), before) for at in places(noted, words, dice))
    print(f"\n{json.dumps({'flips': FLIPS, 'paragraphs': len(before)} | seen)}")
    assert all(map(is_whole, before.values()))
    assert seen["served"] == 0
    assert seen["by its imprint"] + seen["cannot be read"] + seen["out of order"] >= FLIPS / 2


def test_without_the_imprint_sqlite_would_have_shown_them(noted):
    """The control: the store itself finds nothing wrong with a page whose words have been altered."""
    said = next(p.text for p in paragraphs(noted).values())
    spoilt = flipped(noted, noted.index(said.encode()) + 3, 0)
    assert in_order(spoilt)
    assert said not in {p.text for p in paragraphs(spoilt).values()}


def test_every_altered_page_is_found_on_postgresql(on_postgresql, tmp_path):
    cluster, _served, _place = on_postgresql
    cluster.run("pg_ctl", "-D", cluster.data, "-m", "fast", "-w", "stop")
    try:
        copy = cluster.folder / "spoilt"
        subprocess.run(["cp", "-a", cluster.data, copy], check=True)
    finally:
        cluster.resume()
    dice, pages = random.Random(3), pages_of(copy)
    chosen = dice.sample(pages, min(FLIPS, len(pages)))
    for file, page in chosen:
        spoil(file, page * PAGE + dice.randrange(PAGE), dice.randrange(8))
    found = bad_pages(cluster, copy)
    shutil.rmtree(copy)
    print(f"\n{json.dumps({'flips': len(chosen), 'found': found, 'pages': len(pages)})}")
    assert found == len(chosen) == FLIPS


def pages_of(data: Path) -> list[tuple[Path, int]]:
    """Every page with something on it, of every table and index."""
    files = {f: f.read_bytes() for f in (data / "base").rglob("*") if f.is_file() and re.fullmatch(r"[\d.]+", f.name)}
    return [(f, n) for f, whole in files.items() for n in range(len(whole) // PAGE) if any(whole[n * PAGE :][:PAGE])]


def spoil(file: Path, at: int, bit: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        was = opened.read(1)[0]
        opened.seek(at)
        opened.write(bytes([was ^ (1 << bit)]))


def bad_pages(cluster: Cluster, data: Path) -> int:
    """How many pages PostgreSQL's own check finds altered."""
    ran = subprocess.run(
        [cluster.programs / "pg_checksums", "--check", "-D", data],
        check=False,
        capture_output=True,
        text=True,
        user=owner(),
        group=owner(),
        extra_groups=[] if owner() else None,
    )
    [found] = re.findall(r"Bad checksums: +(\d+)", ran.stdout)
    return int(found)
