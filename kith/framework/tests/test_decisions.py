import pytest

from kith.framework.decisions import (
    KeptFrom,
    KindOfWork,
    Say,
    authority,
    kinds_of_work,
    need_levels,
    retention_classes,
    say,
)
from kith.framework.kinds import Keep

LEAD, MANAGER, REVIEWING, HEAD, DIRECTOR, COURT = KindOfWork
NONE, VIEW, TOLD, PROPOSE, SCRUTINISE, NOMINATED, DECIDE = Say


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ("close-early-or-family-help", (PROPOSE, DECIDE, NONE, NONE, NONE, NONE)),
        ("open-or-close-assessment", (PROPOSE, DECIDE, NONE, NONE, NONE, NONE)),
        ("start-section-47", (PROPOSE, DECIDE, NONE, NONE, NONE, NONE)),
        ("hold-initial-conference", (PROPOSE, DECIDE, SCRUTINISE, NONE, NONE, NONE)),
        ("start-or-end-child-protection-plan", (VIEW, VIEW, DECIDE, NONE, NONE, NONE)),
        ("move-bed-for-immediate-safety", (PROPOSE, DECIDE, NONE, NONE, NONE, NONE)),
        ("enter-care-by-agreement", (PROPOSE, PROPOSE, NONE, DECIDE, NOMINATED, NONE)),
        ("apply-to-court", (PROPOSE, PROPOSE, TOLD, DECIDE, DECIDE, DECIDE)),
        ("place-with-parent-under-order", (NONE, NONE, TOLD, NONE, DECIDE, NONE)),
        ("approve-temporary-kin-carer", (NONE, NONE, NONE, DECIDE, NOMINATED, SCRUTINISE)),
        ("distant-home", (NONE, NONE, SCRUTINISE, NONE, DECIDE, NONE)),
        ("permanence-plan", (PROPOSE, VIEW, SCRUTINISE, DECIDE, DECIDE, NONE)),
        ("leave-care-at-16-or-17", (NONE, NONE, SCRUTINISE, NONE, DECIDE, NONE)),
        ("share-against-consent", (PROPOSE, DECIDE, NONE, NONE, NONE, NONE)),
        ("withhold-record", (NONE, DECIDE, NONE, DECIDE, NONE, NONE)),
    ],
)
def test_the_authority_matrix(decision: str, says: tuple[Say, ...]) -> None:
    """Domain 6.7, row by row."""
    assert tuple(say(decision, work) for work in KindOfWork) == says


def test_the_matrix_holds_fifteen_decisions_and_somebody_decides_each() -> None:
    assert len(authority()) == 15
    assert all(row.deciders() for row in authority().values())


def test_a_lead_worker_decides_none_of_them_alone() -> None:
    assert not [row.id for row in authority().values() if LEAD in row.deciders()]


def test_an_application_needs_everyone_who_decides_and_the_court_last() -> None:
    row = authority()["apply-to-court"]
    assert row.both
    assert row.deciders() == (HEAD, DIRECTOR, COURT)


def test_a_decision_that_is_not_there_is_nobodys() -> None:
    with pytest.raises(KeyError):
        say("rename-the-child", DIRECTOR)


def test_every_kind_of_work_has_a_name() -> None:
    assert list(kinds_of_work()) == list(KindOfWork)


def test_the_four_levels_and_the_maps_they_use() -> None:
    """Domain 6.1."""
    assert {code: level.variants for code, level in need_levels().items()} == {
        1: (),
        2: ("wellbeing",),
        3: ("wellbeing",),
        4: ("safety", "stability", "success"),
    }


@pytest.mark.parametrize(
    ("class_id", "years", "kept_from"),
    [
        ("care", 75, KeptFrom.BIRTH),
        ("adoption", 100, KeptFrom.ORDER),
        ("child-protection", 25, KeptFrom.CLOSING),
        ("family-help", 21, KeptFrom.BIRTH),
        ("no-action-contact", 6, KeptFrom.CLOSING),
        ("foster-carer", 10, KeptFrom.APPROVAL_END),
        ("practice", 6, KeptFrom.RECORDED),
        ("rights", 6, KeptFrom.CLOSING),
        ("staff", None, KeptFrom.OWNER_DECIDES),
        ("audit", None, KeptFrom.LONGEST_IT_EXPLAINS),
        ("life-record", None, KeptFrom.LONGEST_OF_THE_PERSON),
        ("while-open", 0, KeptFrom.CLOSING),
        ("index-card", None, KeptFrom.PERMANENT),
    ],
)
def test_how_long_a_record_is_kept(class_id: str, years: int | None, kept_from: KeptFrom) -> None:
    """Domain 12.4."""
    kept = retention_classes()[class_id]
    assert (kept.years, kept.kept_from) == (years, kept_from)
    assert kept.source


def test_every_class_that_records_carry_has_a_length_somewhere() -> None:
    assert {kept.keep for kept in retention_classes().values()} == set(Keep)


def test_the_record_of_a_child_who_died_in_care_is_kept_fifteen_years() -> None:
    assert retention_classes()["care"].if_died_under_18_years == 15
