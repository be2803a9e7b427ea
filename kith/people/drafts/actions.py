"""The verbs of unfinished words: keep, choose, drop, take with the record, hold, remove.

Keeping happens every few seconds, and writes an act only when a draft is begun. Each other verb is an act:
the trail tells that words existed and what became of them, without a row for every pause in typing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note, sent_once
from kith.kit.refusal import require
from kith.people.drafts import policies
from kith.people.drafts.models import Draft, DraftFile
from kith.people.drafts.queries import HELD_FOR, drafts_for, files_lost, writable
from kith.people.persons.models import File
from kith.people.sight.queries import actor_for

R = TypeVar("R")
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Kept:
    """What became of a keeping. `beside` are the author's other words for the same form, newest first.

    `apart` is true when these words would have overwritten others, and are kept in a row apart.
    """

    draft: Draft
    beside: Sequence[Draft] = ()
    apart: bool = False


def keep_draft(  # the one verb that is no `@action`: an act every three seconds would drown the trail
    *,
    form: str,
    place: str,
    fields: Fields,
    version: int = 0,
    page: str = "",
    turn: int = 0,
    called: str = "",
    address: str = "",
    by: Actor,
    at: datetime,
) -> Kept:
    """Keep what is typed, for its author alone. Words from an older version are kept beside, never over.

    `version` is the one the page was opened with (0 for a new page), `page` a key of the tab and `turn` the
    count of its keepings. A turn that arrives after a later one of the same tab changes nothing.
    """
    with sent_once(""), transaction.atomic():  # a form's key is for its save, not for its draft
        _one_at_a_time(by)
        rows = list(Draft.objects.filter(author=by.account_id, form=form, place=place).order_by("-version"))
        files = writable(by, place, at=at) if place else []
        mine = _same_page(rows, version, page)
        require(policies.keep_draft(actor=by, place=place, files=files, older=mine, fields=fields))
        lost = files_lost(by, rows)
        shown = [d for d in rows if d.pk not in lost]
        mine = mine or next((d for d in shown if d.fields == fields), None)
        beside = [d for d in shown if d is not mine]
        if mine is not None and _is_late(mine, page, turn):
            return Kept(mine, beside)
        words = {"fields": fields, "page": page, "turn": turn, "called": called, "address": address}
        draft = mine or Draft(author_id=by.account_id, form=form, place=place)
        _write_in(draft, words, version=rows[0].version + 1 if rows else 1, at=at)
        if mine is None:
            return Kept(begin_draft(draft=draft, files=files, by=by, at=at), beside, apart=bool(beside))
        draft.save()
        _write_about(draft, files)
        return Kept(draft, beside)


def _one_at_a_time(by: Actor) -> None:
    """Let one tab of an author wait for another, or a keeping brings back what a save has just taken."""
    Account.objects.select_for_update(no_key=True).get(pk=by.account_id)


def _same_page(rows: Iterable[Draft], version: int, page: str) -> Draft | None:
    """Find the row this tab wrote before, or else the one it was opened with and nobody has written since."""
    rows = list(rows)
    written = (d for d in rows if page and d.page == page)
    return next(written, None) or next((d for d in rows if d.version == version), None)


def _is_late(draft: Draft, page: str, turn: int) -> bool:
    """Say whether these words left the tab before those already kept from it."""
    return bool(page) and draft.page == page and turn <= draft.turn


def _write_in(draft: Draft, words: dict[str, Any], *, version: int, at: datetime) -> None:
    draft.version, draft.kept_at = version, at
    for name, value in words.items():
        setattr(draft, name, value)


def _write_about(draft: Draft, files: Iterable[File]) -> None:
    known = set(draft.about.values_list("file_id", flat=True))
    DraftFile.objects.bulk_create(DraftFile(draft=draft, file=f) for f in files if f.pk not in known)


@action
def begin_draft(*, draft: Draft, files: Sequence[File], by: Actor, at: datetime) -> Draft:  # noqa: ARG001 - @action reads it
    """Begin keeping a form's words: the only act of keeping. `keep_draft` has asked whether it may be."""
    require(policies.choose_draft(actor=by, draft=draft))
    draft.save()
    _write_about(draft, files)
    note("draft.begun", about=draft, files=[f.ref for f in files], form=draft.form)
    return draft


