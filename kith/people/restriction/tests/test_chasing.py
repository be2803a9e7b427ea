"""Trust B 27: a breaking of the glass is looked into in three working days, or goes up the line and to governance."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.access.accounts.models import Account
from kith.access.notices.models import Notice
from kith.council.teams.models import Leads
from kith.framework.kinds import Level, Tie
from kith.people.restriction import actions, policies, queries
from kith.people.restriction.models import Alerted
from kith.people.restriction.tasks import PASSING_ON
from kith.people.restriction.tests.test_glass import broken
from tests.cast import EARLIER, NOW, Cast, restrict, tie

DUE = datetime(2025, 9, 15, 22, 59, tzinfo=UTC)  # NOW is a Wednesday: the third working day is Monday
LATE = DUE + timedelta(minutes=2)


@pytest.fixture
def line(cast: Cast) -> Cast:
    """Joy is led by Ruth."""
    Leads.objects.create(leader=cast.ruth, worker=cast.joy, since=EARLIER)
    return cast


def chase(at: datetime) -> list[str]:
    before = set(Notice.objects.values_list("pk", flat=True))
    actions.chase_reviews(by=PASSING_ON, at=at)
    told = Notice.objects.exclude(pk__in=before).values_list("account", flat=True)
    return sorted(Account.objects.get_queryset().filter(pk__in=told).values_list("name", flat=True))


def test_nothing_is_late_until_the_third_working_day_is_over(line: Cast):
    broken(line)
    assert chase(DUE) == []
    assert chase(LATE) != []


def test_when_it_is_late_the_next_leader_and_governance_are_told_once(line: Cast):
    grant = broken(line)
    Alerted.objects.filter(grant=grant).exclude(account=line.joy).delete()
    assert chase(LATE) == ["Ivo Marsh", "Ruth Okafor"]
    assert chase(LATE + timedelta(hours=1)) == []
    assert chase(LATE + timedelta(days=2)) == []


def test_after_three_more_working_days_it_goes_one_step_further(line: Cast):
    grant = broken(line)
    Alerted.objects.filter(grant=grant).exclude(account=line.joy).delete()
    chase(LATE)
    assert chase(LATE + timedelta(days=3)) == ["Marcus Bell"]


def test_whoever_is_told_may_look_into_it(line: Cast):
    grant = broken(line)
    Alerted.objects.filter(grant=grant).exclude(account=line.joy).delete()
    assert policies.review_grant(actor=line.actor("marcus", LATE), grant=grant) is policies.NOT_YOURS_TO_REVIEW
    chase(LATE)
    assert policies.review_grant(actor=line.actor("ruth", LATE), grant=grant) is None


def test_what_was_looked_into_is_not_late(line: Cast):
    actions.review_grant(grant=broken(line), finding="Needed.", by=line.actor("joy"), at=NOW)
    assert chase(LATE) == []


def test_nobody_barred_hears_and_a_file_sealed_since_is_told_to_its_keeper_alone(line: Cast):
    broken(line)
    tie(line.file("ellis"), Tie.BARRED, line.marcus)
    assert "Marcus Bell" not in chase(LATE)
    Alerted.objects.all().delete()
    restrict(line.file("ellis"), Level.SEALED)
    assert chase(LATE) == []


def test_only_a_job_passes_reviews_on(line: Cast):
    assert queries.overdue(at=LATE) == []
    assert policies.chase_reviews(actor=PASSING_ON) is None
    with_session = line.actor("joy")
    assert policies.chase_reviews(actor=type(with_session)(**{**vars(with_session), "session": "x"})) is not None
