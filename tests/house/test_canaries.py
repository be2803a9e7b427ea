"""A word that exists nowhere else in every text field of what is hidden: none comes back in the bytes of any answer.

Trust B 22, and 1.3 (a page that says Forbidden and still holds the whole patient). The fields come from the model
registry, so a new one is watched from the day it is added.
"""

import re
from itertools import count, product

import pytest
from django.db import models
from django.urls import reverse

from kith.access.audit.models import Act, Look
from kith.config.checks import our_models
from kith.framework.kinds import Content, Level, Tie
from kith.people.drafts.models import Draft
from kith.people.persons.actions import write_keys
from kith.people.persons.models import File, Identifier, LevelSet, Name, Person
from tests.cast import EARLIER, NOW, tie
from tests.house.scene import at_desk, draft_of, imprint_again, put_back, put_words
from tests.house.test_routes import CHANGES, ROUTES

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


def a_word(number):
    """Make a word of letters alone, as a search takes a name to be; one with figures in it is not looked for."""
    return MARK + "".join(chr(ord("a") + number // 26**place % 26) for place in (3, 2, 1, 0)) + "x"


NOBODYS = a_word(26**4 - 1), a_word(26**4 - 2)
"""Two words that are planted nowhere."""


def plant():
    """Write a word of its own into every such field of every row. Gives each word with where it was put."""
    numbers, planted = count(1), {}
    for model, fields in word_fields():
        for row, field in product(model.objects.all(), fields):
            word = a_word(next(numbers))
            if put_words(row, field.name, word):
                planted[word] = f"{model.__name__}.{field.name}"
    for person in Person.objects.all():
        write_keys(person)
    imprint_again()
    return planted


def hide(cast, how):
    """Put every file out of everybody's sight, in one of the three ways."""
    if how == "barred":
        for file in File.objects.all():
            for name in LOOKERS:
                tie(file, Tie.BARRED, cast.staff[name])
    else:
        File.objects.update(level=Level.SEALED if how == "sealed" else Level.RESTRICTED)


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


@pytest.mark.parametrize("who", ["sam", "anil"])
def test_who_keeps_the_system_or_counts_meets_no_word_of_a_family_though_every_file_is_open(house, who):
    """Trust A, choice 15: an administrator and an analyst see no family, by any route or search, at any level."""
    planted = plant()
    browser = at_desk(house.cast.staff[who])
    hits = {name: sorted(found_in(page, planted)) for name, page in everywhere(house, browser)}
    for asked in exact_names().values():
        sought = browser.get("/search/", {"q": asked})
        assert sought.status_code == 403
        hits[asked] = sorted(found_in(bytes_of(sought).replace(asked.encode(), b""), planted))
    print(f"\n{who}: {len(planted)} words, {len(hits)} answers")
    assert len(hits) > len(ROUTES)
    assert {name: where for name, where in hits.items() if where} == {}


@pytest.mark.parametrize("how", ["restricted", "sealed", "barred"])
def test_search_answers_a_hidden_word_as_one_nobody_wrote(house, how):
    planted = plant()
    hide(house.cast, how)
    sought = [w for w, where in planted.items() if where.split(".")[0] in {"Name", "Person", "Family", "ContactDetail"}]
    for who in ("leah", "amrit", "gwen", "rosa", "joy"):
        browser = at_desk(house.cast.staff[who])
        nothing = searched(browser, NOBODYS[0])
        told = [planted[word] for word in sought if searched(browser, word) != nothing]
        assert told == [], who
    print(f"\n{how}: {len(sought)} words sought by five people")


def searched(browser, word):
    answer = browser.get("/search/", {"q": word})
    assert answer.status_code == 200
    page = CHANGES.sub(b"", answer.content).decode()
    for typed in (word, *word.split()):  # a page may say back what was typed, and no more
        page = page.replace(typed, "…")
    return page


def kept_by_joy(cast):
    """Say that Joy keeps every closed file."""
    for file in File.objects.exclude(level=Level.OPEN):
        LevelSet.objects.create(file=file, level=file.level, why="x", custodian=cast.joy, set_by=cast.joy, set_at=NOW)


def exact_names():
    """The planted name and the birth date of each child, as somebody would type all of it."""
    rows = Name.objects.filter(person__file__isnull=False, person__born_on__isnull=False).select_related("person")
    return {n.person: f"{n.given} {n.family} {n.person.born_on:%d/%m/%Y}" for n in rows.order_by("pk")}


@pytest.mark.parametrize("who", ["rosa", "amrit", "gwen"])
def test_an_exact_match_of_a_restricted_file_shows_whom_to_ring_and_none_of_its_words(house, who):
    planted = plant()
    hide(house.cast, "restricted")
    kept_by_joy(house.cast)
    browser, nobody = at_desk(house.cast.staff[who]), " ".join((*NOBODYS, "5/11/2016"))
    nothing = searched(browser, nobody)
    for person, asked in exact_names().items():
        page = searched(browser, asked)
        assert page != nothing
        assert found_in(page.encode(), planted) == set(), person
        assert "Speak to <bdi>Joy Achebe</bdi>" in page
        assert str(person.file.ref) in Act.objects.filter(what="search.exact").latest("seq").body
        assert house.cast.joy.notices.filter(link__contains=str(person.file.ref)).exists()


@pytest.mark.parametrize("how", ["sealed", "barred"])
@pytest.mark.parametrize("who", ["rosa", "amrit", "gwen"])
def test_an_exact_match_of_what_is_sealed_or_barred_is_byte_for_byte_nothing(house, how, who):
    plant()
    hide(house.cast, how)
    kept_by_joy(house.cast)
    browser = at_desk(house.cast.staff[who])
    for person, asked in exact_names().items():
        nobody = " ".join((*NOBODYS, f"{person.born_on:%d/%m/%Y}"))
        assert searched(browser, asked) == searched(browser, nobody)
        told = house.cast.joy.notices.filter(link__contains=str(person.file.ref)).exists()
        assert told is (how == "sealed"), "its keeper hears of a sealed file that was searched for, and of no other"


def test_nobody_else_reads_the_draft_of_another_author(house):
    """Nadia works beside Leah on the very same files: her unfinished words are hers, and for nobody else's page."""
    draft = draft_of(house.cast, house.cast.nadia, form="decision")
    word = NOBODYS[0]
    Draft.objects.filter(pk=draft.pk).update(fields={"what": [word]}, called=word)
    house.things["my-draft"] = {"ref": draft.ref}
    for who in ("leah", "joy", "gwen"):
        hits = [name for name, page in everywhere(house, at_desk(house.cast.staff[who])) if word.encode() in page]
        assert hits == [], who
    mine = at_desk(house.cast.nadia).get(reverse("draft-both", kwargs={"ref": draft.ref})).content.decode()
    assert word in mine


def test_no_row_of_either_ledger_holds_a_word_of_anybodys(house):
    planted = plant()
    for who in ("leah", "joy"):
        browser = at_desk(house.cast.staff[who])
        for name, row in ROUTES.items():
            browser.get(reverse(name, kwargs=house.address(row["takes"])))
    for asked in exact_names().values():
        searched(at_desk(house.cast.rosa), asked)
    rows = [row.body for ledger in (Act, Look) for row in ledger.objects.all()]
    assert len(rows) > len(ROUTES)
    assert found_in("\n".join(rows).encode(), planted) == set()


@pytest.mark.parametrize("how", ["restricted", "sealed", "barred"])
def test_beginning_a_second_record_of_somebody_hidden_says_nothing_of_the_first(house, how):
    """The likely duplicates beside a new person, and what follows: the same bytes as for somebody nobody knows."""
    cast = house.cast
    plant()
    hide(cast, how)
    for file in (cast.file("zosia"), cast.file("kacper")):
        File.objects.filter(pk=file.pk).update(level=Level.OPEN)
        file.relations.filter(kind=Tie.BARRED).update(until=EARLIER)
    person, asked = next((p, a.rsplit(" ", 1)) for p, a in exact_names().items() if p == cast.ellis)
    given, family = asked[0].split(" ", 1)
    known, unknown = ((given, family), NOBODYS)
    address = reverse("person-new", kwargs={"ref": cast.families["nowak-campbell"].ref})
    pages = []
    for names in (known, unknown):
        with put_back():
            row = {"p0_given": names[0], "p0_family": names[1], "p0_born": f"{person.born_on:%Y-%m-%d}"}
            sent = [at_desk(cast.rosa).post(address, row | {"check": "check"}), at_desk(cast.rosa).post(address, row)]
            both = CHANGES.sub(b"", b"\n".join(bytes_of(answer) for answer in sent)).decode()
            pages.append(re.sub("nonce-[^']*", "", both).replace(names[0], "A").replace(names[1], "B"))
    assert pages[0] == pages[1]
    assert "When were they born?" in pages[0]


@pytest.mark.parametrize("how", ["restricted", "sealed", "barred"])
def test_a_number_that_somebody_hidden_has_is_taken_without_a_word(house, how):
    """No unique rule betrays a hidden record: an NHS number is written a second time as though nobody had it."""
    cast, number = house.cast, "9434765919"
    Identifier.objects.create(person=cast.ellis, kind="nhs", value=number, recorded_by=cast.leah, recorded_at=NOW)
    hide(cast, how)
    for file in (cast.file("zosia"), cast.file("kacper")):
        File.objects.filter(pk=file.pk).update(level=Level.OPEN)
        file.relations.filter(kind=Tie.BARRED).update(until=EARLIER)
    address = reverse("person-number", kwargs={"ref": cast.zosia.ref})
    answer = at_desk(cast.rosa).post(address, {"kind": "nhs", "value": number})
    assert answer.status_code == 302, answer.content.decode()
    assert Identifier.objects.filter(value=number).count() == 2
