"""The verbs of the network: put somebody in it, say what has changed, say that they have left."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.casework.network import policies
from kith.casework.network.models import NetworkMember
from kith.casework.network.queries import MEMBER
from kith.casework.network.words import Stands
from kith.kit.refusal import require
from kith.people.entries.actions import record_entry, revise_entry
from kith.people.entries.models import Entry
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import Family, File
from kith.people.persons.queries import lock_files


@action
def add_member(
    *, family: Family, files: Sequence[File], talk: Talk, stands: Stands, by: Actor, at: datetime
) -> NetworkMember:
    """Put somebody in the network of these children, in the ring where they stand (domain 2.2; NW-1, NW-2)."""
    locked = lock_files(files)
    require(policies.add_member(actor=by, files=locked, stands=stands))
    entry = record_entry(kind=MEMBER, family=family, files=locked, talk=talk, shared=_said(stands), by=by, at=at)
    member = _row(entry, stands)
    note("network.added", about=member, files=[f.ref for f in locked], entry=str(entry.ref), ring=stands.ring)
    return member


@action
def move_member(
    *,
    member: NetworkMember,
    read: Entry,
    why: str,
    files: Sequence[File],
    talk: Talk,
    stands: Stands,
    by: Actor,
    at: datetime,
) -> NetworkMember:
    """Say where somebody stands now, and why it changed; where they stood before stays (domain 2.2, history kept).

    `read` is the version the writer had before them. Raises `Refused` when somebody has saved a newer one.
    """
    locked = lock_files(chain(files, files_of(member.entry)))
    require(policies.write(actor=by, files=locked))
    files = [f for f in locked if f in files]
    member = NetworkMember.objects.select_for_update(of=("self",)).select_related("entry").get(pk=member.pk)
    require(policies.move_member(actor=by, files=files, member=member, stands=stands))
    entry = revise_entry(entry=read, why=why, files=files, talk=talk, shared=_said(stands), by=by, at=at)
    newer = _row(entry, stands)
    note("network.moved", about=newer, files=[f.ref for f in files], entry=str(entry.ref), ring=stands.ring)
    return newer


@action
def leave_network(*, member: NetworkMember, words: str, talk: Talk, by: Actor, at: datetime) -> NetworkMember:
    """Say that somebody has left the network, and why. Where they stood is kept."""
    files = lock_files(files_of(member.entry))
    member = NetworkMember.objects.select_for_update(of=("self",)).select_related("entry__family").get(pk=member.pk)
    require(policies.leave_network(actor=by, files=files, member=member, words=words))
    family, said = member.entry.family, [Said("why", words)]
    entry = record_entry(kind="network-left", family=family, files=files, talk=talk, shared=said, by=by, at=at)
    member.left_in = entry
    member.save(update_fields=["left_in"])
    note("network.left", about=member, files=[f.ref for f in files], entry=str(entry.ref))
    return member


def _said(stands: Stands) -> list[Said]:
    return [Said(slot, words) for slot, words in stands.said.items()]


def _row(entry: Entry, stands: Stands) -> NetworkMember:
    told, by = stands.told, stands.told.by
    return NetworkMember.objects.create(
        entry=entry,
        person=stands.person,
        ring=stands.ring,
        hope_ring=stands.hope_ring,
        bond=stands.bond,
        stage=stands.stage,
        safe=stands.safe,
        believes=stands.believes,
        written_down=stands.written_down,
        told_on=told.on,
        told_precision=told.precision,
        told_by=by.person if by else None,
        told_by_staff=by.staff if by else None,
        told_with=told.why if told.on else "",
        knows=list(stands.knows),
        willing=list(stands.willing),
        stands_in=stands.stands_in,
    )
