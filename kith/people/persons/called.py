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
    """Where people shown together go by one name, give each words of their own to be `called` by, on this page alone.

    By the birth date, then the full name too, then one by one as they were written down. A page that calls two people
    alike is how words are written about the wrong one. Nothing that is kept or printed says them. No query, but one
    where birth dates do not tell them apart.
    """
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in {p.pk: p for p in people}.values():
        groups[person.known_as.casefold()].append(person)
    for each in groups.values():
        if len(each) > 1:
            for person, words in zip(each, _apart(each), strict=True):
                person.apart = words


def _apart(people: list[Person]) -> list[str]:
    told = [f"{p.known_as}, {_born(p)}" for p in people]
    if len(set(told)) < len(people):
        prefetch_related_objects(people, "names")
        told = [f"{full_name(p)}, {_born(p)}" for p in people]
    if len(set(told)) < len(people):
        order = sorted(p.pk for p in people)
        told = [f"{words} ({order.index(p.pk) + 1})" for p, words in zip(people, told, strict=True)]
    return told


def _born(person: Person) -> str:
    if person.born_on is None:
        return "birth date not known"
    return f"born {PartDay(person.born_on, 'day').in_words()}"
