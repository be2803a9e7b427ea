"""Which store the tests run over. Each is run whole: a test of one store's own strength is left out of the other's run."""

import os

import pytest

OTHER = {"postgresql": "sqlite", "sqlite": "postgresql"}


def store() -> str:
    """`DATABASE_URL` decides, here as in the settings; without one it is SQLite."""
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


def pytest_report_header() -> str:
    return f"store: {store()}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    elsewhere = [item for item in items if item.get_closest_marker(OTHER[store()])]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
