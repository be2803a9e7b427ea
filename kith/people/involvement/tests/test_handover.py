"""One child, one allocated worker: allocating another hands over."""

import pytest

from kith.framework.kinds import Tie
from kith.people.involvement import actions
from kith.people.involvement.models import Relation
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_allocating_nadia_ends_leahs_tie_the_same_moment(cast):
    ellis = cast.file("ellis")
    actions.allocate(file=ellis, staff=cast.nadia, why="Leah is leaving", by=cast.actor("joy"), at=NOW)
    now = Relation.objects.filter(file=ellis, kind=Tie.ALLOCATED, until__gt=NOW)
    assert [tie.staff for tie in now] == [cast.nadia]
    ended = Relation.objects.get(file=ellis, kind=Tie.ALLOCATED, staff=cast.leah)
    assert (ended.until, ended.why_ended) == (NOW, "Another worker was allocated.")
