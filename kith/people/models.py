"""The tables of this room, gathered."""

from kith.people.drafts.models import Draft, DraftFile
from kith.people.entries.models import (
    Attachment,
    Dissent,
    Entry,
    EntryFile,
    Paragraph,
    Part,
    Present,
    Seal,
    Shared,
)
from kith.people.files.models import StoredFile
from kith.people.involvement.models import Involvement, Relation
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.persons.models import Family, File, Identifier, Key, LevelSet, Membership, Merge, Name, Person
from kith.people.professionals.models import Professional, WorksWith
from kith.people.relationships.models import Household, HouseholdStay, ParentalResponsibility, Relationship
from kith.people.restriction.models import Alerted, Grant, Unsealing

__all__ = [
    "Alerted",
    "Attachment",
    "ContactDetail",
    "Dissent",
    "Draft",
    "DraftFile",
    "Entry",
    "EntryFile",
    "Family",
    "File",
    "Grant",
    "Household",
    "HouseholdStay",
    "Identifier",
    "Involvement",
    "Key",
    "LevelSet",
    "Location",
    "Membership",
    "Merge",
    "Name",
    "Paragraph",
    "ParentalResponsibility",
    "Part",
    "Person",
    "Present",
    "Professional",
    "Relation",
    "Relationship",
    "SafeContact",
    "Seal",
    "Shared",
    "StoredFile",
    "Unsealing",
    "WorksWith",
]
