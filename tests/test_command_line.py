"""The command line given what it cannot take: one sentence, never a traceback (interfaces 2)."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from kith.config.cli import COMMANDS, DONE, FAULTS, WRONG_USAGE, main

PATIENCE = 590
"""Seconds before a command is taken not to end: making a store flushes each of its steps to the disk."""


def kith(*words, data=None, stdin=b"", **env):
    """Run the command in a process of its own, over a store of its own or none."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KITH_", "DATABASE_", "DJANGO_"))}
    where = {"KITH_DATA": str(data)} if data else {}
    command = [sys.executable, "-m", "kith.config.cli", *map(str, words)]
    return subprocess.run(
        command, input=stdin, capture_output=True, env=kept | where | env, timeout=PATIENCE, check=False
    )


def one_sentence(ran):
    said = ran.stderr.decode()
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1, said
    assert ran.stdout == b""
    return said.strip()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_help_says_whether_it_writes(command, capsys):
    assert main([*command.words.split(), "--help"]) == DONE
    assert command.writes in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "words",
    [
        [], ["nonsense"], ["audit"], ["audit", "nonsense"], ["backup"], ["restore"], ["due"], ["due", "15"],
        ["due", "15", "bananas", "2025-05-20"], ["due", "15", "days", "2025-02-31"], ["due", "", "days", "2025-05-20"],
        ["due", "9" * 400, "days", "2025-05-20"], ["due", "15", "days", "2025-05-20", "extra"], ["due", "½", "days", "may"],
        ["serve", "--port", "99999"], ["serve", "--port", "-1"], ["serve", "--port", "http"], ["demo", "--port", "0"],
        ["plain", "--format", "xml"], ["check", "--nonsense"], ["due", "15", "days", "0000-00-00"],
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("form", ["text", "json"])
def test_wrong_usage_is_one_sentence_and_two(words, form, capsys):
    asked = [*words, "--format", "json"] if form == "json" else words
    assert main(asked) == WRONG_USAGE
    heard = capsys.readouterr()
    assert heard.out == ""
    said = json.loads(heard.err)["error"] if form == "json" else heard.err.strip()
    assert said
    assert "\n" not in said


def test_the_word_json_asks_for_an_object_however_it_is_written(capsys):
    assert main(["nonsense", "--format=json"]) == WRONG_USAGE
    assert json.loads(capsys.readouterr().err)["error"]


def test_due_prints_the_day_and_as_json_what_it_was_counted_from(capsys):
    """Interfaces 2: `kith due 15 working-days 2025-05-20` prints 2025-06-11, past the bank holiday of 26 May."""
    asked = ["due", "15", "working-days", "2025-05-20"]
    assert main(asked) == DONE
    assert capsys.readouterr() == ("2025-06-11\n", "")
    assert main([*asked, "--format", "json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "length": 15, "unit": "working-days", "start": "2025-05-20", "due": "2025-06-11", "aim_by": "2025-06-11",
    }  # fmt: skip
    assert main(["due", "1", "weeks", "2025-05-17", "--format", "json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["due"], answer["aim_by"]) == ("2025-05-24", "2025-05-23"), "a Saturday: aim for the Friday"


ROOT = Path(__file__).resolve().parents[1]


def test_the_script_in_bin_hands_every_word_on_and_says_what_the_command_says(tmp_path):
    """A project folder whose environment is there already: `bin/kith` runs its command, from any folder, and no make."""
    for folder in ("bin", ".venv/bin"):
        (tmp_path / "a house" / folder).mkdir(parents=True)
    script = tmp_path / "a house" / "bin" / "kith"
    script.write_text((ROOT / "bin" / "kith").read_text())
    command = tmp_path / "a house" / ".venv" / "bin" / "kith"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m kith.config.cli "$@"\n')
    for file in (script, command):
        file.chmod(0o755)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [script, "due", "15", "working-days", "2025-05-20"], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (DONE, b"2025-06-11\n", b"")
    whole = [script, "due", "15", "working-days 2025-05-20"]
    ran = subprocess.run(whole, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert ran.returncode == WRONG_USAGE, "a word with a space in it is handed on as one"
    assert os.access(ROOT / "bin" / "kith", os.X_OK)


def test_the_script_in_bin_makes_the_environment_when_there_is_none_and_says_so_apart(tmp_path):
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "kith"
    script.write_text((ROOT / "bin" / "kith").read_text())
    script.chmod(0o755)
    (tmp_path / "Makefile").write_text(
        "environment:\n\t@echo making it\n\t@mkdir -p .venv/bin\n"
        "\t@printf '#!/bin/sh\\necho ran $$@\\n' > .venv/bin/kith\n\t@chmod +x .venv/bin/kith\n"
    )
    ran = subprocess.run([script, "plain"], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (DONE, b"ran plain\n", b"making it\n")


@pytest.mark.parametrize("content", [b"\x00\xff\xfe\x80", b"\x89PNG\r\n\x1a\n\xff", b"caf\xe9"])
def test_binary_is_not_plain_text(content, tmp_path):
    assert (ran := kith("plain", stdin=content)).returncode == FAULTS
    assert one_sentence(ran) == "That is not plain text in UTF-8."
    (tmp_path / "a.txt").write_bytes(content)
    assert json.loads(one_sentence(kith("plain", tmp_path / "a.txt", "--format", "json")))


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "a\nb"])
def test_a_text_that_cannot_be_read_is_a_sentence(name, tmp_path, capsys):
    assert main(["plain", str(tmp_path / name)]) == FAULTS
    assert "could not be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", "👩‍👩‍👧‍👦\u202e\n".encode() * 2000, b"a" * 300_000, b". " * 50_000]
)
def test_any_text_at_all_has_a_reading(content):
    ran = kith("plain", stdin=content)
    assert (ran.returncode, ran.stderr) == (DONE, b"")
    assert set(json.loads(ran.stdout)) == {"reading_age", "words", "words_per_sentence", "hits"}


@pytest.mark.parametrize(
    "words", [["check"], ["audit", "verify"], ["serve"], ["work"], ["backup", "b.tar"]], ids=" ".join
)
def test_a_folder_with_no_store_is_said_and_none_is_made(words, tmp_path):
    ran = kith(*words, "--data", tmp_path / "nowhere")
    assert ran.returncode == FAULTS
    assert one_sentence(ran).startswith("There is no store in")
    assert list(tmp_path.iterdir()) == []


def test_a_store_never_brought_up_to_date_is_said(tmp_path):
    (tmp_path / "kith.sqlite3").touch()
    for words in (["check"], ["audit", "verify"], ["backup", tmp_path / "b.tar"]):
        ran = kith(*words, "--format", "json", data=tmp_path)
        assert ran.returncode == FAULTS
        assert "kith migrate" in json.loads(one_sentence(ran))["error"]
    assert not (tmp_path / "b.tar").exists()


def test_a_file_that_is_no_store_is_said_and_left(tmp_path):
    (tmp_path / "kith.sqlite3").write_bytes(b"not a database at all" * 500)
    ran = kith("check", data=tmp_path)
    assert ran.returncode == FAULTS
    assert "cannot be read" in one_sentence(ran)
    assert (tmp_path / "kith.sqlite3").read_bytes().startswith(b"not a database")


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "a").write_text("not a folder")
    assert one_sentence(kith("migrate", "--data", tmp_path / "a")).startswith("That could not be done")


@pytest.mark.parametrize(
    "env",
    [{"DATABASE_URL": "mysql://somewhere/kith"}, {"DATABASE_URL": "nonsense"}, {"KITH_IDLE_SECONDS": "soon"}],
    ids=str,
)
def test_a_setting_that_cannot_be_read_is_said(env, tmp_path):
    ran = kith("migrate", data=tmp_path, **env)
    assert ran.returncode == FAULTS
    assert one_sentence(ran)


def test_a_store_nobody_answers_at_is_said(tmp_path):
    ran = kith("check", data=tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/kith")
    assert ran.returncode == FAULTS
    assert "cannot be read" in one_sentence(ran)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of somebody's own, brought up to date and holding one account: no demo."""
    data = tmp_path_factory.mktemp("store")
    assert kith("migrate", data=data).returncode == DONE
    made = (
        "import django; django.setup()\n"
        "from kith.access.accounts.models import Account\n"
        "Account.objects.create(username='ruth', name='Ruth', joined_at='2025-01-01T00:00Z')\n"
    )
    env = {**os.environ, "KITH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kith.config.settings"}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", made], env=env, check=True)
    return data


def test_a_store_that_is_no_demo_is_neither_filled_nor_served_as_one(store):
    for words in (["demo", "--no-serve"], ["serve"]):
        ran = kith(*words, data=store, KITH_DEMO="1")
        assert ran.returncode == FAULTS
        assert "not a demo store" in ran.stderr.decode()
        assert "Traceback" not in ran.stderr.decode()


def broken_backups(folder: Path) -> dict[str, Path]:
    """Files that are no backup, or were one."""
    made = {name: folder / name for name in ("empty", "noise", "text", "no-list", "odd-list", "climbing")}
    made["empty"].touch()
    made["noise"].write_bytes(os.urandom(5000))
    made["text"].write_text("A letter, not a backup")
    for name, inside in (("no-list", "else.json"), ("odd-list", "manifest.json"), ("climbing", "../../manifest.json")):
        (folder / "inside").write_text('{"form": "kith-backup-1", "members": [1], "seal": 5}')
        with tarfile.open(made[name], "w") as tar:
            tar.add(folder / "inside", inside)
    return made | {"nowhere": folder / "nowhere", "a-folder": folder}


def test_a_broken_backup_is_said_and_nothing_is_restored(tmp_path):
    data = tmp_path / "new"
    for name, path in broken_backups(tmp_path).items():
        ran = kith("restore", path, "--format", "json", data=data)
        assert ran.returncode == FAULTS, name
        assert json.loads(one_sentence(ran))["error"], name
    assert kith("check", data=data).returncode == DONE


def test_a_backup_cut_short_is_said(store, tmp_path):
    assert kith("backup", tmp_path / "whole.tar", data=store).returncode == DONE
    (tmp_path / "half.tar").write_bytes((tmp_path / "whole.tar").read_bytes()[:-40_000])
    keys = {"KITH_AUDIT_KEY": (store / "audit-key").read_text()}
    assert "not a whole Kith backup" in one_sentence(
        kith("restore", tmp_path / "half.tar", data=tmp_path / "n", **keys)
    )


def test_nothing_is_restored_over_a_store_in_use(store, tmp_path):
    assert kith("backup", tmp_path / "b.tar", data=store).returncode == DONE
    ran = kith("restore", tmp_path / "b.tar", data=store)
    assert ran.returncode == FAULTS
    assert "not empty" in one_sentence(ran)


def test_a_backup_is_never_written_over_a_file(store, tmp_path):
    (tmp_path / "b.tar").write_text("something else")
    ran = kith("backup", tmp_path / "b.tar", data=store)
    assert (ran.returncode, (tmp_path / "b.tar").read_text()) == (FAULTS, "something else")
    assert one_sentence(ran)
    assert "could not be" in one_sentence(kith("backup", tmp_path / "nowhere" / "b.tar", data=store))
