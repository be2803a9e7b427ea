"""A word that exists nowhere else in every text field of what is hidden: none comes back in the bytes of any answer.

Trust B 22, and 1.3 (a page that says Forbidden and still holds the whole patient). The fields come from the model
registry, so a new one is watched from the day it is added.
"""

from itertools import count, product

import pytest
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from kith.config.checks import our_models
from kith.framework.kinds import Content, Level, Tie
from kith.people.persons.actions import write_keys
from kith.people.persons.models import File, Person
from tests.cast import tie
from tests.house.scene import draft_of, make_house
from tests.house.test_routes import CHANGES, ROUTES, at_desk, put_back

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TELLS = {Content.INDEX, Content.CORE, Content.LOCATION, Content.OTHER_PARTY, Content.CHILD_PRIVATE}
CODES = {
    "answer", "born_precision", "content", "ethnicity", "holds", "how", "in_whose_words", "keep", "kind", "language",
    "level", "matter", "media_type", "outcome", "place", "quality", "safe", "sex_registered", "slot", "source",
    "status", "times", "token", "urgency", "use",
}  # fmt: skip
"""Fields that hold one of a list of codes, and never anybody's words."""
ROOMS = {"people", "casework", "pathway", "disclosure"}
LOOKERS = ("leah", "rosa", "amrit", "joy", "gwen", "ivo", "farrah")
MARK = "zq"


def word_fields():
    """Every model of a family's record with its fields of words."""
    for model in our_models():
        named = [f for f in model._meta.concrete_fields if _holds_words(model, f)]
        if named and model._meta.app_label in ROOMS:
            yield model, named


def _holds_words(model, field):
    words = isinstance(field, models.CharField | models.TextField | models.JSONField)
    coded = field.choices or field.name in CODES
    return words and not coded and model.shows.get(field.name) in TELLS


def plant():
    """Write a word of its own into every such field of every row. Gives each word with where it was put."""
    numbers, planted = count(1), {}
    for model, fields in word_fields():
        for row, field in product(model.objects.all(), fields):
            word = f"{MARK}{next(numbers):05d}x"
            if _put(model, row, field, word):
                planted[word] = f"{model.__name__}.{field.name}"
    for person in Person.objects.all():
        write_keys(person)
    return planted


def _put(model, row, field, word):
    """Write it there, unless the store says that nothing may stand there as things are (a reason before its end)."""
    value = word
    if isinstance(field, models.JSONField):
        value = {"what": [word]} if isinstance(getattr(row, field.name), dict) else [word]
    try:
        with transaction.atomic():
            return model.objects.filter(pk=row.pk).update(**{field.name: value})
    except IntegrityError:
        return 0


def hide(cast, how):
    """Put every file out of everybody's sight, in one of the three ways."""
    if how == "barred":
        for file in File.objects.all():
            for name in LOOKERS:
                tie(file, Tie.BARRED, cast.staff[name])
    else:
        File.objects.update(level=Level.SEALED if how == "sealed" else Level.RESTRICTED)


@pytest.fixture
def house(cast, _demo, settings, tmp_path):
    settings.PAPERS = tmp_path
    made = make_house(cast)
    made.things["my-draft"] = {"ref": draft_of(cast, cast.leah).ref}
    return made


def bytes_of(answer):
    heads = "".join(f"{k}: {v}\n" for k, v in answer.headers.items())
    return answer.content + heads.encode()


def everywhere(house, browser):
    """Give the bytes of every route asked by GET, one by one."""
    for name, row in ROUTES.items():
        with put_back():
            yield name, bytes_of(browser.get(reverse(name, kwargs=house.address(row["takes"]))))


def found_in(page, planted):
    return {planted[word] for word in planted if word.encode() in page} if MARK.encode() in page else set()


def test_every_model_of_a_familys_record_that_holds_words_is_planted(house):
    planted = plant()
    kinds = {where.split(".")[0] for where in planted.values()}
    assert {"Person", "Name", "Family", "Location", "ContactDetail", "Paragraph", "Involvement", "Relation"} <= kinds
    print(f"\n{len(planted)} words planted in {len(set(planted.values()))} fields of {len(kinds)} models")


def test_whoever_may_read_them_finds_the_words(house):
    planted = plant()
    pages = everywhere(house, at_desk(house.cast.leah))
    found = set().union(*(found_in(page, planted) for _name, page in pages))
    assert {"Person.known_as", "Paragraph.text", "Location.lines", "SafeContact.words"} <= found


@pytest.mark.parametrize("how", ["restricted", "sealed", "barred"])
def test_no_page_holds_a_word_of_what_is_hidden(house, how):
    planted = plant()
    hide(house.cast, how)
    pages, hits = 0, {}
    for who in LOOKERS:
        browser = at_desk(house.cast.staff[who])
        for name, page in everywhere(house, browser):
            pages += 1
            if where := found_in(page, planted):
                hits.setdefault(f"{name}: {sorted(where)}", []).append(who)
    print(f"\n{how}: {len(planted)} words, {pages} answers, {len(hits)} with a hidden word")
    assert hits == {}


@pytest.mark.parametrize("how", ["restricted", "sealed", "barred"])
def test_search_answers_a_hidden_word_as_one_nobody_wrote(house, how):
    planted = plant()
    hide(house.cast, how)
    sought = [w for w, where in planted.items() if where.split(".")[0] in {"Name", "Person", "Family", "ContactDetail"}]
    for who in ("leah", "amrit", "gwen"):
        browser = at_desk(house.cast.staff[who])
        nothing = searched(browser, f"{MARK}99999x")
        told = [planted[word] for word in sought if searched(browser, word) != nothing]
        assert told == [], who
    print(f"\n{how}: {len(sought)} words sought by three people")


def searched(browser, word):
    answer = browser.get("/search/", {"q": word})
    assert answer.status_code == 200
    return CHANGES.sub(b"", answer.content).decode().replace(word, "…")
