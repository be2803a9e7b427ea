"""Who may write the network, and what each person's place in it cannot be kept without (domain 2.2; NW-1, NW-2)."""

from collections.abc import Sequence

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.mapping import policies as worries
from kith.casework.network.models import NetworkMember, Ring, Safe, Stage, ToldWith, WrittenDown
from kith.casework.network.queries import Stood, said_to_have_hurt, stands_already
from kith.casework.network.words import KNOWS, WILLING, Stands
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

NOT_YOUR_WORK = Refusal(
    "network-not-your-work", "Writing the network is not part of your work. Ask the worker who holds the family."
)
STANDS_ALREADY = Refusal("network-already", "They are here already. Open them, and say what has changed.")
SAID_NO = Refusal(
    "network-said-no",
    "Somebody who does not want to be written down here is not. Say yes, or that nobody has asked.",
)
NEEDS_WORDS = Refusal("network-needs-words", "Say who they are to the children, and what they do.")
SAFE_NEEDS_WHY = Refusal("network-safe-needs-why", "Say why it takes care, or why it is not safe.")
NOT_SAFE_INSIDE = Refusal(
    "network-not-safe-inside", "Somebody who is not safe to have there does not stand in the inner ring."
)
INNER_NEEDS_TELLING = Refusal(
    "network-inner-needs-telling",
    "Somebody who knows everything was told. Say when, as far as it is known, and by whom.",
)
TOLD_NEEDS_LEAVE = Refusal(
    "network-told-needs-leave",
    "Nobody is told for the family unless a parent agrees, or a child needs protecting then and there. Say which.",
)
TOLD_NEEDS_WHY = Refusal(
    "network-told-needs-why", "They were told without a parent’s agreement. Say what the child needed protecting from."
)
STAGE_NEEDS_TELLING = Refusal(
    "network-stage-needs-telling",
    "Somebody who has been told, or has come further, knows at least a bit. Move them in.",
)
STAGE_NEEDS_PROMISE = Refusal("network-stage-needs-promise", "Somebody who has promised will do something. Say what.")
HURT_NEEDS_LEADER = Refusal(
    "network-hurt-needs-leader",
    "The map says that they may have hurt one of these children. A leader decides whether they stand in the inner ring,"
    " and writes why.",
)
NOT_OFFERED = Refusal("network-not-offered", "One of the answers is not among those offered. Choose again.")
NOT_OF_THE_FAMILY = Refusal(
    "network-not-of-the-family", "Choose one of the adults written down in this family. Children hold nobody’s safety."
)
LEFT_ALREADY = Refusal("network-left", "They have left the network already.")
LEFT_NEEDS_WHY = Refusal("network-left-needs-why", "Say why they left, in words they could read.")


def write(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor write the network of these children? Whoever may write their worries may."""
    refusal = worries.write(actor=actor, files=files)
    return NOT_YOUR_WORK if refusal is worries.NOT_YOUR_WORK else refusal


def go_on_with(*, actor: Actor, stood: Stood) -> Refusal | None:
    """May this actor go on with somebody's place? They read all of it, and write about every child it is about."""
    if refusal := write(actor=actor, files=stood.reading.files):
        return refusal
    return None if stood.reading.shared_open else worries.NOT_WORKING_WITH


def add_member(*, actor: Actor, files: Sequence[File], stands: Stands) -> Refusal | None:
    """May this person be put in the network, and is there what their place cannot be kept without?"""
    if refusal := write(actor=actor, files=files):
        return refusal
    if stands_already(actor, files, stands.person):
        return STANDS_ALREADY
    return whole(actor=actor, files=files, stands=stands)


def move_member(*, actor: Actor, files: Sequence[File], member: NetworkMember, stands: Stands) -> Refusal | None:
    """May what is written about them change like this? It stays the same person."""
    if refusal := write(actor=actor, files=files):
        return refusal
    if member.left_in_id:
        return LEFT_ALREADY
    if member.person_id != stands.person.pk:
        return NOT_OFFERED
    return whole(actor=actor, files=files, stands=stands)


def leave_network(*, actor: Actor, files: Sequence[File], member: NetworkMember, words: str) -> Refusal | None:
    """May this actor say that somebody has left, and why?"""
    if refusal := write(actor=actor, files=files):
        return refusal
    if member.left_in_id:
        return LEFT_ALREADY
    return None if words.strip() else LEFT_NEEDS_WHY


def whole(*, actor: Actor, files: Sequence[File], stands: Stands) -> Refusal | None:
    """Is there what somebody's place cannot be kept without (domain 2.2)?"""
    if not {*stands.knows} <= {k for k, _ in KNOWS} or not {*stands.willing} <= {w for w, _ in WILLING}:
        return NOT_OFFERED
    return _asked(stands) or _telling(stands) or _far(stands) or _inside(actor, files, stands)


def _asked(stands: Stands) -> Refusal | None:
    """Who they are, consent to be recorded, and whether it is safe to have them there, with its reason."""
    if not stands.words("helps"):
        return NEEDS_WORDS
    if stands.written_down not in WrittenDown.values:
        return SAID_NO
    return SAFE_NEEDS_WHY if stands.safe != Safe.YES and not stands.words("safe-why") else None


def _telling(stands: Stands) -> Refusal | None:
    """NW-2: told only where a parent agrees, or a child needs protecting now, which is said."""
    told = stands.told
    if stands.ring == Ring.INNER and not (told.on and told.by):
        return INNER_NEEDS_TELLING
    if told.on and told.why not in ToldWith.values:
        return TOLD_NEEDS_LEAVE
    return TOLD_NEEDS_WHY if told.why == ToldWith.NOW and not stands.words("protecting") else None


def _far(stands: Stands) -> Refusal | None:
    """Each stage rests on what makes it true."""
    if stands.is_told and stands.ring == Ring.OUTER:
        return STAGE_NEEDS_TELLING
    if stands.ring == Ring.INNER and stands.stage == Stage.NAMED:
        return INNER_NEEDS_TELLING
    return STAGE_NEEDS_PROMISE if stands.has_promised and not stands.willing else None


def _inside(actor: Actor, files: Sequence[File], stands: Stands) -> Refusal | None:
    """NW-1: who may have hurt a child, or a parent, is inner only by a leader's decision, written with its reason."""
    if stands.ring != Ring.INNER:
        return None
    if stands.safe == Safe.NO:
        return NOT_SAFE_INSIDE
    if stands.person.pk not in said_to_have_hurt(files):
        return None
    leads = actor.may(Permission.BOTTOM_LINE_AGREE) and stands.words("why-inner")
    return None if leads else HURT_NEEDS_LEADER
