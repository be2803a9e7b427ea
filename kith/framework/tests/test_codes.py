from datetime import date

import pytest

from kith.framework.codes import CodeList, code_list, code_lists
from kith.framework.kinds import Content

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("list_id", "codes"),
    [
        (
            "ethnicity",
            "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT",
        ),
        ("disability", "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"),
        ("sex", "M F U"),
        ("source-of-contact", "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"),
        ("place", "home school office family-hub hospital placement outdoors phone video other"),
    ],
)
def test_the_national_codes_and_our_own_are_all_there(list_id: str, codes: str) -> None:
    assert set(code_list(list_id).codes) == set(codes.split())


def test_every_content_kind_has_its_words() -> None:
    assert list(code_list("content-kind").codes) == [kind.value for kind in Content]


def test_a_code_is_shown_as_words() -> None:
    assert code_list("ethnicity").words("MWBC") == "White and Black Caribbean"
    assert code_list("disability").words("AUT") == "Autism"
    assert code_list("ethnicity").words("XXXX") == "XXXX (not on our list)"


@pytest.mark.parametrize("each", code_lists().values(), ids=code_lists())
def test_every_list_says_where_it_is_from_and_has_words_of_its_own_for_each_code(each: CodeList) -> None:
    words = [code.words for code in each.codes.values()]
    assert each.source
    assert len(set(words)) == len(words)


def test_a_code_no_longer_taken_is_not_offered_but_keeps_its_words() -> None:
    gender = code_list("gender")
    assert gender.choices(TODAY) == []
    assert gender.choices(date(2024, 3, 31))[0] == ("1", "Male")
    assert gender.words("2") == "Female"


def test_a_code_is_not_offered_before_it_began() -> None:
    sources = dict(code_list("source-of-contact").choices(date(2022, 3, 31)))
    assert "5D" not in sources
    assert "5D" in dict(code_list("source-of-contact").choices(TODAY))


def test_languages_begin_with_english_and_the_signed_ways() -> None:
    languages = code_list("language")
    assert list(languages.codes)[:4] == ["eng", "bfi", "isg", "x-makaton"]
    assert languages.words("bfi") == "British Sign Language (BSL)"
    spoken = [code.words for code in languages.groups(TODAY)["Spoken"]][1:]
    assert spoken == sorted(spoken)
    assert len(spoken) >= 60


def test_codes_are_gathered_in_groups() -> None:
    assert [code.code for code in code_list("ethnicity").groups(TODAY)["White"]] == [
        "WBRI",
        "WIRI",
        "WIRT",
        "WROM",
        "WOTH",
    ]


def test_none_is_chosen_alone() -> None:
    assert [code.code for code in code_list("disability").codes.values() if code.alone] == ["NONE"]
