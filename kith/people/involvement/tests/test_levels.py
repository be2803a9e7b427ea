"""Levels of work begin and end with a reason, by whoever leads."""

import pytest

from kith.kit.refusal import Refused
from kith.people.involvement import actions, policies
from kith.people.involvement.queries import current
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_joy_ends_a_level_and_says_why(cast):
    ellis = cast.file("ellis")
    (plan,) = current([ellis], at=NOW)
    ended = actions.end_involvement(involvement=plan, why="Six calm months", by=cast.actor("joy"), at=NOW)
    assert ended.why_ended == "Six calm months"
    assert current([ellis], at=NOW) == []


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("joy", None),
        ("leah", policies.NOT_YOURS_TO_BEGIN),
        ("marcus", policies.OUT_OF_SIGHT),
        ("sam", policies.NOT_YOURS_TO_BEGIN),
    ],
)
def test_who_may_end_a_level(cast, who, refusal):
    assert policies.end_involvement(actor=cast.actor(who), file=cast.file("ellis")) is refusal


def test_leah_cannot_end_it_herself(cast):
    (plan,) = current([cast.file("ellis")], at=NOW)
    with pytest.raises(Refused):
        actions.end_involvement(involvement=plan, why="x", by=cast.actor("leah"), at=NOW)
