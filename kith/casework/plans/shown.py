"""A plan as one reader may see it: its rules with whoever sees them differently, its what-ifs, and who said what."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kith.casework.plans.models import AgreedBy, Rule, SafetyPlan, Says, WhatIf
from kith.casework.plans.states import State
from kith.casework.plans.words import TIMES
from kith.framework.statements import plain_findings
from kith.kit.wording import day
from kith.people.entries.models import Dissent, Paragraph, Shared
from kith.people.entries.queries import Reading
from kith.people.persons.models import Person

NOT_SHOWN_YET = "A plan is written, and the family has not been shown it yet."


@dataclass(frozen=True)
class AnswerShown:
    """What one person said to the plan, with their words. `rule` is the row of the one rule it is about."""

    given: AgreedBy
    words: str
    rule: int | None

    @property
    def person(self) -> Person:
        """Whose answer it is."""
        return self.given.person

    @property
    def differs(self) -> bool:
        """They see it differently."""
        return self.given.answer == Says.DIFFERS


@dataclass(frozen=True)
class Worry:
    """A worry a rule guards against, as this reader may see it; `words` is empty when they may not."""

    ref: UUID
    words: str


@dataclass
class RuleShown:
    """One rule with its words, whoever sees it differently, and the worry it guards against (LINK-2)."""

    rule: Rule
    said: Paragraph | None
    instead: str
    child_knows: str
    guards: Worry | None
    differing: list[AnswerShown] = field(default_factory=list)

    @property
    def makes_sure(self) -> str:
        """The name of the person or worker who makes sure."""
        one = self.rule.makes_sure
        if one is not None:
            return one.known_as
        return self.rule.makes_sure_staff.name if self.rule.makes_sure_staff else ""

    @property
    def times(self) -> list[str]:
        """When it holds, in words, in the order of a day."""
        return [words for name, words in TIMES.items() if name in self.rule.times]

    @property
    def text(self) -> str:
        """The rule as it was said, or nothing when this reader may not see the words."""
        return self.said.text if self.said else ""

    @property
    def said_by(self) -> str:
        """Who said it, when somebody in the family did."""
        return self.said.given_by.known_as if self.said and self.said.given_by else ""


@dataclass(frozen=True)
class WhatIfShown:
    """One what-if: who acts, and the words by slot."""

    what_if: WhatIf
    words: dict[str, str]


@dataclass
class PlanShown:
    """One version of a plan as one reader may see it. Without sight of the shared words it holds no rules."""

    plan: SafetyPlan
    reading: Reading
    rules: list[RuleShown] = field(default_factory=list)
    what_ifs: list[WhatIfShown] = field(default_factory=list)
    answers: list[AnswerShown] = field(default_factory=list)
    shown_to: list[Shared] = field(default_factory=list)
    other_views: list[Dissent] = field(default_factory=list)

    @property
    def state(self) -> State:
        """Where this version stands."""
        return self.plan.state

    @property
    def to_look_at(self) -> list[str]:
        """What to look at again before the family is shown it (domain 0.1.4, 1.9). It advises; it never blocks.

        How old a reader must be is said once, of all the words; jargon is said of the rule or what-if it stands in.
        """
        said = [(f"Rule {n}", [r.text, r.instead, r.child_knows]) for n, r in enumerate(self.rules, 1)]
        said += [(f"What-if {n}", list(w.words.values())) for n, w in enumerate(self.what_ifs, 1)]
        texts = [(where, "\n".join(words)) for where, words in said]
        whole = plain_findings("\n\n".join(text for _, text in texts))
        return [f.advice for f in whole if f.start is None] + [
            f"{where}. {f.advice}" for where, text in texts for f in plain_findings(text) if f.start is not None
        ]

    @property
    def agreeing(self) -> list[AnswerShown]:
        """Those who agreed."""
        return [a for a in self.answers if a.given.answer == Says.AGREES]

    @property
    def differing(self) -> list[AnswerShown]:
        """Those who see the whole plan differently. Those who differ about one rule stand beside that rule."""
        return [a for a in self.answers if a.differs and a.rule is None]

    @property
    def not_asked(self) -> list[AnswerShown]:
        """Those who were not asked, with the reason."""
        return [a for a in self.answers if a.given.answer == Says.NOT_ASKED]


def told_of_review(plan: SafetyPlan, today: date) -> str:
    """Say when a plan is to be looked at again, or that it was to be and nobody has."""
    by = day(plan.review_by)
    if plan.review_by < today:
        return f"The plan was to be looked at again by {by}. Nobody has written that it was."
    return f"The plan is to be looked at again by {by}."


@dataclass(frozen=True)
class Standing:
    """A family's plans: the one they live by, the newest not agreed yet, and those before."""

    current: PlanShown | None
    coming: PlanShown | None
    earlier: list[PlanShown]


@dataclass(frozen=True)
class Line:
    """One line of tonight: `when` in words, `at` as HH:MM or empty, and the rule."""

    when: str
    at: str
    words: str
