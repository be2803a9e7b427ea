"""The verbs of the front door: take a contact, take it up, decide what follows, say that the caller was answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor, Eyes
from kith.access.audit.acts import action, note
from kith.access.notices.actions import tell
from kith.council.teams.models import Leads, Team
from kith.council.teams.queries import teams_of
from kith.framework.calendar import OutsideCalendar
from kith.framework.clocks import clock
from kith.framework.kinds import Content, Tie, Verb
from kith.kit.refusal import require
from kith.pathway.contacts import policies
from kith.pathway.contacts.models import CallTie, Contact, Urgency
from kith.pathway.contacts.queries import files_in, team_leaders
from kith.pathway.contacts.words import Call, Somebody
from kith.people.entries.actions import record_entry
from kith.people.entries.models import Entry
from kith.people.entries.words import Said, Talk
from kith.people.involvement.actions import allocate, begin_involvement, end_call_ties, hold_by_team, tie_self
from kith.people.involvement.models import Relation
from kith.people.involvement.queries import current
from kith.people.persons.actions import add_person, name_family, open_file
from kith.people.persons.models import Family, File, Membership, Person
from kith.people.persons.queries import files_of, lock_files, members_of
from kith.people.restriction.actions import tell_of_second_record
from kith.people.sight.finding import hidden_like
from kith.people.sight.known import Known
from kith.people.sight.queries import actor_for

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Pen:
    """Eyes that may also write in these files: a caller's words go where they belong, whoever answers the telephone."""

    eyes: Eyes
    files: frozenset[int]

    def allowed(self, files: Iterable[int], verb: Verb, content: Content) -> frozenset[int]:
        wanted = frozenset(files)
        writes = wanted & self.files if verb is Verb.WRITE and content is Content.CORE else frozenset()
        return self.eyes.allowed(wanted, verb, content) | writes


@action
def take_contact(*, call: Call, people: Sequence[Somebody], family_name: str = "", by: Actor, at: datetime) -> Contact:
    """Take a call: the people found or added, their family, a file for each child, and the worry as it was said.

    Who sees it until it is decided (PV-5, PV-6). A child nobody works with yet: whoever took the call, tied to the
    file as a co-worker, because the caller will ring back to them. The tie ends when the contact is decided, and at
    the latest after the three working days in which a caller should hear (K3); those who lead the taker see through
    it. A child somebody works with: those who work with them, who are told at once, and not the taker, who may write
    the caller's words into the file and read nothing there. Anybody else who may decide finds the contact waiting,
    with the children's names and nothing more, and takes it up (`take_up_contact`): so none is orphaned and none is
    read unsaid. A child hidden from the taker is not there: somebody new is written, and the keeper of the hidden
    file is told.
    """
    lock_files([one.known.file for one in people if one.known and one.known.file])
    require(policies.take_contact(actor=by, people=people))
    family = _family_for(people, family_name, by, at)
    brought = [(one, bring_in(family=family, somebody=one, by=by, at=at)) for one in people]
    files = [open_file(person=person, by=by, at=at) for one, person in brought if one.is_child]
    ties = _tie([f for f in files if not _held(f, at)], "Took this call.", by, at)
    entry = record_entry(
        kind="contact",
        family=family,
        files=files,
        talk=Talk(call.happened_at, place="telephone"),
        shared=_said(call),
        by=replace(by, eyes=Pen(by.eyes, frozenset(f.pk for f in files))),
        at=at,
    )
    contact = Contact.objects.create(
        entry=entry, source=call.source, told_family=call.told_family, why_not=call.why_not, urgency=call.urgency
    )
    CallTie.objects.bulk_create(CallTie(contact=contact, relation=tie) for tie in ties)
    _tell_workers(contact, files, by, at)
    note("contact.taken", about=entry, files=[f.ref for f in files], source=call.source, urgency=call.urgency)
    return contact


@action
def bring_in(*, family: Family, somebody: Somebody, by: Actor, at: datetime) -> Person:
    """Bring one person into a family: found or added. Hidden and absent alike are added, and a keeper is told.

    Somebody found is joined because this person may know of them. Where they may not read of them, those who work
    with them are told: writing somebody into a family must not be a quiet way to come near them.
    """
    require(policies.bring_in(actor=by, somebody=somebody))
    if somebody.known is not None:
        person = somebody.known.person
    else:
        met = [k.file for k in hidden_like(by, somebody.particulars, at=at) if k.file]
        person = add_person(details=somebody.details, by=by, at=at)  # type: ignore[arg-type]  # known or details
        if met:
            tell_of_second_record(met=met, by=by, at=at)
    now = Membership.objects.filter(family=family, person=person, since__lte=at, until__gt=at)
    if not now.exists():
        Membership.objects.create(
            family=family, person=person, role=somebody.role, is_child=somebody.is_child, since=at
        )
        note("family.joined", about=family, person=str(person.ref))
        if somebody.known is not None and not somebody.known.readable:
            _tell_of_joining(somebody.known, by, at)
    return person


