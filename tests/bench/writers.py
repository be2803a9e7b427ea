"""Eight workers writing notes at once on PostgreSQL, each flush five milliseconds longer: with the chain and without.

Without the chain the same rows are written, and nobody takes the head of a chain: what is compared is the waiting that a
chain may cause, since a head is held through the flush. Workers are chosen by chance, so some share a chain.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.audit import chain
from kith.access.audit.models import Act, ActAt, Once
from kith.casework.visits.actions import ChildThere, NoteWords, write_note
from kith.people.entries.words import Talk
from kith.people.persons.models import Family, File
from kith.people.sight.queries import actor_for
from tests.bench.bulk import Place, Scene
from tests.bench.doors import account
from tests.bench.kept import FLUSH_MS
from tests.bench.timing import Figure, percentile, seconds
from tests.bench.together import together

WRITERS, CHAINED = 8, 0.9
ROUNDS = 6
APART = 1000
"""Chains from here on belong to nobody: rows that are not chained stand there."""


def writers(scene: Scene, *, seconds: float, seed: int, slower_by: float = FLUSH_MS) -> list[Figure]:
    """Compare how many notes eight writers save in the same time, chained and unchained in turn.

    `slower_by` is how many milliseconds longer each flush must be seen to take.
    """
    places = Random(seed).sample(list(scene.writers), min(WRITERS, len(scene.writers)))
    flush = _flush_ms(slower_by)
    each = seconds / (ROUNDS * 2)
    rounds = [(_many(places, each, chained=True), _many(places, each, chained=False)) for _ in range(ROUNDS)]
    single = [with_chain.rate / without.rate for with_chain, without in rounds]
    ours, bare = (median(r.rate for r in side) for side in zip(*rounds, strict=True))
    low, _, high = quantiles(single, n=4)
    detail = {
        "chained_per_second": round(ours, 1),
        "unchained_per_second": round(bare, 1),
        "chained_p99_ms": round(percentile([t for r, _ in rounds for t in r.times], 0.99) * 1000, 1),
        "unchained_p99_ms": round(percentile([t for _, r in rounds for t in r.times], 0.99) * 1000, 1),
        "chains": len({chain.chain_of("default", account(p.username).pk) for p in places}),
        "bare_commit_ms": flush,
        "writers": len(places),
    }
    alone = _acts_alone(places, each)
    detail |= {"acts_alone_ratio": alone}
    named = "8 writers, chained beside unchained"
    return [Figure(named, "postgresql", ours / bare, CHAINED, "of unchained", False, low, high, detail)]


class Wrote:
    """What some writers did in one stretch: how many each second, and how long each took."""

    def __init__(self, times: list[list[float]], lasted: list[float]) -> None:
        self.times = [t for mine in times for t in mine]
        self.rate = sum(len(mine) / took for mine, took in zip(times, lasted, strict=True))


def _flush_ms(slower_by: float) -> float:
    """How long the barest commit takes. If flushes are not slower by what was asked, nothing here would mean anything."""
    key = uuid4().hex
    times = [seconds(partial(_one_row, f"{key}-{n}")) for n in range(20)]
    least = round(min(times) * 1000, 2)
    if least < slower_by:
        raise LookupError(f"a commit took {least} ms: flushes are not {slower_by} ms longer")
    return round(median(times) * 1000, 2)


def _one_row(key: str) -> None:
    Once.objects.create(account_id=0, key=key, at=timezone.now())


def _many(places: list[Place], lasting: float, *, chained: bool, write: Any = None) -> Wrote:
    done = together([partial(_write_on, place, lasting, chained, write or _note) for place in places])
    return Wrote([times for times, _ in done], [took for _, took in done])


def _write_on(
    place: Place, lasting: float, chained: bool, made: Callable[[Place], Callable[[], None]]
) -> tuple[list[float], float]:
    write = made(place)
    write()
    times: list[float] = []
    with _as_asked(chained=chained):
        began = perf_counter()
        while perf_counter() - began < lasting:
            times.append(seconds(write))
        return times, perf_counter() - began


@contextmanager
def _as_asked(*, chained: bool) -> Iterator[None]:
    if chained:
        yield
        return
    with patch.object(chain, "append_acts", _Unchained()):
        yield


class _Unchained:
    """Writes the rows of acts and of the files they touched, and takes no head."""

    def __init__(self) -> None:
        self.seq = count(1)
        self.chain = APART + os.getpid() % 30_000
        self.start = int(perf_counter() * 1_000_000) << 8

    def __call__(self, rows: Any, *, account_id: int) -> None:  # noqa: ARG002 - called as the chained one is
        for at, who, what, body in rows:
            text, seq = chain.canonical(body), self.start + next(self.seq)
            digest = chain.seal(chain.ACTS, chain.START, self.chain, seq, at, who, what, text)
            act = Act.objects.create(
                chain=self.chain, seq=seq, at=at, account=who, what=what, body=text, prev=chain.START, hash=digest
            )
            ActAt.objects.bulk_create(ActAt(act=act, file=UUID(f)) for f in dict.fromkeys(body.get("files", ())))


def _note(place: Place) -> Callable[[], None]:
    """Give a worker's next note about one family: the whole verb, with its leave, its parts and its acts."""
    family = Family.objects.get(ref=place.family)
    files = list(File.objects.filter(ref__in=place.files).select_related("person"))
    return partial(_save, actor_for(account(place.username), at=timezone.now()), family, files)


def _save(by: Actor, family: Family, files: list[File]) -> None:
    at = timezone.now()
    there = [ChildThere(f, seen=True, alone_minutes=10, words="It was quiet last night.") for f in files]
    words = NoteWords("Today you showed me the lamp in the window.", strengths="Nana came on Friday.")
    write_note(family=family, files=files, talk=Talk(at), words=words, children=there, by=by, at=at)


def _acts_alone(places: list[Place], lasting: float) -> float:
    """The hardest case, for the reader's interest: nothing written but the act itself."""
    with_chain = _many(places, lasting, chained=True, write=_act)
    without = _many(places, lasting, chained=False, write=_act)
    return round(with_chain.rate / without.rate, 2)


def _act(place: Place) -> Callable[[], None]:
    who = account(place.username)
    return partial(_append, who.pk, who.ref, list(place.files))


def _append(account_id: int, who: UUID, files: list[str]) -> None:
    with transaction.atomic():
        chain.append_acts([(timezone.now(), who, "bench", {"files": files})], account_id=account_id)
