"""Who may decide what, the levels of need, and how long each kind of record is kept.

Domain 6.7 (the authority matrix), 6.1 (levels) and 12.4 (keeping). All of it is data
(`content/authority.toml`) that a council changes with dates. Nothing here destroys a record: people decide
that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from kith.framework.clocks import Mark
from kith.framework.kinds import Keep
from kith.framework.shipped import read


class KindOfWork(StrEnum):
    """The columns of domain 6.7. Not job titles: `access` says which accounts do which kinds of work."""

    LEAD_WORKER = "lead-worker"
    TEAM_MANAGER = "team-manager"
    REVIEWING = "reviewing"
    SERVICE_MANAGER = "service-manager"
    DIRECTOR = "director"
    COURT = "court"


class Say(StrEnum):
    """What a kind of work may do about a decision. NOMINATED decides if the director says so in writing."""

    NONE = "none"
    VIEW = "view"
    TOLD = "told"
    PROPOSE = "propose"
    SCRUTINISE = "scrutinise"
    NOMINATED = "nominated"
    DECIDE = "decide"


class KeptFrom(StrEnum):
    """The day from which the years of keeping count, or the reason that no years do."""

    BIRTH = "birth"
    ORDER = "order"
    CLOSING = "closing"
    APPROVAL_END = "approval-end"
    RECORDED = "recorded"
    OWNER_DECIDES = "owner-decides"
    LONGEST_IT_EXPLAINS = "longest-it-explains"
    LONGEST_OF_THE_PERSON = "longest-of-the-person"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """One decision of domain 6.7. `both` means that everyone who decides must, each in turn."""

    id: str
    label: str
    says: Mapping[KindOfWork, Say]
    both: bool = False
    note: str = ""

    def say(self, work: KindOfWork) -> Say:
        """What that kind of work may do about it; NONE when the matrix is silent."""
        return self.says.get(work, Say.NONE)

    def deciders(self) -> tuple[KindOfWork, ...]:
        """Those who decide it, the nearest to the family first."""
        return tuple(work for work in KindOfWork if self.say(work) is Say.DECIDE)


@dataclass(frozen=True, slots=True)
class NeedLevel:
    """A level of need (domain 6.1). These are the common English four; local partners publish their own."""

    code: int
    name: str
    meaning: str
    lead: str
    consent: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """How long a kind of record is kept, in years from `kept_from` (domain 12.4); None for no number.

    `keep` is the class that records carry; several of these may end it, by what the involvement was.
    `if_died_under_18_years` counts from the death of a child who dies under 18; `quiet_years` must pass as
    well since anything was last done. A record in care carries its person's whole life record to the longest
    of its classes.
    """

    id: str
    name: str
    keep: Keep
    kept_from: KeptFrom
    source: str
    mark: Mark
    years: int | None = None
    if_died_under_18_years: int | None = None
    quiet_years: int | None = None


@cache
def authority() -> Mapping[str, AuthorityRow]:
    """The authority matrix by the id of the decision, in the order of domain 6.7."""
    return MappingProxyType({row["id"]: authority_from(row) for row in read("authority")["decision"]})


def say(decision: str, work: KindOfWork) -> Say:
    """What a kind of work may do about a decision. Raises KeyError when there is no such decision."""
    return authority()[decision].say(work)


@cache
def kinds_of_work() -> Mapping[KindOfWork, str]:
    """The name of each kind of work."""
    return MappingProxyType({KindOfWork(row["id"]): row["name"] for row in read("authority")["kind_of_work"]})


@cache
def need_levels() -> Mapping[int, NeedLevel]:
    """The levels of need by their number, 1 to 4."""
    levels = read("authority")["need_level"]
    return MappingProxyType({row["code"]: level_from(row) for row in levels})


@cache
def retention_classes() -> Mapping[str, RetentionClass]:
    """How long each kind of record is kept, by the id of its class."""
    return MappingProxyType({row["id"]: retention_from(row) for row in read("authority")["retention"]})


def authority_from(row: Mapping[str, Any]) -> AuthorityRow:
    """A decision as its data file writes it. Raises KeyError, TypeError or ValueError if not whole."""
    says = {work: Say(row[work]) for work in KindOfWork if work in row}
    rest = {key: value for key, value in row.items() if key not in says}
    return AuthorityRow(**{**rest, "says": MappingProxyType(says)})


def level_from(row: Mapping[str, Any]) -> NeedLevel:
    """A level of need as its data file writes it. Raises KeyError or TypeError when it is not whole."""
    return NeedLevel(**{**row, "variants": tuple(row["variants"])})


def retention_from(row: Mapping[str, Any]) -> RetentionClass:
    """A length of keeping as its file writes it. Raises KeyError, TypeError or ValueError if not whole."""
    rest = {key: value for key, value in row.items() if key != "from"}
    return RetentionClass(
        **{**rest, "keep": Keep(row["keep"]), "kept_from": KeptFrom(row["from"]), "mark": Mark(row["mark"])}
    )
