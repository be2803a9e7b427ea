"""Who may begin and end work with a child, and who may tie a worker to a file."""

from datetime import datetime

from kith.access.accounts.models import Account
from kith.access.accounts.queries import cleared_by
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

NOT_YOURS_TO_ALLOCATE = Refusal(
    "allocate-not-your-work", "Allocating is for the person who leads the team. Ask your team leader."
)
NOT_YOURS_TO_BEGIN = Refusal(
    "involvement-not-your-work", "Beginning work with a child is decided by a team leader. Ask yours."
)
NOT_YOURS_TO_BAR = Refusal("bar-not-your-work", "Keeping somebody from a file is for a team leader to do.")
THEY_ARE_BARRED = Refusal(
    "allocate-barred", "This worker has been kept from this file. Choose somebody else, or have the bar ended first."
)
YOU_CLEARED_THEM = Refusal(
    "allocate-you-cleared-them",
    "You cleared this worker for sealed files, so somebody else who sees this one must name them on it.",
)
OUT_OF_SIGHT = Refusal("involvement-out-of-sight", "You are not working with this child, so you cannot say who does.")


def begin_involvement(*, actor: Actor) -> Refusal | None:
    """May this actor begin work with a child at a level? A contact's decision has been made by now (K1)."""
    return None if actor.may(Permission.CONTACT_DECIDE) else NOT_YOURS_TO_BEGIN


def end_involvement(*, actor: Actor, file: File) -> Refusal | None:
    """May this actor end a level of work with this child? Whoever may begin one, and can see the file."""
    if refusal := begin_involvement(actor=actor):
        return refusal
    return None if actor.sees_all([file.pk], Verb.READ, Content.CORE) else OUT_OF_SIGHT


def allocate(*, actor: Actor, file: File, staff: Account | None = None, at: datetime | None = None) -> Refusal | None:
    """May this actor say who works with this child? A file nobody holds yet is anyone's who may allocate.

    A worker who is barred is not tied to the file in any way: the bar would beat the tie (trust C). To a sealed file
    nobody ties a worker they cleared themselves: seeing one takes two people's word (trust A, ASVS 2.3.5).
    """
    if not actor.may(Permission.FILE_ALLOCATE):
        return NOT_YOURS_TO_ALLOCATE
    held = file.relations.exists()
    if held and not actor.sees_all([file.pk], Verb.READ, Content.CORE):
        return OUT_OF_SIGHT
    if staff and at and file.relations.filter(kind=Tie.BARRED, staff=staff, since__lte=at, until__gt=at).exists():
        return THEY_ARE_BARRED
    if staff and at and file.level == Level.SEALED and actor.account_id in cleared_by(staff, at=at):
        return YOU_CLEARED_THEM
    return None


def end_tie(*, actor: Actor, file: File) -> Refusal | None:
    """May this actor end somebody's tie to this file?"""
    return allocate(actor=actor, file=file)


NOT_YOURS_TO_HOLD = Refusal(
    "tie-self-not-yours", "You can be tied to a child’s file only by taking a call about them or by adding them."
)


def tie_self(*, actor: Actor, file: File) -> Refusal | None:
    """May this actor be tied to this file by a call, or by having just opened it? It must be one they may know of."""
    calls = actor.may(Permission.CONTACT_TAKE) or actor.may(Permission.CONTACT_DECIDE)
    opened = actor.may(Permission.PERSON_ADD) and not file.relations.exists()
    known = actor.sees_all([file.pk], Verb.FIND, Content.INDEX)
    return None if known and (calls or opened) else NOT_YOURS_TO_HOLD


def end_call_ties(*, actor: Actor) -> Refusal | None:
    """May this actor end the ties of a call? Whoever decides what follows it does."""
    return begin_involvement(actor=actor)


def bar(*, actor: Actor, file: File) -> Refusal | None:
    """May this actor keep a worker from a file (kin, conflict, allegation)?

    It must be enough to know that the file is here: the person who finds the conflict may work elsewhere.
    """
    if not actor.may(Permission.FILE_BAR):
        return NOT_YOURS_TO_BAR
    return None if actor.sees([file.pk], Verb.FIND, Content.INDEX) else OUT_OF_SIGHT
