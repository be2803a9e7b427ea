"""The family's page and the search, each beside its floor."""

from collections.abc import Sequence
from functools import partial
from random import Random

from django.db import connection
from django.test import Client

from kith.people.persons.models import Name
from tests.bench.bulk import Place, Scene
from tests.bench.doors import answered, floor, ours
from tests.bench.timing import Ask, Figure, counted, in_turn, ratio

FAMILY, REFILLED, SEARCH = 2.5, 3.0, 3.0
QUERIES, QUERIES_REFILLED = 12, 14
FAMILIES, SEARCHES = 20, 20
DESK, BUSY = 2.0, "busy"


def family_page(scene: Scene, *, rounds: int) -> list[Figure]:
    """Open long stories, and stories whose newest part is hidden from their worker, so that the page must refill."""
    figures = []
    for name, places, times, queries in (
        ("family page", scene.readers, FAMILY, QUERIES),
        ("family page, refilled", scene.shut, REFILLED, QUERIES_REFILLED),
    ):
        asked = [_family(place) for place in places[:FAMILIES]]
        most = max(_count(above) for above, _ in asked)
        floors = max(_count(below) for _, below in asked)
        taken = in_turn(asked, rounds=rounds)
        detail = {"families": len(asked), "queries": most, "floor_queries": floors}
        figures.append(ratio(name, connection.vendor, taken, times, **detail))
        figures.append(Figure(f"{name}: queries", connection.vendor, most, queries, unit="queries"))
    return figures


def desk(*, rounds: int) -> list[Figure]:
    """Open the desk of a worker with twenty-five families."""
    pair = (partial(_get, ours(BUSY), "/"), partial(_get, floor(BUSY), "/floor/desk/"))
    queries, below = (_count(ask) for ask in pair)
    taken = in_turn([pair], rounds=rounds)
    detail = {"queries": queries, "floor_queries": below}
    return [ratio("desk of 25 families", connection.vendor, taken, DESK, **detail)]


def _family(place: Place) -> tuple[Ask, Ask]:
    return (
        partial(_get, ours(place.username), f"/families/{place.family}/"),
        partial(_get, floor(place.username), f"/floor/families/{place.family}/"),
    )


def _get(client: Client, address: str, **asked: str) -> None:
    answered(client.get(address, asked))


def _count(ask: Ask) -> int:
    ask()
    with counted() as asked:
        ask()
    return len(asked)


def search(scene: Scene, *, rounds: int, seed: int, words: int = SEARCHES) -> list[Figure]:
    """Look for parts of names: the start of one, letters from the middle of one, and two names in either order."""
    sorts = {"start of a name": _starts, "middle of a name": _middles, "two names": _twos}
    rng, figures = Random(seed), []
    who = scene.readers[0].username
    above, below = ours(who), floor(who)
    for sort, cut in sorts.items():
        asked_for = cut(_some_names(rng)[:words])
        pairs = [
            (partial(_get, above, "/search/", q=asked), partial(_get, below, "/floor/search/", q=on_floor))
            for asked, on_floor in asked_for
        ]
        detail = {"words": len(pairs), "queries": max(_count(ask) for ask, _ in pairs)}
        detail["floor_queries"] = max(_count(ask) for _, ask in pairs)
        taken = in_turn(pairs, rounds=rounds)
        figures.append(ratio(f"search, {sort}", connection.vendor, taken, SEARCH, **detail))
    return figures


def _some_names(rng: Random) -> list[tuple[str, str]]:
    """Names of people in the record, chosen by chance."""
    newest = Name.objects.order_by("-pk").values_list("pk", flat=True)[0]
    wanted = sorted({rng.randrange(1, newest + 1) for _ in range(SEARCHES * 4)})
    rows = Name.objects.filter(pk__in=wanted, family__regex="^[A-Za-z]{7,}$").values_list("given", "family")
    return list(rows)[:SEARCHES]


def _starts(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(last[:5], last[:5]) for _, last in names]


def _middles(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(last[1:6], last[1:6]) for _, last in names]


def _twos(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The floor is asked for the name as it is kept: it knows no other order."""
    return [(f"{last} {given}", f"{given} {last}") for given, last in names]
