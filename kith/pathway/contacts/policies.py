"""Who may take a contact, who may decide what follows, and what neither can be saved without."""

from collections.abc import Sequence

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.access.roles import Work
from kith.framework.kinds import Content, Verb
from kith.kit.refusal import Refusal
from kith.pathway.contacts.models import Contact, Outcome
from kith.pathway.contacts.words import Somebody
from kith.people.persons.models import File

LEVEL_OF = {
    Outcome.EARLY_HELP: "early-help",
    Outcome.FAMILY_HELP: "family-help",
    Outcome.REFERRAL: "child-in-need",
    Outcome.STRATEGY: "child-in-need",
}
"""The level at which work begins (domain 6.1). A strategy discussion begins as a referral does: a child protection
plan is only ever a conference's decision."""

NOT_YOUR_WORK = Refusal("contact-not-your-work", "Taking calls is not part of your work. Pass it to the duty desk now.")
NEEDS_A_CHILD = Refusal("contact-needs-a-child", "Write down at least one child, even if all you know is a first name.")
NOT_KNOWN = Refusal(
    "contact-not-known", "We could not find one of the people you chose. Choose again, or write them as new."
)
NOT_YOURS_TO_DECIDE = Refusal(
    "contact-not-yours-to-decide", "What follows a call is decided by whoever leads a team. Ring the one on duty."
)
TAKE_UP_FIRST = Refusal("contact-take-up-first", "Open the whole call before deciding what follows it.")
DECIDED_ALREADY = Refusal("contact-decided", "Somebody has decided what follows this call already.")
NEEDS_A_WORKER = Refusal("contact-needs-a-worker", "Choose who will work with the children.")
OUT_OF_SIGHT = Refusal(
    "contact-out-of-sight", "Deciding this call is not for you. Ask whoever leads the worker who took it."
)
COUNCIL_ANSWERS = Refusal(
    "contact-council-answers",
    "Whoever rang is answered by the council. Tell the worker beside you what you heard.",
)
NOT_WITH_FAMILY = Refusal(
    "contact-not-with-family", "You are not working with anyone in this family, so you cannot add people to it."
)


def take_contact(*, actor: Actor, people: Sequence[Somebody]) -> Refusal | None:
    """May this actor take a call about these people? Those known already must be ones they may know of."""
    if not actor.may(Permission.CONTACT_TAKE):
        return NOT_YOUR_WORK
    if not any(one.is_child for one in people):
        return NEEDS_A_CHILD
    return None if all(one.known is None or one.known.findable for one in people) else NOT_KNOWN


def bring_in(*, actor: Actor, somebody: Somebody) -> Refusal | None:
    """May this actor bring somebody into a family? Somebody known already must be one they may know of."""
    if not actor.may(Permission.PERSON_ADD):
        return NOT_YOURS_TO_ADD
    return None if somebody.known is None or somebody.known.findable else NOT_KNOWN


NOT_YOURS_TO_ADD = Refusal(
    "contact-not-yours-to-add", "Adding people is not part of your work. Ask a worker with the family."
)


def add_member(*, actor: Actor, files: Sequence[File], somebody: Somebody) -> Refusal | None:
    """May this actor add somebody to this family? They need a line to at least one child of it."""
    if refusal := bring_in(actor=actor, somebody=somebody):
        return refusal
    return None if actor.sees([f.pk for f in files], Verb.WRITE, Content.CORE) else NOT_WITH_FAMILY


def take_up_contact(*, actor: Actor, contact: Contact, files: Sequence[File]) -> Refusal | None:
    """May this actor open a waiting call in order to decide it? Not when one of its children is hidden from them.

    The reason does not say that there is such a child.
    """
    if not actor.may(Permission.CONTACT_DECIDE):
        return NOT_YOURS_TO_DECIDE
    if contact.decided_at:
        return DECIDED_ALREADY
    return None if actor.sees_all([f.pk for f in files], Verb.FIND, Content.INDEX) else OUT_OF_SIGHT


def ask_to_decide(*, actor: Actor, contact: Contact, files: Sequence[File]) -> Refusal | None:
    """May this actor decide what follows this call, now?"""
    if refusal := take_up_contact(actor=actor, contact=contact, files=files):
        return refusal
    return None if actor.sees_all([f.pk for f in files], Verb.WRITE, Content.CORE) else TAKE_UP_FIRST


def decide_contact(
    *, actor: Actor, contact: Contact, files: Sequence[File], outcome: str, worker: Account | None
) -> Refusal | None:
    """May this actor decide it so? Help of any kind needs a worker by name."""
    if refusal := ask_to_decide(actor=actor, contact=contact, files=files):
        return refusal
    return NEEDS_A_WORKER if outcome in LEVEL_OF and worker is None else None


def record_reply(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor say that whoever rang has been answered (K2)? The council answers, not a partner beside it."""
    if actor.work <= {Work.PARTNER}:
        return COUNCIL_ANSWERS
    return None if actor.sees_all([f.pk for f in files], Verb.WRITE, Content.CORE) else OUT_OF_SIGHT
