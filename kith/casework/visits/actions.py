"""The verbs of a note: write it, correct it, and keep what was promised in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.casework.visits import policies
from kith.casework.visits.models import Promise, Seen, Visit
from kith.framework.kinds import Content
from kith.kit.refusal import require
from kith.people.entries.actions import attach, record_entry, revise_entry
from kith.people.entries.models import Entry, Paragraph
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.files.actions import keep_file
from kith.people.persons.models import Family, File, Person
from kith.people.persons.queries import lock_files


@dataclass(frozen=True)
class NoteWords:
    """The words of a note. Only `what` is needed. `aside` is about one adult, for workers with this family only."""

    what: str
    together: str = ""
    analysis: str = ""
    strengths: str = ""
    worries: str = ""
    aside: str = ""
    aside_about: Person | None = None
    pasted: bool = False


@dataclass(frozen=True)
class ChildThere:
    """One child at a visit: seen or not, minutes on their own with us, their exact words, written to or not."""

    file: File
    seen: bool = False
    alone_minutes: int | None = None
    why_not: str = ""
    words: str = ""
    written_to: bool = False


@dataclass(frozen=True)
class Made:
    """Something the writer promised somebody, by when if a day was named."""

    to: Person
    words: str
    due_on: date | None = None


@dataclass(frozen=True)
class Picture:
    """A picture or paper to keep with a note: its bytes as they came, what it is, and whose page it goes on."""

    content: bytes
    name: str
    words: str
    file: File | None = None


@action
def write_note(
    *,
    family: Family,
    files: Sequence[File],
    talk: Talk,
    words: NoteWords,
    children: Sequence[ChildThere] = (),
    promises: Sequence[Made] = (),
    people: Sequence[Person] = (),
    outcome: str = "happened",
    planned: bool | None = None,
    picture: Picture | None = None,
    by: Actor,
    at: datetime,
) -> Visit:
    """Write down a visit, a call or a meeting: what happened, each child's own words, and what was promised.

    Raises `Refused` without words, for a moment still to come, for an interpreter from the family without an
    emergency, and for a picture that cannot be kept. Nothing is kept then.
    """
    files = lock_files(files)
    require(
        policies.write_note(actor=by, files=files, talk=talk, what=words.what, children=children, people=people, at=at)
    )
    shared, own = _lay_out(words, children, promises, files)
    entry = record_entry(kind="note", family=family, files=files, talk=talk, shared=shared, own=own, by=by, at=at)
    visit = _write_visit(entry, outcome, children, files, planned=planned)
    Promise.objects.bulk_create(
        Promise(entry=entry, row=row, made_by_id=by.account_id, to=made.to, due_on=made.due_on)
        for row, made in enumerate(promises)
    )
    if picture:
        stored = keep_file(content=picture.content, name=picture.name, files=files, by=by, at=at)
        attach(entry=entry, stored=stored, words=picture.words, file=picture.file, by=by, at=at)
    note("note.written", about=visit, files=[f.ref for f in files], entry=str(entry.ref))
    return visit


@action
def correct_note(
    *,
    entry: Entry,
    why: str,
    files: Sequence[File],
    talk: Talk,
    words: NoteWords,
    children: Sequence[ChildThere] = (),
    people: Sequence[Person] = (),
    outcome: str = "happened",
    planned: bool | None = None,
    by: Actor,
    at: datetime,
) -> Visit:
    """Write a note again, saying what was wrong. Both versions stay; promises go along as they stand.

    Raises `Refused` with `entries.policies.REPLACED_ALREADY` when somebody has corrected it first: show both.
    """
    locked = lock_files([*files, *files_of(entry)])
    require(policies.correct_note(actor=by, entry=entry, files=locked, why=why))
    files = [f for f in locked if f.pk in {one.pk for one in files}]
    require(policies.whole(talk=talk, what=words.what, children=children, people=people, at=at))
    shared, own = _lay_out(words, children, (), files)
    _carry_promised(entry, shared, own)
    newer = revise_entry(entry=entry, why=why, files=files, talk=talk, shared=shared, own=own, by=by, at=at)
    visit = _write_visit(newer, outcome, children, files, planned=planned)
    Promise.objects.bulk_create(_again(old, newer) for old in entry.promises.order_by("row"))
    note("note.corrected", about=visit, files=[f.ref for f in files], entry=str(newer.ref))
    return visit


@action
def keep_promise(*, promise: Promise, kept_on: date, by: Actor, at: datetime) -> Promise:  # noqa: ARG001 - the ledger takes it
    """Say that a promise was kept, and on which day."""
    promise, files = _take(promise)
    require(policies.keep_promise(actor=by, promise=promise, files=files))
    promise.kept_on = kept_on
    promise.save(update_fields=["kept_on"])
    note("promise.kept", about=promise, files=[f.ref for f in files])
    return promise


@action
def explain_promise(
    *,
    promise: Promise,
    why_late: str,
    told_on: date,
    due_on: date | None,
    by: Actor,
    at: datetime,  # noqa: ARG001 - the ledger takes it
) -> Promise:
    """Say sorry and say when: why a promise was not kept, when the person was told, and the new day."""
    promise, files = _take(promise)
    require(policies.explain_promise(actor=by, promise=promise, files=files))
    promise.why_late, promise.told_on, promise.due_on = why_late, told_on, due_on
    promise.save(update_fields=["why_late", "told_on", "due_on"])
    note("promise.explained", about=promise, files=[f.ref for f in files])
    return promise


def _take(promise: Promise) -> tuple[Promise, list[File]]:
    files = lock_files(files_of(promise.entry))
    return Promise.objects.select_for_update(of=("self",)).select_related("entry").get(pk=promise.pk), files


def _write_visit(
    entry: Entry, outcome: str, children: Sequence[ChildThere], files: Sequence[File], *, planned: bool | None
) -> Visit:
    visit = Visit.objects.create(entry=entry, outcome=outcome, planned=planned)
    there = {c.file.pk: c for c in children}
    Seen.objects.bulk_create(_seen(visit, there.get(f.pk, ChildThere(f))) for f in files)
    return visit


def _seen(visit: Visit, child: ChildThere) -> Seen:
    return Seen(
        visit=visit,
        file=child.file,
        seen=child.seen,
        alone_minutes=child.alone_minutes if child.seen else None,
        why_not="" if child.seen else child.why_not,
        written_to=child.written_to,
    )


def _lay_out(
    words: NoteWords, children: Sequence[ChildThere], promises: Sequence[Made], files: Sequence[File]
) -> tuple[list[Said], dict[int, list[Said]]]:
    """Lay the words out: exact words and promises to a child go in that child's own part, the rest is shared."""
    shared = [
        Said(slot, getattr(words, slot), pasted=words.pasted and slot == "what")
        for slot in ("what", "together", "analysis", "strengths", "worries")
    ]
    shared.append(Said("aside", words.aside, content=Content.OTHER_PARTY, about=words.aside_about))
    own: dict[int, list[Said]] = {f.pk: [] for f in files}
    for child in children:
        if child.file.pk in own:
            said = child.file.person
            own[child.file.pk].append(Said("words", child.words, given_by=said, about=said, own_words=True))
    part_of = {f.person_id: own[f.pk] for f in files}
    for row, made in enumerate(promises):
        part_of.get(made.to.pk, shared).append(Said("promise", made.words, row, about=made.to))
    return shared, own


def _carry_promised(entry: Entry, shared: list[Said], own: dict[int, list[Said]]) -> None:
    """Carry what was promised into the newer version, word for word, each in the part it was in."""
    rows = Paragraph.objects.filter(part__entry=entry, slot="promise").exclude(seal__agreed_at__isnull=False)
    for p in rows.select_related("part", "about"):
        own.get(p.part.file_id or 0, shared).append(Said("promise", p.text, p.row, about=p.about))


def _again(old: Promise, entry: Entry) -> Promise:
    return Promise(
        entry=entry,
        row=old.row,
        made_by_id=old.made_by_id,
        to_id=old.to_id,
        due_on=old.due_on,
        kept_on=old.kept_on,
        why_late=old.why_late,
        told_on=old.told_on,
    )
