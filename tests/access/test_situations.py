"""The rule of sight against its witness: situations written from the designs before the rules (B 20)."""

import tomllib
from pathlib import Path

import pytest

from kith.access.roles import Work
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.sight.rules import ALLOW, DENY, Situation, judge, stub

WRITTEN = tomllib.loads((Path(__file__).parent / "situations.toml").read_text())["situation"]
CALLED = {
    "system-administrator": "administrator",
    "family-help-practitioner": "family-help",
    "front-door-worker": "front-door",
    "partner-practitioner": "partner",
}


def _situation(row: dict) -> Situation:
    work = [w.replace(" ", "-") for w in row["work"]]
    return Situation(
        frozenset(Work(CALLED.get(w, w)) for w in work),
        frozenset(Tie(t) for t in row["relations"]),
        Level[row["level"].upper()],
        Content(row["content"]),
        Verb(row["verb"]),
        row.get("cleared", False),
    )


def _answer(situation: Situation, deny=DENY, allow=ALLOW) -> str:
    if stub(situation):
        return "stub"
    return "yes" if judge(situation, deny, allow)[0] else "no"


@pytest.mark.parametrize("row", WRITTEN, ids=[r["name"][:80] for r in WRITTEN])
def test_a_written_situation_has_the_expected_answer(row):
    assert _answer(_situation(row)) == row["expect"], row["because"]


@pytest.mark.parametrize("name", [name for name, _ in (*DENY, *ALLOW)])
def test_taking_one_rule_away_is_noticed(name):
    deny = [r for r in DENY if r[0] != name]
    allow = [r for r in ALLOW if r[0] != name]
    changed = [
        r["name"]
        for r in WRITTEN
        if r["expect"] != "stub" and judge(_situation(r), deny, allow)[0] != (r["expect"] == "yes")
    ]
    assert changed
