"""What makes a function an action: one transaction, its notes chained last, and one result for one form."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from kith.access.actor import Actor
from kith.access.audit import chain
from kith.access.audit.models import Once

P = ParamSpec("P")
R = TypeVar("R")


class NothingNoted(Exception):
    """An action ended without an audit row. No act without its row: the whole transaction is undone."""


@dataclass
class _Ledger:
    by: Actor
    at: datetime
    notes: list[tuple[datetime, UUID, str, dict[str, Any]]] = field(default_factory=list)


@dataclass
class Kept:
    """What a request has done for good so far, by what its notes say; `unsure` when a commit broke off."""

    acts: list[str] = field(default_factory=list)
    unsure: bool = False

    def is_kept(self, notes: Iterable[str]) -> None:
        """Take note that acts are committed."""
        self.unsure = False
        self.acts += notes


_open: ContextVar[_Ledger | None] = ContextVar("open_ledger", default=None)
_key: ContextVar[str] = ContextVar("form_key", default="")
_kept: ContextVar[Kept | None] = ContextVar("kept", default=None)


@contextmanager
def sent_once(key: str) -> Iterator[None]:
    """Within this, the first outermost action answers for this form key; a second sending gets its result.

    PostgreSQL holds no NUL, so a key that was tampered with is taken without it.
    """
    token = _key.set(key.replace("\x00", "")[:64])
    try:
        yield
    finally:
        _key.reset(token)


@contextmanager
def remembered(kept: Kept) -> Iterator[None]:
    """Within this, every act that is committed is remembered in `kept`: what a fault after it must not deny."""
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)


def taken_before(by: Actor) -> bool:
    """Say whether this very form, by its key, has been taken already: what it did is then what its sender is shown."""
    key = _key.get()
    return bool(key) and Once.objects.filter(account_id=by.account_id, key=key).exists()


def note(what: str, *, about: models.Model | None = None, files: Iterable[UUID] = (), **facts: object) -> None:
    """Note an act for the trail. `files` are addresses of the files touched; never put content in `facts`."""
    ledger = _open.get()
    if ledger is None:
        raise NothingNoted(what)
    body: dict[str, Any] = {"files": sorted(str(f) for f in set(files)), **facts}
    if about is not None:
        body["about"] = f"{about._meta.label}:{getattr(about, 'ref', about.pk)}"
    if ledger.by.session:
        body["session"] = ledger.by.session
    ledger.notes.append((ledger.at, ledger.by.ref, what, body))


def action(do: Callable[P, R]) -> Callable[P, R]:
    """Run this as one act: all or nothing, files locked inside it, notes appended and chained as the last statement."""

    @wraps(do)
    def run(*args: P.args, **named: P.kwargs) -> R:
        if _open.get() is not None:
            return do(*args, **named)
        by, at = named["by"], named["at"]
        ledger = _Ledger(by, at)  # type: ignore[arg-type]  # keyword-only by the grammar; a house test holds it
        with transaction.atomic():
            claim, taken = _claim(ledger)
            if claim and taken:
                return cast("R", _found(claim.result))
            token = _open.set(ledger)
            try:
                result = do(*args, **named)
            finally:
                _open.reset(token)
            _close(ledger, claim, result, do.__name__)
            _remember(ledger)
        return result

    run.is_action = True  # type: ignore[attr-defined]  # the house test looks for it
    return run


def _claim(ledger: _Ledger) -> tuple[Once | None, bool]:
    """Take the form's key; say whether an earlier sending already had it."""
    key = _key.get()
    if not key:
        return None, False
    try:
        with transaction.atomic():
            return Once.objects.create(account_id=ledger.by.account_id, key=key, at=ledger.at), False
    except IntegrityError:
        return Once.objects.get(account_id=ledger.by.account_id, key=key), True


def _found(result: str) -> Any:
    if not result:
        return None
    label, pk = result.split(":", 1)
    return apps.get_model(label)._default_manager.get(pk=pk)


def _close(ledger: _Ledger, claim: Once | None, result: object, name: str) -> None:
    if not ledger.notes:
        raise NothingNoted(name)
    if claim is not None and isinstance(result, models.Model):
        Once.objects.filter(pk=claim.pk).update(result=f"{result._meta.label}:{result.pk}")
    chain.append_acts(ledger.notes, account_id=ledger.by.account_id)


def _remember(ledger: _Ledger) -> None:
    """Once the transaction has ended well, its acts are kept. Until then, and if ending breaks off, nobody knows."""
    kept = _kept.get()
    if kept is None:
        return
    kept.unsure = len(transaction.get_connection().atomic_blocks) == 1
    transaction.on_commit(partial(kept.is_kept, [what for _, _, what, _ in ledger.notes]))
