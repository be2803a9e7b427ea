"""What the network still asks of us: NW-2, NW-3, isolation (capability 22). Questions, never a score of a family."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kith.casework.network.models import Ring, Safe, Stage
from kith.casework.network.queries import Network
from kith.casework.network.words import ENOUGH, ENOUGH_ELSEWHERE, FEW
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Ask:
    """One question the network asks, with the rule it comes from."""

    rule: str
    words: str


def asked(network: Network, adults: Sequence[Person], *, high: bool) -> list[Ask]:
    """Everything the network still asks. `high` says that the children are on a plan or in care (NW-3)."""
    return [*_of_numbers(network, high=high), *_of_isolation(network), *_of_people(network, adults)]


def _of_numbers(network: Network, *, high: bool) -> Iterator[Ask]:
    """NW-3: four who know and are willing, two of whom live somewhere else."""
    if high and not network.enough:
        here, out = len(network.counted), len(network.outside)
        words = (
            f"{_people(here)} everything and will do something; {out} of them {'lives' if out == 1 else 'live'}"
            f" somewhere else. A plan at this level rests on {ENOUGH}, and {ENOUGH_ELSEWHERE} of them somewhere else."
            " Who else could?"
        )
        yield Ask("NW-3", words)


def _people(count: int) -> str:
    return "Nobody knows" if not count else "One person knows" if count == 1 else f"{count} people know"


def _of_isolation(network: Network) -> Iterator[Ask]:
    """Capability 22: fewer than three, and the page asks who was there once."""
    if len(network.stood) < FEW:
        words = (
            "Who was there once? Last year’s phone, a nod at the school gate, cousins abroad, an old neighbour, whoever"
            " cared for the children before."
        )
        yield Ask("capability 22", words)


def _of_people(network: Network, adults: Sequence[Person]) -> Iterator[Ask]:
    """Who is not safe to have there, who has nobody to stand in, and who of the family is nowhere yet."""
    for stood in network.stood:
        name, member = stood.person.called, stood.member
        if member.safe == Safe.NO and member.ring != Ring.OUTER:
            words = f"{name} is not safe to have there, and has been told. What do the children need now?"
            yield Ask("domain 2.2", words)
        if member.stage in {Stage.COMMITTED, Stage.TESTED, Stage.ALONE} and not member.stands_in_id:
            yield Ask("capability 48", f"Who stands in for {name} when they cannot?")
    placed = {s.person.pk for s in network.stood}
    missing = [p.called for p in adults if p.pk not in placed]
    if network.stood and missing:
        yield Ask("domain 2.2", f"{', '.join(missing)}: where does the family put them?")
