import re

import pytest

from kith.kit import samples
from kith.kit.jinja import TEMPLATES, environment
from kith.kit.tests.test_components import faults
from kith.kit.views import components

ENV = environment()


def page(source, **words):
    return ENV.from_string(source).render(**words)


def test_the_barest_page_is_whole():
    seen = page(
        '{% extends "kit/page.html" %}{% block title %}My desk{% endblock %}{% block main %}<h1>Today</h1>{% endblock %}'
    )
    assert "<title>My desk – Kith</title>" in seen
    assert seen.index('href="#main"') < seen.index("<header") < seen.index('<main id="main">')
    assert faults(seen) == []


def test_a_page_can_go_without_search():
    assert 'role="search"' not in page('{% extends "kit/page.html" %}', search_url="")


def test_a_copy_with_invented_people_says_so():
    assert "Everyone here is invented" in page('{% extends "kit/page.html" %}', demo=True)
    assert "invented" not in page('{% extends "kit/page.html" %}')


def test_a_family_page_says_which_family_and_where_in_it():
    seen = page('{% extends "kit/family_page.html" %}', family=samples.FAMILY)
    assert '<a href="#main" aria-current="page">Map</a>' in seen
    assert "You are on: </span>Map " in seen
    assert faults(seen) == []


@pytest.mark.parametrize("people", [[], samples.CHILDREN[:1]])
def test_a_new_family_with_little_known_still_has_a_header(people):
    bare = {"name": "مريم family", "url": "/f/", "people": people, "sections": []}
    assert faults(page('{% extends "kit/family_page.html" %}', family=bare)) == []


def test_a_calm_page_says_what_happened_and_what_to_do():
    seen = page(
        '{% extends "kit/plain.html" %}',
        title="We could not find that page",
        happened="It may be mistyped.",
        what_next="",
    )
    assert "<h1>We could not find that page</h1>" in seen
    assert faults(seen) == []


def test_the_door_says_nothing_about_anyone():
    seen = page('{% extends "kit/sign_in.html" %}{% block asks %}<form></form>{% endblock %}')
    assert 'role="search"' not in seen
    assert faults(seen) == []


def test_the_components_page_shows_every_component(rf):
    answer = components(rf.get("/components/"))
    assert answer.status_code == 200
    assert answer.shows_nobody
    assert faults(answer.content.decode()) == []


def test_no_template_carries_style_script_or_an_outside_address():
    for template in TEMPLATES.rglob("*.html"):
        words = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
        assert not re.search(r"style=|<style|javascript:|https?://|<script(?![^>]*src=)", words), template.name
