"""Who may write who people are to each other, who has parental responsibility, and who lives with whom."""

from datetime import datetime

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import Person
from kith.people.persons.queries import open_through
from kith.people.relationships.models import Household, Relationship
from kith.people.relationships.queries import open_household

NOT_YOUR_WORK = Refusal(
    "kin-not-your-work", "Writing who people are to each other is not part of your work. Tell their worker."
)
NOT_IN_LINE = Refusal("kin-not-in-line", "You are not working with this person, so you cannot change this about them.")
NOT_THERE = Refusal("kin-other-not-open", "We could not find the other person. Choose somebody of this family.")
WRITTEN_ALREADY = Refusal("kin-written-already", "That is written down already. End it first if it has changed.")
ENDED_ALREADY = Refusal("kin-ended-already", "That has ended already.")


def change_kin(*, actor: Actor, person: Person, at: datetime) -> Refusal | None:
    """May this actor change who this person is to others, and where they live? It needs a line to what opens them."""
    if not actor.may(Permission.PERSON_EDIT):
        return NOT_YOUR_WORK
    return None if open_through(actor, person, Verb.WRITE, at=at) else NOT_IN_LINE


def add_relationship(*, actor: Actor, one: Person, other: Person, kind: str, at: datetime) -> Refusal | None:
    """May this actor say how two people are related? A line to one of them, and sight of the other."""
    if refusal := change_kin(actor=actor, person=one, at=at):
        return refusal
    if one == other or not open_through(actor, other, at=at):
        return NOT_THERE
    standing = Relationship.objects.filter(one=one, other=other, kind=kind, until__isnull=True).exists()
    return WRITTEN_ALREADY if standing else None


def end_relationship(*, actor: Actor, relationship: Relationship, at: datetime) -> Refusal | None:
    """May this actor say that a relationship has ended?"""
    if refusal := change_kin(actor=actor, person=relationship.one, at=at):
        return refusal
    return ENDED_ALREADY if relationship.until else None


def say_responsibility(*, actor: Actor, child: Person, adult: Person, at: datetime) -> Refusal | None:
    """May this actor write whether this adult has parental responsibility for this child? A line to the child."""
    if refusal := change_kin(actor=actor, person=child, at=at):
        return refusal
    return None if child != adult and open_through(actor, adult, at=at) else NOT_THERE


begin_household = change_kin


def move_in(*, actor: Actor, person: Person, household: Household, at: datetime) -> Refusal | None:
    """May this actor say that somebody lives in a household? They must see somebody who lives there already."""
    if refusal := change_kin(actor=actor, person=person, at=at):
        return refusal
    return None if open_household(actor, household.ref, at=at) else NOT_THERE


move_out = change_kin
