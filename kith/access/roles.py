"""Roles are kinds of work, never which children (domain 6.7, 12.1). Which children is a dated tie on a file."""

from dataclasses import dataclass
from enum import StrEnum

from kith.access.permissions import Permission as P
from kith.framework.decisions import KindOfWork


class Work(StrEnum):
    """The kinds of work a council's people do, and the two that see no family at all."""

    SOCIAL_WORKER = "social-worker"
    FAMILY_HELP = "family-help"
    FRONT_DOOR = "front-door"
    TEAM_LEADER = "team-leader"
    SERVICE_LEADER = "service-leader"
    HEAD_OF_SERVICE = "head-of-service"
    NOMINATED_OFFICER = "nominated-officer"
    DIRECTOR = "director"
    CONFERENCE_CHAIR = "conference-chair"
    REVIEWING_OFFICER = "reviewing-officer"
    PERSONAL_ADVISER = "personal-adviser"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    LEGAL = "legal"
    AUDITOR = "auditor"
    GOVERNANCE = "information-governance"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Role:
    """A kind of work: what it is called on screen, whom it is for, and what it includes."""

    work: Work
    shown_as: str
    for_people_who: str
    may: frozenset[P]


_READS = {P.PERSON_FIND}
_RECORDS = _READS | {P.ENTRY_WRITE, P.PERSON_EDIT, P.PERSON_ADD}
_WORKS = _RECORDS | {
    P.CONTACT_TAKE,
    P.DECISION_RECORD,
    P.FILE_BREAK_GLASS,
    P.PAPER_GIVE,
    P.PLAN_AGREE,
    P.PLAN_WRITE,
    P.STATEMENT_WRITE,
}
_LEADS = _WORKS | {
    P.BOTTOM_LINE_AGREE,
    P.CONTACT_DECIDE,
    P.ENTRY_SEAL,
    P.FILE_ALLOCATE,
    P.FILE_BAR,
    P.FILE_LEVEL,
    P.GRANT_REVIEW,
    P.LOOKS_READ,
    P.PERSON_MERGE,
}


def _role(work: Work, shown_as: str, for_people_who: str, may: set[P]) -> Role:
    return Role(work, shown_as, for_people_who, frozenset(may))


ROLES: dict[Work, Role] = {
    role.work: role
    for role in (
        _role(Work.SOCIAL_WORKER, "Social worker", "work with children and families.", _WORKS),
        _role(
            Work.FAMILY_HELP,
            "Family help practitioner",
            "lead help for a family that has agreed to it.",
            _WORKS,
        ),
        _role(Work.FRONT_DOOR, "Front door worker", "take first calls and read what is already known.", _WORKS),
        _role(Work.TEAM_LEADER, "Team leader", "lead a team and decide with them.", _LEADS),
        _role(Work.SERVICE_LEADER, "Service leader", "lead several teams.", _LEADS),
        _role(Work.HEAD_OF_SERVICE, "Head of service", "answer for a service.", _LEADS | {P.CLEARANCE_GIVE}),
        _role(
            Work.NOMINATED_OFFICER,
            "Nominated officer",
            "decide what the law gives to a nominated officer.",
            _READS | {P.DECISION_RECORD},
        ),
        _role(Work.DIRECTOR, "Director", "answer for all children's services.", _LEADS | {P.CLEARANCE_GIVE}),
        _role(
            Work.CONFERENCE_CHAIR,
            "Conference chair",
            "chair child protection conferences, apart from line management.",
            _RECORDS | {P.DECISION_RECORD, P.PAPER_GIVE},
        ),
        _role(
            Work.REVIEWING_OFFICER,
            "Independent reviewing officer",
            "chair reviews and must be able to challenge a plan.",
            _RECORDS | {P.DECISION_RECORD, P.PAPER_GIVE},
        ),
        _role(Work.PERSONAL_ADVISER, "Personal adviser", "stand by a young person leaving care, to 25.", _WORKS),
        _role(
            Work.COORDINATOR,
            "Family group coordinator",
            "bring a family together to decide.",
            _RECORDS | {P.PLAN_WRITE},
        ),
        _role(
            Work.PARTNER,
            "Partner practitioner",
            "lead or join help for named families from another agency.",
            {P.ENTRY_WRITE, P.PLAN_WRITE},
        ),
        _role(Work.LEGAL, "Legal", "advise on the law for named children.", {P.PERSON_FIND}),
        _role(Work.AUDITOR, "Auditor", "look at practice and change nothing.", {P.PERSON_FIND}),
        _role(
            Work.GOVERNANCE,
            "Information governance",
            "look after records, rights and the trail of who looked.",
            {
                P.CLEARANCE_GIVE,
                P.ENTRY_SEAL,
                P.FILE_LEVEL,
                P.GRANT_REVIEW,
                P.LOOKS_READ,
                P.PERSON_FIND,
                P.PERSON_MERGE,
            },
        ),
        _role(Work.ANALYST, "Analyst", "count, without seeing anyone.", set()),
        _role(
            Work.ADMINISTRATOR,
            "System administrator",
            "look after accounts, teams and settings, and see no family.",
            {P.ACCOUNT_MANAGE, P.SETTING_CHANGE, P.TEAM_MANAGE},
        ),
    )
}


def permissions_of(work: frozenset[Work]) -> frozenset[P]:
    """Give everything these kinds of work include, together."""
    return frozenset(p for kind in work for p in ROLES[kind].may)


STANDING: dict[Work, KindOfWork] = {
    Work.SOCIAL_WORKER: KindOfWork.LEAD_WORKER,
    Work.FAMILY_HELP: KindOfWork.LEAD_WORKER,
    Work.FRONT_DOOR: KindOfWork.LEAD_WORKER,
    Work.PERSONAL_ADVISER: KindOfWork.LEAD_WORKER,
    Work.TEAM_LEADER: KindOfWork.TEAM_MANAGER,
    Work.CONFERENCE_CHAIR: KindOfWork.REVIEWING,
    Work.REVIEWING_OFFICER: KindOfWork.REVIEWING,
    Work.SERVICE_LEADER: KindOfWork.SERVICE_MANAGER,
    Work.HEAD_OF_SERVICE: KindOfWork.SERVICE_MANAGER,
    Work.DIRECTOR: KindOfWork.DIRECTOR,
    Work.NOMINATED_OFFICER: KindOfWork.DIRECTOR,
}
"""Which column of the authority matrix (domain 6.7) each kind of work stands in."""
