"""The throw-away PostgreSQL: there for its command, gone after, however the command ends."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster import CannotStart, programs

pytestmark = pytest.mark.postgresql

CLUSTER = [sys.executable, "-m", "tests.cluster", "--", sys.executable, "-uc"]
ASK = """
import os, psycopg, sys, time
ours = psycopg.connect(os.environ["DATABASE_URL"])
print(*ours.execute("select current_user, current_setting('server_encoding'), current_setting('is_superuser')").fetchone())
print(psycopg.connect(os.environ["DATABASE_URL"], user="postgres").execute("show data_directory").fetchone()[0])
"""


def gone(folder: str) -> bool:
    return folder.endswith("/data") and not Path(folder).parent.exists()


def test_the_command_has_an_empty_database_of_its_own_for_as_long_as_it_runs():
    ran = subprocess.run([*CLUSTER, ASK], capture_output=True, text=True, timeout=60, check=False)
    who, folder = ran.stdout.splitlines()
    assert (ran.returncode, who) == (0, "kith UTF8 off")
    assert gone(folder)


def test_a_command_that_fails_says_so_and_leaves_nothing_behind():
    ran = subprocess.run([*CLUSTER, ASK + "sys.exit(3)"], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 3
    assert gone(ran.stdout.splitlines()[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_takes_the_command_and_the_cluster_along(number: signal.Signals):
    with subprocess.Popen([*CLUSTER, ASK + "time.sleep(60)"], stdout=subprocess.PIPE, text=True) as running:
        running.stdout.readline()
        folder = running.stdout.readline().strip()
        running.send_signal(number)
        assert running.wait(timeout=30) == 128 + number
        assert running.stdout.read() == ""  # the pipe is closed: the sleeping command has gone too
    assert gone(folder)


def test_without_postgresql_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.cluster.OLDEST", 99)
    with pytest.raises(CannotStart, match="sudo apt-get install postgresql"):
        programs()
