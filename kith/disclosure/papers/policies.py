"""Who may let a paper leave, to whom, and what stops it at the door."""

from collections.abc import Sequence

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.decisions.models import Decision
from kith.disclosure.papers.models import Rendition
from kith.disclosure.papers.queries import Chosen, is_closed, linked_with, may_give, places_found
from kith.kit.refusal import Refusal
from kith.people.entries.models import Entry, Status
from kith.people.persons.models import File, Membership, Person

NOT_YOUR_WORK = Refusal(
    "paper-not-your-work", "Giving papers is not part of your work. Ask the worker who holds the family."
)
NOT_ALL_YOURS = Refusal(
    "paper-not-all-yours", "This is about a child you do not hold. Their worker must give it, or give it with you."
)
NOT_IN_FAMILY = Refusal(
    "paper-not-in-family", "Choose somebody in this family. A paper is made for one named person, and held by them."
)
NOTHING_TO_GIVE = Refusal(
    "paper-nothing", "Nothing in this record may go to this person. Read it with them instead, or ask your team leader."
)
NOT_SETTLED = Refusal(
    "paper-not-settled", "This is still a draft. Share it with the family first; then it can be given to them."
)
HOLDS_A_PLACE = Refusal(
    "paper-holds-a-place",
    "An address, telephone number, school or workplace of somebody else is in these words. Take it out by writing a"
    " newer version, and give that. Nothing has been printed.",
)
COPY_CLOSED = Refusal(
    "paper-copy-closed",
    "Two people have closed words that this copy may hold, so it is kept but opened no more. If it was handed over,"
    " talk to your team leader about asking for it back.",
)
SETTLED = frozenset({Status.RECORDED, Status.WITH_FAMILY, Status.AGREED, Status.AGREED_WITH_DISSENT})


def give_paper(*, actor: Actor, files: Sequence[File], members: Sequence[Membership], chosen: Chosen) -> Refusal | None:
    """May this copy leave, by this actor's hand, for this one person?"""
    if not actor.may(Permission.PAPER_GIVE):
        return NOT_YOUR_WORK
    if not may_give(actor, files):
        return NOT_ALL_YOURS
    return leaves(entry=chosen.entry, members=members, recipient=chosen.recipient, chosen=chosen)


def open_copy(*, paper: Rendition) -> Refusal | None:
    """May the kept copy be opened? Not when it may hold words that were closed after it was made."""
    return COPY_CLOSED if is_closed(paper) else None


def leaves(*, entry: Entry, members: Sequence[Membership], recipient: Person, chosen: Chosen) -> Refusal | None:
    """Does anything in the copy itself stop it? Location in free words is a refusal, never a warning (trust E8)."""
    if recipient.pk not in {m.person_id for m in members}:
        return NOT_IN_FAMILY
    if entry.status not in SETTLED:
        return NOT_SETTLED
    if not chosen.paragraphs:
        return NOTHING_TO_GIVE
    powers = Decision.objects.filter(entry=entry).values_list("power", flat=True)
    words = [*(p.text for p in chosen.paragraphs), *(d.words for d in chosen.dissents), *powers]
    return HOLDS_A_PLACE if places_found(words, linked=linked_with(entry), recipient=recipient) else None
