"""One family's story as it is played: who has come into it, what has been written so far, and how to find both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kith.access.accounts.models import Account
from kith.casework.decisions.models import Decision
from kith.casework.mapping.models import Scale, Statement
from kith.casework.mapping.words import About, Who
from kith.casework.maps.models import MapItem
from kith.casework.network.models import NetworkMember
from kith.casework.network.words import Stands
from kith.casework.plans.models import SafetyPlan
from kith.casework.visits.models import Visit
from kith.pathway.contacts.models import Contact
from kith.people.entries.models import Entry
from kith.people.entries.words import Here, Talk
from kith.people.persons.models import Family, File, Merge, Person
from kith.people.professionals.models import Professional
from kith.people.relationships.models import Household
from kith.people.restriction.models import Grant
from kith.people.sight.queries import actor_for

LONDON = ZoneInfo("Europe/London")
WRITING = timedelta(minutes=8)
Event = dict[str, Any]


def when(event: Event) -> datetime:
    """Give the moment an event of a story happened."""
    return datetime.strptime(event["on"], "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


@dataclass
class Written:
    """What has been written in one story, by the word the story gives each record."""

    worries: dict[str, Statement] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    items: dict[str, MapItem] = field(default_factory=dict)
    members: dict[str, NetworkMember] = field(default_factory=dict)
    stands: dict[str, Stands] = field(default_factory=dict)
    plans: dict[str, SafetyPlan] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    notes: dict[str, Visit] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    merges: dict[str, Merge] = field(default_factory=dict)

    def on_map(self, key: str) -> Entry:
        """Give the newest version of a worry or a thing on the map."""
        kept = self.worries.get(key) or self.items[key]
        kept.refresh_from_db()
        return kept.entry


@dataclass
class Scene:
    """One family's story: `story` is its data, `staff` everyone who works at the council, by username."""

    story: dict[str, Any]
    staff: dict[str, Account]
    people: dict[str, Person] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)
    family: Family | None = None
    written: Written = field(default_factory=Written)

    @property
    def home(self) -> Family:
        """The family, once the first call has named it."""
        if self.family is None:
            raise LookupError(self.story["family"])
        return self.family

    def by(self, event: Event, *, name: str = "", stepped_up: bool = False) -> dict[str, Any]:
        """Whoever did it, as they were at the time: writing takes a few minutes after the talking."""
        at = when(event) + WRITING
        account = self.staff[name or event["by"]]
        return {"by": actor_for(account, at=at, stepped_up_at=at if stepped_up else None), "at": at}

    def files(self, event: Event) -> list[File]:
        """The files of the children it is about: all who have come into the story, if none is named."""
        children = event.get("children") or [k for k in self.people if self.story["people"][k].get("child")]
        return [File.objects.get(person=self.people[k]) for k in children]

    def file(self, key: str) -> File:
        """The file of one child."""
        return File.objects.select_related("person").get(person=self.people[key])

    def talk(self, event: Event) -> Talk:
        """The conversation it happened in."""
        return Talk(
            when(event),
            place=event.get("place", "home"),
            language=event.get("language", "English"),
            interpreter=event.get("interpreter", ""),
            present=tuple(self._here(k) for k in event.get("with", ())),
        )

    def _here(self, key: str) -> Here:
        one = self.who(key)
        return Here(person=one.person, staff=one.staff, professional=one.professional)

    def who(self, key: str) -> Who:
        """Somebody of the family, a professional of another agency, or a worker here, by their word in the story."""
        if key in self.people:
            return Who(person=self.people[key])
        if key in self.professionals:
            return Who(professional=self.professionals[key])
        return Who(staff=self.staff[key])

    def about(self, words: dict[str, str]) -> list[About]:
        """Words about, or from, people of the family."""
        return [About(self.people[k], text) for k, text in words.items()]

    def persons(self, keys: Iterable[str]) -> list[Person]:
        """People of the family by their words in the story."""
        return [self.people[k] for k in keys]
