import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kith.framework import editions, shipped


def changed(name: str, change: Callable[[dict[str, Any]], object]) -> list[str]:
    content = copy.deepcopy(dict(shipped.read(name)))
    change(content)
    return editions.faults_in(name, content)


def test_everything_we_ship_can_be_used() -> None:
    assert editions.validate() == []


def test_every_file_says_its_edition() -> None:
    assert editions.editions() == dict.fromkeys(["authority", "clocks", "codes", "holidays", "jargon"], "2026-11-23")


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("clocks", lambda c: c.update(edition="soon"), "the edition must be a day"),
        ("clocks", lambda c: c["clock"][0].pop("question"), "K1 needs a question"),
        ("clocks", lambda c: c["clock"][0].pop("unit"), "K1 needs both a length and a unit"),
        ("clocks", lambda c: c["clock"][0].update(unit="fortnights"), "K1 is not whole"),
        ("clocks", lambda c: c["clock"].append(c["clock"][0]), "K1 is there twice"),
        ("holidays", lambda c: c["holiday"].pop(), "2030 has fewer than 8"),
        ("holidays", lambda c: c["holiday"][0].update(day=date(2015, 1, 3)), "2015-01-03 is a weekend"),
        ("holidays", lambda c: c["holiday"].append(c["holiday"][0]), "2015-01-01 is there twice"),
        ("jargon", lambda c: c["term"][0].update(instead=""), "does not say what to say instead"),
        ("jargon", lambda c: c["term"][0].update(kind="rude"), "is not whole"),
        ("jargon", lambda c: c["term"][0].update(also=["Client"]), "client is there twice"),
        (
            "codes",
            lambda c: c["list"][0]["codes"].append({"code": "WBRI", "words": "Again"}),
            "ethnicity WBRI is there",
        ),
        ("codes", lambda c: c["list"][0]["codes"].append({"code": "NEW"}), "ethnicity is not whole"),
        (
            "authority",
            lambda c: c["decision"][0].pop("team-manager"),
            "nobody decides close-early-or-family-help",
        ),
        (
            "authority",
            lambda c: c["decision"][0].update(chief="decide"),
            "close-early-or-family-help is not whole",
        ),
        ("authority", lambda c: c["retention"][0].update({"from": "marriage"}), "care is not whole"),
        ("authority", lambda c: c["need_level"].append(c["need_level"][0]), "1 is there twice"),
    ],
)
def test_a_fault_is_said_in_a_sentence(name: str, change: Callable[[dict[str, Any]], object], fault: str) -> None:
    found = changed(name, change)
    assert any(each.startswith(f"content/{name}.toml: ") and fault in each for each in found), found


def test_a_file_that_is_missing_is_said_in_a_sentence() -> None:
    with pytest.raises(shipped.ContentFault, match=r"content/recipes\.toml cannot be read"):
        shipped.read("recipes")
