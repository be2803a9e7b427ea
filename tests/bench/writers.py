"""Eight workers writing notes at once on PostgreSQL, each flush five milliseconds longer: with the chain and without.

Both sides write the same rows through the same function of the database, which takes a head, seals and moves it on.
Without the chain each writer has a head that nobody else takes: what is compared is the waiting that a chain may cause,
since a head is held through the flush. Workers are chosen by chance; then eight who share two chains, four in each.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
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
from kith.access.audit.models import Once
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
SHARED = 2
"""Chains that eight writers share in the second figure."""
APART = 1000
"""Chains from here on belong to no actor: each writer that waits for nobody has one of them."""


def writers(scene: Scene, *, seconds: float, seed: int, slower_by: float = FLUSH_MS) -> list[Figure]:
    """Compare how many notes eight writers save in the same time, chained and unchained in turn.

    `slower_by` is how many milliseconds longer each flush must be seen to take.
    """
    flush, lasting = _flush_ms(slower_by), seconds / (ROUNDS * 4)
    by_chance = Random(seed).sample(list(scene.writers), min(WRITERS, len(scene.writers)))
    sharing = sharing_chains(scene.writers)
    return [
        _beside("8 writers, chained beside unchained", by_chance, lasting, bare_commit_ms=flush),
        _beside("8 writers in 2 chains, chained beside unchained", sharing, lasting, bare_commit_ms=flush),
    ]


def sharing_chains(places: Sequence[Place]) -> list[Place]:
    """Choose eight writers who fall in as few chains as they can be made to: four in each of the two fullest."""
    chains: defaultdict[int, list[Place]] = defaultdict(list)
    for place in places:
        chains[_chain(place)].append(place)
    fullest = sorted(chains.values(), key=len, reverse=True)[:SHARED]
    return [place for sharing in fullest for place in sharing[: WRITERS // SHARED]]


def _chain(place: Place) -> int:
    return chain.chain_of(chain.ACTS.using, account(place.username).pk)


def _beside(named: str, places: list[Place], lasting: float, **detail: Any) -> Figure:
    """Let these writers write, chained and unchained in turn, and give their figure."""
    rounds = [(_many(places, lasting, chained=True), _many(places, lasting, chained=False)) for _ in range(ROUNDS)]
    single = [with_chain.rate / without.rate for with_chain, without in rounds]
    ours, bare = (median(r.rate for r in side) for side in zip(*rounds, strict=True))
    low, _, high = quantiles(single, n=4)
    detail |= {
        "chained_per_second": round(ours, 1),
        "unchained_per_second": round(bare, 1),
        "chained_p99_ms": round(percentile([t for r, _ in rounds for t in r.times], 0.99) * 1000, 1),
        "unchained_p99_ms": round(percentile([t for _, r in rounds for t in r.times], 0.99) * 1000, 1),
        "chains": len({_chain(p) for p in places}),
        "writers": len(places),
        "acts_alone_ratio": _acts_alone(places, lasting),
    }
    return Figure(named, "postgresql", ours / bare, CHAINED, "of unchained", False, low, high, detail)


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
    own = [None if chained else APART + n for n in range(len(places))]
    jobs = [partial(_write_on, place, lasting, head, write or _note) for place, head in zip(places, own, strict=True)]
    done = together(jobs)
    return Wrote([times for times, _ in done], [took for _, took in done])


def _write_on(
    place: Place, lasting: float, head: int | None, made: Callable[[Place], Callable[[], None]]
) -> tuple[list[float], float]:
    write = made(place)
    times: list[float] = []
    with _at_head(head):
        write()
        began = perf_counter()
        while perf_counter() - began < lasting:
            times.append(seconds(write))
        return times, perf_counter() - began


@contextmanager
def _at_head(head: int | None) -> Iterator[None]:
    """Within this, in this process, acts go to this chain: the actor's own where none is given."""
    if head is None:
        yield
        return
    with patch.object(chain, "chain_of", lambda _using, _account_id: head):
        yield


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
