"""The doors a newcomer finds: what make lists, how the checks are summed up, and the console script from anywhere."""

import subprocess
from pathlib import Path

import pytest

from tools import parts

ROOT = Path(__file__).parent.parent
DOORS = ["help", "demo", "serve", "test", "check", "journeys", "pages", "bench", "long", "kill", "docs", "fix", "lock"]


def test_make_alone_lists_every_door_with_a_line():
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split()[1] for line in listed] == DOORS
    assert all(len(line.split()) > 3 for line in listed)


def test_every_part_is_run_and_one_fault_fails_the_whole(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MAKE", "false")
    assert parts.main(["style", "types"]) == 1
    said = capfd.readouterr().out
    assert "== Types: mypy" in said
    assert "Failed: style, types" in said


def test_all_parts_passed_is_said_and_is_0(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    monkeypatch.setenv("MAKE", "true")
    assert parts.main(["style", "types"]) == 0
    assert "All 2 parts passed" in capfd.readouterr().out
