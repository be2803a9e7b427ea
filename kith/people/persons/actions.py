"""The verbs of people: adding somebody, naming a family, joining it, opening a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.audit.looks import hashed
from kith.framework.kinds import Verb
from kith.kit.changed import as_read
from kith.kit.refusal import require
from kith.people.persons import policies
from kith.people.persons.keys import fold, keys_for
from kith.people.persons.models import Family, File, Identifier, Key, Merge, Name, Person
from kith.people.persons.queries import SIMPLE_FACTS, doors_of, lock_files, mark_of


@dataclass(frozen=True)
class Details:
    """What is known of somebody when they are added. Only a name is needed; the rest comes when it comes."""

    given: str
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    born_precision: str = "exact"
    pronouns: str = ""
    sex_registered: str = ""
    gender: str = ""
    ethnicity: str = ""
    ethnicity_words: str = ""
    disabilities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: str = ""
    faith: str = ""
    about: str = ""
    token: str = ""
    identifiers: tuple[tuple[str, str], ...] = field(default=())


@action
def add_person(*, details: Details, by: Actor, at: datetime) -> Person:
    """Add somebody to the record, with their name, its search keys and any number others know them by."""
    require(policies.add_person(actor=by))
    person = Person.objects.create(
        known_as=details.known_as or details.given or details.family,
        born_on=details.born_on,
        born_precision=details.born_precision,
        pronouns=details.pronouns,
        sex_registered=details.sex_registered,
        gender=details.gender,
        ethnicity=details.ethnicity,
        ethnicity_words=details.ethnicity_words,
        disabilities=list(details.disabilities),
        languages=list(details.languages),
        interpreter=details.interpreter,
        faith=details.faith,
        about=details.about,
        token=details.token,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    _write_name(person, details.given, details.family, "legal", by, at)
    if details.known_as and fold(details.known_as) != fold(details.given):
        _write_name(person, details.known_as, details.family, "known-as", by, at)
    Identifier.objects.bulk_create(
        Identifier(person=person, kind=kind, value=value, recorded_by_id=by.account_id, recorded_at=at)
        for kind, value in details.identifiers
    )
    write_keys(person)
    note("person.added", about=person)
    return person


@action
def add_name(
    *,
    person: Person,
    given: str,
    family: str,
    use: str,
    since: date | None = None,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> Name:
    """Add another name somebody has or had, with its days if they are known. Names are never written over."""
    files = _asked_to_change(person, by, at)
    name = _write_name(person, given, family, use, by, at, since=since, until=until)
    if use == "known-as" and until is None:
        Person.objects.filter(pk=person.pk).update(known_as=given or family)
    write_keys(person)
    note("person.named", about=person, files=files, use=use)
    return name


@action
def change_details(*, person: Person, details: Mapping[str, Any], read: str = "", by: Actor, at: datetime) -> Person:
    """Change simple facts about somebody. The act keeps which, with the old and new words as hashes, never content.

    `read` is the mark of what the writer had before them. Raises `Refused` when that is not what stands there now.
    """
    files = _asked_to_change(person, by, at)
    require(as_read(read, mark_of(person)))
    changed = {k: v for k, v in details.items() if k in SIMPLE_FACTS and getattr(person, k) != v}
    was = {k: hashed(str(getattr(person, k))) for k in changed}
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    if "known_as" in changed:
        _write_name(person, person.known_as, "", "known-as", by, at)
        write_keys(person)
    note("person.changed", about=person, files=files, was=was, now={k: hashed(str(v)) for k, v in changed.items()})
    return person


@action
def add_identifier(*, person: Person, kind: str, value: str, by: Actor, at: datetime) -> Identifier:
    """Add a number that others know somebody by: NHS number, unique pupil number, a former number of ours."""
    files = _asked_to_change(person, by, at)
    made = Identifier.objects.create(
        person=person, kind=kind, value=value, recorded_by_id=by.account_id, recorded_at=at
    )
    note("person.numbered", about=person, files=files, kind=kind)
    return made


@action
def name_family(*, name: str, by: Actor, at: datetime) -> Family:
    """Begin a family by the name it calls itself. It has no visibility of its own."""
    require(policies.add_person(actor=by))
    family = Family.objects.create(name=name, recorded_at=at)
    note("family.named", about=family)
    return family


@action
def open_file(*, person: Person, by: Actor, at: datetime) -> File:
    """Open the one file of a child, or of an adult whose own childhood was recorded."""
    require(policies.add_person(actor=by))
    file, made = File.objects.get_or_create(person=person, defaults={"opened_at": at})
    note("file.opened" if made else "file.found", about=file, files=[file.ref])
    return file


@action
def propose_merge(*, kept: Person, folded_in: Person, why: str, by: Actor, at: datetime) -> Merge:
    """Say that two records are of one person. Nothing changes until a second person agrees."""
    files = _lock_both(kept, folded_in, at)
    require(policies.propose_merge(actor=by, kept=kept, folded_in=folded_in, at=at))
    merge = Merge.objects.create(kept=kept, folded_in=folded_in, why=why, proposed_by_id=by.account_id, proposed_at=at)
    note("person.merge.proposed", about=merge, files=_seen_refs(by, files))
    return merge


@action
def agree_merge(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Join two records of one person, as the second person. Nothing is moved: reads follow this row."""
    files = _lock_both(merge.kept, merge.folded_in, at)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    require(policies.agree_merge(actor=by, merge=merge, at=at))
    merge.agreed_by_id, merge.agreed_at = by.account_id, at
    merge.save(update_fields=["agreed_by", "agreed_at"])
    note("person.merge.agreed", about=merge, files=_seen_refs(by, files))
    return merge


