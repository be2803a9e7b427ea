"""Who may hold a file closely, who may break the glass, and who may look into why (PV-2, domain 12.1)."""

import re
from collections.abc import Sequence
from datetime import datetime

from kith.access.accounts.models import Account
from kith.access.accounts.queries import cleared_among, work_of
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import Work
from kith.access.step_up import stepped_up
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.kit.refusal import Refusal
from kith.people.involvement.models import Relation
from kith.people.persons.models import File
from kith.people.restriction.models import Grant, Unsealing
from kith.people.restriction.queries import may_look_into, reachable
from kith.people.sight.rules import SEES_NOBODY

REASON_LEAST = 20
LETTERS_LEAST = 5

NOT_THERE = Refusal("glass-not-there", "We could not find that.")
NOT_YOUR_WORK = Refusal(
    "glass-not-your-work", "Breaking the glass is not part of your work. Ask a worker or the duty desk to look."
)
OPEN_ALREADY = Refusal("glass-open-already", "You can read this file already. There is no glass to break.")
SAY_MORE = Refusal("glass-say-more", "Say why you need to see this now, in at least 20 letters.")
NOT_YOURS_TO_LEVEL = Refusal(
    "level-not-your-work", "Closing or opening a file is for a team leader or information governance. Ask one."
)
LEVEL_OUT_OF_SIGHT = Refusal(
    "level-out-of-sight", "You are not working with this child, so you cannot close or open this."
)
SAME_LEVEL = Refusal("level-same", "The file is held like that already. Nothing was changed.")
NEEDS_CUSTODIAN = Refusal("level-custodian", "Choose who keeps this file, so that people know whom to ring.")
NAME_WHO_STAYS = Refusal(
    "level-name-who-stays", "Choose at least one worker who goes on working with them. All others lose sight of it."
)
ONE_IS_BARRED = Refusal("level-one-barred", "One of the people you chose has been kept from this file. Choose others.")
NEEDS_CLEARANCE = Refusal(
    "level-needs-clearance", "Sealing a file is for people who are cleared for it. Ask one of them."
)
ONE_NOT_CLEARED = Refusal(
    "level-one-not-cleared", "Everyone named on a sealed file must be cleared for it. Take out those who are not."
)
NEEDS_A_SECOND = Refusal(
    "unseal-needs-a-second", "A sealed file is opened by two people. Ask for it, and somebody else who sees it agrees."
)
UNSEAL_WAITS = Refusal("unseal-waits", "Somebody has asked for this file to be opened already. See what waits, below.")
NOTHING_WAITS = Refusal("unseal-nothing-waits", "Nobody is asking for this file to be opened now. Nothing was changed.")
ASKED_YOURSELF = Refusal("unseal-own", "You asked for this, so somebody else who sees the file must agree.")
NOT_SEALED = Refusal("unseal-not-sealed", "This file is not sealed now. Nothing was changed.")
NOT_YOURS_TO_REVIEW = Refusal(
    "review-not-your-work", "Looking into why the glass was broken is for those who were told of it. Ask one of them."
)
NOT_YOUR_OWN = Refusal("review-not-your-own", "You broke this glass, so somebody else must look into why.")
REVIEWED_ALREADY = Refusal("review-done", "Somebody has looked into this already. What they found is below.")
NOT_YOURS_TO_CLEAR = Refusal(
    "clearance-not-your-work",
    "Clearing somebody for sealed files is for a head of service, a director or information governance.",
)
CLEARS_THEMSELVES = Refusal("clearance-own", "Nobody clears themselves. Ask another person who may.")
NOT_FOR_THEIR_WORK = Refusal(
    "clearance-not-for-their-work", "Their kind of work sees no sealed file, so they cannot be cleared for one."
)
CLEARED_ALREADY = Refusal("clearance-held", "They are cleared already. End that first to change its last day.")
NOT_CLEARED = Refusal("clearance-none", "They are not cleared now, so there is nothing to end.")
CHASED_BY_A_JOB = Refusal("review-chased-by-a-job", "Overdue reviews are passed on by a job, not by anybody at a page.")


def ask_for_glass(*, actor: Actor, file: File, at: datetime) -> Refusal | None:
    """May this actor be asked why they need to see this file now? Stepped up within five minutes."""
    if not reachable(actor, file):
        return NOT_THERE
    if not actor.may(Permission.FILE_BREAK_GLASS):
        return NOT_YOUR_WORK
    if actor.sees_all([file.pk]):
        return OPEN_ALREADY
    return stepped_up(actor=actor, at=at)


def break_glass(*, actor: Actor, file: File, reason: str, at: datetime) -> Refusal | None:
    """May this actor read this file for an hour, for this reason (PV-2)? Twenty letters or digits, not one repeated."""
    if refusal := ask_for_glass(actor=actor, file=file, at=at):
        return refusal
    letters = re.sub(r"[\W_]", "", reason.lower())
    return None if len(letters) >= REASON_LEAST and len(set(letters)) >= LETTERS_LEAST else SAY_MORE


def ask_for_level(*, actor: Actor, file: File) -> Refusal | None:
    """May this actor close or open this file at all? Somebody who reads it, or governance, who may know it is here."""
    if not actor.may(Permission.FILE_LEVEL):
        return NOT_YOURS_TO_LEVEL
    governs = Work.GOVERNANCE in actor.work and actor.sees_all([file.pk], Verb.FIND, Content.INDEX)
    return None if governs or actor.sees_all([file.pk]) else LEVEL_OUT_OF_SIGHT


