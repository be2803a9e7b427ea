"""The verbs of the spine. Every shelf above writes its words through `record_entry` and `revise_entry`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.framework.kinds import Content, Keep
from kith.kit.refusal import require
from kith.people.entries import policies
from kith.people.entries.imprint import imprint_of
from kith.people.entries.models import (
    Attachment,
    Dissent,
    Entry,
    EntryFile,
    Paragraph,
    Part,
    Present,
    Seal,
    Shared,
    Status,
)
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.files.models import StoredFile
from kith.people.persons.models import Family, File, Person
from kith.people.persons.queries import lock_files


@action
def record_entry(
    *,
    kind: str,
    family: Family,
    files: Sequence[File],
    talk: Talk,
    shared: Sequence[Said] = (),
    own: Mapping[int, Sequence[Said]] | None = None,
    status: str = Status.RECORDED,
    keep: Keep = Keep.INVOLVEMENT,
    by: Actor,
    at: datetime,
) -> Entry:
    """Write one entry in these files: the shared words, and for each file id in `own` that child's own part."""
    files = lock_files(files)
    require(policies.record_entry(actor=by, files=files, kind=kind))
    entry = _write(kind, family, files, talk, shared, own or {}, status, keep, by, at)
    note("entry.recorded", about=entry, files=[f.ref for f in files], kind=kind, version=1)
    return entry


@action
def revise_entry(
    *,
    entry: Entry,
    why: str,
    files: Sequence[File],
    talk: Talk,
    shared: Sequence[Said] = (),
    own: Mapping[int, Sequence[Said]] | None = None,
    status: str = Status.RECORDED,
    by: Actor,
    at: datetime,
) -> Entry:
    """Write a newer version beside the old one, saying why. The old words stay; nobody is silently overwritten."""
    files = lock_files(files)
    require(policies.revise_entry(actor=by, entry=entry, files=files))
    newer = _write(
        entry.kind,
        entry.family,
        files,
        talk,
        shared,
        own or {},
        status,
        Keep(entry.keep),
        by,
        at,
        older=entry,
        why=why,
    )
    Entry.objects.filter(pk=entry.pk).update(status=Status.SUPERSEDED)
    _carry_attachments(entry, newer, files)
    note(
        "entry.revised",
        about=newer,
        files=[f.ref for f in files],
        kind=entry.kind,
        version=newer.version,
        older=str(entry.ref),
    )
    return newer


@action
def move_entry(*, entry: Entry, to: str, by: Actor, at: datetime) -> Entry:  # noqa: ARG001 - `at` is the act's own
    """Move an entry to where it stands next between us and the family. Its words do not change."""
    files = lock_files(files_of(entry))
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    require(policies.move_entry(actor=by, entry=entry, to=to, files=files))
    entry.status = to
    entry.save(update_fields=["status"])
    note("entry.moved", about=entry, files=[f.ref for f in files], kind=entry.kind, to=to)
    return entry


@action
def add_dissent(*, entry: Entry, person: Person, words: str, said_on: date, by: Actor, at: datetime) -> Dissent:
    """Write down, in their own words, that somebody sees this entry differently (domain 0.1: disagreement is data)."""
    files = files_of(entry)
    require(policies.add_dissent(actor=by, files=files))
    dissent = Dissent.objects.create(
        entry=entry, person=person, words=words, said_on=said_on, recorded_by_id=by.account_id, recorded_at=at
    )
    note("entry.dissent", about=dissent, files=[f.ref for f in files], entry=str(entry.ref))
    return dissent


@action
def mark_shared(
    *, entry: Entry, person: Person, how: str, shared_on: date, response: str = "", by: Actor, at: datetime
) -> Shared:
    """Say that somebody was shown or read this entry, how, and what they answered."""
    files = files_of(entry)
    require(policies.mark_shared(actor=by, files=files))
    shown = Shared.objects.create(
        entry=entry,
        person=person,
        how=how,
        shared_on=shared_on,
        response=response,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )
    note("entry.shared", about=entry, files=[f.ref for f in files], person=str(person.ref), how=how)
    return shown


