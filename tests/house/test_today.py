"""Every form about a talk begins with today, where the council is: after midnight in summer the day has turned there."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.house.scene import make_house

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

HALF_PAST_MIDNIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
MOMENTS = {
    "note-new": "family", "statement-new": "family", "scale-overall": "family", "decision-new": "family",
    "plan-new": "family", "plan-version": "plan",
    "goal": "statement", "scale": "statement", "statement-change": "statement", "scores": "scale",
}  # fmt: skip


@pytest.fixture
def house(cast, settings, tmp_path):
    settings.DEMO, settings.PAPERS = True, tmp_path
    return make_house(cast)


def boxes(page: str, name: str) -> list[str]:
    """What stands in the boxes of one day or moment."""
    return [
        value.partition('"')[0] for value in page.split(f'name="{name}-')[1:] for value in [value.split('value="')[1]]
    ]


@pytest.mark.parametrize("name", MOMENTS)
def test_the_moment_of_a_talk_begins_as_now_where_the_council_is(house, as_, name):
    address = reverse(name, kwargs=house.address(MOMENTS[name]))
    with time_machine.travel(HALF_PAST_MIDNIGHT, tick=False):
        page = as_("leah").get(address).content.decode()
    assert boxes(page, "happened_at") == ["1", "7", "2026", "12.30 am"]


def test_a_plan_begins_today_and_nothing_of_an_old_one_is_in_the_past(house, as_):
    with time_machine.travel(HALF_PAST_MIDNIGHT, tick=False):
        page = as_("leah").get(reverse("plan-version", kwargs=house.address("plan"))).content.decode()
    assert boxes(page, "starts_on") == ["1", "7", "2026"]
    assert boxes(page, "review_by") == ["", "", ""]


def test_whoever_was_shown_a_plan_was_shown_it_today_unless_somebody_says_otherwise(house, as_):
    with time_machine.travel(HALF_PAST_MIDNIGHT, tick=False):
        page = as_("leah").get(reverse("plan-share", kwargs=house.address("plan"))).content.decode()
    assert boxes(page, f"shown_on_{house.cast.kavi.ref.hex}") == ["1", "7", "2026"]
