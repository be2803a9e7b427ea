"""The parts of the bench by name: what each asks of which store."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import notes, paced, pages, writers
from tests.bench.bulk import Scene
from tests.bench.timing import Figure


@dataclass(frozen=True)
class Wanted:
    """Whom to ask about, how often to ask each pair, and how long to keep writers and readers going."""

    scene: Scene
    rounds: int
    seconds: float
    seed: int


PARTS: dict[str, Callable[[Wanted], list[Figure]]] = {
    "family": lambda w: pages.family_page(w.scene, rounds=w.rounds),
    "desk": lambda w: pages.desk(rounds=w.rounds),
    "search": lambda w: pages.search(w.scene, rounds=w.rounds, seed=w.seed),
    "note": lambda w: notes.note(w.scene, rounds=w.rounds),
    "paced": lambda w: paced.paced(w.scene, seconds=w.seconds, seed=w.seed),
    "writers": lambda w: writers.writers(w.scene, seconds=w.seconds, seed=w.seed),
}
