"""What others made is here as they made it, with its licence, and nothing came in unlisted."""

from pathlib import Path

import pytest

from tools.vendor import ROOT, changed, main, packages

FOLDERS = ("tests/vendor", "kith/static/vendor")
OURS = {"tests/vendor/README.md"}


@pytest.mark.parametrize("name", packages())
def test_each_file_is_as_it_came(name: str):
    assert changed(packages()[name]) == []


@pytest.mark.parametrize("name", packages())
def test_each_comes_with_its_licence(name: str):
    package = packages()[name]
    assert package["licence"]
    assert any(Path(file).name.startswith(("LICENSE", "LICENCE", "OFL")) for file in package["files"])


def test_no_file_came_in_unlisted():
    there = {str(p.relative_to(ROOT)) for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file()}
    listed = {file for package in packages().values() for file in package["files"]}
    assert there - listed == OURS


def test_a_changed_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("tools.vendor.ROOT", tmp_path)
    assert main(bring=False) == 1
    assert "tests/vendor/axe/axe.min.js is not as vendor.toml says" in capsys.readouterr().err