def set_level(
    *, actor: Actor, file: File, level: Level, custodian: Account | None, staying: Sequence[Account], at: datetime
) -> Refusal | None:
    """May this actor hold this file at this level, with these workers named on it and this custodian?

    Closing names who stays in the same act, or a child would be left with nobody who can see them.
    """
    if refusal := ask_for_level(actor=actor, file=file):
        return refusal
    if file.level == level:
        return SAME_LEVEL
    if Level.SEALED in (level, file.level) and not actor.cleared:
        return NEEDS_CLEARANCE
    if file.level == Level.SEALED:
        return NEEDS_A_SECOND
    return None if level is Level.OPEN else _closing(file, level, custodian, staying, at)


def ask_unseal(
    *, actor: Actor, file: File, level: Level, custodian: Account | None, waiting: Unsealing | None, at: datetime
) -> Refusal | None:
    """May this actor ask for a sealed file to be held at this level? Cleared, named, and just shown to be themselves.

    Two people unseal (trust A, ASVS 2.3.5 and 7.5.3): this is the first of them, and changes nothing.
    """
    if refusal := _may_unseal(actor, file, at):
        return refusal
    if waiting is not None:
        return UNSEAL_WAITS
    if level is Level.SEALED:
        return SAME_LEVEL
    return NEEDS_CUSTODIAN if level is Level.RESTRICTED and custodian is None else None


def agree_unseal(*, actor: Actor, file: File, waiting: Unsealing | None, at: datetime) -> Refusal | None:
    """May this actor agree, as the second person, that a sealed file is held less closely? Never their own asking."""
    if refusal := _may_unseal(actor, file, at):
        return refusal
    if waiting is None:
        return NOTHING_WAITS
    return ASKED_YOURSELF if waiting.asked_by_id == actor.account_id else None


def leave_sealed(*, actor: Actor, file: File, waiting: Unsealing | None, at: datetime) -> Refusal | None:
    """May this actor say that a file stays sealed after all? Whoever asked, or might have agreed."""
    refusal = agree_unseal(actor=actor, file=file, waiting=waiting, at=at)
    return None if refusal is ASKED_YOURSELF else refusal


def _may_unseal(actor: Actor, file: File, at: datetime) -> Refusal | None:
    if not actor.may(Permission.FILE_LEVEL):
        return NOT_YOURS_TO_LEVEL
    if not actor.sees_all([file.pk]):
        return LEVEL_OUT_OF_SIGHT
    if file.level != Level.SEALED:
        return NOT_SEALED
    return stepped_up(actor=actor, at=at) if actor.cleared else NEEDS_CLEARANCE


def _closing(
    file: File, level: Level, custodian: Account | None, staying: Sequence[Account], at: datetime
) -> Refusal | None:
    if custodian is None:
        return NEEDS_CUSTODIAN
    if not staying:
        return NAME_WHO_STAYS
    chosen = {a.pk: a for a in [*staying, custodian]}
    now = Relation.objects.filter(file=file, since__lte=at, until__gt=at)
    if now.filter(kind=Tie.BARRED, staff__in=chosen).exists():
        return ONE_IS_BARRED
    if level is Level.SEALED and cleared_among(chosen.values(), at=at) != frozenset(chosen):
        return ONE_NOT_CLEARED
    return None


def tell_custodian(*, actor: Actor) -> Refusal | None:
    """May this actor's search be told to whoever keeps the file? Always: nobody can search without it."""
    return None if actor.work else NOT_THERE


tell_of_search = tell_of_second_record = tell_custodian


def see_grants(*, actor: Actor) -> Refusal | None:
    """May this actor see what waits to be looked into? Which of them is another question, asked of each."""
    return None if actor.may(Permission.GRANT_REVIEW) else NOT_YOURS_TO_REVIEW


def review_grant(*, actor: Actor, grant: Grant) -> Refusal | None:
    """May this actor say what came of looking into why the glass was broken? Never their own (PV-2)."""
    if not actor.may(Permission.GRANT_REVIEW):
        return NOT_YOURS_TO_REVIEW
    if grant.account_id == actor.account_id:
        return NOT_YOUR_OWN
    if not may_look_into(actor, grant):
        return NOT_YOURS_TO_REVIEW
    return REVIEWED_ALREADY if grant.reviewed_at else None


def see_clearances(*, actor: Actor) -> Refusal | None:
    """May this actor see who is cleared for sealed files? Those who may clear somebody: never by a look at a file."""
    return None if actor.may(Permission.CLEARANCE_GIVE) else NOT_YOURS_TO_CLEAR


def give_clearance(*, actor: Actor, account: Account, at: datetime) -> Refusal | None:
    """May this actor clear this worker for sealed files? Never themselves, just after showing who they are.

    It opens nothing by itself: somebody who is cleared and named on a file must name them on it too (trust C).
    """
    if refusal := see_clearances(actor=actor):
        return refusal
    if account.pk == actor.account_id:
        return CLEARS_THEMSELVES
    held, cleared = work_of(account, at=at)
    if not account.is_active or not held - {Work.PARTNER} or held & SEES_NOBODY:
        return NOT_FOR_THEIR_WORK
    return CLEARED_ALREADY if cleared else stepped_up(actor=actor, at=at)


def end_clearance(*, actor: Actor, account: Account, at: datetime) -> Refusal | None:
    """May this actor end this worker's clearance? Anybody who may clear; their own as well, for it only takes away."""
    if refusal := see_clearances(actor=actor):
        return refusal
    return None if work_of(account, at=at)[1] else NOT_CLEARED


def chase_reviews(*, actor: Actor) -> Refusal | None:
    """May overdue reviews be passed on now? By a job alone: it has no session."""
    return CHASED_BY_A_JOB if actor.session else None
