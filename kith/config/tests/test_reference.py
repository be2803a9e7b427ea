"""The page of rules names the tests that show them, and every rule that the code holds has one."""

import ast

from kith.config.reference import _named_for, rules_held, rules_shown

A_FILE = '''
"""What PV-5 asks, and what PV-1 to PV-4 do not."""

def scene():
    """Q1 is only a scene's."""

def test_link_2_and_k1_hold():
    assert "K99"

def test_a_clock():
    """K16: ten days. K2 to K4 are others."""

@pytest.mark.parametrize("rule", ["SC-1", "a row that says SC-2"])
def test_each(rule): ...
'''


def test_a_test_is_named_for_a_rule_by_its_name_its_words_or_its_cases_and_by_nothing_else():
    assert sorted(_named_for(ast.parse(A_FILE))) == [
        ("", "PV-5"),
        ("::test_a_clock", "K16"),
        ("::test_each", "SC-1"),
        ("::test_link_2_and_k1_hold", "K1"),
        ("::test_link_2_and_k1_hold", "LINK-2"),
    ]


def test_every_rule_that_the_code_holds_is_shown_by_a_test():
    held = rules_held()
    assert len(held) > 20
    assert sorted(set(held) - set(rules_shown())) == []
