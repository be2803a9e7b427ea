"""What a reader of a family's tree is offered there. Each verb asks its own policy again when it is done."""

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.framework.kinds import Content, Verb
from kith.people.involvement.frame import Opened


def offers_between(*, actor: Actor, opened: Opened) -> bool:
    """May this reader have how people get on drawn at all? Where one adult's private matters are open (domain 1.11)."""
    return bool(actor.sees([f.pk for f in opened.files], Verb.READ, Content.OTHER_PARTY))


def offers_change(*, actor: Actor, opened: Opened) -> bool:
    """May this reader put right who people are to each other here?"""
    return actor.may(Permission.PERSON_EDIT) and bool(
        actor.sees([f.pk for f in opened.files], Verb.WRITE, Content.CORE)
    )