@action
def choose_draft(*, draft: Draft, by: Actor, at: datetime) -> Draft:  # noqa: ARG001 - @action reads it
    """Go on with these words, of two kept side by side. The others stay until they are thrown away."""
    _one_at_a_time(by)
    require(policies.choose_draft(actor=by, draft=draft))
    newest = drafts_for(by, draft.form, draft.place)[0].version
    draft.version = newest + 1
    draft.save(update_fields=["version"])
    note("draft.chosen", about=draft, files=_refs(draft), form=draft.form)
    return draft


@action
def drop_draft(*, draft: Draft, by: Actor, at: datetime) -> None:  # noqa: ARG001 - @action reads it
    """Throw unfinished words away, as their author."""
    _one_at_a_time(by)
    require(policies.drop_draft(actor=by, draft=draft))
    note("draft.dropped", about=draft, files=_refs(draft), form=draft.form)
    _remove(draft)


@action
def take_draft(
    *,
    form: str,
    place: str,
    version: int,
    page: str = "",
    by: Actor,
    at: datetime,  # noqa: ARG001 - @action reads it
) -> int:
    """Take away the draft a record was made from, with the record: both happen, or neither.

    The row is the one this page wrote or was opened with; rows that say the very same go too. Words another
    tab kept stay. Gives the number of rows taken: none when the page was saved before anything was kept.
    """
    require(policies.take_draft(actor=by))
    _one_at_a_time(by)
    rows = drafts_for(by, form, place)
    mine = _same_page(rows, version, page)
    taken = [d for d in rows if mine is not None and d.fields == mine.fields]
    for draft in taken:
        note("draft.taken", about=draft, files=_refs(draft), form=form)
        _remove(draft)
    if not taken:
        note("draft.none", form=form)
    return len(taken)


@action
def finish(*, do: Callable[..., R], form: str, place: str, version: int, page: str, by: Actor, at: datetime) -> R:
    """Do a form's own action and take its draft, as one act. `do` is asked for its own leave, as always."""
    require(policies.take_draft(actor=by))
    made = do(by=by, at=at)
    take_draft(form=form, place=place, version=version, page=page, by=by, at=at)
    return made


@action
def hold_drafts(*, by: Actor, at: datetime) -> int:
    """Start the thirty days of every draft whose author has lost a file of it; end them where it came back.

    The author has not seen it since the moment of the loss; this only says how long a leader may. Give the
    number newly held.
    """
    require(policies.hold_drafts(actor=by))
    held = 0
    for author in Account.objects.filter(drafts__isnull=False).distinct().order_by("pk"):
        mine = list(author.drafts.order_by("pk"))
        lost = files_lost(actor_for(author, at=at), mine) if author.is_active else {d.pk for d in mine}
        for draft in mine:
            if (draft.pk in lost) == (draft.held_since is None):
                held += draft.pk in lost
                _hold(draft, at if draft.pk in lost else None)
    note("drafts.watched", held=held)
    return held


def _hold(draft: Draft, since: datetime | None) -> None:
    Draft.objects.filter(pk=draft.pk).update(held_since=since)
    note("draft.held" if since else "draft.returned", about=draft, files=_refs(draft), form=draft.form)


@action
def remove_held(*, by: Actor, at: datetime) -> int:
    """Remove what has been held for thirty days. Give the number removed."""
    require(policies.remove_held(actor=by))
    over = list(Draft.objects.filter(held_since__lte=at - HELD_FOR).order_by("pk"))
    for draft in over:
        note("draft.removed", about=draft, files=_refs(draft), form=draft.form)
        _remove(draft)
    note("drafts.cleared", removed=len(over))
    return len(over)


def _remove(draft: Draft) -> None:
    DraftFile.objects.filter(draft=draft).delete()
    Draft.objects.filter(pk=draft.pk).delete()


def _refs(draft: Draft) -> list[UUID]:
    return list(draft.about.values_list("file__ref", flat=True))
