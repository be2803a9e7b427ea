"""Each component with nothing, one, many, very long names and names written right to left."""

import re
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from kith.kit import samples
from kith.kit.jinja import COMPONENT_FILES, environment

LONG = "Wilhelmina Featherstonehaugh-Oyelaran-Brzęczyszczykiewicz of the Upper Allotments"
RTL = "مريم الحسن"
ENV = environment()
VOID = {"br", "img", "input", "hr", "meta", "link", "path", "circle", "ellipse", "rect"}


class Tags(HTMLParser):
    """Notes a tag left open or closed out of turn, an id used twice, and style or script on the page."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.faults = [], set(), []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "style" in given or tag == "style" or any(name.startswith("on") for name in given):
            self.faults.append(f"look or act inside <{tag}>")
        if tag == "script" and "src" not in given:
            self.faults.append("script on the page")
        if given.get("id") in self.ids:
            self.faults.append(f"{given['id']} twice")
        self.ids |= {given["id"]} if given.get("id") else set()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of turn")


def faults(html):
    read = Tags()
    read.feed(html)
    return read.faults + [f"<{tag}> left open" for tag in read.open]


def drawn(source, **words):
    return ENV.from_string(source).render(**words)


def person(name):
    return {"name": name, "what": "next door", "url": "/people/x/"}


def scored(name):
    return {"name": name, "what": "8", "scores": [None, 6, 7]}


def lists(of):
    return {
        "none": [],
        "one": [of("Ellis")],
        "many": [of(f"Neighbour {n}") for n in range(12)],
        "long": [of(LONG)],
        "rtl": [of(RTL)],
    }


EACH = {
    "{{ c.people(it, empty='Nobody has been asked yet.') }}": person,
    "{{ c.people(it, children=true, empty='No children yet.') }}": person,
    "{{ c.tokens(it) }}": person,
    "{{ c.scale(['June', 'July', 'Sept'], it, 'hurt', 'calm') }}": scored,
    "{{ c.multiples(it, ['June', 'July', 'Sept']) }}": scored,
    "{{ c.differ('was it loud?', it, 'it scared the children') }}": lambda name: {
        "who": name,
        "words": f"{name} said so",
    },
    "{{ c.due(it) }}": lambda name: {
        "what": name,
        "by": "By Friday",
        "gone": 3,
        "whole": 10,
        "ask": "Is it any good?",
    },
    "{{ c.promises(it) }}": lambda name: {"what": name, "by": "Friday", "url": "/x/", "link": "Do it"},
    "{{ c.items(it) }}": lambda name: {"words": name, "by": name, "new": "New"},
    "{{ c.story_line(it) }}": lambda name: {"on": samples.EVENTS[0]["on"], "title": name, "words": name},
    "{{ c.facts(it) }}": lambda name: {"name": name, "value": ""},
    "{{ c.table('Rules', ['Rule', 'Who'], it) }}": lambda name: [{"words": name, "url": "/x/"}, name],
    "{{ c.tonight('Tonight', it, '/plan/') }}": lambda name: {"when": "7 pm", "words": f"{name} rings"},
    "{{ c.asof(it, 'now', 'Nothing has changed.') }}": lambda name: (name, name),
    "{% for one in it %}{{ c.says(one.name, one.name, 'at home', 'Monday') }}{% endfor %}": person,
    "{% for one in it %}{{ c.token(one, 'big') }}{{ c.person_name(one) }}{% endfor %}": person,
    "{% for one in it %}{{ c.answer(one.name, one.name, url='/x/', link='Say what we told them') }}{% endfor %}": person,
    "{% for one in it %}{{ c.gap(one.name, 'Nadia will ask.', '/x/', 'Ask') }}{{ c.pencil(one.name) }}{% endfor %}": person,
}


@pytest.mark.parametrize("amount", ["none", "one", "many", "long", "rtl"])
@pytest.mark.parametrize("source", EACH)
def test_a_component_stands_whatever_it_holds(source, amount):
    assert faults(drawn(source, it=lists(EACH[source])[amount])) == []


@pytest.mark.parametrize("source", [source for source in EACH if "{% for" not in source and "tokens" not in source])
def test_nothing_is_said_in_words_or_not_drawn(source):
    seen = re.sub(r"<[^>]+>", "", drawn(source, it=[])).strip()
    assert seen or "multiples" in source


def test_a_right_to_left_name_is_held_apart():
    assert f"<bdi>{RTL}</bdi>" in drawn("{{ c.people(it) }}", it=[person(RTL)])
    assert f"<bdi>{RTL}</bdi>" in drawn("{{ c.scale(['Sept'], it, 'a', 'b') }}", it=[{"name": RTL, "scores": [5]}])


def test_a_token_is_never_without_a_name_for_a_listener():
    shown = drawn("{{ c.tokens(it) }}", it=samples.CHILDREN)
    assert re.findall(r"</span><bdi>(.*?)</bdi>", shown) == ["Ellis", "Maya", "Jude"]


def test_the_person_a_page_is_about_stands_beside_its_heading():
    shown = drawn("{% call c.named(it) %}<h1>Who works with Ellis</h1>{% endcall %}", it=samples.CHILDREN[0])
    assert re.search(r'class="named"><span class="token child" aria-hidden="true">.*</span><h1>Who', shown)


def test_a_drawing_nobody_knows_gives_way_to_initials():
    assert ">LW<" in drawn("{{ c.token(it) }}", it={"name": "Leah Whitcombe", "drawing": "dragon"})
    assert ">Mr Z<" in drawn("{{ c.token(it) }}", it={"name": "Mr Zielinski", "initials": "Mr Z"})


def test_somebodys_words_are_neither_mended_nor_run():
    said = drawn("{{ c.says(it, 'Ellis') }}", it="aint <b>scared</b> & me")
    assert "aint &lt;b&gt;scared&lt;/b&gt; &amp; me" in said


def test_what_was_watched_is_not_put_in_quotation_marks():
    assert "<q" not in drawn("{{ c.says('Looked to Kavi twice.', 'Jude', watched=true) }}")


def test_not_asked_is_written_and_never_nought():
    seen = drawn("{{ c.scale(['June', 'Sept'], it, 'a', 'b') }}", it=[{"name": "Blessing", "scores": [None, 0]}])
    assert ">not asked<" in seen
    assert ">0<" in seen


def test_a_clock_past_its_end_says_so_in_words():
    assert "All 45 working days gone, and 2 more" in drawn("{{ c.clock(47, 45) }}")


def test_the_year_is_shown_first_and_when_it_turns():
    seen = drawn("{{ c.story_line(it) }}", it=samples.EVENTS)
    assert re.findall(r"<time[^>]*>([^<]+)", seen) == ["9 Sept 2025", "16 Aug", "3 Nov 2024"]


def test_three_columns_are_always_three():
    seen = drawn("{{ c.trio(it) }}", it={"worried": {}, "working": {}, "change": {}})
    assert seen.count('class="gap gap-t"') == 3


def test_a_knot_holds_anything():
    seen = drawn("<ol>{% call c.knot('Gaps', open=true) %}<p>One hard week.</p>{% endcall %}</ol>")
    assert '<li class="open"><h2>Gaps</h2>' in seen
    assert faults(seen) == []


def test_a_form_of_every_kind_is_whole():
    page = (
        "<form>{{ c.error_summary(form) }}{{ c.once('k1') }}{{ c.fields(form) }}{{ c.buttons('Save', 'Later') }}</form>"
    )
    for form in (samples.SampleForm(), samples.SampleForm(samples.ANSWERS), samples.SampleForm({})):
        assert faults(drawn(page, form=form)) == []


def test_every_control_has_a_label():
    page = drawn("{{ c.fields(form) }}", form=samples.SampleForm())
    named = set(re.findall(r'<label for="([^"]+)"', page))
    bare = re.findall(
        r'<(?:input|textarea|select)[^>]*? id="([^"]+)"',
        re.sub(r'<label class="choice">.*?</label>', "", page),
    )
    assert bare
    assert set(bare) <= named


def test_a_name_nobody_set_is_an_error_not_a_blank():
    with pytest.raises(UndefinedError):
        drawn("{{ child.name }}")
    with pytest.raises(UndefinedError):
        drawn("{{ c.no_such_component() }}")


def test_no_two_components_share_a_name():
    names = [
        name for file in COMPONENT_FILES for name in vars(ENV.get_template(f"kit/{file}.html").module) if name[0] != "_"
    ]
    assert len(names) == len(set(names))
