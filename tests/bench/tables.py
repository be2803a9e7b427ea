"""Which columns the bench's record fills, and how a row is put in the same words for either store."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models import Max

from kith.access.accounts.models import Account, RoleHeld
from kith.casework.decisions.models import Decision
from kith.casework.mapping.models import Goal, Scale, Score, Statement, Worried
from kith.casework.plans.models import AgreedBy, Rule, SafetyPlan
from kith.casework.visits.models import Promise, Seen, Visit
from kith.council.teams.models import Agency, Leads, Team, TeamMember
from kith.people.entries.models import Entry, EntryFile, Paragraph, Part, Present
from kith.people.involvement.models import Involvement, Relation
from kith.people.locations.models import ContactDetail, Location, SafeContact
from kith.people.persons.models import Family, File, Identifier, Key, LevelSet, Membership, Name, Person

Row = Sequence[Any]
FILLED: dict[type[models.Model], str] = {
    Account: "ref username email name job_title password joined_at",
    RoleHeld: "account work since why",
    Agency: "ref name kind",
    Team: "ref name agency",
    TeamMember: "team account since",
    Leads: "leader worker since",
    Person: "ref known_as pronouns born_on about token recorded_by recorded_at",
    Name: "person given family use folded recorded_by recorded_at",
    Key: "person kind key",
    Identifier: "person kind value recorded_by recorded_at",
    File: "ref person level opened_at",
    LevelSet: "file level why custodian set_by set_at",
    Family: "ref name recorded_at",
    Membership: "family person role is_child since",
    Location: "ref person kind lines postcode since recorded_by recorded_at",
    ContactDetail: "ref person kind value folded since recorded_by recorded_at",
    SafeContact: "person words recorded_by recorded_at",
    Involvement: "ref file family level since until why why_ended recorded_by recorded_at",
    Relation: "file kind staff team since until why why_ended recorded_by recorded_at",
    Entry: "ref kind family happened_at place author recorded_at status version supersedes why_changed",
    EntryFile: "entry file happened_at",
    Part: "entry file",
    Paragraph: "part slot row text about given_by own_words imprint",
    Present: "entry person",
    Visit: "entry planned",
    Seen: "visit file seen alone_minutes written_to",
    Promise: "ref entry made_by to due_on",
    Decision: "entry matter power reversible review_on decided_by decided_at",
    Statement: "entry kind",
    Worried: "entry person staff",
    Goal: "entry statement kind weeks_needed step_down_to",
    Scale: "entry family statement question anchor_0 anchor_10 began_at",
    Score: "entry scale file person staff row value",
    SafetyPlan: "entry kind in_whose_words starts_on review_by shown_on agreed_on",
    Rule: "plan row who_does makes_sure makes_sure_staff guards times",
    AgreedBy: "plan entry row person file answer carer said_on",
}
"""The fields each row names, in order, after its id. Every other field of the table takes its own default."""


class Table:
    """One table: its columns, the defaults of those nobody names, and the next free id."""

    def __init__(self, model: type[models.Model], named: str) -> None:
        self.model, self.name = model, model._meta.db_table
        ours = [model._meta.get_field(n) for n in named.split()]
        rest = [f for f in model._meta.concrete_fields if f not in ours and not f.primary_key]
        self.columns = [model._meta.pk.column, *(f.column for f in [*ours, *rest])]
        self.rest = tuple(plain(_default(f)) for f in rest)
        self.using = connections["default"]
        newest = model._default_manager.aggregate(Max("pk"))["pk__max"] or 0
        self.next: Callable[[], int] = count(newest + 1).__next__
        self.rows: list[Row] = []

    def add(self, *values: Any) -> int:
        """Put a row by, to be loaded with the others. Gives its id."""
        pk = self.next()
        self.rows.append((pk, *values, *self.rest))
        return pk


def _default(field: models.Field) -> Any:
    if field.has_default() and callable(field.default) and field.unique:
        raise LookupError(f"{field} is unique: the bench must name it")
    if field.has_default():
        return field.to_python(field.get_default())
    if field.null:
        return None
    if field.empty_strings_allowed and field.blank:
        return ""
    raise LookupError(f"{field} has no default: the bench must name it")


def plain(value: Any) -> Any:
    """Put a value in the words both stores read: text, a number or nothing."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value) if isinstance(value, Decimal | date) else value


def moment(at: datetime) -> str:
    """Write a moment in UTC, as SQLite keeps it and PostgreSQL reads it when its clock is UTC."""
    return str(at.astimezone(UTC).replace(tzinfo=None, microsecond=0))


def tables() -> dict[type[models.Model], Table]:
    """Every table the bench fills, each beginning after what is in the store already."""
    return {model: Table(model, named) for model, named in FILLED.items()}


def waiting(filled: Iterable[Table]) -> int:
    """How many rows wait to be loaded."""
    return sum(len(table.rows) for table in filled)
