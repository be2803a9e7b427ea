"""What a council may set, from which day (domain 6.2, 15): K and L rules marked local, and how to reach it."""

from datetime import timedelta

import pytest

from kith.access.audit.models import Act
from kith.council.settings import actions
from kith.council.settings.models import Setting
from kith.council.settings.queries import clocks_in_force, known, setting
from kith.framework.clocks import clocks
from kith.kit.refusal import Refused
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TODAY = NOW.date()


def change(cast, **but):
    named = {
        "key": "clock-K4-review",
        "value": 4,
        "since": TODAY + timedelta(days=7),
        "why": "agreed with families in July",
        "by": cast.actor("sam"),
        "at": NOW,
    }
    return actions.change_setting(**named | but)


def k4_review(on):
    return clocks_in_force(["K4-review"], on=on)["K4-review"]


def test_a_change_counts_from_its_day_and_the_old_length_is_still_true_before(cast):
    change(cast)
    assert k4_review(TODAY + timedelta(days=6)).length == 6
    assert k4_review(TODAY + timedelta(days=7)).length == 4
    assert Act.objects.get(what="setting.changed").body.count('"value":4') == 1


def test_the_later_of_two_changes_for_one_day_counts_and_both_are_kept(cast):
    change(cast)
    change(cast, value=5, at=NOW + timedelta(hours=1))
    assert setting("clock-K4-review", on=TODAY + timedelta(days=8)) == 5
    assert Setting.objects.count() == 2


@pytest.mark.parametrize("rule", [r for r in clocks().values() if not r.may_be_changed], ids=lambda r: r.id)
def test_law_and_guidance_are_the_same_everywhere(cast, rule):
    assert f"clock-{rule.id}" not in known()
    with pytest.raises(Refused):
        change(cast, key=f"clock-{rule.id}")
    assert clocks_in_force([rule.id], on=TODAY)[rule.id] == rule


@pytest.mark.parametrize(
    ("but", "code"),
    [
        ({"since": TODAY - timedelta(days=1)}, "setting-day-gone-by"),
        ({"value": -1}, "setting-not-a-number"),
        ({"value": 1000}, "setting-not-a-number"),
        ({"value": "six"}, "setting-not-a-number"),
        ({"key": "council-name", "value": 7}, "setting-not-words"),
        ({"key": "colour-of-the-sky"}, "setting-unknown"),
    ],
)
def test_what_does_not_make_sense_is_refused(cast, but, code):
    with pytest.raises(Refused) as no:
        change(cast, **but)
    assert no.value.refusal.code == code


def test_only_who_looks_after_settings_changes_them(cast):
    with pytest.raises(Refused) as no:
        change(cast, by=cast.actor("ruth"))
    assert no.value.refusal.code == "setting-not-your-work"


def test_the_page_of_settings_and_a_change_made_on_it(as_, cast):
    sam = as_("sam")
    assert "Review early help or family help" in sam.get("/settings/").content.decode()
    form = sam.get("/settings/council-name/").content.decode()
    assert "What the council is called" in form
    sent = {"value": "Wrenshire Council", "since": "1/1/2090", "why": "our name"}
    assert sam.post("/settings/council-name/", sent)["Location"] == "/settings/"
    assert "Wrenshire Council. our name" in sam.get("/settings/").content.decode()
    assert sam.get("/settings/clock-K2/").status_code == 404


def test_a_slip_on_the_page_is_said_in_words(as_):
    page = as_("sam").post("/settings/clock-K4-review/", {"value": "x", "since-day": "1"}).content.decode()
    assert "Write a whole number" in page
    assert "Say why, and who agreed it." in page
