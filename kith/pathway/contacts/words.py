"""What is said on a call, before it is saved: plain values that the form hands to the action."""

from dataclasses import dataclass
from datetime import datetime

from kith.people.persons.actions import Details
from kith.people.persons.keys import Particulars
from kith.people.sight.known import Known


@dataclass(frozen=True)
class Somebody:
    """One person in the family: somebody known already, or the details of somebody new."""

    is_child: bool
    role: str = ""
    known: Known | None = None
    details: Details | None = None

    @property
    def particulars(self) -> Particulars:
        """What is known of somebody new, for comparing."""
        details = self.details or Details("")
        name = f"{details.given} {details.family}".strip()
        return Particulars(
            names=(name,),
            born=details.born_on,
            born_precision=details.born_precision,  # type: ignore[arg-type]  # the form gives one of its words
        )

    @property
    def last_name(self) -> str:
        """A word to call the family by, when nobody has said what they call themselves."""
        return (self.details.family or self.details.given) if self.details else ""


@dataclass(frozen=True)
class Call:
    """What whoever rang said, in their words, and what was done about it."""

    source: str
    caller: str
    worry: str
    going_well: str
    urgency: str
    told_family: bool
    happened_at: datetime
    why_not: str = ""
    where_now: str = ""
    asked_for: str = ""
    may_be_named: bool = False