@action
def add_member(*, family: Family, files: Sequence[File], somebody: Somebody, by: Actor, at: datetime) -> Person:
    """Add somebody to a family that is open to this worker: found or new.

    A child has a file opened. Whoever adds a child whose file nobody holds is tied to it as a co-worker, or a new
    baby would be in nobody's sight until somebody allocates.
    """
    lock_files(files)
    require(policies.add_member(actor=by, files=files, somebody=somebody))
    person = bring_in(family=family, somebody=somebody, by=by, at=at)
    if somebody.is_child:
        file = open_file(person=person, by=by, at=at)
        if not file.relations.exists():
            tie_self(file=file, why="Added this child.", by=by, at=at)
    note("family.grew", about=family, files=[f.ref for f in files], person=str(person.ref))
    return person


@action
def take_up_contact(*, contact: Contact, by: Actor, at: datetime) -> Contact:
    """Open a waiting call in order to decide it: a dated tie to each child's file until it is decided."""
    files = lock_files(files_in(contact))
    require(policies.take_up_contact(actor=by, contact=contact, files=files))
    words = f"{by.name} opened a call about somebody you work with, to decide what follows."
    ties = _tie(files, "Is deciding what follows a call.", by, at)
    _tell(_allocated([tie.file_id for tie in ties], at), words, reverse("contact", args=[contact.entry.ref]), by, at)
    CallTie.objects.bulk_create(CallTie(contact=contact, relation=tie) for tie in ties)
    note("contact.taken-up", about=contact.entry, files=[f.ref for f in files])
    return contact


@action
def decide_contact(
    *,
    contact: Contact,
    outcome: str,
    reason: str,
    worker: Account | None = None,
    reply_sent_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Contact:
    """Decide what follows a call, with the reason (K1, K2): begin work, name a worker, and end the ties of the call.

    Work begins at the outcome's level for each child who has none; a child already worked with keeps their level.
    """
    files = lock_files(files_in(contact))
    contact = Contact.objects.select_for_update(of=("self",)).select_related("entry__family").get(pk=contact.pk)
    require(policies.decide_contact(actor=by, contact=contact, files=files, outcome=outcome, worker=worker))
    contact.decision = _write_reason(contact, files, reason, by, at)
    contact.outcome, contact.decided_by_id, contact.decided_at = outcome, by.account_id, at
    contact.reply_sent_on = reply_sent_on
    contact.save(update_fields=["decision", "outcome", "decided_by", "decided_at", "reply_sent_on"])
    if worker is not None and outcome in policies.LEVEL_OF:
        for file in files:
            _begin(file, contact.entry.family, policies.LEVEL_OF[outcome], worker, by, at)  # type: ignore[index]
    ties = [row.relation for row in contact.ties.select_related("relation__file")]
    end_call_ties(ties=ties, why="What follows the call is decided.", by=by, at=at)
    note("contact.decided", about=contact.entry, files=[f.ref for f in files], outcome=outcome)
    return contact


@action
def record_reply(*, contact: Contact, sent_on: date, by: Actor, at: datetime) -> Contact:  # noqa: ARG001 - the ledger takes it
    """Say on which day whoever rang was told what follows (K2, K3). The first day is the one that is kept."""
    files = lock_files(files_in(contact))
    require(policies.record_reply(actor=by, files=files))
    Contact.objects.filter(pk=contact.pk, reply_sent_on__isnull=True).update(reply_sent_on=sent_on)
    contact.refresh_from_db()
    note("contact.answered", about=contact.entry, files=[f.ref for f in files])
    return contact


def _family_for(people: Sequence[Somebody], name: str, by: Actor, at: datetime) -> Family:
    """The family they are known in, children first; or a new one, by the name it calls itself."""
    known = [one.known for one in sorted(people, key=lambda one: not one.is_child) if one.known]
    families = [family for k in known for family in k.findable_families]
    if families:
        return families[0]
    called = [name, *(one.last_name for one in people), *(k.person.known_as for k in known)]
    return name_family(name=next(word for word in called if word), by=by, at=at)


def _tie(files: Sequence[File], why: str, by: Actor, at: datetime) -> list[Relation]:
    held = by.sees([f.pk for f in files], Verb.WRITE, Content.CORE)
    until = _lapses(at)
    return [tie_self(file=f, why=why, until=until, by=by, at=at) for f in files if f.pk not in held]


def _lapses(at: datetime) -> datetime:
    """The end of the third working day (K3), or of a week where the calendar knows no bank holidays."""
    today = timezone.localdate(at)
    try:
        last = clock("K3").due(today) or today + WEEK
    except OutsideCalendar:
        last = today + WEEK
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))


