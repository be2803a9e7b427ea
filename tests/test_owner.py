"""B 30, D: on PostgreSQL the role that serves can add to both ledgers, and can neither change them nor lower their guards."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from tests.cluster import cluster

pytestmark = pytest.mark.postgresql

KITH = [sys.executable, "-m", "kith.config.cli"]
LEDGERS = ("access_act", "access_actat", "access_look", "access_lookat")
APP = "CREATE ROLE kith_app LOGIN"
LOOSE = "SET session_replication_role = replica"  # the way round triggers, for a superuser


@dataclass
class Council:
    """A cluster whose tables belong to `kith` and are served as `kith_app`."""

    owner: str
    app: str
    folder: str

    def kith(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        env = {"KITH_DATA": self.folder, "DATABASE_URL": self.app, "DATABASE_OWNER_URL": self.owner, **env}
        kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        return subprocess.run([*KITH, *words], env=kept | env, capture_output=True, text=True, check=False, timeout=300)

    def asked(self, *questions: str, url: str = "") -> list[tuple]:
        with psycopg.connect(url or self.app) as there:
            for question in questions:
                found = there.execute(question)
            return found.fetchall() if found.description else []


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Iterator[Council]:
    with cluster(durable=True) as made:
        with psycopg.connect(made.url.replace("kith@", "postgres@"), autocommit=True) as there:
            there.execute(APP)
        here = Council(made.url, made.url.replace("kith@", "kith_app@"), str(tmp_path_factory.mktemp("data")))
        ran = here.kith("demo", "--no-serve")
        assert ran.returncode == 0, ran.stderr
        yield here


def test_the_demo_is_played_by_a_role_that_owns_nothing(council):
    assert council.asked("SELECT count(*) > 20 FROM access_act") == [(True,)]
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert council.asked(owners) == [("kith",)]
    verified = council.kith("audit", "verify")
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("table", LEDGERS)
@pytest.mark.parametrize(
    "order",
    [
        "UPDATE {0} SET id = id",
        "DELETE FROM {0}",
        "TRUNCATE {0} CASCADE",
        "DROP TRIGGER {0}_changed ON {0}",
        "ALTER TABLE {0} DISABLE TRIGGER ALL",
        "ALTER TABLE {0} DISABLE TRIGGER {0}_removed",
        "CREATE TRIGGER {0}_mine BEFORE INSERT ON {0} FOR EACH ROW EXECUTE FUNCTION kith_append_only()",
        "CREATE RULE mine AS ON INSERT TO {0} DO INSTEAD NOTHING",
        "ALTER TABLE {0} OWNER TO kith_app",
        "DROP TABLE {0} CASCADE",
    ],
)
def test_the_role_that_serves_cannot_change_a_ledger(council, table, order):
    before = council.asked(f"SELECT count(*) FROM {table}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        council.asked(order.format(table))
    assert council.asked(f"SELECT count(*) FROM {table}") == before


@pytest.mark.parametrize(
    "order",
    [
        "CREATE OR REPLACE FUNCTION kith_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "DROP FUNCTION kith_append_only() CASCADE",
        "CREATE TABLE mine (a int)",
        "DROP SCHEMA public CASCADE",
        "GRANT kith TO kith_app",
        "SET ROLE kith",
        LOOSE,
        "DELETE FROM access_acthead",
        "DELETE FROM django_migrations",
        "SELECT setval('access_act_id_seq', 1)",
    ],
)
def test_nor_what_guards_it(council, order):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        council.asked(order)


def test_the_owner_itself_meets_the_guards(council):
    """The triggers stand whoever asks: only taking them away, which is seen, would let the owner through."""
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        council.asked("UPDATE access_act SET body = '{}'", url=council.owner)


def test_granting_again_after_a_migration_covers_a_new_table(council):
    council.asked("CREATE TABLE IF NOT EXISTS newcomer (a int)", url=council.owner)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        council.asked("SELECT * FROM newcomer")
    assert council.kith("migrate").returncode == 0
    assert council.asked("SELECT * FROM newcomer") == []


def test_checking_says_so_when_the_role_that_serves_could_change_the_ledgers(council):
    worth = "Worth knowing: The database role Kith serves as could change both ledgers."
    assert worth not in council.kith("check").stderr
    said = council.kith("check", DATABASE_URL=council.owner)
    assert (said.returncode, said.stderr.startswith(worth)) == (0, True)
    council.asked("GRANT UPDATE (what) ON access_look TO kith_app", url=council.owner)
    assert council.kith("check").stderr.startswith(worth)
    assert council.kith("migrate").returncode == 0
    assert worth not in council.kith("check").stderr


def test_one_role_for_both_is_refused_in_a_sentence(council):
    ran = council.kith("migrate", DATABASE_URL=council.owner)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("DATABASE_OWNER_URL and DATABASE_URL both come in as kith")
