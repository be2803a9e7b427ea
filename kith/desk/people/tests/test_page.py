from django.test import Client

from tests.cast import Cast


def page_of(client: Client, cast: Cast, who: str, whose: str) -> str:
    client.force_login(cast.staff[who])
    answer = client.get(f"/people/{cast.people[whose].ref}/")
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


def test_leah_opens_ellis(client: Client, cast: Cast):
    page = page_of(client, cast, "leah", "ellis")
    assert "Maya" in page
    assert "Kavi" in page
