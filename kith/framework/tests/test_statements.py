import time

import pytest

from kith.framework.statements import (
    Finding,
    child_version_findings,
    copied_findings,
    goal_findings,
    likeness,
    statement_findings,
)
from kith.framework.tests import worked_texts as worked

SOLANKI_REIDS = ["Ellis", "Maya", "Jude"]


def a_statement(sentence: str) -> str:
    return (
        f"Nana Mo and Leah are worried. {sentence} On 17 May a plate hit the wall. If this goes on, Jude could be "
        "badly hurt, and Ellis could keep lying awake."
    )


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("text", "children"),
    [(worked.DS1, SOLANKI_REIDS), (worked.DS2, SOLANKI_REIDS), (worked.BS1, ["Zosia", "Kacper"])],
)
def test_the_worked_statements_need_nothing_more(text: str, children: list[str]) -> None:
    """Domain 1.5 and 14."""
    assert statement_findings(text, children=children) == []


@pytest.mark.parametrize(
    ("text", "statement", "children"),
    [
        (worked.SG1, worked.DS1, SOLANKI_REIDS),
        (worked.SG2, worked.DS2, SOLANKI_REIDS),
        (worked.BG1, worked.BS1, ["Zosia", "Kacper"]),
    ],
)
def test_the_worked_goals_need_nothing_more(text: str, statement: str, children: list[str]) -> None:
    """Domain 1.6 and 14."""
    assert goal_findings(text, statement=statement, children=children) == []


def test_the_poor_statement_needs_nearly_everything() -> None:
    """Domain 1.5: no people, no behaviour, no child, jargon and a blame."""
    found = codes(statement_findings(worked.POOR, children=SOLANKI_REIDS))
    assert found == ["too-short", "no-child", "no-possibility", "no-when", "reading-age"] + ["jargon"] * 4


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Craig always shouts.", "blaming"),
        ("Craig refuses to say.", "blaming"),
        ("Craig fails to wake.", "blaming"),
        ("Craig admits it.", "blaming"),
        ("Craig shouts and/or throws things.", "and-or"),
        ("Kavi was assaulted on Friday.", "hides-who"),
        ("Jude has been badly bruised.", "hides-who"),
        ("Jude was left alone.", "hides-who"),
        ("Craig shouts and also drinks, and also throws things.", "and-also"),
        ("Craig is in denial.", "jargon"),
    ],
)
def test_one_thing_to_look_at_again_is_found_where_it_stands(sentence: str, code: str | None) -> None:
    text = a_statement(sentence)
    (finding,) = statement_findings(text, children=SOLANKI_REIDS)
    assert finding.code == code
    assert text[finding.start : finding.end].lower() in sentence.lower()
    assert finding.advice.endswith(".")


@pytest.mark.parametrize(
    "sentence",
    [
        "Kavi was pushed by Craig.",
        "Kavi was pushed twice in the kitchen by Craig.",
        "Kavi says “he always shouts”.",
        "Maya could have been hurt.",
        "Craig shouts and also drinks.",
    ],
)
def test_what_names_who_or_quotes_is_left_alone(sentence: str) -> None:
    assert statement_findings(a_statement(sentence), children=SOLANKI_REIDS) == []


def test_a_month_is_not_a_possibility() -> None:
    text = a_statement("Craig shouts.").replace("could", "will")
    assert codes(statement_findings(text)) == ["no-possibility"]


def test_a_statement_without_a_date_or_a_count_is_asked_when() -> None:
    text = a_statement("Craig shouts.").replace("On 17 May a", "A")
    assert codes(statement_findings(text)) == ["no-when"]


def test_a_statement_names_its_child_by_the_whole_name() -> None:
    assert codes(statement_findings(a_statement("Craig shouts."), children=["Jud"])) == ["no-child"]
    assert statement_findings(a_statement("Craig shouts."), children=["JUDE"]) == []


@pytest.mark.parametrize(("words", "code"), [(24, "too-short"), (25, None), (90, None), (91, "too-long")])
def test_twenty_five_to_ninety_words(words: int, code: str | None) -> None:
    text = ("Jude could be hurt. Mo is up at night. " * 20).split()[:words]
    found = codes(statement_findings(" ".join(text)))
    assert [each for each in found if each.startswith("too-")] == ([code] if code else [])


def test_the_child_version_is_two_to_four_sentences_a_seven_year_old_follows() -> None:
    assert child_version_findings(worked.DS1C) == []
    assert codes(child_version_findings("It is not your fault.")) == ["child-version-length"]
    assert "reading-age" in codes(child_version_findings("Professionals anticipate deterioration. It is complicated."))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Craig will complete the parenting programme.", "attendance"),
        ("Craig will engage with workers.", "attendance"),
        ("Craig will have counselling.", "service"),
        ("Craig will stop shouting.", "absence"),
        ("Craig will speak in an appropriate way.", "vague"),
    ],
)
def test_a_goal_is_behaviour_that_can_be_seen(sentence: str, code: str | None) -> None:
    assert code in codes(goal_findings(f"{sentence} Ellis will sleep through for six months."))


def test_a_goal_says_for_how_long_and_for_whom() -> None:
    assert codes(goal_findings("Home will be calm at night.", children=["Ellis"])) == [
        "no-duration",
        "no-child",
    ]


def test_a_goal_mirrors_its_statement() -> None:
    other = "Zosia will live with Marcia for a year, and will know the plan."
    assert codes(goal_findings(other, statement=worked.DS2)) == ["not-a-mirror"]
    assert "repeats-statement" in codes(goal_findings(worked.DS2, statement=worked.DS2))


def test_a_text_copied_from_a_brother_or_sister_is_noticed() -> None:
    """Domain 1.9: four fifths alike."""
    ellis = "Ellis will eat a breakfast he did not make, and get to school by nine each day."
    assert codes(copied_findings(ellis.replace("Ellis", "Maya"), [worked.DS1, ellis])) == ["copied"]
    assert copied_findings(ellis, [worked.DS1, "", "  "]) == []
    assert likeness(ellis, f"  {ellis.upper()}") == 100


@pytest.mark.parametrize("unit", ["complete a ", "was ", "“a", "always ", "could ", "Aa ", "was hit a a a "])
@pytest.mark.long
def test_a_long_text_is_looked_through_in_good_time(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    statement_findings(text, children=SOLANKI_REIDS)
    goal_findings(text, statement=worked.DS1, children=SOLANKI_REIDS)
    assert time.process_time() - start < 10
