"""The one file of a child: opened once, and found again by whoever opens it a second time."""

from datetime import timedelta

from kith.access.audit.models import Act
from kith.people.persons import actions
from kith.people.persons.models import File
from tests.cast import NOW, Cast


def test_a_second_call_about_a_child_finds_the_file_the_first_one_opened(cast: Cast):
    amrit = cast.actor("amrit")
    baby = actions.add_person(details=actions.Details(given="Noor"), by=amrit, at=NOW)
    first = actions.open_file(person=baby, by=amrit, at=NOW)
    again = actions.open_file(person=baby, by=cast.actor("leah"), at=NOW + timedelta(days=1))
    assert again == first
    assert again.opened_at == NOW
    assert File.objects.filter(person=baby).count() == 1
    noted = Act.objects.filter(body__contains=str(first.ref)).order_by("pk").values_list("what", flat=True)
    assert list(noted) == ["file.opened", "file.found"]
