"""Questions about contacts: one of them, those that wait, and by when each thing is due."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kith.access.accounts.models import Account, RoleHeld
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import ROLES, Work
from kith.framework.calendar import OutsideCalendar
from kith.framework.clocks import clock
from kith.framework.kinds import Content, Verb
from kith.kit.wording import listed
from kith.pathway.contacts.models import Contact
from kith.people.entries.models import EntryFile
from kith.people.entries.queries import Reading, open_entry
from kith.people.persons.models import File

SHOWN = 50
CUT = 100
MOST = 500


@dataclass(frozen=True)
class Due:
    """One thing that is due, by when in days of the calendar, and the question that makes it worth doing."""

    what: str
    by: date
    ask: str


@dataclass(frozen=True)
class Shown:
    """A contact as one reader may see it. `reading` is None for a decider who has yet to take it up."""

    contact: Contact
    reading: Reading | None
    decision: Reading | None
    files: list[File]
    names: str
    due: list[Due]

    @property
    def refs(self) -> list[UUID]:
        """Addresses of the files this page shows, for the ledger."""
        return [f.ref for f in self.files]


@dataclass(frozen=True)
class Waiting:
    """One line of those waiting to be decided: the children who may be named, and by when."""

    contact: Contact
    names: str
    files: list[File]
    due: list[Due]


def files_in(contact: Contact) -> list[File]:
    """Give the files a contact is in, by id."""
    links = EntryFile.objects.filter(entry=contact.entry_id).select_related("file__person").order_by("file_id")
    return [link.file for link in links]


def open_contact(actor: Actor, ref: UUID) -> Shown | None:
    """Find one contact by its entry's address, as this reader may see it. Unknown and hidden alike: None.

    Somebody who may decide and has not taken it up sees who it is about and when it came, and no words of it.
    """
    rows = Contact.objects.select_related("entry__author", "entry__family", "decided_by", "decision")
    contact = rows.filter(entry__ref=ref).first()
    if contact is None:
        return None
    reading = open_entry(actor, ref)
    files = reading.files if reading else _known_files(actor, contact)
    if not files:
        return None
    decision = open_entry(actor, contact.decision.ref) if contact.decision else None
    return Shown(contact, reading, decision, files, _names(files), due_of(contact))


def contacts_waiting(actor: Actor) -> tuple[list[Waiting], bool]:
    """Give the contacts nobody has decided, those for at once first, then oldest; and whether there are more.

    Cut, judge, refill: to somebody who may decide a line is shown for children they may know of; to others only
    for children whose file they may read.
    """
    decides = actor.may(Permission.CONTACT_DECIDE)
    verb, content = (Verb.FIND, Content.INDEX) if decides else (Verb.READ, Content.CORE)
    ids = list(Contact.objects.waiting().order_by("urgency", "pk").values_list("pk", flat=True)[:MOST])
    lines: list[Waiting] = []
    for start in range(0, len(ids), CUT):
        lines += _judged(actor, ids[start : start + CUT], verb, content)
        if len(lines) > SHOWN:
            break
    return lines[:SHOWN], len(lines) > SHOWN


def due_of(contact: Contact) -> list[Due]:
    """Say by when a contact must be read (K1), decided and answered (K2), and when the caller will ask again (K3)."""
    received = timezone.localdate(contact.entry.happened_at)
    wanted = [] if contact.decided_at else [("K1", "Read it"), ("K2", "Decide, and tell whoever rang")]
    if contact.decided_at and not contact.reply_sent_on:
        wanted = [("K2", "Tell whoever rang what follows"), ("K3", "They are asked to ring again if nobody has")]
    found = [(what, clock(rule), _due(rule, received)) for rule, what in wanted]
    return [Due(what, by, rule.question) for what, rule, by in found if by]


def workers_to_choose(*, at: datetime) -> list[Account]:
    """Give the people who may be named to work with children now: those whose work includes a plan, by name."""
    works = [work for work, role in ROLES.items() if {Permission.PLAN_WRITE, Permission.CONTACT_TAKE} <= role.may]
    held = RoleHeld.objects.filter(Q(since__lte=at, until__gt=at), work__in=works).values("account")
    people = Account.objects.get_queryset().filter(pk__in=held, is_active=True, is_job=False)
    return list(people.order_by("name", "pk"))


def team_leaders(*, at: datetime) -> list[Account]:
    """Give everyone who leads a team now, by name."""
    held = RoleHeld.objects.filter(Q(since__lte=at, until__gt=at), work=Work.TEAM_LEADER).values("account")
    return list(Account.objects.get_queryset().filter(pk__in=held, is_active=True).order_by("name", "pk"))


def _due(rule: str, received: date) -> date | None:
    try:
        return clock(rule).due(received)
    except OutsideCalendar:
        return None


def _known_files(actor: Actor, contact: Contact) -> list[File]:
    if contact.decided_at or not actor.may(Permission.CONTACT_DECIDE):
        return []
    files = files_in(contact)
    seen = actor.sees([f.pk for f in files], Verb.FIND, Content.INDEX)
    return [f for f in files if f.pk in seen]


def _judged(actor: Actor, ids: Sequence[int], verb: Verb, content: Content) -> list[Waiting]:
    contacts = Contact.objects.filter(pk__in=ids).select_related("entry__author").order_by("urgency", "pk")
    links = EntryFile.objects.filter(entry__contact__in=ids).select_related("file__person").order_by("file_id")
    files: dict[int, list[File]] = defaultdict(list)
    for link in links:
        files[link.entry_id].append(link.file)
    seen = actor.sees({f.pk for group in files.values() for f in group}, verb, content)
    shown = [(c, [f for f in files[c.entry_id] if f.pk in seen]) for c in contacts]
    return [Waiting(c, _names(group), group, due_of(c)) for c, group in shown if group]


def _names(files: Sequence[File]) -> str:
    return listed(f.person.known_as for f in files)
