import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.framework import jargon
from kith.framework.jargon import JargonTerm, Kind
from kith.framework.tests import worked_texts as worked


def found(text: str, *extra: JargonTerm) -> list[str]:
    return [hit.term for hit in jargon.hits(text, extra)]


def test_the_ninety_rows_are_all_there_in_order() -> None:
    """Domain 1.9."""
    rows = [term.row for term in jargon.terms()]
    assert rows == sorted(rows)
    assert set(rows) == set(range(1, 91))


@pytest.mark.parametrize("term", jargon.terms(), ids=lambda term: term.term)
def test_every_term_is_found_in_all_its_forms(term: JargonTerm) -> None:
    for form in (term.term, *term.also):
        text = f"We saw {form} here."
        assert [(hit.term, text[hit.start : hit.end]) for hit in jargon.hits(text)] == [(term.term, form)]


@pytest.mark.parametrize("text", [getattr(worked, name) for name in ("DS1", "DS1C", "SG1", "DS2", "SG2", "BS1", "BG1")])
def test_the_worked_texts_are_plain(text: str) -> None:
    assert found(text) == []


def test_the_poor_statement_shows_its_jargon_and_its_blame() -> None:
    """Domain 1.5, the poor example."""
    hits = jargon.hits(worked.POOR)
    assert [(hit.term, hit.kind) for hit in hits] == [
        ("at risk of", Kind.JARGON),
        ("emotional abuse", Kind.JARGON),
        ("DV", Kind.JARGON),
        ("non-engagement", Kind.BLAME),
    ]
    assert hits[0].instead == "we are worried that … could happen"


@pytest.mark.parametrize(
    "text",
    [
        "DISGUISED COMPLIANCE",
        "disguised\ncompliance",
        "Disguised-compliance",
        "disguised\u00a0compliance.",
        "(disguised compliance)",
    ],
)
def test_capitals_line_ends_and_hyphens_do_not_hide_a_term(text: str) -> None:
    assert found(text) == ["disguised compliance"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("the clients' room, a client's view", ["client", "client"]),
        ("supervised contact", ["supervised contact"]),
        ("the placement broke down", ["placement breakdown"]),
        ("a s.47 after the C&F", ["s47", "C&F"]),
        ("She was placed with Dawn", ["placed with"]),
        ("They step down. At risk. Of course.", ["step-down", "at risk of"]),
    ],
)
def test_the_longest_term_is_the_one_that_counts(text: str, terms: list[str]) -> None:
    assert found(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "replacement",
        "a showcase, a bookcase",
        "bring a coat in case it rains",
        "in that case we wait",
        "Send Craig a text",
        "send it on Monday",
        "Maria da Silva",
        "Ace!",
        "the contacts list",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'Kavi said "it was neglect".',
        "Kavi said “it was neglect”.",
        "Kavi said 'it was neglect', and cried.",
        "Kavi said ‘it was neglect’.",
        "Kavi said ‘the boys' neglect’.",
        "«neglect» said Aga",
    ],
)
def test_people_may_use_their_own_words(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'Kavi said "no" to neglect.',
        "The boys' neglect wasn't Mo's fault.",
        "’Cause neglect is the boys’ story",
        "An unclosed “mark, then neglect",
        "Jude is 5'2\" and neglect",
        'An unclosed " mark.\n\nThen neglect. "Yes," said Mo.',
    ],
)
def test_an_apostrophe_or_a_mark_left_open_quotes_nothing(text: str) -> None:
    assert found(text) == ["neglect"]


@pytest.mark.parametrize(
    "text",
    [
        "the Children Act 1989",
        "the Care Planning, Placement and Case Review (England) Regulations 2010",
        "a multi-agency risk assessment conference",
        "the Emergency Placement Order",
        "a Serious Case Review",
    ],
)
def test_the_titles_of_laws_and_posts_are_left_as_they_are(text: str) -> None:
    assert found(text) == []


def test_a_team_adds_its_own_terms() -> None:
    ours = JargonTerm("the matrix", Kind.JARGON, "the page we filled in together", also=("matrices",))
    hits = jargon.hits("See the Matrix, and matrices.", [ours])
    assert [(hit.term, hit.instead) for hit in hits] == [("the matrix", "the page we filled in together")] * 2
    assert found("See the Matrix") == []


@given(st.text(alphabet=" \n\"'“”‘’«»&.-aA case placement DV", max_size=300))
def test_hits_are_in_order_apart_and_where_they_say(text: str) -> None:
    end = 0
    for hit in jargon.hits(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
