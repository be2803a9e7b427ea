"""One line says where things stand with a family, and who works with them."""

import pytest

from kith.people.involvement.frame import standing
from kith.people.involvement.models import Involvement
from kith.people.involvement.queries import current, who_works_with
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def line(cast):
    files = [cast.file("ellis")]
    return standing(current(files, at=NOW), who_works_with(files, at=NOW))


def test_it_names_the_level_and_the_worker(cast):
    assert cast.leah.name in line(cast)
    assert "Not working" not in line(cast)


def test_after_goodbye_it_says_who_still_holds_the_file_and_not_that_they_work_together(cast):
    Involvement.objects.filter(file=cast.file("ellis")).update(until=NOW)
    assert line(cast) == f"Not working with us just now. {cast.leah.name} still holds the file"
