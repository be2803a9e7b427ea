"""A browser at the door, for the tests of this room."""

import pytest
from django.test import Client


@pytest.fixture
def _demo(settings: object) -> None:
    """A store of invented people, which asks for no second step."""
    settings.DEMO = True  # type: ignore[attr-defined]


@pytest.fixture
def door(cast: object) -> Client:  # noqa: ARG001 - the people are there
    """A browser that checks nothing for us: forms must carry their token."""
    return Client(enforce_csrf_checks=True)
