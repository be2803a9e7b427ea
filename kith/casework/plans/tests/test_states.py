"""Where a plan may go: every way to agreed passes the family."""

from kith.casework.plans import actions, policies
from kith.casework.plans.states import MOVES, WORDS, State, may_move, state_picture, state_table
from kith.people.entries.models import MOVES as SPINE

AGREED = {State.AGREED, State.AGREED_WITH_DISSENT}


def walks(here=State.DRAFT, behind=()):
    """Every walk from a draft that passes no state more than twice."""
    yield (*behind, here)
    for move in MOVES:
        if move.start is here and (*behind, here).count(move.end) < 2:
            yield from walks(move.end, (*behind, here))


def test_there_is_no_path_from_draft_to_agreed_that_misses_the_family():
    found = [walk for walk in walks() if walk[-1] in AGREED]
    assert found
    for walk in found:
        last_draft = max(n for n, state in enumerate(walk) if state is State.DRAFT)
        assert State.WITH_FAMILY in walk[last_draft:-1]


def test_every_state_is_reached_and_has_words():
    assert {state for walk in walks() for state in walk} == set(State) == set(WORDS)


def test_every_move_is_an_act_with_a_rule_of_its_name():
    for move in MOVES:
        assert getattr(actions, move.act).is_action
        assert callable(getattr(policies, move.act))


def test_the_spine_lets_a_plan_go_wherever_this_table_sends_it():
    moved = [m for m in MOVES if m.act in {"share_with_family", "take_back_plan", "agree_plan"} and m.start != m.end]
    assert moved
    assert all(m.end in SPINE[m.start] for m in moved)


def test_only_an_act_of_the_table_is_allowed():
    assert may_move("agree_plan", State.WITH_FAMILY)
    assert not may_move("agree_plan", State.DRAFT)
    assert not may_move("end_plan", State.DRAFT)


def test_the_table_and_the_picture_show_every_move():
    assert state_table().count("\n") == len(MOVES) + 1
    for move in MOVES:
        assert f"{move.start.name} --> {move.end.name}: {move.act}" in state_picture()
