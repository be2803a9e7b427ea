"""Help is one page that anyone can read, and it says whom we owe."""

import re

import pytest

from kith.framework.plain import check

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def words_of(page):
    main = page.content.decode().split('<main id="main">')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_somebody_at_the_door_can_read_it(client):
    answer = client.get("/help/")
    assert answer.status_code == 200
    assert "a few seconds old at most" in words_of(answer)


def test_every_page_leads_to_it(cast, as_):
    assert 'href="/help/"' in as_("leah").get("/").content.decode()


def test_it_credits_the_originators_and_claims_nobodys_mark(client):
    words = words_of(client.get("/help/"))
    for owed in ("Andrew Turnell", "Steve Edwards", "Elia International", "Insoo Kim Berg", "Leicestershire"):
        assert owed in words
    assert "they have not endorsed it" in words


def test_a_clock_is_shown_with_its_question(client):
    assert words_of(client.get("/help/")).count("?") >= 3


def test_it_is_in_plain_words(client):
    assert check(words_of(client.get("/help/"))).reading_age <= 12
