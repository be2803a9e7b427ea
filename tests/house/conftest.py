"""The house's tests ask every address. Whether the store is safe to serve is asked in tests/test_promises.py."""

from collections.abc import Iterator

import pytest

from kith.config import promises


@pytest.fixture(scope="module", autouse=True)
def stores_of_tests_are_ready() -> Iterator[None]:
    """A store of the tests is in memory or flushes nothing, on purpose: /readyz would say so, rightly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(promises, "not_kept", list)
        yield
