"""Questions about decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kith.access.actor import Actor
from kith.access.roles import STANDING, Work
from kith.casework.decisions.models import Decision, Told
from kith.framework.decisions import Say, authority
from kith.people.entries.queries import Reading, newest, open_entry, readings
from kith.people.persons.models import File, Person

STRONGEST = (Say.DECIDE, Say.NOMINATED, Say.PROPOSE)


@dataclass(frozen=True)
class ViewOf:
    """One person's view, what difference it made, and how they were told."""

    person: Person
    view: str
    difference: str
    told: Told | None


@dataclass(frozen=True)
class Shown:
    """A decision as one reader may see it."""

    decision: Decision
    reading: Reading
    told: list[Told]

    @property
    def views(self) -> list[ViewOf]:
        """Each person's view beside what difference it made, in the order they were written down."""
        told = {t.person_id: t for t in self.told}
        made = {p.about_id: p.text for p in self.reading.said("difference")}
        return [
            ViewOf(p.about, p.text, made.get(p.about.pk, ""), told.get(p.about.pk))
            for p in self.reading.said("view")
            if p.about is not None
        ]


def open_decision(actor: Actor, ref: UUID) -> Shown | None:
    """Find one decision by its entry's address, as this reader may see it. Unknown and hidden alike: None."""
    reading = open_entry(actor, ref)
    decision = Decision.objects.filter(entry__ref=ref).select_related("decided_by").first()
    if reading is None or decision is None:
        return None
    shown = reading.shared_open
    told = list(decision.told.select_related("person").order_by("pk")) if shown else []
    return Shown(decision, reading, told)


def decisions_in(actor: Actor, files: Sequence[File]) -> list[Shown]:
    """Decisions in these files that nothing has replaced, newest first, as this reader may see them."""
    entries = newest(files, "decision")
    rows = Decision.objects.filter(entry__in=entries).select_related("decided_by")
    by_entry = {d.entry_id: d for d in rows}
    return [Shown(by_entry[r.entry.pk], r, []) for r in readings(actor, entries) if r.entry.pk in by_entry]


def decisions_among(readings: Sequence[Reading]) -> list[Shown]:
    """Give the decisions among entries read with their `decision` beside them, in their order."""
    return [Shown(r.entry.decision, r, []) for r in readings if hasattr(r.entry, "decision")]


def say_of(work: frozenset[Work], matter: str) -> Say:
    """Give the most these kinds of work may do about this matter (domain 6.7). NONE when the matrix is silent."""
    row = authority().get(matter)
    if row is None:
        return Say.NONE
    says = {_say(kind, row.say(STANDING[kind])) for kind in work if kind in STANDING}
    return next((say for say in STRONGEST if say in says), Say.NONE)


def _say(kind: Work, said: Say) -> Say:
    """Being the nominated officer is being named in writing: what is nominated, they decide."""
    return Say.DECIDE if said is Say.NOMINATED and kind is Work.NOMINATED_OFFICER else said
