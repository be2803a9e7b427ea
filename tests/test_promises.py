"""B 2, 5: Kith does not start over a store that could lose what somebody was told is kept."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from kith.config import commands, promises, stores
from tests.disk import on_disk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "looks"])

UNSAFE = {
    "PRAGMA synchronous=NORMAL": "before words are on the disk",
    "PRAGMA synchronous=FULL": "before words are on the disk",
    "PRAGMA synchronous=OFF": "before words are on the disk",
    "PRAGMA journal_mode=MEMORY": "keeps no journal on the disk",
    "PRAGMA journal_mode=OFF": "keeps no journal on the disk",
    "PRAGMA foreign_keys=OFF": "does not hold records to each other",
    "PRAGMA busy_timeout=0": "does not wait for another writer",
}
KITH = [sys.executable, "-m", "kith.config.cli"]


def kith(*words: str, data: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [*KITH, *words],
        env=kept | {"KITH_DATA": str(data), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


VERSIONS = {
    (3, 6, 23): False,  # no write-ahead mode before 3.7
    (3, 7, 0): False,
    (3, 40, 1): False,
    (3, 44, 5): False,
    (3, 44, 6): True,
    (3, 44, 99): True,
    (3, 45, 0): False,
    (3, 46, 1): False,
    (3, 50, 6): False,
    (3, 50, 7): True,
    (3, 51, 0): False,
    (3, 51, 2): False,
    (3, 51, 3): True,
    (3, 51, 9): True,
    (3, 52, 0): False,  # withdrawn upstream
    (3, 53, 0): True,
}
"""Trust 0.1: the write-ahead reset fault is in 3.7.0 to 3.51.2, and was mended in 3.51.3, 3.50.7 and 3.44.6."""


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: ".".join(map(str, version)))
def test_write_ahead_mode_is_used_only_on_a_library_without_the_known_fault(version, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert stores.safe_for_write_ahead(version) is VERSIONS[version]
    mode = "WAL" if VERSIONS[version] else "DELETE"
    assert stores.journal_mode() == mode
    assert f"PRAGMA journal_mode={mode};" in stores.embedded(Path())["OPTIONS"]["init_command"]


@pytest.fixture
def rolls_back(monkeypatch):
    """As on a library with the write-ahead fault, whichever is linked here."""
    monkeypatch.setattr(stores, "safe_for_write_ahead", lambda _version: False)
    monkeypatch.setattr(promises, "safe_for_write_ahead", lambda _version: False)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", stores.embedded(Path())["OPTIONS"])


@pytest.mark.sqlite
def test_our_own_settings_keep_every_promise(tmp_path):
    with on_disk(tmp_path):
        assert promises.not_kept() == []


@pytest.mark.sqlite
@pytest.mark.parametrize("alias", ["default", "looks"])
@pytest.mark.parametrize("pragma", UNSAFE)
def test_a_file_with_an_unsafe_setting_is_refused(rolls_back, tmp_path, alias, pragma):
    with on_disk(tmp_path):
        connections["looks"].ensure_connection()
        connections[alias].cursor().execute(pragma)
        (fault,) = promises.not_kept()
        assert fault.startswith(f"{alias}.sqlite3 ")
        assert UNSAFE[pragma] in fault


HEADS, KEY = "The published heads of the ledgers lie beside the store", "The key that seals the ledgers lies beside"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("anchor", "key", "said"),
    [
        ("anchors/heads.jsonl", "", [HEADS, KEY]),
        ("anchors/heads.jsonl", "given", [HEADS]),
        ("../elsewhere/heads.jsonl", "", [KEY]),
        ("../elsewhere/heads.jsonl", "given", []),
    ],
)
def test_what_would_prove_a_change_and_lies_beside_the_store_is_worth_knowing(
    tmp_path, settings, monkeypatch, anchor, key, said
):
    store = tmp_path / "store"
    store.mkdir()
    settings.ANCHOR = store / anchor
    monkeypatch.delenv("KITH_AUDIT_KEY", raising=False)
    if key:
        monkeypatch.setenv("KITH_AUDIT_KEY", key)
    with on_disk(store):
        assert [words.startswith(start) for words, start in zip(promises.worth_saying(), said, strict=True)] == [
            True for _ in said
        ]


@pytest.mark.sqlite
def test_checking_says_what_lies_beside_the_store_and_a_demo_is_not_told(tmp_path):
    assert kith("migrate", data=tmp_path).returncode == 0
    said = kith("check", data=tmp_path).stderr
    assert f"Worth knowing: {HEADS}" in said
    assert f"Worth knowing: {KEY}" in said
    elsewhere = {"KITH_ANCHOR": str(tmp_path.parent / "heads.jsonl"), "KITH_AUDIT_KEY": "kept elsewhere"}
    assert "Worth knowing" not in kith("check", data=tmp_path, **elsewhere).stderr
    assert "Worth knowing" not in kith("check", data=tmp_path, KITH_DEMO="1").stderr


@pytest.mark.sqlite
def test_a_write_lock_taken_late_is_refused(tmp_path):
    with on_disk(tmp_path):
        connections["default"].ensure_connection()
        connections["default"].transaction_mode = "DEFERRED"
        (fault,) = promises.not_kept()
        assert "transaction_mode" in fault


@pytest.mark.sqlite
def test_looks_in_the_records_own_file_are_refused(tmp_path, monkeypatch):
    with on_disk(tmp_path):
        monkeypatch.setitem(connections["looks"].settings_dict, "NAME", tmp_path / "default.sqlite3")
        assert promises.not_kept() == [
            "Looks must have a file of their own, and they have the same file as the record."
        ]


def left_in_write_ahead(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, isolation_level=None)
    assert file.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    file.execute("CREATE TABLE IF NOT EXISTS words (said TEXT)")
    file.execute("INSERT INTO words VALUES ('a lamp in the window')")
    return file


@pytest.mark.sqlite
def test_an_old_file_in_write_ahead_mode_is_brought_back_with_its_words(rolls_back, tmp_path):
    left_in_write_ahead(tmp_path / "default.sqlite3").close()
    with on_disk(tmp_path):
        assert promises.not_kept() == []
        cursor = connections["default"].cursor()
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def changed(folder: Path, change: str) -> dict[str, str]:
    """Settings of somebody's own, with one thing changed in how the record's file is opened."""
    (folder / "own_settings.py").write_text(
        f"from kith.config.settings import *\noptions = DATABASES['default']['OPTIONS']\n{change}\n"
    )
    where = os.pathsep.join([str(folder), str(Path.cwd())])
    return {"DJANGO_SETTINGS_MODULE": "own_settings", "PYTHONPATH": where}


@pytest.mark.sqlite
def test_a_file_somebody_else_holds_is_refused(tmp_path):
    """Whatever library is linked: where write-ahead mode is safe too, a file held whole cannot be opened."""
    held = left_in_write_ahead(tmp_path / "kith.sqlite3")
    held.execute("PRAGMA locking_mode=EXCLUSIVE")
    held.execute("BEGIN EXCLUSIVE")
    ran = kith("serve", data=tmp_path, **changed(tmp_path, "options['timeout'] = 0.1"))
    held.close()
    assert (ran.returncode, ran.stdout) == (1, "")
    (sentence,) = ran.stderr.splitlines()
    assert sentence.startswith("Kith has not started. kith.sqlite3 is held by another program")


@pytest.mark.sqlite
@pytest.mark.parametrize("word", ["serve", "work", "demo"])
def test_nothing_starts_over_a_store_that_answers_too_soon(tmp_path, word):
    (tmp_path / "kith.sqlite3").touch()
    ran = kith(word, data=tmp_path, **changed(tmp_path, "options['init_command'] += 'PRAGMA synchronous=NORMAL;'"))
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "Kith has not started. kith.sqlite3 answers before words are on the disk (synchronous is 1; it must be EXTRA)."
    ]


@pytest.mark.sqlite
def test_a_store_of_another_shape_is_not_served(tmp_path):
    (tmp_path / "kith.sqlite3").touch()
    ran = kith("serve", "--format", "json", data=tmp_path)
    assert ran.returncode == 1
    assert (
        ran.stderr
        == '{"error": "Kith has not started. The store is not in this version\\u2019s shape. Type: kith migrate"}\n'
    )


@pytest.mark.sqlite
def test_a_file_that_cannot_be_opened_is_said_in_a_sentence(tmp_path):
    (tmp_path / "kith.sqlite3").write_bytes(b"this was never a store, " * 100)
    ran = kith("serve", data=tmp_path)
    assert ran.returncode == 1
    assert ran.stderr == "Kith has not started. kith.sqlite3 cannot be opened: file is not a database.\n"


def ready() -> tuple[int, str]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.content.decode()


@pytest.mark.sqlite
def test_ready_is_said_of_a_store_that_keeps_its_promises_and_of_no_other(tmp_path):
    with on_disk(tmp_path):
        assert ready() == (200, "Kith is ready.\n")
        connections["looks"].cursor().execute("PRAGMA synchronous=OFF")
        assert ready() == (503, "Kith is not ready.\n")


@pytest.mark.sqlite
def test_not_ready_is_said_while_a_migration_is_waiting(tmp_path):
    with on_disk(tmp_path):
        connection.cursor().execute("DELETE FROM django_migrations WHERE app = 'people'")
        assert ready() == (503, "Kith is not ready.\n")


def test_alive_is_said_without_asking_a_store(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"Kith is running.\n"


@pytest.mark.postgresql
def test_a_cluster_with_its_switches_off_is_refused():
    """The cluster of the ordinary tests is quick and unsafe on purpose: what is good for it is good for nobody."""
    found = [fault for fault in promises.not_kept() if "is off" in fault]
    assert [f.split("(")[1].split(" ")[0] for f in found] == ["fsync", "full_page_writes"]
    with pytest.raises(
        commands.Stopped, match=r"Kith has not started\. PostgreSQL answers before words are safe \(fsync"
    ):
        commands.trust_the_store()
    assert ready() == (503, "Kith is not ready.\n")


@pytest.mark.postgresql
def test_an_answer_before_the_flush_is_refused_and_ours_is_not():
    """Our own connections turn it on whatever the cluster says; a pooler that drops what we ask is found out."""
    assert not any("synchronous_commit" in fault for fault in promises.not_kept())
    connection.cursor().execute("SET synchronous_commit = off")
    assert any("synchronous_commit is off" in fault for fault in promises.not_kept())
    connection.close()


@pytest.mark.postgresql
def test_an_old_postgresql_is_refused(monkeypatch):
    monkeypatch.setattr(promises, "OLDEST", 990_000)
    assert any(fault.endswith("Kith needs 15 or later.") for fault in promises.not_kept())


@pytest.mark.postgresql
def test_a_postgresql_that_is_not_there_is_said_in_a_sentence(tmp_path):
    ran = kith("serve", data=tmp_path, DATABASE_URL="postgresql://kith@127.0.0.1:1/kith")
    assert ran.returncode == 1
    (sentence,) = ran.stderr.splitlines()
    assert sentence.startswith("Kith has not started. PostgreSQL cannot be reached: ")
