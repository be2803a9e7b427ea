"""Who may write where somebody can be found and how they may be reached."""

from datetime import datetime

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.locations.models import ContactDetail, Location
from kith.people.locations.queries import open_detail, open_location
from kith.people.persons.models import Family, Person
from kith.people.persons.queries import beside, doors_of, open_through

NOT_YOUR_WORK = Refusal(
    "place-not-your-work", "Writing where people can be found is not part of your work. Tell their worker."
)
NOT_IN_LINE = Refusal(
    "place-not-in-line",
    "Only those who hold the work with this family write where people can be found. Tell one of them.",
)
SAY_WHICH_FAMILY = Refusal(
    "place-which-family", "Say in which family this may be known. A protected place is known in one family only."
)
NOT_THAT_FAMILY = Refusal("place-not-that-family", "Choose a family they are in and that you work with.")
NOT_FOUND = Refusal("place-not-found", "We could not find that place or number. It may have ended already.")


def write_place(*, actor: Actor, person: Person, at: datetime) -> Refusal | None:
    """May this actor write anything that says where this person can be found? It needs the line to their file."""
    if not actor.may(Permission.PERSON_EDIT):
        return NOT_YOUR_WORK
    return None if open_through(actor, person, Verb.WRITE, Content.LOCATION, at=at) else NOT_IN_LINE


def add_location(
    *, actor: Actor, person: Person, protected: bool, known_in: Family | None, at: datetime
) -> Refusal | None:
    """May this actor add a place? An adult's protected place names the one family it may be known in."""
    if refusal := write_place(actor=actor, person=person, at=at):
        return refusal
    if known_in and known_in not in beside([person], actor.sees, at=at):
        return NOT_THAT_FAMILY
    return SAY_WHICH_FAMILY if protected and not known_in and doors_of(person, at=at).own is None else None


add_contact_detail = add_location


def end_location(*, actor: Actor, location: Location, at: datetime) -> Refusal | None:
    """May this actor say that somebody is not to be found here any more? They must know of it themselves."""
    refusal = write_place(actor=actor, person=location.person, at=at)
    return refusal or (None if open_location(actor, location.person, location.ref, at=at) else NOT_FOUND)


def end_contact_detail(*, actor: Actor, detail: ContactDetail, at: datetime) -> Refusal | None:
    """May this actor say that a number or address is no longer theirs?"""
    refusal = write_place(actor=actor, person=detail.person, at=at)
    return refusal or (None if open_detail(actor, detail.person, detail.ref, at=at) else NOT_FOUND)


def say_safe_contact(*, actor: Actor, person: Person, at: datetime) -> Refusal | None:
    """May this actor write how this person asked to be reached? Their private matter, so it needs the line."""
    if not actor.may(Permission.PERSON_EDIT):
        return NOT_YOUR_WORK
    return None if open_through(actor, person, Verb.WRITE, Content.OTHER_PARTY, at=at) else NOT_IN_LINE