def _held(file: File, at: datetime) -> bool:
    return file.relations.filter(since__lte=at, until__gt=at).exclude(kind=Tie.BARRED).exists()


def _said(call: Call) -> list[Said]:
    return [
        Said("worry", call.worry, given_by_words=call.caller, own_words=True, in_confidence=not call.may_be_named),
        Said("going-well", call.going_well, given_by_words=call.caller),
        Said("where-now", call.where_now, content=Content.LOCATION),
        Said("asked-for", call.asked_for),
        Said("caller", call.caller, in_confidence=not call.may_be_named),
    ]


def _tell_workers(contact: Contact, files: Sequence[File], by: Actor, at: datetime) -> None:
    """Tell whoever works with the family already; of what must be read at once, those who lead the taker (K1).

    A worker from whom all the children of this call are hidden, though a brother of theirs is not, is told nothing:
    that somebody rang would tell them that there is a child (PV-6).
    A taker whom nobody leads has every team leader told: too many beats none when a child may not be safe.
    """
    link = reverse("contact", args=[contact.entry.ref])
    beside = files_of(members_of(contact.entry.family, at=at))
    words = f"{by.name} took a call about a family you work with. Please read it today."
    workers = _allocated([f.pk for f in [*files, *beside]], at)
    _tell([a for a in workers if not files or _may_know_of(a, files, at)], words, link, by, at)
    if contact.urgency == Urgency.AT_ONCE:
        rows = Leads.objects.filter(worker=by.account_id, since__lte=at, until__gt=at).select_related("leader")
        words = f"{by.name} took a call that must be read at once. Please decide what follows."
        _tell([row.leader for row in rows] or team_leaders(at=at), words, link, by, at)


def _may_know_of(account: Account, files: Sequence[File], at: datetime) -> bool:
    """Whether one at least of these children may be known to this worker, by searching or by reading."""
    eyes, ids = actor_for(account, at=at), [f.pk for f in files]
    return bool(eyes.sees(ids, Verb.FIND, Content.INDEX) or eyes.sees(ids, Verb.READ, Content.INDEX))


def _tell_of_joining(known: Known, by: Actor, at: datetime) -> None:
    words = f"{by.name} wrote somebody you work with into another family. Ring them if that is a surprise."
    _tell(_allocated(known.workers_files, at), words, "", by, at)


def _allocated(files: Sequence[int], at: datetime) -> list[Account]:
    ties = Relation.objects.filter(file__in=files, kind=Tie.ALLOCATED, since__lte=at, until__gt=at)
    return [t.staff for t in ties.select_related("staff").order_by("pk") if t.staff]


def _tell(people: Sequence[Account], words: str, link: str, by: Actor, at: datetime) -> None:
    for account in {a.pk: a for a in people}.values():
        if account.is_active and account.pk != by.account_id:
            tell(account=account, kind="contact", words=words, link=link, by=by, at=at)


def _write_reason(contact: Contact, files: Sequence[File], reason: str, by: Actor, at: datetime) -> Entry:
    return record_entry(
        kind="contact-decision",
        family=contact.entry.family,
        files=files,
        talk=Talk(at, place="office"),
        shared=[Said("reason", reason)],
        by=by,
        at=at,
    )


def _begin(file: File, family: Family, level: str, worker: Account, by: Actor, at: datetime) -> None:
    why = "Decided after a call."
    if not current([file], at=at):
        begin_involvement(file=file, family=family, level=level, why=why, by=by, at=at)
    now = file.relations.filter(since__lte=at, until__gt=at)
    if not now.filter(kind=Tie.ALLOCATED, staff=worker).exists():
        allocate(file=file, staff=worker, why=why, by=by, at=at)
    for team in Team.objects.filter(pk__in=teams_of(worker.pk, at=at), closed_at__isnull=True).order_by("pk"):
        if not now.filter(kind=Tie.TEAM, team=team).exists():
            hold_by_team(file=file, team=team, why=why, by=by, at=at)
