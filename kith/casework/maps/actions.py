"""The verbs of the map: put a thing on it, put it in other words, say what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from uuid import uuid4

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.casework.maps import policies
from kith.casework.maps.models import BottomLine, Harm, HarmTime, Kind, MapItem, Named, Outcome
from kith.casework.maps.words import HarmFacts, Put
from kith.kit.refusal import require
from kith.people.entries.actions import record_entry, revise_entry
from kith.people.entries.models import Entry
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import Family, File
from kith.people.persons.queries import lock_files


@action
def put_on_map(*, family: Family, files: Sequence[File], talk: Talk, put: Put, by: Actor, at: datetime) -> MapItem:
    """Put one thing on the map of these children, as it was said in one conversation (domain 1.2).

    A good thing that is written again as a time of safety (`grew_from`) leaves its old place, with this entry as the
    reason. Raises `Refused` when it does not belong where it is put.
    """
    grown = put.grew_from
    locked = lock_files(chain(files, files_of(grown.entry) if grown else ()))
    require(policies.write(actor=by, files=locked))
    here = [f for f in locked if f in files]
    if grown:
        put = replace(put, grew_from=MapItem.objects.select_for_update(of=("self",)).get(pk=grown.pk))
    require(policies.put_on_map(actor=by, files=here, put=put))
    entry = record_entry(kind=put.kind, family=family, files=here, talk=talk, shared=_said(put), by=by, at=at)
    item = _row(entry, put)
    if put.grew_from:
        _end(put.grew_from, Outcome.GREW, entry)
    note("map.put", about=item, files=[f.ref for f in here], entry=str(entry.ref), kind=put.kind)
    return item


@action
def change_item(
    *, item: MapItem, read: Entry, why: str, files: Sequence[File], talk: Talk, put: Put, by: Actor, at: datetime
) -> MapItem:
    """Put a thing on the map in other words, saying why; the old words stay (domain 0.1).

    `read` is the version the writer had before them. Raises `Refused` when somebody has saved a newer one.
    """
    locked = lock_files(chain(files, files_of(item.entry)))
    require(policies.write(actor=by, files=locked))
    files = [f for f in locked if f in files]
    item = MapItem.objects.select_for_update(of=("self",)).select_related("entry").get(pk=item.pk)
    require(policies.change_item(actor=by, files=files, item=item, put=put))
    entry = revise_entry(entry=read, why=why, files=files, talk=talk, shared=_said(put), by=by, at=at)
    newer = _row(entry, put, older=item)
    note("map.changed", about=newer, files=[f.ref for f in files], entry=str(entry.ref), kind=put.kind)
    return newer


@action
def end_item(*, item: MapItem, outcome: str, words: str, talk: Talk, by: Actor, at: datetime) -> MapItem:
    """Say what became of a thing on the map, where we heard it, and how we know."""
    files = lock_files(files_of(item.entry))
    item = MapItem.objects.select_for_update(of=("self",)).select_related("entry__family").get(pk=item.pk)
    require(policies.end_item(actor=by, files=files, item=item, outcome=outcome, words=words))
    entry = record_entry(
        kind="map-ended",
        family=item.entry.family,
        files=files,
        talk=talk,
        shared=[Said("why", words)],
        by=by,
        at=at,
    )
    _end(item, outcome, entry)
    note("map.ended", about=item, files=[f.ref for f in files], entry=str(entry.ref), kind=item.kind, to=outcome)
    return item


@action
def agree_bottom_line(*, item: MapItem, words: str, talk: Talk, by: Actor, at: datetime) -> MapItem:
    """Agree a bottom line, as a manager, saying why nothing lighter would do (domain 1.10, `authorised_by`).

    It does not hold yet: the family is told first. Raises `Refused` for whoever wrote it.
    """
    item, files = _locked(item)
    require(policies.agree_bottom_line(actor=by, files=files, item=item, words=words))
    entry = _of_line("bottom-line-agreed", item, files, talk, words, by, at)
    _came(item, agreed_in=entry)
    note("bottom-line.agreed", about=item, files=[f.ref for f in files], entry=str(entry.ref))
    return item


@action
def tell_bottom_line(*, item: MapItem, words: str, talk: Talk, by: Actor, at: datetime) -> MapItem:
    """Write down that the family was told of a bottom line, when and in what words (capability 60). Now it holds.

    Raises `Refused` when no manager has agreed it.
    """
    item, files = _locked(item)
    require(policies.tell_bottom_line(actor=by, files=files, item=item, words=words))
    entry = _of_line("bottom-line-told", item, files, talk, words, by, at)
    _came(item, told_in=entry)
    note("bottom-line.told", about=item, files=[f.ref for f in files], entry=str(entry.ref))
    return item


def _locked(item: MapItem) -> tuple[MapItem, list[File]]:
    """Give the newest version of a thing on the map, and its files, held until the act is done."""
    files = lock_files(files_of(item.entry))
    rows = MapItem.objects.select_for_update(of=("self",)).select_related("entry__family", "bottom_line")
    return rows.get(pk=item.pk), files


def _of_line(kind: str, item: MapItem, files: Sequence[File], talk: Talk, words: str, by: Actor, at: datetime) -> Entry:
    said = [Said("why" if kind == "bottom-line-agreed" else "told", words)]
    return record_entry(kind=kind, family=item.entry.family, files=files, talk=talk, shared=said, by=by, at=at)


def _came(item: MapItem, **how_far: Entry) -> None:
    for name, entry in how_far.items():
        setattr(item.bottom_line, name, entry)
    item.bottom_line.save(update_fields=list(how_far))


def _end(item: MapItem, outcome: str, entry: Entry) -> None:
    item.outcome, item.ended_in = outcome, entry
    item.save(update_fields=["outcome", "ended_in"])


def _said(put: Put) -> list[Said]:
    return [Said(slot, words) for slot, words in put.said.items()]


def _row(entry: Entry, put: Put, *, older: MapItem | None = None) -> MapItem:
    """Write the row beside an entry, who is named, and for harm its facts. A newer version stays in its set."""
    item = MapItem.objects.create(
        entry=entry,
        kind=put.kind,
        together=older.together if older else put.together or uuid4(),
        statement=put.statement,
        scale=put.scale,
        on=put.on,
        precision=put.precision,
        by_when=put.by_when,
        belongs_to=put.belongs_to,
        times_seen=put.times_seen,
        evidence=put.evidence,
        grew_from=put.grew_from or (older.grew_from if older else None),
    )
    Named.objects.bulk_create(
        Named(entry=entry, role=role, person=w.person, staff=w.staff, professional=w.professional)
        for role, whos in put.named.items()
        for w in whos
    )
    if put.harm:
        _harm(item, put.harm)
    if put.kind == Kind.BOTTOM:
        BottomLine.objects.create(item=item)
    return item


def _harm(item: MapItem, facts: HarmFacts) -> None:
    harm = Harm.objects.create(
        item=item,
        whose=facts.whose,
        often=facts.often,
        lasted=facts.lasted,
        trend=facts.trend,
        severity=facts.severity,
        borne_out=facts.borne_out,
        reported_by=list(facts.reported_by),
    )
    HarmTime.objects.bulk_create(
        HarmTime(harm=harm, which=t.which, on=t.on, precision=t.precision, severity=t.severity) for t in facts.times
    )
