"""What the machine lacks is installed where it may be, and otherwise named in the one line to type."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "tools" / "system-packages"
INSTALLS = '#!/bin/sh\ncase "$*" in *install*chromium*) cp "$0" "$(dirname "$0")/chromium" ;; esac\n'
REFUSES = "#!/bin/sh\nexit 100\n"
PASSES_ON = '#!/bin/sh\nshift\nexec "$@"\n'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Programs of a machine that has all but a browser, and no way yet to install one."""
    for name in ("sh", "env", "id", "grep", "sed", "cp", "dirname", "true"):
        if found := shutil.which(name):
            (tmp_path / name).symlink_to(found)
    program(tmp_path, "initdb", "#!/bin/sh\necho 'initdb (PostgreSQL) 16.2'\n")
    program(tmp_path, "strace", "#!/bin/sh\n")
    return tmp_path


def program(machine: Path, name: str, text: str) -> None:
    (machine / name).write_text(text)
    (machine / name).chmod(0o755)


def looked(machine: Path, purpose: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    where = {"PATH": str(machine), "PYTHON": python}
    return subprocess.run([SCRIPT, purpose], env=where, capture_output=True, text=True, check=False)


def test_what_cannot_be_installed_is_named_in_the_line_to_type(machine: Path):
    ran = looked(machine, "test")
    assert ran.returncode == 1
    assert "Type: sudo apt-get install chromium" in ran.stderr


def test_what_is_missing_is_installed_where_it_may_be(machine: Path):
    program(machine, "apt-get", INSTALLS)
    program(machine, "sudo", PASSES_ON)
    first, second = looked(machine, "test"), looked(machine, "test")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "Installing from the system's packages: chromium" in first.stdout
    assert second.stdout == ""


def test_an_installation_that_fails_ends_in_the_line_to_type(machine: Path):
    program(machine, "apt-get", REFUSES)
    program(machine, "sudo", PASSES_ON)
    ran = looked(machine, "test")
    assert ran.returncode == 1
    assert "Type: sudo apt-get install chromium" in ran.stderr


def test_the_demo_goes_on_without_papers_and_says_so(machine: Path):
    program(machine, "python-without-libraries", "#!/bin/sh\nexit 1\n")
    ran = looked(machine, "demo", python=str(machine / "python-without-libraries"))
    assert ran.returncode == 0
    assert ran.stdout.startswith("Papers (PDF) cannot be made on this machine yet; all else works.")


def test_an_old_python_is_answered_with_what_to_do(machine: Path):
    ran = looked(machine, "environment", python="")
    assert ran.returncode == 1
    assert "Python 3.11 or later" in ran.stderr
