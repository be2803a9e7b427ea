"""Two people shown together are never called by one name: words would be written about the wrong one."""

import pytest
from django.urls import reverse

from kith.people.persons import actions
from kith.people.persons.called import tell_apart
from kith.people.persons.models import Person
from tests.cast import NOW, Cast


@pytest.fixture
def another(cast: Cast):
    """`another(...)` writes somebody else down in the family who goes by Hansa as well."""

    def made(**details) -> Person:
        leah = cast.actor("leah")
        person = actions.add_person(details=actions.Details(**({"given": "Hansa"} | details)), by=leah, at=NOW)
        actions.join_family(family=cast.solanki_reid, person=person, role="aunt", is_child=False, by=leah, at=NOW)
        return person

    return made


def called(*people: Person) -> list[str]:
    afresh = [Person.objects.get(pk=p.pk) for p in people]
    tell_apart(afresh)
    return [p.known_as for p in afresh]


def test_people_who_go_by_different_names_keep_them(cast: Cast, django_assert_num_queries):
    people = [cast.kavi, cast.craig, cast.hansa]
    with django_assert_num_queries(0):
        tell_apart(people)
    assert [p.known_as for p in people] == ["Kavi", "Craig", "Hansa"]


def test_two_hansas_are_told_apart_by_their_birth_dates_without_a_question(cast, another, django_assert_num_queries):
    people = [cast.hansa, another(family="Mistry"), cast.kavi]
    with django_assert_num_queries(0):
        tell_apart(people)
    assert [p.known_as for p in people] == ["Hansa, born 9 March 1984", "Hansa, birth date not known", "Kavi"]


def test_of_one_birth_date_by_their_full_names(cast: Cast, another):
    other = another(family="Mistry", born_on=cast.hansa.born_on)
    assert called(cast.hansa, other) == ["Hansa Solanki, born 9 March 1984", "Hansa Mistry, born 9 March 1984"]


def test_of_one_name_and_one_birth_date_one_by_one(cast: Cast, another):
    other = another(family="Solanki", born_on=cast.hansa.born_on)
    assert called(other, cast.hansa) == ["Hansa Solanki, born 9 March 1984 (2)", "Hansa Solanki, born 9 March 1984 (1)"]


def test_the_same_person_twice_is_nobody_else(cast: Cast):
    assert called(cast.hansa, cast.hansa) == ["Hansa", "Hansa"]


def test_a_plan_is_made_with_one_of_them_and_the_store_keeps_what_they_go_by(cast: Cast, another, as_):
    other = another(family="Mistry")
    page = as_("leah").get(reverse("plan-new", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "Hansa, birth date not known" in page
    assert "Hansa, born 9 March 1984" in page
    assert Person.objects.get(pk=other.pk).known_as == "Hansa"
