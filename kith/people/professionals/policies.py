"""Who may say which people of other agencies work with a child."""

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Verb
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

NOT_YOUR_WORK = Refusal(
    "professional-not-your-work", "Writing who else works with a child is not part of your work. Tell their worker."
)
NOT_IN_LINE = Refusal(
    "professional-not-in-line", "You are not working with this child, so you cannot say who else does."
)


def add_professional(*, actor: Actor, file: File) -> Refusal | None:
    """May this actor say that somebody of another agency works with this child?"""
    if not actor.may(Permission.PERSON_EDIT):
        return NOT_YOUR_WORK
    return None if actor.sees_all([file.pk], Verb.WRITE) else NOT_IN_LINE


end_professional = add_professional
