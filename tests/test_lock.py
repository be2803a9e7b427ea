"""The lock says exactly what is installed, and nothing of where it came from."""

import re
from pathlib import Path

import pytest

LOCKS = Path(__file__).parent.parent / "requirements"


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==([^ ;\\]+)", (LOCKS / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", ["kith.txt", "check.txt"])
def test_a_lock_names_no_host(lock: str):
    assert not re.search(r"https?:|^--?(?!hash)[a-z]", (LOCKS / lock).read_text(), re.MULTILINE)


@pytest.mark.parametrize("lock", ["kith.txt", "check.txt"])
def test_every_pin_has_a_hash(lock: str):
    packages = re.split(r"\n(?=\S)", (LOCKS / lock).read_text().strip())
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_checks_run_over_the_versions_that_kith_runs_on():
    assert pins("kith.txt")
    assert pins("kith.txt").items() <= pins("check.txt").items()
