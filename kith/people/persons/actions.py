"""The verbs of people: adding somebody, naming a family, joining it, opening a file."""

from dataclasses import dataclass, field
from datetime import date, datetime

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.kit.refusal import require
from kith.people.persons import policies
from kith.people.persons.keys import fold, keys_for
from kith.people.persons.models import Family, File, Identifier, Key, Membership, Name, Person
from kith.people.persons.queries import files_of, lock_files, members_of


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
def add_name(*, person: Person, given: str, family: str, use: str, by: Actor, at: datetime) -> Name:
    """Add another name somebody has or had. Names are added and ended, never written over."""
    require(policies.edit_person(actor=by, person=person))
    name = _write_name(person, given, family, use, by, at)
    write_keys(person)
    note("person.named", about=person, files=_file_refs(person))
    return name


@action
def name_family(*, name: str, by: Actor, at: datetime) -> Family:
    """Begin a family by the name it calls itself. It has no visibility of its own."""
    require(policies.add_person(actor=by))
    family = Family.objects.create(name=name, recorded_at=at)
    note("family.named", about=family)
    return family


@action
def join_family(*, family: Family, person: Person, role: str, is_child: bool, by: Actor, at: datetime) -> Membership:
    """Say that somebody belongs to a family, and who they are in it, in the family's words."""
    files = lock_files(files_of(members_of(family, at=at)))
    require(policies.join_family(actor=by, files=files))
    member = Membership.objects.create(family=family, person=person, role=role, is_child=is_child, since=at)
    note("family.joined", about=family, files=[f.ref for f in files], person=str(person.ref))
    return member


@action
def open_file(*, person: Person, by: Actor, at: datetime) -> File:
    """Open the one file of a child, or of an adult whose own childhood was recorded."""
    require(policies.add_person(actor=by))
    file, made = File.objects.get_or_create(person=person, defaults={"opened_at": at})
    note("file.opened" if made else "file.found", about=file, files=[file.ref])
    return file


def _file_refs(person: Person) -> list:  # type: ignore[type-arg]
    return list(File.objects.filter(person=person).values_list("ref", flat=True))


def _write_name(person: Person, given: str, family: str, use: str, by: Actor, at: datetime) -> Name:
    return Name.objects.create(
        person=person,
        given=given,
        family=family,
        use=use,
        folded=fold(f"{given} {family}"),
        recorded_by_id=by.account_id,
        recorded_at=at,
    )


def write_keys(person: Person) -> None:
    """Write the search keys of a person anew from all their names: the same rows on both stores."""
    spelt = [f"{n.given} {n.family}".strip() for n in Name.objects.filter(person=person)]
    Key.objects.filter(person=person).delete()
    Key.objects.bulk_create(Key(person=person, kind=k.kind, key=k.key[:100]) for k in sorted(keys_for(spelt)))
