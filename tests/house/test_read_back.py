"""What was taken reads back exactly, is harmless on every page and on paper, and is there once however often it is sent.

"Exactly" has one normalisation, `kit.forms.tidy`: letters composed, one kind of line end, no hidden control characters and
no override of direction; and in a box of one line, runs of space are one space.
"""

import io
import json
import re
from contextlib import suppress
from html import unescape

import pikepdf
import pypdfium2
import pytest
from django.db import connections
from django.urls import reverse

from kith.disclosure.papers.models import Rendition
from kith.kit.forms import tidy
from kith.people.entries.models import Paragraph
from tests.house.boxes import WORDS, read
from tests.house.scene import imprint_again, put_words
from tests.house.sending import DAY_PARTS, DOOR, answers, built, fill_in, known, mend, offered, posts
from tests.house.test_bad_input import Writes
from tests.house.test_canaries import word_fields
from tests.house.test_routes import ROUTES, at_desk, put_back

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
ODD = "<img src=x onerror=a()>{{7*7}}'\"👩‍👧 \u05d0\u05d1 Zosie\u0301"
FORMS = [name for name in posts() if name not in DOOR]
FEW = [
    "contact-new",
    "note-new",
    "plan-new",
    "decision-new",
    "statement-new",
    "scores",
    "entry-differs",
    "safe-contact",
]
COMBINED = {
    "person-details": {"languages"},  # kept as a list of languages
    "draft-keep": {"draft_by"},
}
PASSING = {
    "account_reauthenticate", "my-password", "my-app", "my-codes", "words-check", "glass", "person-merge", "search",
}  # fmt: skip
"""Forms whose words are not kept as they are: a password, a check that keeps nothing, an address that leads to a record."""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        yield made


def everything_in(tables):
    """Every word that stands in these tables, lists and boxes of JSON opened."""
    with connections["default"].cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (word for value in row for word in _words(value))


def _words(value):
    if isinstance(value, str) and value[:1] in '[{"':
        with suppress(ValueError):
            value = json.loads(value)
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, str):
        yield value


def unsafe(page):
    """Tags and attributes that would do something, which no page of ours writes."""
    tags = read(page).tags
    loose = [(tag, has) for tag, has in tags if has.get("src") == "x" or any(name.startswith("on") for name in has)]
    return loose + [(tag, has) for tag, has in tags if tag == "script" and not has.get("src")]


def reads_back(house, name):
    with offered(house, name) as (desk, address, sheet), Writes() as writes:
        answer, sent = fill_in(desk, address, sheet, words=ODD, known=known(house, name))
        assert answer.acts, read(answer.content).sentences
        kept = "\n".join(everything_in(writes.tables))
        page = desk.get(answer.url) if answer.status_code == 302 else answer
    typed = [b.name for b in sheet.boxes if b.kind in WORDS and b.name not in known(house, name)]
    odd = {n: sent[n][0] for n in typed if sent.get(n) and ODD in sent[n][0] and n not in COMBINED.get(name, ())}
    lost = {n: words for n, words in odd.items() if tidy(words) not in kept}
    assert lost == {}
    assert "text/html" not in page.headers.get("Content-Type", "") or unsafe(page.content) == []
    return odd


@pytest.mark.parametrize("name", FEW)
def test_what_was_typed_reads_back(house, name):
    assert reads_back(house, name)


@pytest.mark.long
@pytest.mark.parametrize("name", [n for n in FORMS if n not in FEW and n not in PASSING])
def test_what_was_typed_reads_back_from_every_form(house, name):
    reads_back(house, name)


WHOLE = {
    "statement-new", "plan-agree", "account-new", "paper-new", "draft-keep", "plan-new", "plan-share", "file-level",
    "account-way-in", "contact-detail-new", "team", "safety-new", "harm-new",
    "strength-new",
}  # fmt: skip
"""Forms whose answers lean on each other so closely that no fewest can be guessed: they are read back whole."""


def least(desk, address, sheet, told):
    """The fewest answers the form will take."""
    whole, sent = {}, sheet.sends() | told
    for again in range(1, 7):
        with put_back():
            answer = desk.send(address, sent)
        if answer.status_code != 200:
            return sent if answer.acts else None
        page = read(answer.content)
        came_back = next((s for s in page.sheets if set(sheet.typed()) & set(s.typed())), None)
        if came_back is None:
            return None
        whole = whole or answers(sheet, "What Maya told us on Tuesday")
        for box in came_back.boxes:
            stem = box.name.rpartition("-")[0] if box.name.rpartition("-")[2] in DAY_PARTS else box.name
            if stem in page.sentences and box.name in whole:
                sent[box.name] = whole[box.name]
        mend(sent, came_back, page.sentences, again)
        sent |= told
    return None


