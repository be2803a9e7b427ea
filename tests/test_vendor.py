"""What others made is here as they made it, with its licence, and nothing came in unlisted."""

import re
from pathlib import Path

import pytest

from tools.vendor import ROOT, changed, main, packages

FOLDERS = ("tests/vendor", "kith/static/fonts")
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


def test_every_font_a_page_asks_for_is_listed_and_came_with_its_licence():
    asked = {
        f"kith/static/{place}"
        for sheet in ("kith.css", "paper.css")
        for place in re.findall(r'url\("?(fonts/[^")]+)', (ROOT / "kith/static" / sheet).read_text())
    }
    font = packages()["@fontsource-variable/atkinson-hyperlegible-next"]
    assert asked
    assert asked <= set(font["files"])
    assert font["licence"] == "OFL-1.1"


def test_a_font_that_was_changed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    name = "kith/static/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes((ROOT / name).read_bytes() + b"\0")
    monkeypatch.setattr("tools.vendor.ROOT", tmp_path)
    assert name in changed(packages()["@fontsource-variable/atkinson-hyperlegible-next"])


def test_a_changed_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr("tools.vendor.ROOT", tmp_path)
    assert main(bring=False) == 1
    assert "tests/vendor/axe/axe.min.js is not as vendor.toml says" in capsys.readouterr().err
