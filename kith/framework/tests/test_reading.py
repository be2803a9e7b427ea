import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.framework import reading
from kith.framework.reading import measure, syllables
from kith.framework.tests import worked_texts as worked


@pytest.mark.parametrize(
    ("text", "words", "words_per_sentence", "reading_age"),
    [
        (worked.DS1, 83, 10.4, 8.0),
        (worked.DS1C, 33, 8.2, 4.8),
        (worked.SG1, 82, 11.7, 7.4),
        (worked.DS2, 88, 11.0, 8.2),
        (worked.SG2, 66, 9.4, 6.5),
        (worked.BS1, 62, 12.4, 8.9),
        (worked.BG1, 56, 14.0, 9.0),
    ],
    ids=["DS1", "DS1c", "SG1", "DS2", "SG2", "BS1", "BG1"],
)
def test_the_worked_texts_read_at_the_age_they_were_measured_at(
    text: str, words: int, words_per_sentence: float, reading_age: float
) -> None:
    """Domain 1.5, the test data for the checker."""
    measured = measure(text)

    assert measured.words == words
    assert measured.words_per_sentence == pytest.approx(words_per_sentence, abs=0.06)
    assert measured.reading_age == pytest.approx(reading_age, abs=0.7)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Mo shouts clothes whole while scared tired friend loved walked eight strength league"),
        (
            2,
            "Ellis Maya being likely safely safety someone centre household unique DV worried people table quiet science poem every Wednesday something",
        ),
        (
            3,
            "family everyone idea area violence involvement audio Maria heavier PDF employee neglected autism disagree museum period",
        ),
        (4, "situation appropriate usually professional intervention"),
    ],
)
def test_syllables_as_they_are_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Zielinski came. He sat.", 2),
        ("Jude weighs 3.5 kilos.", 1),
        ("Mo said no. He left, e.g. by bus, train etc. Then we ate.", 3),
        ("“Is Mum well?” she said. “No!” said Mo.", 4),
        ("What helps\n\nTea first", 2),
        ("We will:\n- ring Mo\n- text Hansa", 3),
        ("no full stop", 1),
        ("Wait... what?!", 2),
        ("", 1),
        ("🙂 🙂.", 1),
    ],
)
def test_where_sentences_end(text: str, sentences: int) -> None:
    assert measure(text).sentences == sentences


def test_a_text_without_words_has_no_reading_age() -> None:
    for nothing in ("", "  \n", "🙂👍", "...", "\x00\x1b"):
        assert (
            measure(nothing).words,
            measure(nothing).words_per_sentence,
            measure(nothing).reading_age,
        ) == (0, 0.0, 0.0)


def test_accents_and_marks_do_not_cut_words_in_two() -> None:
    assert measure("Kacper Wójcik came").words == measure("Kacper Wo\u0301jcik came").words == 3
    assert measure("sha\u00adring").words == 1


def test_a_text_from_right_to_left_is_counted_in_words() -> None:
    assert measure("\u202bمرحبا بكم في بيتنا\u202c").words == 4


def test_longer_sentences_and_longer_words_need_an_older_reader() -> None:
    plain = measure("Mo will ring. Mo will come.").reading_age
    assert plain < measure("Mo will ring and then Mo will come.").reading_age
    assert plain < measure("Professionals will communicate. Professionals will intervene.").reading_age


@given(st.text(max_size=400))
def test_any_text_can_be_measured(text: str) -> None:
    measured = measure(text)

    assert 0 <= measured.reading_age <= reading.OLDEST
    assert measured.syllables >= measured.words
    assert measured.sentences >= 1