@pytest.mark.long
@pytest.mark.parametrize("name", [n for n in FORMS if n not in PASSING])
def test_words_in_any_one_box_are_kept_or_asked_about_and_never_dropped(house, name):
    """A box that only counts beside another says so, rather than letting go of what was typed in it."""
    with offered(house, name) as (desk, address, sheet):
        told = known(house, name)
        sent = least(desk, address, sheet, told)
        boxes = [b.name for b in sheet.boxes if b.kind in WORDS and b.name.rpartition("-")[2] not in DAY_PARTS]
        dropped, tried = [], 0
        for box in boxes if sent is not None else []:
            if sent.get(box, [""]) != [""] or box in told or box in COMBINED.get(name, ()):
                continue
            tried += 1
            with put_back(), Writes() as writes:
                answer = desk.send(address, sent | {box: [ODD]})
                if answer.acts and tidy(ODD) not in "\n".join(everything_in(writes.tables)):
                    dropped.append(box)
    print(f"\n{name}: {tried} boxes tried alone, fewest answers {'found' if sent is not None else 'NOT FOUND'}")
    assert dropped == []
    assert (sent is None) == (name in WHOLE)


def plant():
    """Put words that would do harm into every box of words of every record."""
    planted = 0
    for model, fields in word_fields():
        for field in fields:
            for row in model.objects.all():
                planted += put_words(row, field.name, ODD)
    imprint_again()
    return planted


def test_words_that_would_do_harm_do_none_on_any_page(house):
    with put_back():
        assert plant() > 200
        pages, holding, loose = 0, 0, []
        for who in ("leah", "joy", "sam"):
            browser = at_desk(house.cast.staff[who])
            for name, row in ROUTES.items():
                if row["takes"] == "my-draft" or "GET" not in row["methods"]:
                    continue
                with put_back():
                    answer = browser.get(reverse(name, kwargs=house.address(row["takes"])))
                pages += 1
                if "text/html" not in answer.headers.get("Content-Type", ""):
                    continue
                assert answer.status_code < 500, name
                holding += "onerror" in answer.content.decode()
                loose += [(name, who, *found) for found in unsafe(answer.content)]
                assert "&lt;img src=x" in answer.content.decode() or "onerror" not in answer.content.decode(), name
    print(f"\n{pages} pages, {holding} with words that would do harm")
    assert holding > 40
    assert loose == []


@pytest.mark.parametrize("which", ["note-new", "decision-new"])
def test_words_that_would_do_harm_do_none_on_paper(house, which):
    with offered(house, which) as (desk, address, sheet):
        answer, _sent = fill_in(desk, address, sheet, words=ODD, known=known(house, which))
        ref = answer.url.strip("/").split("/")[-1]
        harmless(given_to_kavi(house, desk, ref))


def test_words_that_would_do_harm_do_none_on_the_plan_a_family_holds(house):
    with offered(house, "plan-agree") as (desk, _address, _sheet):
        for paragraph in Paragraph.objects.filter(part__entry__ref=house.things["plan"]["ref"]):
            assert put_words(paragraph, "text", ODD)
        imprint_again()
        harmless(given_to_kavi(house, desk, house.things["plan"]["ref"]))


def given_to_kavi(house, desk, ref):
    page = reverse("paper-new", kwargs={"ref": ref})
    form = next(s for s in read(desk.get(page).content).sheets if any(b.name == "recipient" for b in s.boxes))
    whom = {"recipient": [str(house.cast.kavi.ref)]}
    given = desk.send(page, form.sends() | whom | {"make": ["1"], "read_it": ["on"]})
    assert given.acts, re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", given.content.decode())))[-1500:]
    return bytes(Rendition.objects.order_by("-pk")[0].pdf)


def harmless(pdf):
    """The words stand there as words, and nothing in the paper runs, opens or leads anywhere."""
    words = " ".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))
    assert "<img src=x onerror=a()>" in " ".join(words.split())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/OpenAction" not in document.Root
        assert not [a for p in document.pages for a in p.get("/Annots", [])]
