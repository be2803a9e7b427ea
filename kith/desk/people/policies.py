"""What a reader of somebody's page is offered. Each verb asks its own policy again when it is done."""

from dataclasses import dataclass

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.desk.people.queries import Page
from kith.framework.kinds import Content, Verb


@dataclass(frozen=True)
class Offers:
    """What this reader could change here now, judged from the page already open: no query of its own."""

    change: bool
    places: bool
    reads_places: bool
    safe_contact: bool
    reads_safe_contact: bool
    merge: bool
    level: bool
    glass: bool


def offers(*, actor: Actor, page: Page) -> Offers:
    """What may this actor do from this page, now?"""
    edits = actor.may(Permission.PERSON_EDIT)
    return Offers(
        change=edits and page.may(Verb.WRITE),
        places=edits and page.may(Verb.WRITE, Content.LOCATION),
        reads_places=page.may(Verb.READ, Content.LOCATION),
        safe_contact=edits and page.may(Verb.WRITE, Content.OTHER_PARTY),
        reads_safe_contact=page.may(Verb.READ, Content.OTHER_PARTY),
        merge=actor.may(Permission.PERSON_MERGE),
        level=actor.may(Permission.FILE_LEVEL) and page.own is not None,
        glass=page.glass is not None,
    )
