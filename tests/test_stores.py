"""The store is emptied between tests, ledgers and all, and their guards stand again for the next."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connections

from kith.access.audit.models import Act, Link, Look

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
@pytest.mark.parametrize("ledger", [Act, Look])
@pytest.mark.parametrize("_time", ["first", "second"])
def test_a_row_stays_for_its_test_and_no_longer(ledger: type[Link], _time: str):
    assert ledger.objects.count() == 0
    row = ledger.objects.create(chain=1, seq=1, at=NOON, account=UUID(int=1), what="test", body="{}", prev="", hash="1")
    with pytest.raises(DatabaseError, match="append-only"):
        row.delete()


@pytest.mark.postgresql
@pytest.mark.parametrize("alias", ["default", "looks"])
def test_no_question_is_compiled_before_it_is_answered(db_both, alias: str):
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
