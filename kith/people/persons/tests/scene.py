"""Somebody else of our people's family, made as a worker makes them."""

from kith.people.persons import actions
from kith.people.persons.models import Person
from tests.cast import NOW, Cast, belong


def another_hansa(cast: Cast, **details) -> Person:
    """Write somebody else down in the Solanki-Reid family who goes by Hansa as well."""
    leah = cast.actor("leah")
    person = actions.add_person(details=actions.Details(**({"given": "Hansa"} | details)), by=leah, at=NOW)
    belong(cast.solanki_reid, person, "aunt")
    return person