@action
def ask_undo(*, merge: Merge, why: str, by: Actor, at: datetime) -> Merge:
    """Ask for two joined records to be parted, saying why. They stay joined until a second person agrees."""
    files = _lock_both(merge.kept, merge.folded_in, at)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    require(policies.ask_undo(actor=by, merge=merge, at=at))
    merge.undo_by_id, merge.undo_why = by.account_id, why
    merge.save(update_fields=["undo_by", "undo_why"])
    note("person.unmerge.asked", about=merge, files=_seen_refs(by, files))
    return merge


@action
def agree_undo(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Part two joined records, as the second person. Both stand as they were."""
    files = _lock_both(merge.kept, merge.folded_in, at)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    require(policies.agree_undo(actor=by, merge=merge, at=at))
    merge.undone_by_id, merge.undone_at = by.account_id, at
    merge.save(update_fields=["undone_by", "undone_at"])
    note("person.unmerge.agreed", about=merge, files=_seen_refs(by, files))
    return merge


def _lock_both(one: Person, other: Person, at: datetime) -> list[File]:
    both = [*doors_of(one, at=at).ids, *doors_of(other, at=at).ids]
    return lock_files(File.objects.filter(pk__in=both))


def _seen_refs(by: Actor, files: Sequence[File]) -> list[UUID]:
    """Addresses of those files the actor sees: an act is not told to the trail of a family they do not know."""
    seen = by.sees([f.pk for f in files])
    return [f.ref for f in files if f.pk in seen]


def _asked_to_change(person: Person, by: Actor, at: datetime) -> list[UUID]:
    """Lock what opens this person, ask, and give the addresses of the files through which the change is made."""
    doors = doors_of(person, at=at)
    lock_files(File.objects.filter(pk__in=doors.ids))
    require(policies.edit_person(actor=by, person=person, at=at))
    person.refresh_from_db()
    return [f.ref for f in doors.through(by.sees, Verb.WRITE)]


def _write_name(
    person: Person, given: str, family: str, use: str, by: Actor, at: datetime, **days: date | None
) -> Name:
    return Name.objects.create(
        person=person,
        given=given,
        family=family,
        use=use,
        **days,
        folded=fold(f"{given} {family}"),
        recorded_by_id=by.account_id,
        recorded_at=at,
    )


def write_keys(person: Person) -> None:
    """Write the search keys of a person anew from all their names: the same rows on both stores."""
    spelt = [f"{n.given} {n.family}".strip() for n in Name.objects.filter(person=person)]
    Key.objects.filter(person=person).delete()
    Key.objects.bulk_create(Key(person=person, kind=k.kind, key=k.key[:100]) for k in sorted(keys_for(spelt)))
