from datetime import date

import pytest

from kith.framework.calendar import Unit
from kith.framework.clocks import Authority, ClockRule, Mark, clock, clocks


def test_every_row_of_the_tables_is_there_in_order() -> None:
    """Domain 6.3 (K1 to K22) and 6.6 (L1 to L22, C1 to C6)."""
    rows = list(dict.fromkeys(rule.row for rule in clocks().values()))
    assert rows == [f"K{n}" for n in range(1, 23)] + [f"L{n}" for n in range(1, 23)] + [f"C{n}" for n in range(1, 7)]


@pytest.mark.parametrize("rule", clocks().values(), ids=clocks())
def test_no_clock_stands_without_a_question_and_a_source(rule: ClockRule) -> None:
    assert rule.question.endswith("?")
    assert rule.source
    assert (rule.length is None) == (rule.unit is None)


@pytest.mark.parametrize(
    ("rule_id", "start", "due"),
    [
        ("K2", "2025-05-19", "2025-05-20"),
        ("K5", "2025-05-19", "2025-07-22"),
        ("K10", "2025-05-20", "2025-06-11"),
        ("K12", "2025-06-10", "2025-06-24"),
        ("K14", "2025-06-10", "2025-09-10"),
        ("K15", "2025-09-09", "2026-03-09"),
        ("L1", "2024-10-07", "2024-10-21"),
        ("L2", "2024-10-10", "2024-10-17"),
        ("L14", "2024-10-07", "2024-11-04"),
        ("L15", "2024-10-31", "2025-01-31"),
        ("L16", "2025-01-28", "2025-07-28"),
        ("L19", "2024-10-10", "2025-01-30"),
        ("C2", "2025-01-06", "2025-04-06"),
        ("C3", "2025-03-20", "2025-09-20"),
    ],
)
def test_the_clocks_of_the_two_worked_families(rule_id: str, start: str, due: str) -> None:
    """Domain 14: what was due for the Solanki-Reids, for Zosia and for Kacper."""
    assert clock(rule_id).due(date.fromisoformat(start)) == date.fromisoformat(due)


def test_a_report_counts_back_from_its_conference() -> None:
    """K11."""
    assert clock("K11-initial").due(date(2025, 6, 10)) == date(2025, 6, 5)
    assert clock("K11-review").due(date(2025, 9, 9)) == date(2025, 9, 2)


def test_a_clock_without_a_number_of_days_is_never_due() -> None:
    """K8 has no national end of its own."""
    assert clock("K8").due(date(2025, 5, 20)) is None


def test_only_local_clocks_may_be_changed() -> None:
    assert clock("K16").may_be_changed
    assert not clock("K10").may_be_changed
    assert clock("L14").authority is Authority.LAW


def test_the_law_on_visits_differs_by_the_home() -> None:
    """L8."""
    assert (clock("L8-first-year").length, clock("L8-first-year").unit) == (6, Unit.WEEKS)
    assert (clock("L8-settled").length, clock("L8-settled").unit) == (3, Unit.MONTHS)
    assert clock("L8").mark is Mark.VERIFIED


def test_a_clock_that_is_not_there_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        clock("K99")
