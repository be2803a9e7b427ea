"""The one rule of who may see what, as pure functions of one situation.

Source: domain 12.1 (deny unless listed), PV-1 to PV-6, the access model of the trust design. Each rule has
a name, so that a refusal can be explained and a test can take one away and see it missed. The witness of
these rules is `tests/access/situations.toml`, written from the designs before them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kith.access.roles import Work
from kith.framework.kinds import Content, Level, Tie, Verb

HOLDS = frozenset({Tie.ALLOCATED, Tie.COWORKER, Tie.MANAGES, Tie.NAMED})
SEES_NOBODY = frozenset({Work.ADMINISTRATOR, Work.ANALYST})
NEVER_WRITE = frozenset({Work.AUDITOR, Work.LEGAL, Work.GOVERNANCE})
_SEEKS = frozenset({Verb.FIND, Verb.MATCH})
ORDINARY = frozenset({Content.INDEX, Content.CORE})
STAYS_BY_LEVEL = {
    Level.OPEN: frozenset(Tie),
    Level.RESTRICTED: frozenset({Tie.NAMED, Tie.GLASS, Tie.BARRED}),
    Level.SEALED: frozenset({Tie.NAMED, Tie.BARRED}),
}


@dataclass(frozen=True)
class Situation:
    """Everything the rule knows: kinds of work, ties in force on the file, its level, what is asked of what."""

    work: frozenset[Work]
    ties: frozenset[Tie]
    level: Level
    content: Content
    verb: Verb
    cleared: bool = False

    @property
    def counts(self) -> frozenset[Tie]:
        """Ties that count at this level: a restriction takes away all but the named list and the glass."""
        return self.ties & STAYS_BY_LEVEL[self.level]

    @property
    def holds(self) -> bool:
        """Somebody in the line of responsibility for this child, or named on the file."""
        return bool(self.counts & HOLDS)

    @property
    def practises(self) -> frozenset[Work]:
        """Kinds of work that are with families for the council: not partners, and not those who only check."""
        return self.work - NEVER_WRITE - {Work.PARTNER}

    @property
    def staff(self) -> frozenset[Work]:
        """Kinds of work done for the council itself."""
        return self.work - {Work.PARTNER}


Rule = tuple[str, Callable[[Situation], bool]]

DENY: Sequence[Rule] = (
    ("sees nobody", lambda s: not s.work or bool(s.work & SEES_NOBODY)),
    ("barred", lambda s: Tie.BARRED in s.ties),
    ("sealed wants named and cleared", lambda s: s.level is Level.SEALED and not _unseals(s)),
    (
        "search shows that someone is known, no more",
        lambda s: s.verb in _SEEKS and s.content is not Content.INDEX,
    ),
)

ALLOW: Sequence[Rule] = (
    ("staff find an open file", lambda s: bool(s.staff) and s.verb in _SEEKS and s.level is Level.OPEN),
    ("the named find their own", lambda s: bool(s.staff) and s.verb in _SEEKS and _opens_closed(s)),
    ("the line reads", lambda s: bool(s.practises) and s.holds and s.verb is Verb.READ),
    ("the line writes", lambda s: bool(s.practises) and s.holds and s.verb is Verb.WRITE),
    ("the line gives", lambda s: bool(s.practises) and s.holds and s.verb is Verb.GIVE and _may_leave(s)),
    ("the team reads", lambda s: bool(s.practises) and Tie.TEAM in s.counts and _reads_ordinary(s)),
    ("the chair reads", lambda s: bool(s.practises) and Tie.CHAIRS in s.counts and _reads_ordinary(s)),
    ("the chair writes", lambda s: bool(s.practises) and Tie.CHAIRS in s.counts and _writes_core(s)),
    ("the glass reads", lambda s: bool(s.practises) and Tie.GLASS in s.counts and _glass_reads(s)),
    (
        "the front door reads",
        lambda s: Work.FRONT_DOOR in s.work and s.level is Level.OPEN and _reads_ordinary(s),
    ),
    ("the auditor reads", lambda s: Work.AUDITOR in s.work and _auditor_reaches(s) and _reads_ordinary(s)),
    ("a named lawyer reads", lambda s: Work.LEGAL in s.work and Tie.NAMED in s.counts and _reads_ordinary(s)),
    ("named governance reads", lambda s: _governs(s) and s.verb is Verb.READ),
    ("named governance gives", lambda s: _governs(s) and s.verb is Verb.GIVE and s.level is not Level.SEALED),
    ("a named partner reads", lambda s: Work.PARTNER in s.work and _partner(s) and _reads_ordinary(s)),
    ("a named partner writes", lambda s: Work.PARTNER in s.work and _partner_holds(s) and _writes_core(s)),
)


def _unseals(s: Situation) -> bool:
    return s.cleared and Tie.NAMED in s.ties and bool(s.staff)


def _opens_closed(s: Situation) -> bool:
    return bool(s.counts & {Tie.NAMED, Tie.GLASS})


def _may_leave(s: Situation) -> bool:
    return s.content in ORDINARY and s.level is not Level.SEALED


def _reads_ordinary(s: Situation) -> bool:
    return s.verb is Verb.READ and s.content in ORDINARY


def _writes_core(s: Situation) -> bool:
    return s.verb is Verb.WRITE and s.content is Content.CORE


def _glass_reads(s: Situation) -> bool:
    return s.verb is Verb.READ and s.content is not Content.CHILD_PRIVATE


def _auditor_reaches(s: Situation) -> bool:
    return s.level is Level.OPEN or Tie.NAMED in s.counts


def _governs(s: Situation) -> bool:
    return Work.GOVERNANCE in s.work and Tie.NAMED in s.counts


def _partner(s: Situation) -> bool:
    return Tie.NAMED in s.counts and s.level is not Level.SEALED


def _partner_holds(s: Situation) -> bool:
    return _partner(s) and bool(s.ties & {Tie.ALLOCATED, Tie.COWORKER})


def judge(situation: Situation, deny: Sequence[Rule] = DENY, allow: Sequence[Rule] = ALLOW) -> tuple[bool, str]:
    """Say yes or no, and by which rule. What no rule allows is denied."""
    for name, holds in deny:
        if holds(situation):
            return False, name
    for name, holds in allow:
        if holds(situation):
            return True, name
    return False, "deny unless listed"


def stub(situation: Situation) -> bool:
    """Say whether one exact match shows "a record exists, speak to…": council staff who may search, restricted only."""
    return (
        situation.verb is Verb.MATCH
        and situation.level is Level.RESTRICTED
        and bool(situation.staff)
        and not situation.work & SEES_NOBODY
        and Tie.BARRED not in situation.ties
        and not judge(situation)[0]
    )
