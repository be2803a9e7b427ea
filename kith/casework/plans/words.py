"""What a plan says before it is saved: its rules, its what-ifs, who was shown it and what they answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from kith.access.accounts.models import Account
from kith.casework.mapping.models import Statement
from kith.casework.plans.models import Says
from kith.people.persons.models import Person

TIMES = {
    "mornings": "Mornings",
    "after-school": "After school",
    "bedtime": "Bedtime",
    "night": "Through the night",
    "weekend": "Weekends",
    "pay-day": "Pay day",
    "family-time": "Family time",
    "holidays": "Holidays",
}
"""The times of day and of the month that a rule covers (domain 2.4), in the order a day has them."""

WAYS = {
    "read-aloud": "Read to them",
    "paper": "On paper",
    "secure-link": "By a secure link",
    "easy-read": "In an easy version",
    "audio": "By recording",
    "translated": "In their own language",
}
"""How somebody can be shown a plan (domain 0.2)."""

MOST_RULES, FEWEST_RULES = 10, 3
_NOT = re.compile(r"\b(?:not|never|stops?|no (?:more|longer))\b|n[’']t\b", re.IGNORECASE)


@dataclass(frozen=True)
class RuleWords:
    """One rule, in the family's words. `given_by` said it; `instead` is what they do when they do not do that."""

    text: str
    who_does: Person
    makes_sure: Person | None = None
    makes_sure_staff: Account | None = None
    times: Sequence[str] = ()
    at: time | None = None
    given_by: Person | None = None
    instead: str = ""
    child_knows: str = ""
    guards: Statement | None = None


@dataclass(frozen=True)
class WhatIfWords:
    """What happens if: what is seen, who then does what, who steps in when they cannot, when to ring 999."""

    when: str
    then: str
    who_does: Person
    backup: str = ""
    call_999: str = ""


@dataclass(frozen=True)
class PlanWords:
    """A whole plan as it is written down. `being_hurt` are people no rule may rest on; it is never printed."""

    kind: str
    in_whose_words: str
    starts_on: date
    review_by: date
    rules: Sequence[RuleWords]
    what_ifs: Sequence[WhatIfWords] = ()
    being_hurt: Sequence[Person] = ()


@dataclass(frozen=True)
class ShownTo:
    """One person was shown the plan: how, when, and what they said to it."""

    person: Person
    how: str
    shown_on: date
    response: str = ""


@dataclass(frozen=True)
class Answer:
    """What one person says to the plan, in their own words; or why they were not asked.

    `rule` is the row of the one rule they see differently, or None for the whole plan. `carer` says that they
    are a parent, or care for the children day to day.
    """

    person: Person
    answer: str
    words: str = ""
    said_on: date | None = None
    how: str = ""
    carer: bool = False
    rule: int | None = None

    @property
    def differs(self) -> bool:
        """They see it differently."""
        return self.answer == Says.DIFFERS


def only_says_not(text: str, instead: str) -> bool:
    """Say whether a rule says what somebody will not do, and nothing of what they do instead (domain 2.4)."""
    return bool(_NOT.search(text)) and not instead.strip()
