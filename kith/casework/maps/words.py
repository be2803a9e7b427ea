"""What is said about a thing on the map before it is saved."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kith.casework.mapping.models import Scale, Statement
from kith.casework.mapping.words import Who
from kith.casework.maps.models import Kind, MapItem, Outcome

REPORTED_BY = (
    ("child", "The child"),
    ("parent", "A parent"),
    ("relative", "Somebody in the family"),
    ("neighbour", "A neighbour or friend"),
    ("school", "School or nursery"),
    ("health", "Health"),
    ("police", "The police"),
    ("worker-saw", "A worker saw it"),
)
"""Who told of harm (domain 1.4)."""

SEVERITIES = (
    ("0", "0. No effect was seen"),
    ("1", "1. Upset, or something missed; over it the same day"),
    ("2", "2. Upset again and again; health, school or care missed"),
    ("3", "3. Hurt, or clearly held back: sleep, learning, mood or growth"),
    ("4", "4. Danger to life, badly hurt, sexual harm, or lasting damage"),
)
"""What each number of severity means (domain 1.4)."""

HEADINGS = {
    Kind.HARM: "What has happened",
    Kind.FACTOR: "What makes it harder",
    Kind.SAFETY: "Times someone kept the children safe",
    Kind.STRENGTH: "Good things",
    Kind.HOPE: "What we hope for",
    Kind.STEP: "Next steps",
    Kind.UNKNOWN: "What we do not know yet",
    Kind.WONDERING: "What we wonder about",
    Kind.NEED: "What may be underneath",
    Kind.BOTTOM: "Bottom lines",
}
QUESTIONS = {
    Kind.HARM: "What has happened?",
    Kind.FACTOR: "What makes it harder?",
    Kind.SAFETY: "When did somebody keep the children safe?",
    Kind.STRENGTH: "What is a good thing?",
    Kind.HOPE: "What does somebody hope for?",
    Kind.STEP: "What will somebody do?",
    Kind.UNKNOWN: "What do we not know yet?",
    Kind.WONDERING: "What do we wonder about?",
    Kind.NEED: "What may be underneath?",
    Kind.BOTTOM: "What must be so, whatever else the family decides?",
}
TESTS = {
    Kind.HARM: "A thing somebody did or did not do, when, and what it did to this child. Low days, debt or an illness"
    " make things harder: they go elsewhere on the map.",
    Kind.FACTOR: "What makes things harder to sort out, and is not itself harm. What we have done, or not done,"
    " belongs here too.",
    Kind.SAFETY: "The danger was there, somebody acted, and the children were safe. It has a day.",
    Kind.STRENGTH: "A good thing about the children, their parents or their days. If it once kept them safe, write"
    " that instead.",
    Kind.HOPE: "One person’s own hope, in their words.",
    Kind.STEP: "A small thing one person will do, by a day.",
    Kind.UNKNOWN: "What we would need to know. It is never a fault not to know yet.",
    Kind.WONDERING: "Something we think may be so and have not settled. Hold at least two ways of seeing it.",
    Kind.NEED: "Behind what people see somebody do, there is something they need. The plan meets the need.",
    Kind.BOTTOM: "One of very few things services insist on: what must be so, never how. The family decides how.",
}
"""Each kind's own test of whether something belongs there, as its page says it (domain 1.2)."""
MAIN = {
    Kind.HARM: "behaviour",
    Kind.FACTOR: "what",
    Kind.SAFETY: "did",
    Kind.STRENGTH: "what",
    Kind.HOPE: "what",
    Kind.STEP: "action",
    Kind.UNKNOWN: "what",
    Kind.WONDERING: "what",
    Kind.NEED: "need",
    Kind.BOTTOM: "requirement",
}
"""The paragraph of each kind that says the thing itself."""

OUTCOMES: Mapping[str, Sequence[Outcome]] = {
    Kind.HARM: (Outcome.NO_LONGER,),
    Kind.FACTOR: (Outcome.EASED, Outcome.NO_LONGER),
    Kind.SAFETY: (Outcome.NO_LONGER,),
    Kind.STRENGTH: (Outcome.NO_LONGER,),
    Kind.HOPE: (Outcome.DONE, Outcome.NO_LONGER),
    Kind.STEP: (Outcome.DONE, Outcome.NOT_DONE, Outcome.NO_LONGER),
    Kind.UNKNOWN: (Outcome.ANSWERED, Outcome.NO_LONGER),
    Kind.WONDERING: (Outcome.ANSWERED, Outcome.NO_LONGER),
    Kind.NEED: (Outcome.MET, Outcome.NO_LONGER),
    Kind.BOTTOM: (Outcome.MET, Outcome.NO_LONGER),
}
"""What may become of each kind. A good thing also grows into a time of safety, by being written as one."""


MOST_BOTTOM_LINES = 5
"""BL-1: how many may stand for one child at once (domain 1.10, local default)."""

_SERVICES = (
    *("attend", "attends", "class", "classes", "comply", "co-operate", "cooperate", "counselling", "course", "engage"),
    *("engages", "group", "parenting", "programme", "referral", "rehab", "service", "services", "session", "sessions"),
    *("therapy", "treatment", "workshop"),
)
_NAMES_A_SERVICE = re.compile(rf"\b({'|'.join(_SERVICES)})\b", re.IGNORECASE)


def service_named(requirement: str) -> str:
    """Give the first word that names a service or a course, or nothing (BL-2: a bottom line says what, never how)."""
    found = _NAMES_A_SERVICE.search(requirement)
    return found[0] if found else ""


@dataclass(frozen=True)
class Time:
    """When harm happened: the day as far as it is known, and how bad it was then (0 to 4)."""

    which: str
    on: date | None = None
    precision: str = ""
    severity: int | None = None


@dataclass(frozen=True)
class HarmFacts:
    """What is chosen about harm, beside its words (domain 1.4)."""

    whose: str
    severity: int
    borne_out: str
    trend: str = "unknown"
    often: str = ""
    lasted: str = ""
    reported_by: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()


@dataclass(frozen=True)
class Put:
    """One thing to be put on the map: its words by slot, who is named beside it by role, and what is chosen."""

    kind: str
    said: Mapping[str, str]
    named: Mapping[str, Sequence[Who]] = field(default_factory=dict)
    statement: Statement | None = None
    scale: Scale | None = None
    on: date | None = None
    precision: str = ""
    by_when: date | None = None
    belongs_to: str = ""
    times_seen: int | None = None
    evidence: str = ""
    grew_from: MapItem | None = None
    together: UUID | None = None
    harm: HarmFacts | None = None

    def words(self, slot: str) -> str:
        """The words of one slot, or nothing."""
        return self.said.get(slot, "").strip()

    def who(self, role: str) -> Sequence[Who]:
        """Those named in one role."""
        return self.named.get(role, ())