@action
def attach(
    *,
    entry: Entry,
    stored: StoredFile,
    words: str,
    file: File | None = None,
    content: Content = Content.CORE,
    by: Actor,
    at: datetime,  # noqa: ARG001 - the ledger takes it
) -> Attachment:
    """Put a kept file with this entry: with its shared words, or with one child's own. It is seen only with them."""
    files = files_of(entry)
    require(policies.attach(actor=by, files=files, file=file))
    part, _ = Part.objects.get_or_create(entry=entry, file=file)
    added = Attachment.objects.create(part=part, stored=stored, words=words, content=content)
    note("entry.attached", about=entry, files=[f.ref for f in files], stored=str(stored.ref))
    return added


@action
def ask_seal(*, paragraph: Paragraph, why: str, by: Actor, at: datetime) -> Seal:
    """Ask for a paragraph that leaked to be closed to everyone. Nothing is hidden until a second person agrees."""
    require(policies.ask_seal(actor=by, paragraph=paragraph))
    seal = Seal.objects.create(paragraph=paragraph, why=why, asked_by_id=by.account_id, asked_at=at)
    note("entry.seal.asked", about=seal, entry=str(paragraph.part.entry.ref))
    return seal


@action
def agree_seal(*, seal: Seal, by: Actor, at: datetime) -> Seal:
    """Close a leaked paragraph, as the second person. The words stay in the store and leave every page."""
    seal = Seal.objects.select_for_update().get(pk=seal.pk)
    require(policies.agree_seal(actor=by, seal=seal))
    seal.agreed_by_id, seal.agreed_at = by.account_id, at
    seal.save(update_fields=["agreed_by", "agreed_at"])
    note("entry.seal.agreed", about=seal, entry=str(seal.paragraph.part.entry.ref))
    return seal


def _write(
    kind: str,
    family: Family,
    files: Sequence[File],
    talk: Talk,
    shared: Sequence[Said],
    own: Mapping[int, Sequence[Said]],
    status: str,
    keep: Keep,
    by: Actor,
    at: datetime,
    *,
    older: Entry | None = None,
    why: str = "",
) -> Entry:
    entry = Entry.objects.create(
        kind=kind,
        family=family,
        happened_at=talk.happened_at,
        place=talk.place,
        language=talk.language,
        interpreter=talk.interpreter,
        interpreter_why=talk.interpreter_why,
        author_id=by.account_id,
        recorded_at=at,
        status=status,
        keep=keep,
        supersedes=older,
        version=older.version + 1 if older else 1,
        why_changed=why,
    )
    links = [EntryFile(entry=entry, file=f, happened_at=talk.happened_at) for f in files]
    EntryFile.objects.bulk_create(links)
    Present.objects.bulk_create(
        Present(entry=entry, person=h.person, staff=h.staff, professional=h.professional, how=h.how)
        for h in talk.present
    )
    _write_part(entry, None, shared)
    for file in files:
        _write_part(entry, file, own.get(file.pk, ()))
    return entry


def _write_part(entry: Entry, file: File | None, said: Sequence[Said]) -> None:
    kept = [s for s in said if s.text.strip()]
    if not kept and file is not None:
        return
    part = Part.objects.create(entry=entry, file=file)
    Paragraph.objects.bulk_create(_paragraph(part, s) for s in kept)


def _paragraph(part: Part, s: Said) -> Paragraph:
    written = Paragraph(
        part=part,
        slot=s.slot,
        row=s.row,
        content=s.content,
        text=s.text,
        about=s.about,
        given_by=s.given_by,
        given_by_words=s.given_by_words,
        own_words=s.own_words,
        in_confidence=s.in_confidence,
        pasted=s.pasted,
    )
    written.imprint = imprint_of(written)
    return written


def _carry_attachments(entry: Entry, newer: Entry, files: Sequence[File]) -> None:
    """What was kept with the older words is kept with the newer, each in the part it was in."""
    by_id: dict[int | None, File | None] = {None: None, **{f.pk: f for f in files}}
    for old in Attachment.objects.filter(part__entry=entry).select_related("part").order_by("pk"):
        if old.part.file_id in by_id:
            part, _ = Part.objects.get_or_create(entry=newer, file=by_id[old.part.file_id])
            Attachment.objects.create(part=part, stored_id=old.stored_id, words=old.words, content=old.content)
