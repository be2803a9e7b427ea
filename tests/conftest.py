"""The family's house, for every test that walks through all of it."""

import pytest


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The house, made once for a module and put back after its last test."""
    from tests.house.scene import built_once

    with built_once(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        yield made


@pytest.fixture
def house(built, settings):
    """The house as it was built, with Leah's own unfinished words in it; put back after."""
    from tests.house.scene import House, draft_of, put_back

    settings.DEMO = True
    with put_back():
        yield House(built.cast, built.things | {"my-draft": {"ref": draft_of(built.cast, built.cast.leah).ref}})
