"""Stores for pulling the plug: one of each kind is made, and each SQLite test has a copy of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster, cluster
from tests.strength.served import Served


@pytest.fixture(scope="session")
def a_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """A SQLite store with everyone in it, and who they are."""
    made = Served(tmp_path_factory.mktemp("store"))
    return made.data, made.ask("make")


@pytest.fixture
def embedded(a_store: tuple[Path, dict], tmp_path: Path) -> tuple[Served, dict]:
    """A SQLite store of this test's own."""
    data, place = a_store
    shutil.copytree(data, tmp_path / "data")
    return Served(tmp_path), place


@pytest.fixture(scope="session")
def a_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, Path, dict]]:
    """A PostgreSQL that flushes as in a council, with everyone in it; the folder of its keys; and who they are."""
    with cluster(durable=True) as made:
        makes = Served(tmp_path_factory.mktemp("makes"), made.url)
        yield made, makes.data, makes.ask("make")


@pytest.fixture
def on_postgresql(a_cluster: tuple[Cluster, Path, dict], tmp_path: Path) -> tuple[Cluster, Served, dict]:
    """The one PostgreSQL, with what the tests before have left in it, and a server of this test's own."""
    made, keys, place = a_cluster
    shutil.copytree(keys, tmp_path / "data")
    return made, Served(tmp_path, made.url), place
