"""Who has a desk with families, what they are offered there, and who has a team. Which families is sight's to say."""

from kith.access.actor import Actor
from kith.access.permissions import Permission as P
from kith.access.roles import Work
from kith.casework.decisions.models import Decision
from kith.casework.decisions.queries import say_of
from kith.casework.maps.models import MapItem
from kith.casework.visits import policies as visits
from kith.casework.visits.queries import Promised
from kith.framework.decisions import Say
from kith.kit.refusal import Refusal

NO_FAMILIES = Refusal(
    "desk-no-families", "Your work here is with accounts, teams and settings. No family is shown to you."
)
ONLY_COUNTS = Refusal(
    "desk-only-counts", "Your work here is with counts. No family is shown to you, and the counts are not here yet."
)
NO_WORK_YET = Refusal("desk-no-work", "You have no kind of work here yet. Ask whoever looks after accounts.")
NO_TEAM = Refusal("team-none-led", "Leading a team is not part of your work. Your own families are on your desk.")
WITHOUT = {Work.ADMINISTRATOR: NO_FAMILIES, Work.ANALYST: ONLY_COUNTS}

NONE_YET = {
    Work.FRONT_DOOR: ("No family is yours to hold.", "Take a call, or find a person or family by name."),
    Work.AUDITOR: ("No family is given to you, and you may read any that is open.", "Find one by name."),
    Work.GOVERNANCE: ("No family is given to you.", "What waits for you is under Notices."),
}
"""What a desk without families says to those who are never allocated one, and what they might do."""
NOT_YET = ("You are not working with any family yet.", "When your team leader allocates one to you, it will be here.")
LEADS = ("No family is allocated to you.", "The families of those you lead are on the page of your team.")


def see_families(*, actor: Actor) -> Refusal | None:
    """Does this person's work bring them to families at all?"""
    if not actor.work:
        return NO_WORK_YET
    return next((refusal for work, refusal in WITHOUT.items() if work in actor.work), None)


def see_team(*, actor: Actor) -> Refusal | None:
    """Is leading others part of this person's work? Whom they lead, and what they may see of it, is for sight."""
    return None if actor.may(P.FILE_ALLOCATE) else NO_TEAM


def takes_calls(*, actor: Actor) -> bool:
    """Is taking a first call part of this person's work?"""
    return actor.may(P.CONTACT_TAKE)


def administers(*, actor: Actor) -> bool:
    """Does this person look after accounts, teams and settings?"""
    return actor.may(P.ACCOUNT_MANAGE)


def decides(*, actor: Actor, decision: Decision) -> bool:
    """Is this another's proposal, and does the list of who decides what (domain 6.7) give it to this person?"""
    if decision.entry.author_id == actor.account_id or not actor.may(P.DECISION_RECORD):
        return False
    return say_of(actor.work, decision.matter) is Say.DECIDE


def sees_to(*, actor: Actor, line: MapItem) -> bool:
    """Is the next step of this bottom line this person's: to agree another's, or to tell the family of their own?"""
    mine = line.entry.author_id == actor.account_id
    return mine if line.bottom_line.agreed_in_id else not mine and actor.may(P.BOTTOM_LINE_AGREE)


def keeps(*, actor: Actor, promised: Promised) -> bool:
    """May this person say that this promise was kept, or why it is late?"""
    return not visits.keep_promise(actor=actor, promise=promised.promise, files=promised.files)


def none_yet(*, actor: Actor) -> tuple[str, str]:
    """Say what a desk with no family on it is like for this person, and what they might do."""
    found = next((words for work, words in NONE_YET.items() if work in actor.work), None)
    return found or (LEADS if see_team(actor=actor) is None else NOT_YET)
