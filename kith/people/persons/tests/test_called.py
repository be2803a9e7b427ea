"""Two people shown together are never called by one name: words would be written about the wrong one."""

from django.urls import reverse

from kith.people.persons.called import tell_apart
from kith.people.persons.models import Person
from kith.people.persons.tests.scene import another_hansa
from tests.cast import Cast


def called(*people: Person) -> list[str]:
    afresh = [Person.objects.get(pk=p.pk) for p in people]
    tell_apart(afresh)
    return [p.called for p in afresh]


def test_people_who_go_by_different_names_keep_them(cast: Cast, django_assert_num_queries):
    people = [cast.kavi, cast.craig, cast.hansa]
    with django_assert_num_queries(0):
        tell_apart(people)
    assert [p.called for p in people] == ["Kavi", "Craig", "Hansa"]


def test_two_hansas_are_told_apart_by_their_birth_dates_without_a_question(cast, django_assert_num_queries):
    people = [cast.hansa, another_hansa(cast, family="Mistry"), cast.kavi]
    with django_assert_num_queries(0):
        tell_apart(people)
    assert [p.called for p in people] == ["Hansa, born 9 March 1984", "Hansa, birth date not known", "Kavi"]


def test_of_one_birth_date_by_their_full_names(cast: Cast):
    other = another_hansa(cast, family="Mistry", born_on=cast.hansa.born_on)
    assert called(cast.hansa, other) == ["Hansa Solanki, born 9 March 1984", "Hansa Mistry, born 9 March 1984"]


def test_of_one_name_and_one_birth_date_one_by_one(cast: Cast):
    other = another_hansa(cast, family="Solanki", born_on=cast.hansa.born_on)
    assert called(other, cast.hansa) == ["Hansa Solanki, born 9 March 1984 (2)", "Hansa Solanki, born 9 March 1984 (1)"]


def test_the_same_person_twice_is_nobody_else(cast: Cast):
    assert called(cast.hansa, cast.hansa) == ["Hansa", "Hansa"]


def test_a_plan_is_made_with_one_of_them_and_the_store_keeps_what_they_go_by(cast: Cast, as_):
    other = another_hansa(cast, family="Mistry")
    page = as_("leah").get(reverse("plan-new", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "Hansa, birth date not known" in page
    assert "Hansa, born 9 March 1984" in page
    assert Person.objects.get(pk=other.pk).known_as == "Hansa"
