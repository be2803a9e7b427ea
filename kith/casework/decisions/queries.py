"""Questions about decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.access.actor import Actor
from kith.access.roles import STANDING, Work
from kith.casework.decisions.models import Decision, Told
from kith.casework.mapping.models import Where
from kith.casework.maps.models import Kind
from kith.casework.maps.words import HEADINGS, MAIN
from kith.framework.decisions import Say, authority
from kith.people.entries.models import Entry, EntryFile
from kith.people.entries.queries import Reading, newest, open_entry, readings
from kith.people.persons.models import File, Person

TO_REST_ON = ("statement", Kind.HARM, Kind.FACTOR, Kind.SAFETY, Kind.STRENGTH)
"""What on a map a decision may rest on: worries, and what is known to have happened or to help."""
WORRY = "A worry"
STRONGEST = (Say.DECIDE, Say.NOMINATED, Say.PROPOSE)


@dataclass(frozen=True)
class ViewOf:
    """One person's view, what difference it made, and how they were told."""

    person: Person
    view: str
    difference: str
    told: Told | None


@dataclass(frozen=True)
class Rested:
    """One thing on the map that a decision rests on, in the version that stood then, as one reader may see it."""

    reading: Reading

    @property
    def heading(self) -> str:
        """What it is on the map, and which child it tells of where it tells of one."""
        kind, files = self.reading.entry.kind, self.reading.files
        what = WORRY if kind == "statement" else HEADINGS[Kind(kind)]
        return f"{what}, {files[0].person.called}" if len(files) == 1 and self.reading.shared_open else what

    @property
    def words(self) -> str:
        """What it says, or nothing where this reader may not read it."""
        kind = self.reading.entry.kind
        return self.reading.text("full-text" if kind == "statement" else MAIN[Kind(kind)])

    @property
    def page(self) -> str:
        """The name of its own page."""
        return "statement" if self.reading.entry.kind == "statement" else "map-item"


@dataclass(frozen=True)
class Shown:
    """A decision as one reader may see it."""

    decision: Decision
    reading: Reading
    told: list[Told]
    rests_on: list[Rested] = field(default_factory=list)

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
    rows = Entry.objects.filter(pk__in=decision.rests_on.values("entry")).select_related("author", "family")
    rests = readings(actor, list(rows.order_by("happened_at", "pk"))) if shown else []
    return Shown(decision, reading, told, _in_order(rests))


def to_rest_on(actor: Actor, files: Sequence[File]) -> list[Rested]:
    """Give what stands on the map of these children for a decision to rest on, in the order of a map."""
    about = EntryFile.objects.filter(file__in=files).values("entry")
    rows = standing_to_rest_on().filter(pk__in=about).select_related("author", "family")
    found = readings(actor, list(rows.order_by("happened_at", "pk")))
    return _in_order(r for r in found if r.shared_open)


def standing_to_rest_on() -> QuerySet[Entry]:
    """What a decision may rest on, on any map: what nothing has replaced, and what still stands."""
    rows = Entry.objects.filter(kind__in=TO_REST_ON, superseded_by__isnull=True)
    return rows.filter(Q(statement__status=Where.OPEN) | Q(map_item__outcome=""))


def _in_order(found: Iterable[Reading]) -> list[Rested]:
    return sorted(map(Rested, found), key=lambda one: TO_REST_ON.index(one.reading.entry.kind))


def decisions_in(actor: Actor, files: Sequence[File]) -> list[Shown]:
    """Decisions in these files that nothing has replaced, newest first, as this reader may see them."""
    entries = newest(files, "decision")
    rows = Decision.objects.filter(entry__in=entries).select_related("decided_by")
    by_entry = {d.entry_id: d for d in rows}
    return [Shown(by_entry[r.entry.pk], r, []) for r in readings(actor, entries) if r.entry.pk in by_entry]


def decided_since(files: Sequence[File], since: datetime, *, most: int) -> QuerySet[Entry]:
    """The newest decisions and proposals about any of these children since then, that nothing has replaced."""
    rows = Entry.objects.filter(kind="decision", superseded_by__isnull=True, happened_at__gte=since)
    about = EntryFile.objects.filter(file__in=files).values("entry")
    return rows.filter(pk__in=about).order_by("-happened_at", "-pk")[:most]


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
