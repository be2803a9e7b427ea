"""Sentences about numbers, made from everyone's own: how far apart they are and whose, never an average (N3)."""

from collections.abc import Iterable, Sequence

from kith.casework.mapping.numbers import Series, Taking, Told, number
from kith.kit.wording import day, listed
from kith.people.persons.models import Person


def ran(taking: Taking) -> str:
    """Say how far the numbers of one conversation ran: "ran from 3 to 8", "stood at 6"; nothing where there is none."""
    found = _numbers(taking.told)
    if not found:
        return ""
    return f"ran from {found[0]:g} to {found[-1]:g}" if found[0] != found[-1] else f"stood at {found[0]:g}"


def then_and_now(series: Series) -> str:
    """Say in one or two sentences how far the numbers ran the first time and the last (capabilities N2)."""
    takings = [t for t in series.takings if ran(t)]
    if not takings:
        return ""
    first = f"On {_on(takings[0])} the numbers {ran(takings[0])}."
    return first if len(takings) == 1 else f"{first} On {_on(takings[-1])} they {ran(takings[-1])}."


def whose(series: Series, children: Sequence[Person]) -> str:
    """Say where the children, the family's own people, and those whose work it is put us last (capabilities N3)."""
    taking = next((t for t in reversed(series.takings) if ran(t)), None)
    if taking is None:
        return ""
    young = {child.pk for child in children}
    groups = (
        ("the children", [t for t in taking.told if t.who.person and t.who.person.pk in young]),
        ("the family’s own people", [t for t in taking.told if t.who.person and t.who.person.pk not in young]),
        ("those whose work it is", [t for t in taking.told if t.who.paid]),
    )
    said = [f"{name} {_each(told)}" for name, told in groups if _numbers(told)]
    return f"On {_on(taking)}: {listed(said)}." if len(said) > 1 else ""


def _each(told: Iterable[Told]) -> str:
    found = list(dict.fromkeys(_numbers(told)))
    return f"{found[0]:g} to {found[-1]:g}" if len(found) > 1 else f"{found[0]:g}"


def _numbers(told: Iterable[Told]) -> list[float]:
    return sorted(n for t in told if (n := number(t.score.value)) is not None)


def _on(taking: Taking) -> str:
    return day(taking.reading.entry.happened_at)
