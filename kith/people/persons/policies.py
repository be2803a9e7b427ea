"""Who may add, change and join people. Whether somebody may be known of at all is sight's."""

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import File, Person

MAY_NOT_ADD = Refusal("person-not-your-work", "Adding people is not part of your work. Ask a worker with the family.")
MAY_NOT_EDIT = Refusal("person-not-open", "You are not working with this person, so you cannot change their details.")
NOT_WITH_FAMILY = Refusal(
    "family-not-open", "You are not working with anyone in this family, so you cannot add people to it."
)


def add_person(*, actor: Actor) -> Refusal | None:
    """May this actor add somebody to the record? Adding never needs a sight of anyone."""
    return None if actor.may(Permission.PERSON_ADD) else MAY_NOT_ADD


def edit_person(*, actor: Actor, person: Person) -> Refusal | None:
    """May this actor change this person's details? Somebody with a file needs a line to it."""
    if not actor.may(Permission.PERSON_EDIT):
        return MAY_NOT_EDIT
    file = File.objects.filter(person=person).first()
    if file is not None and not actor.sees_all([file.pk], Verb.WRITE, Content.CORE):
        return MAY_NOT_EDIT
    return None


def join_family(*, actor: Actor, files: list[File]) -> Refusal | None:
    """May this actor add somebody to a family with these files? One line into the family is enough."""
    if not actor.may(Permission.PERSON_ADD):
        return MAY_NOT_ADD
    if files and not actor.sees([f.pk for f in files], Verb.WRITE, Content.CORE):
        return NOT_WITH_FAMILY
    return None
