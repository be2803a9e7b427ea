"""What people are called on a page: what they go by, unless two who are shown together go by the same."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from kith.kit.days import PartDay
from kith.people.persons.models import Name, Person


def full_name(person: Person) -> str:
    """Give the name as it is written on papers: the legal one in use, or the first there is, or what they go by."""
    names = list(person.names.all())
    legal = next((n for n in names if n.use == "legal" and n.until is None), None)
    return _written(legal or next(iter(names), None)) or person.known_as


def _written(name: Name | None) -> str:
    return f"{name.given} {name.family}".strip() if name else ""


def tell_apart(people: Iterable[Person]) -> None:
    """Where people shown together go by one name, call each by words of their own, on this page and not in the store.

    By the full name, then the birth date too, then one by one as they were written down. A page that calls two people
    alike is how words are written about the wrong one. One query, and only where two are alike.
    """
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in {p.pk: p for p in people}.values():
        groups[person.known_as.casefold()].append(person)
    alike = [each for each in groups.values() if len(each) > 1]
    if alike:
        prefetch_related_objects([p for each in alike for p in each], "names")
    for each in alike:
        for person, words in zip(each, _apart(each), strict=True):
            person.known_as = words


def _apart(people: list[Person]) -> list[str]:
    ways = ([full_name(p) for p in people], [_with_birth(p) for p in people])
    told = next((words for words in ways if len(set(words)) == len(people)), None)
    order = sorted(p.pk for p in people)
    return told or [f"{_with_birth(p)} ({order.index(p.pk) + 1})" for p in people]


def _with_birth(person: Person) -> str:
    return (
        f"{full_name(person)}, born {PartDay(person.born_on, 'day').in_words()}"
        if person.born_on
        else full_name(person)
    )
