import pytest
from django.test import Client

from kith.council.teams.models import Agency
from kith.people.professionals import actions, policies, queries
from kith.people.professionals.models import Professional, WorksWith
from tests.cast import NOW, Cast


@pytest.fixture
def school() -> Agency:
    return Agency.objects.create(name="Oakmere Primary", kind="school")


def mr_z(cast: Cast, school: Agency, whose: str = "ellis", name: str = "Tomasz Zielinski") -> WorksWith:
    return actions.add_professional(
        file=cast.file(whose), name=name, job="Teacher", agency=school, as_what="drum club",
        by=cast.actor("leah"), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("peter", None),
        ("amrit", policies.NOT_IN_LINE),
        ("rosa", policies.NOT_IN_LINE),
        ("gwen", policies.NOT_YOUR_WORK),
        ("sam", policies.NOT_YOUR_WORK),
    ],
)
def test_who_says_who_else_works_with_ellis(cast: Cast, who, refusal):
    assert policies.add_professional(actor=cast.actor(who), file=cast.file("ellis")) is refusal


def test_one_teacher_of_two_children_is_written_once(cast: Cast, school):
    mr_z(cast, school)
    mr_z(cast, school, "maya", "tomasz zielinski")
    mr_z(cast, school)
    assert (Professional.objects.count(), WorksWith.objects.count()) == (1, 2)


def test_his_work_with_ellis_ends_and_the_row_stays(cast: Cast, school):
    later = NOW.replace(hour=12)
    actions.end_professional(tie=mr_z(cast, school), by=cast.actor("leah", later), at=later)
    assert queries.who_else([cast.file("ellis")], at=later) == []
    assert WorksWith.objects.get().until == later


def test_leah_adds_him_on_the_page_and_ends_it_there(cast: Cast, school, client: Client):
    client.force_login(cast.leah)
    base = f"/people/{cast.ellis.ref}"
    answers = {"name": "Mr Z", "job": "Teacher", "agency": school.ref, "as_what": "drum club", "email": "z"}
    assert "Check the e-mail address" in client.post(f"{base}/professionals/new/", answers).content.decode()
    client.post(f"{base}/professionals/new/", answers | {"email": ""})
    assert "Mr Z" in client.get(f"{base}/").content.decode()
    client.post(f"{base}/professionals/{Professional.objects.get().ref}/end/")
    assert "Mr Z" not in client.get(f"{base}/").content.decode()


def test_an_adult_without_a_file_has_no_such_page(cast: Cast, client: Client):
    client.force_login(cast.leah)
    assert client.get(f"/people/{cast.kavi.ref}/professionals/new/").status_code == 404
