"""The nightly check is done by itself, and somebody hears of it only when something is wrong."""

import pytest
from django.db import connection

from kith.access.accounts.queries import holding
from kith.access.audit.guards import ACTS, lower_guards, raise_guards
from kith.access.audit.models import Act
from kith.access.notices.models import Notice
from kith.access.roles import Work
from kith.config.schedule import NIGHTLY, TIMETABLE
from kith.exchange.tasks import look_over
from kith.people.persons.actions import write_keys
from kith.people.persons.models import File
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture(autouse=True)
def _anchor(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"


@pytest.fixture(autouse=True)
def _found_by_name(cast):
    for person in cast.people.values():
        write_keys(person)


def told():
    return set(Notice.objects.filter(kind="record-check").values_list("account__username", flat=True))


def answerable():
    return {a.username for a in holding((Work.GOVERNANCE, Work.ADMINISTRATOR), at=NOW)}


def test_the_record_is_checked_every_night():
    assert (NIGHTLY, "kith.exchange.tasks.check_record") in TIMETABLE


def test_a_record_that_is_whole_wakes_nobody(cast):
    assert look_over(at=NOW) == 0
    assert told() == set()


def test_a_file_closed_without_a_reason_is_told_to_those_who_answer_for_the_record_and_names_nobody(cast):
    File.objects.filter(pk=cast.files["ellis"].pk).update(level=1)
    assert look_over(at=NOW) == 1
    assert told() == answerable() != set()
    words = Notice.objects.filter(kind="record-check").first().words
    assert "one breach" in words
    assert "Ellis" not in words


def test_a_changed_ledger_is_told_too(cast):
    look_over(at=NOW)
    File.objects.filter(pk=cast.files["ellis"].pk).update(level=1)
    look_over(at=NOW)
    Notice.objects.all().delete()
    File.objects.filter(pk=cast.files["ellis"].pk).update(level=0)
    lower_guards(connection, ACTS)
    Act.objects.filter(pk=Act.objects.last().pk).delete()
    raise_guards(connection, ACTS)
    assert look_over(at=NOW) == 1
    assert "not whole" in Notice.objects.get(account__username=min(answerable()), kind="record-check").words
