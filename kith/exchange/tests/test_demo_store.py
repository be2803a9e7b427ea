"""A store with anybody else in it is left alone."""

import pytest

from kith.exchange.demo.load import is_demo, may_fill

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_an_empty_store_may_be_filled(db_both):
    assert may_fill()


def test_a_store_that_is_not_a_demo_store_is_not_filled(cast):
    assert not may_fill()
    assert not is_demo()
