"""The verbs of places: add one, end one, and say how somebody asked to be reached. Rows are ended, never rewritten."""

from datetime import datetime
from uuid import UUID

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.framework.kinds import Content, Verb
from kith.kit.changed import as_read, mark
from kith.kit.refusal import require
from kith.people.locations import policies
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.locations.queries import safe_words_now
from kith.people.persons.keys import e164
from kith.people.persons.models import Family, File, Person
from kith.people.persons.queries import doors_of, lock_files


@action
def add_location(
    *,
    person: Person,
    kind: str,
    name: str = "",
    lines: str = "",
    postcode: str = "",
    protected: bool = False,
    post_is_safe: bool = False,
    known_in: Family | None = None,
    since: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Location:
    """Add a place somebody can be found, who may know it, and whether post may go there. Protected gets no post."""
    files = _lock(person, by, at)
    require(policies.add_location(actor=by, person=person, protected=protected, known_in=known_in, at=at))
    place = Location.objects.create(
        person=person,
        kind=kind,
        name=name,
        lines=lines,
        postcode=postcode.upper(),
        protected=protected,
        post_is_safe=post_is_safe and not protected,
        known_in=known_in if protected else None,
        since=since or at,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    note("location.added", about=place, files=files, protected=protected)
    return place


@action
def end_location(*, location: Location, by: Actor, at: datetime) -> Location:
    """Say that somebody is not to be found here any more. The row stays, for what was sent there."""
    files = _lock(location.person, by, at)
    require(policies.end_location(actor=by, location=location, at=at))
    Location.objects.filter(pk=location.pk).update(until=at, post_is_safe=False)
    location.refresh_from_db()
    note("location.ended", about=location, files=files)
    return location


@action
def add_contact_detail(
    *,
    person: Person,
    kind: str,
    value: str,
    safe: str = "unknown",
    protected: bool = False,
    known_in: Family | None = None,
    by: Actor,
    at: datetime,
) -> ContactDetail:
    """Add a telephone number or e-mail address, and whether it is safe to use: yes, no, with-care or unknown."""
    files = _lock(person, by, at)
    require(policies.add_contact_detail(actor=by, person=person, protected=protected, known_in=known_in, at=at))
    detail = ContactDetail.objects.create(
        person=person,
        kind=kind,
        value=value,
        folded=(e164(value) or value.lower()) if kind == "phone" else value.lower(),
        safe=safe,
        protected=protected,
        known_in=known_in if protected else None,
        since=at,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    note("contact.added", about=detail, files=files, kind=kind, safe=safe, protected=protected)
    return detail


@action
def end_contact_detail(*, detail: ContactDetail, by: Actor, at: datetime) -> ContactDetail:
    """Say that a number or address is not theirs any more."""
    files = _lock(detail.person, by, at)
    require(policies.end_contact_detail(actor=by, detail=detail, at=at))
    ContactDetail.objects.filter(pk=detail.pk).update(until=at)
    detail.refresh_from_db()
    note("contact.ended", about=detail, files=files)
    return detail


@action
def say_safe_contact(*, person: Person, words: str, read: str = "", by: Actor, at: datetime) -> SafeContact:
    """Write how somebody asked to be reached, in their words. The newest stands; the older ones stay.

    `read` marks the words its writer had before them: newer ones are never set aside unread.
    """
    doors = doors_of(person, at=at)
    lock_files(File.objects.filter(pk__in=doors.ids))
    require(policies.say_safe_contact(actor=by, person=person, at=at))
    require(as_read(read, mark(safe_words_now(person))))
    said = SafeContact.objects.create(person=person, words=words, recorded_by_id=by.account_id, recorded_at=at)
    files = [f.ref for f in doors.through(by.sees, Verb.WRITE, Content.OTHER_PARTY)]
    note("contact.safe", about=said, files=files)
    return said


def _lock(person: Person, by: Actor, at: datetime) -> list[UUID]:
    doors = doors_of(person, at=at)
    lock_files(File.objects.filter(pk__in=doors.ids))
    return [f.ref for f in doors.through(by.sees, Verb.WRITE, Content.LOCATION)]
