"""What one person may be given of one entry: by kind, by whose words, and by what may be found in them."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kith.access.actor import Actor
from kith.disclosure.papers.models import Rendition
from kith.framework.kinds import Content, Verb
from kith.framework.statements import plain_findings
from kith.people.entries.models import Dissent, Entry, Paragraph, Seal
from kith.people.entries.queries import Reading, is_sealed, open_entry
from kith.people.involvement.frame import Opened
from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.models import File, Membership, Person
from kith.people.relationships.models import Relationship

LEAVES = frozenset({Content.INDEX, Content.CORE})
EVERYONES = frozenset({"rule"})
"""What everyone who was asked has agreed to: printed for all of them, whoever thought of it."""
SHORTEST = 5  # characters: shorter than this, a house number would be found in every date


@dataclass(frozen=True)
class Chosen:
    """What goes into one person's copy, and how much stays behind."""

    entry: Entry
    recipient: Person
    paragraphs: list[Paragraph]
    dissents: list[Dissent]
    left_out: int
    children: list[str]

    def text(self, slot: str) -> str:
        """The words that answer this question in this copy, or nothing."""
        return "\n\n".join(p.text for p in self.said(slot))

    def said(self, slot: str) -> list[Paragraph]:
        """Paragraphs that answer this question in this copy."""
        return [p for p in self.paragraphs if p.slot == slot]

    def rows(self, *slots: str) -> list[dict[str, Paragraph]]:
        """What belongs together, row by row, in this copy."""
        return Reading(self.entry, [], self.paragraphs, shared_open=True).rows(*slots)


def choose(reading: Reading, recipient: Person) -> Chosen:
    """Choose what this person's copy holds (PV-3: one parent's words never print for the other).

    Only ordinary words leave. A child's own part goes to that child alone; what was said in confidence goes
    back only to whoever said it; somebody else's own words, and their view, stay with them.
    """
    kept = [p for p in reading.paragraphs if _may_hold(p, recipient)]
    dissents = [d for d in reading.dissents if d.person_id == recipient.pk]
    behind = len(reading.paragraphs) + len(reading.dissents) - len(kept) - len(dissents)
    return Chosen(reading.entry, recipient, kept, dissents, behind, [f.person.known_as for f in reading.files])


def to_look_at(chosen: Chosen) -> list[str]:
    """Say what to look at again in a copy before it is given (domain 0.1.4, 1.9). It advises; it never blocks.

    What somebody said in their own words is left alone.
    """
    ours = "\n\n".join(p.text for p in chosen.paragraphs if not p.own_words)
    return list(dict.fromkeys(f.advice for f in plain_findings(ours)))


def _may_hold(paragraph: Paragraph, recipient: Person) -> bool:
    if paragraph.content not in LEAVES or is_sealed(paragraph):
        return False
    if paragraph.part.file_id and paragraph.part.file.person_id != recipient.pk:  # type: ignore[union-attr]
        return False
    if paragraph.in_confidence and paragraph.given_by_id != recipient.pk:
        return False
    if paragraph.slot not in EVERYONES and paragraph.given_by_id not in {None, recipient.pk}:
        return False
    return paragraph.slot not in {"view", "difference"} or paragraph.about_id == recipient.pk


def places_found(words: Iterable[str], *, linked: Collection[int], recipient: Person) -> bool:
    """Say whether any words hold an address, number, school or workplace of anyone linked but the recipient.

    Looks at everyone, the hidden included: better a paper refused than a door found (trust 1.3).
    """
    tokens = {t for text in _places(set(linked) - {recipient.pk}) for t in [_folded(text)] if len(t) >= SHORTEST}
    own = {_folded(text) for text in _places([recipient.pk])}
    body = _folded(" ".join(words))
    return any(token in body for token in tokens - own)


def linked_with(entry: Entry) -> set[int]:
    """Everyone who is or was in the entry's family, and everyone related to one of them, ended ties too."""
    family = set(Membership.objects.filter(family=entry.family).values_list("person", flat=True))
    ties = Relationship.objects.filter(Q(one__in=family) | Q(other__in=family)).values_list("one", "other")
    return family | {person for pair in ties for person in pair}


def _places(people: Collection[int]) -> Iterable[str]:
    for name, lines, postcode in Location.objects.filter(person__in=people).values_list("name", "lines", "postcode"):
        yield from (name, postcode, *re.split(r"[,\n]", lines))
    yield from ContactDetail.objects.filter(person__in=people).values_list("value", flat=True)


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9@]", "", text.casefold())


def open_to_give(actor: Actor, ref: UUID) -> Reading | None:
    """Find an entry that this actor may let leave, as they may read it. Unknown and hidden alike: None."""
    reading = open_entry(actor, ref)
    return reading if reading and reading.shared_open else None


def may_give(actor: Actor, files: Sequence[File]) -> bool:
    """Say whether every one of these files lets this actor give ordinary words from it."""
    return actor.sees_all([f.pk for f in files], Verb.GIVE, Content.CORE)


def members_of_entry(entry: Entry, *, at: datetime) -> list[Membership]:
    """Everyone in the family an entry belongs to, now, hidden or not: for the search of words, never for a page."""
    rows = Membership.objects.filter(family=entry.family, since__lte=at, until__gt=at)
    return list(rows.select_related("person"))


def papers_in(opened: Opened) -> list[Rendition]:
    """Papers given from entries all of whose files are open here, newest first, without their bytes."""
    open_ids = {f.pk for f in opened.files}
    rows = Rendition.objects.filter(entry__family=opened.family).defer("pdf")
    rows = rows.select_related("recipient", "made_by", "entry").prefetch_related("entry__files")
    found = rows.order_by("-made_at", "-pk")
    return [r for r in found if {link.file_id for link in r.entry.files.all()} <= open_ids]


def paper(actor: Actor, ref: UUID) -> Rendition | None:
    """Find one paper that was given, if its entry is wholly open to this actor."""
    found = Rendition.objects.filter(ref=ref).select_related("recipient", "made_by", "entry").first()
    if found is None or open_to_give(actor, found.entry.ref) is None:
        return None
    return found


def is_closed(found: Rendition) -> bool:
    """Say whether words of the entry were closed by two people after this copy was made: it may still hold them."""
    under = Seal.objects.filter(paragraph__part__entry=found.entry, agreed_at__isnull=False)
    return under.filter(agreed_at__gte=found.made_at).exists()
