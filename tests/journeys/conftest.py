"""Whose pages the journeys open: a family's house with one of each thing, and those who are tried in turn."""

import pytest

from kith.access.accounts.models import Account
from kith.access.roles import Work
from tests.cast import Cast, make_account
from tests.house.scene import House, draft_of, make_house


@pytest.fixture
def house(cast: Cast, settings, tmp_path) -> House:
    settings.DEMO, settings.PAPERS = True, tmp_path
    house = make_house(cast)
    house.things["my-draft"] = {"ref": draft_of(cast, cast.leah).ref}
    return house


@pytest.fixture
def readers(cast: Cast) -> list[Account | None]:
    """Those who are tried in turn: a worker, who leads her, who broke the glass, who runs the accounts, nobody."""
    governs = make_account("governs", "Ivo Marsh", Work.GOVERNANCE)
    runs = make_account("runs", "Sam Lowe", Work.ADMINISTRATOR)
    return [cast.leah, cast.joy, cast.rosa, governs, runs, None]
