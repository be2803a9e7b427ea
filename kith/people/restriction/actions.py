"""The verbs of holding a file closely: set its level, tell its custodian, break the glass, look into why."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from kith.access.accounts.models import Account, Clearance
from kith.access.accounts.queries import holding
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices.actions import tell
from kith.access.notices.models import Notice
from kith.access.roles import Work
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import require
from kith.kit.wording import day
from kith.people.involvement.actions import write_tie
from kith.people.involvement.models import Relation
from kith.people.persons.models import File, LevelSet
from kith.people.persons.queries import lock_files
from kith.people.restriction import policies
from kith.people.restriction.models import Alerted, Grant, Unsealing
from kith.people.restriction.queries import (
    cleared_and_named,
    custodian_of,
    overdue,
    unsealing_waiting,
    whom_to_tell,
    workers_told_of,
)

GLASS_LASTS = timedelta(minutes=60)
TOLD = 2
NAMED_HERE = "Named when the file was closed."
NAMES_ENDED = "The file was opened again."
TO_CUSTODIAN = {
    "restricted-match": "searched for exactly somebody whose file you keep, and was told to speak to you",
    "sealed-match": "searched for exactly somebody whose file you keep, and was shown nothing. Please ring them",
    "sealed-attempt": "tried to begin a file for somebody whose file you keep, and was shown nothing. Please ring them",
}

SEARCHED = {Level.RESTRICTED: "restricted-match", Level.SEALED: "sealed-match"}
BARRED_BEGAN = "began a second record for somebody you work with, whom they are kept from. Please ring their leader"


@action
def set_level(
    *,
    file: File,
    level: Level,
    why: str,
    custodian: Account | None = None,
    staying: Sequence[Account] = (),
    by: Actor,
    at: datetime,
) -> LevelSet:
    """Hold a file open, restricted or sealed, saying why. Closing names who stays, and its custodian, in one act.

    Opening again ends the names that closing wrote. Nothing else is touched: no count or order another reader
    could measure changes, except that the file itself is no longer there for them.
    """
    [file] = lock_files([file])
    require(policies.set_level(actor=by, file=file, level=level, custodian=custodian, staying=staying, at=at))
    return _hold(file, level, why, [*staying, custodian] if custodian else [], custodian, by, at)


def _hold(
    file: File, level: Level, why: str, named: Sequence[Account], custodian: Account | None, by: Actor, at: datetime
) -> LevelSet:
    if level is Level.OPEN:
        _end_names(file, at)
    else:
        _name(file, {a.pk: a for a in named}, by, at)
    made = LevelSet.objects.create(
        file=file,
        level=level,
        why=why,
        custodian=None if level is Level.OPEN else custodian,
        set_by_id=by.account_id,
        set_at=at,
    )
    File.objects.filter(pk=file.pk).update(level=level)
    note("file.level", about=file, files=[file.ref], level=level.name.lower(), was=Level(file.level).name.lower())
    return made


@action
def ask_unseal(
    *, file: File, level: Level, why: str, custodian: Account | None = None, by: Actor, at: datetime
) -> Unsealing:
    """Ask for a sealed file to be held less closely. Nothing changes until a second person who sees it agrees."""
    [file] = lock_files([file])
    waiting = unsealing_waiting(file)
    require(policies.ask_unseal(actor=by, file=file, level=level, custodian=custodian, waiting=waiting, at=at))
    keeper = custodian if level is Level.RESTRICTED else None
    asked = Unsealing.objects.create(
        file=file, level=level, why=why, custodian=keeper, asked_by_id=by.account_id, asked_at=at
    )
    words = f"{by.name} asks for a sealed file to be opened. It stays sealed unless a second person agrees."
    told = cleared_and_named(file, but=by.account_id, at=at)
    for account in told:
        tell(account=account, kind="unseal", words=words, link=_level_page(file), by=by, at=at)
    note("unseal.asked", about=file, files=[file.ref], level=level.name.lower(), told=[str(a.ref) for a in told])
    return asked


@action
def agree_unseal(*, file: File, by: Actor, at: datetime) -> LevelSet:
    """Agree, as the second person, to what waits; the file is held so from now on. Both names stay on it."""
    [file] = lock_files([file])
    waiting = unsealing_waiting(file)
    require(policies.agree_unseal(actor=by, file=file, waiting=waiting, at=at))
    asked = _end(waiting, by, at, agreed=True)
    named = [asked.custodian] if asked.custodian else []
    made = _hold(file, Level(asked.level), asked.why, named, asked.custodian, by, at)
    note("unseal.agreed", about=file, files=[file.ref], asked_by=str(asked.asked_by.ref))
    return made


@action
def leave_sealed(*, file: File, by: Actor, at: datetime) -> None:
    """Say that the file stays sealed: whoever asked takes it back, or the second person does not agree."""
    [file] = lock_files([file])
    waiting = unsealing_waiting(file)
    require(policies.leave_sealed(actor=by, file=file, waiting=waiting, at=at))
    asked = _end(waiting, by, at, agreed=False)
    if asked.asked_by_id != by.account_id:
        words = f"{by.name} did not agree to open the sealed file you asked about. It stays sealed."
        tell(account=asked.asked_by, kind="unseal", words=words, link=_level_page(file), by=by, at=at)
    note("unseal.left", about=file, files=[file.ref])


def _end(waiting: Unsealing | None, by: Actor, at: datetime, *, agreed: bool) -> Unsealing:
    if waiting is None:
        raise LookupError("the policy lets nobody answer what nobody asked")
    waiting.agreed, waiting.ended_by_id, waiting.ended_at = agreed, by.account_id, at
    waiting.save(update_fields=["agreed", "ended_by", "ended_at"])
    return waiting


def _level_page(file: File) -> str:
    return reverse("file-level", args=[file.ref])


def _name(file: File, chosen: dict[int, Account], by: Actor, at: datetime) -> None:
    named = Relation.objects.filter(file=file, kind=Tie.NAMED, since__lte=at, until__gt=at)
    already = set(named.values_list("staff_id", flat=True))
    for account in (a for pk, a in chosen.items() if pk not in already):
        write_tie(file, Tie.NAMED, by, at, NAMED_HERE, staff=account)
        note("file.tied", about=file, files=[file.ref], kind=Tie.NAMED, staff=str(account.ref))


def _end_names(file: File, at: datetime) -> None:
    named = Relation.objects.filter(file=file, kind=Tie.NAMED, why=NAMED_HERE, until__gt=at)
    named.update(until=at, why_ended=NAMES_ENDED)


@action
def tell_custodian(*, file: File, kind: str, by: Actor, at: datetime) -> Account | None:
    """Tell whoever keeps a closed file of an exact match or an attempted second file; the searcher sees no more.

    `kind` is restricted-match, sealed-match or sealed-attempt. Where nobody keeps it, information governance
    is told. Gives the custodian, or None when the file is open and there is nothing to tell.
    """
    require(policies.tell_custodian(actor=by))
    custodian = custodian_of(file)
    words, link = f"{by.name} {TO_CUSTODIAN[kind]}.", reverse("file-level", args=[file.ref])
    unread = Notice.objects.filter(kind=kind, words=words, link=link, read_at__isnull=True)
    spared = {by.account_id, *unread.values_list("account_id", flat=True)}  # told already, and have yet to read it
    told = [a for a in _keepers(file, custodian, at) if a.pk not in spared]
    for account in told:
        tell(account=account, kind=kind, words=words, link=link, by=by, at=at)
    note("custodian.told", about=file, files=[file.ref], kind=kind, told=[str(a.ref) for a in told])
    return custodian


def _keepers(file: File, custodian: Account | None, at: datetime) -> list[Account]:
    if file.level == Level.OPEN:
        return []
    return [custodian] if custodian and custodian.is_active else holding([Work.GOVERNANCE], at=at)


@action
def tell_of_search(*, query: str, met: Sequence[File], by: Actor, at: datetime) -> None:
    """Put a search that could match one person exactly on the ledger, hashed; tell who keeps each closed file it met.

    Run for every such search, whether or not anybody was met: hidden and absent take the same path (trust B 22, 23).
    """
    require(policies.tell_of_search(actor=by))
    for file in met:
        if kind := SEARCHED.get(Level(file.level)):
            tell_custodian(file=file, kind=kind, by=by, at=at)
    note("search.exact", files=[f.ref for f in met], query=query)


@action
def tell_of_second_record(*, met: Sequence[File], by: Actor, at: datetime) -> None:
    """Tell that a second record was begun for exactly somebody whose file is hidden from whoever began it.

    Who keeps a closed file hears; for an open one that they are barred from, whoever is allocated.
    """
    require(policies.tell_of_second_record(actor=by))
    for file in met:
        if file.level:
            tell_custodian(file=file, kind="sealed-attempt", by=by, at=at)
        for account in workers_told_of(file, at=at) if not file.level else []:
            tell(account=account, kind="second-record", words=f"{by.name} {BARRED_BEGAN}.", link="", by=by, at=at)
    note("person.second", files=[f.ref for f in met])


@action
def break_glass(*, file: File, reason: str, by: Actor, at: datetime) -> Grant:
    """Read an open or restricted file for 60 minutes, saying why; two people who are not barred are told (PV-2).

    Read only: the rule of sight lets the glass read and nothing else. It ends by its date, with no one doing anything.
    """
    [file] = lock_files([file])
    require(policies.break_glass(actor=by, file=file, reason=reason, at=at))
    until = at + GLASS_LASTS
    grant = Grant.objects.create(file=file, account_id=by.account_id, reason=reason, since=at, until=until)
    me = Account.objects.get_queryset().get(pk=by.account_id)
    write_tie(file, Tie.GLASS, by, at, "The glass was broken. Why is with the grant.", staff=me, until=until)
    told = _alert(grant, by, at)
    note("glass.broken", about=grant, files=[file.ref], until=until.isoformat(), told=[str(a.ref) for a in told])
    return grant


def _alert(grant: Grant, by: Actor, at: datetime) -> list[Account]:
    told = whom_to_tell(grant.file, but=by.account_id, at=at)
    words = (
        f"{by.name} broke the glass to read a file they do not work with. Please look into it within 3 working days."
    )
    for account in told[:TOLD]:
        _tell_of(grant, account, words, by, at)
    if len(told) < TOLD:
        _say_too_few(grant, told, by, at)
    return told[:TOLD]


def _tell_of(grant: Grant, account: Account, words: str, by: Actor, at: datetime) -> None:
    Alerted.objects.get_or_create(grant=grant, account=account, defaults={"at": at})
    tell(account=account, kind="glass", words=words, link=reverse("grant", args=[grant.ref]), by=by, at=at)


def _say_too_few(grant: Grant, told: Sequence[Account], by: Actor, at: datetime) -> None:
    """Say to information governance that two people could not be found; a bar still keeps the barred from it."""
    words = (
        f"{by.name} broke the glass, and only {len(told)} of two people could be told. Please look into why yourself."
    )
    barred = set(
        Relation.objects.filter(file=grant.file, kind=Tie.BARRED, since__lte=at, until__gt=at).values_list(
            "staff_id", flat=True
        )
    )
    for account in holding([Work.GOVERNANCE], at=at):
        if account.pk not in barred and account.pk != by.account_id:
            _tell_of(grant, account, words, by, at)


@action
def review_grant(*, grant: Grant, finding: str, by: Actor, at: datetime) -> Grant:
    """Say what came of looking into why the glass was broken. Once, by somebody else, and it stays."""
    grant = Grant.objects.select_for_update().select_related("file").get(pk=grant.pk)
    require(policies.review_grant(actor=by, grant=grant))
    grant.reviewed_by_id, grant.reviewed_at, grant.finding = by.account_id, at, finding
    grant.save(update_fields=["reviewed_by", "reviewed_at", "finding"])
    note("glass.reviewed", about=grant, files=[grant.file.ref])
    return grant


@action
def chase_reviews(*, by: Actor, at: datetime) -> int:
    """Pass on each breaking of the glass that nobody has looked into in three working days (trust B 27).

    Each time the days have gone by again the next leader up the line is told, and information governance the
    first time; whoever was told may look into it. Nobody is told twice. Gives how many people were told.
    """
    require(policies.chase_reviews(actor=by))
    told = [(grant, a) for grant, over in overdue(at=at) for a in _not_told_yet(grant, over, at)]
    for grant, account in told:
        words = (
            f"{grant.account.name} broke the glass on {day(grant.since)}, and nobody has looked into why. Please do."
        )
        _tell_of(grant, account, words, by, at)
    note("reviews.chased", files=[g.file.ref for g, _ in told], told=[str(a.ref) for _, a in told])
    return len(told)


def _not_told_yet(grant: Grant, over: int, at: datetime) -> list[Account]:
    """Give the next of the line for each time it fell due, and governance: those who may know and have not heard."""
    keeper = custodian_of(grant.file)
    sealed = [keeper] if keeper and keeper.pk != grant.account_id else []
    closed = grant.file.level == Level.SEALED  # nobody else may know of it now
    line = sealed if closed else whom_to_tell(grant.file, but=grant.account_id, at=at)
    governs = {a.pk for a in holding([Work.GOVERNANCE], at=at)}
    heard = dict(Alerted.objects.filter(grant=grant).values_list("account_id", "at"))
    steps = sum(pk not in governs and when > grant.since for pk, when in heard.items())
    fresh = [a for a in line if a.pk not in heard]
    next_up = [a for a in fresh if a.pk not in governs][: max(0, over - steps)]
    return [*next_up, *(a for a in fresh if a.pk in governs)]


@action
def give_clearance(*, account: Account, why: str, until: date, by: Actor, at: datetime) -> Clearance:
    """Clear somebody for sealed files until the end of a day, saying why. Everybody else who may clear is told.

    Clearing names nobody on any file: that is the act of somebody who is cleared and named there already.
    """
    account = Account.objects.get_queryset().select_for_update().get(pk=account.pk)
    require(policies.give_clearance(actor=by, account=account, at=at))
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    cleared = Clearance.objects.create(account=account, since=at, until=ends, why=why, given_by_id=by.account_id)
    note("clearance.given", about=account, until=str(until))
    _tell_who_clears(f"{by.name} cleared {account.name} for sealed files until {day(until)}.", account, by, at)
    return cleared


@action
def end_clearance(*, account: Account, by: Actor, at: datetime) -> None:
    """End somebody's clearance now: every sealed file is gone for them at their next request."""
    require(policies.end_clearance(actor=by, account=account, at=at))
    now = Clearance.objects.filter(account=account, until__gt=at)
    now.filter(since__lt=at).update(until=at)
    note("clearance.ended", about=account)
    _tell_who_clears(f"{by.name} ended {account.name}’s clearance for sealed files.", account, by, at)


def _tell_who_clears(words: str, account: Account, by: Actor, at: datetime) -> None:
    for other in holding([Work.GOVERNANCE, Work.DIRECTOR, Work.HEAD_OF_SERVICE], at=at):
        if other.pk not in (by.account_id, account.pk):
            tell(account=other, kind="clearance", words=words, link=reverse("clearances"), by=by, at=at)
