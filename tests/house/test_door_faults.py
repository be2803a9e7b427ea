"""Whatever breaks at the door breaks closed: a calm page, nobody in without their stay on the trail, nothing half done.

Trust B 37 and 38. The steps are those of `at_door`. Every policy, every ledger call and every commit of each is broken
in every run, and a few of its statements; the long form breaks every statement.
"""

import pytest
from django.test import override_settings

from tests.house import breaking
from tests.house.at_door import GUESSES, STEPS, has_a_stay, is_in
from tests.house.breaking import Count, broken, called, failing_commit, failing_store, rows, wrong_with
from tests.house.test_faults import POLICIES, house, in_both_stores  # noqa: F401 - the house of the other sweep

FEW = 3
"""Statements of each step that fail in every run: the first, one in the middle and the last."""
ASKED_AT_THE_DOOR = {f"access.signin.{one}" for one in ("own", "remove_step", "sign_in", "turn_away")}


class AtDoor:
    """Breaks one step of the door in many places, each time by somebody who has just come to it."""

    def __init__(self, house, step, count):  # noqa: F811
        self.house, self.step, self.count, self.reached = house, step, count, set()

    def ask(self):
        return self.browser.post(self.address, self.sent)

    def come(self):
        """Stand before the step, and be sure that what is sent would be taken."""
        self.browser = self.step.begin(self.house)
        self.address = self.step.address(self.house)
        self.sent = self.step.sent(self.house, self.browser)
        self.before = rows()

    def learn(self):
        """Ask once, whole: what is asked of a sound door, and what it says. Gives the number of its statements."""
        self.come()
        with called(POLICIES) as reached, failing_store() as store:
            answer = self.ask()
        assert answer.status_code in {200, 302}, (self.step.shown_as, answer.status_code)
        self.reached |= reached
        return reached, store.asked

    def judge(self, kind, where, answer, *, commit=False):
        after = rows()
        changed = [{t: d for t, d in digests.items() if t not in GUESSES} for digests in (self.before, after)]
        fault = wrong_with(answer, *changed, commit=commit)
        if not fault and is_in(self.browser) and not has_a_stay(self.house, self.browser):
            fault = "somebody is in, and the trail says they are not"
        self.count.add(kind, f"{self.step.shown_as}, {where}: {answer.status_code}", fault)

    def break_code(self, kind, functions):
        for name, function in sorted(functions.items()):
            self.come()
            with broken(function):
                answer = self.ask()
            self.judge(kind, name, answer)

    def ledgers(self):
        for name, function in breaking.LEDGERS.items():
            self.come()
            with called({name: function}) as reached:
                self.ask()
            if reached:
                self.break_code("ledger", {name: function})

    def statements(self, which, *, for_good=False):
        for number in which:
            self.come()
            with failing_store(fails_at=number, for_good=for_good) as store:
                answer = self.ask()
            if not store.failed:
                return
            self.judge("store gone" if for_good else "statement", f"statement {number}", answer)

    def commits(self):
        for number in range(1, 9):
            self.come()
            with failing_commit(number) as store:
                answer = self.ask()
            if not store.failed:
                return
            self.judge("commit", f"commit {number}", answer, commit=True)


def _told(count):
    print(f"\n{count}", flush=True)
    assert not count.wrong, str(count)


@in_both_stores
def test_each_step_of_the_door_broken_in_a_few_places_fails_closed(house):  # noqa: F811
    count, reached = Count(), set()
    for step in STEPS:
        with override_settings(DEMO=step.demo):
            door = AtDoor(house, step, count)
            policies, statements = door.learn()
            door.break_code("policy", {name: POLICIES[name] for name in policies})
            door.ledgers()
            door.statements([1 + n * (statements - 1) // (FEW - 1) for n in range(FEW)])
            door.statements([statements // 2], for_good=True)
            door.commits()
            door.learn()  # and it works again
            reached |= door.reached
    assert reached >= ASKED_AT_THE_DOOR, ASKED_AT_THE_DOOR - reached
    assert set(count.faults) == {"policy", "ledger", "statement", "store gone", "commit"}
    _told(count)


@pytest.mark.long
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.shown_as)
@in_both_stores
def test_every_statement_of_the_door_fails_closed(house, step, for_good):  # noqa: F811
    count = Count()
    with override_settings(DEMO=step.demo):
        door = AtDoor(house, step, count)
        _policies, statements = door.learn()
        door.statements(range(1, statements + 1), for_good=for_good)
    _told(count)
