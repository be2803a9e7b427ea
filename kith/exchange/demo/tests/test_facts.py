"""What the design says of the two families is on the pages of those who should see it, and of nobody else."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from kith.casework.mapping.models import Statement
from kith.framework.tests import worked_texts
from kith.people.entries.models import Entry
from kith.people.persons.models import Family, File, Person

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

NUMBERS = tomllib.loads((Path(__file__).parent / "numbers.toml").read_text(encoding="utf-8"))
NOT = "not asked"
SOLANKI_REID = {
    "family": ["Drums. Carries babies. Hates peas.", "Hansa", "Nana Mo", "Blessing", "Steve", "Raj"],
    "note": [
        "Last time a lady with a lanyard came I lost my bedroom.",
        "man of the mornings",
        "sleep like a stone",
        "Masi’s car",
        "First time any of you asked me",
        "You still say Kavita on letters.",
        "that part is not a choice",
        "settled with Mum in four minutes",
        "kids shouldn’t hear that",
        "For real?",
        "70 minutes",
        "£12 a week for six weeks",
        "Dad had five cans at Steve’s",
        "ten past two",
        "96 days in a hundred; it was 88",
        "One mummy with no crying.",
        "first Friday home after a shift",
        "I wrote it late, and you had to ask. I am sorry.",
        "Ours now",
        "one can in June",
    ],
    "decision": [
        "PC Cole",
        "11 June 2025",
        "I shout but I have not pushed her. I don’t agree that they need a plan.",
        "10 September 2025",
        "Craig’s honest 6",
        "Nine months without anyone hurt",
        "Scared you’ll all vanish.",
        "12 February",
    ],
    "plan": [
        "If I have had a drink I sleep at Mum’s",
        "Bramble Bear",
        "a night lamp",
        "From 16 August I’m home Sunday to Thursday",
        "hands in my pockets and walk out",
    ],
    "contact": ["if it stops the letters", "31 times", "17 May"],
    "person": ["21 August 1994", "5 November 2016", "British Indian (Gujarati)", "Gujarati"],
}
NOWAK_CAMPBELL = {
    "family": ["Auntie, Leon’s sister", "Ciocia, in Łódź", "Kacper’s dad, in Poland"],
    "note": [
        "Who has my running shoes?",
        "Will Mama think I chose?",
        "Aneta Lis",
        "Wigilia and Nine Night",
        "95 minutes by themselves",
        "£340",
        "staying put",
        "Say where Mum is.",
        "nine days",
        "97 days in a hundred; it was 84",
        "Level 2 plumbing: passed",
        "More cat.",
    ],
    "decision": ["we are sorry", "4 November 2024", "30 January", "Yes, but I am her mum."],
    "plan": ["Every two days I tell Zosia how Mum is"],
    "contact": ["no grown-up at home"],
    "person": ["14 March 2014", "2 November 2008", "Polish and Black Caribbean (Jamaican) British"],
}


def words(answer):
    shown = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown)))


def addresses(family):
    """Every page of a family's record, by the kind of page."""
    entries = Entry.objects.filter(family=family)

    def each(name, *kinds):
        return [reverse(name, args=[ref]) for ref in entries.filter(kind__in=kinds).values_list("ref", flat=True)]

    people = Person.objects.filter(memberships__family=family).values_list("ref", flat=True)
    return {
        "family": [reverse("family", args=[family.ref])],
        "note": [*each("note", "note"), *each("entry", "statement-settled")],
        "decision": each("decision", "decision"),
        "plan": each("plan", "plan"),
        "contact": each("contact", "contact"),
        "worry": each("statement", "statement"),
        "person": [reverse("person", args=[ref]) for ref in people],
    }


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def reads(as_, kept):
    """What one worker reads of one family: every page of each kind that opens for them. Read once for all the tests."""

    def read(name, family, *kinds):
        browser, of = as_(name), addresses(Family.objects.get(name=family))
        for kind in kinds or of:
            if (name, family, kind) not in kept:
                kept[name, family, kind] = [words(browser.get(a)) for a in of[kind]]
        return {kind: kept[name, family, kind] for kind in kinds or of}

    return read


def missing(pages, facts):
    return [(kind, fact) for kind, said in facts.items() for fact in said if not any(fact in p for p in pages[kind])]


def test_nadia_finds_what_happened_in_the_mornings_family(reads):
    assert missing(reads("nadia", "Solanki-Reid"), SOLANKI_REID) == []


def test_rosa_finds_what_happened_in_the_kinship_family(reads):
    assert missing(reads("rosa", "Nowak-Campbell"), NOWAK_CAMPBELL) == []


@pytest.mark.parametrize("name", ["rosa", "jermaine", "helen", "henry", "naomi", "anil", "sam"])
def test_no_page_of_the_mornings_family_opens_for_those_who_do_not_work_with_it(as_, name):
    browser = as_(name)
    of = addresses(Family.objects.get(name="Solanki-Reid"))
    assert {browser.get(pages[0]).status_code for pages in of.values()} <= {403, 404}


@pytest.mark.parametrize("name", ["leah", "nadia", "joy", "farrah", "peter"])
def test_no_page_of_the_kinship_family_opens_for_those_who_do_not_work_with_it(as_, name):
    browser = as_(name)
    of = addresses(Family.objects.get(name="Nowak-Campbell"))
    assert {browser.get(pages[0]).status_code for pages in of.values()} <= {403, 404}


def test_what_zosia_said_alone_is_not_on_any_page_of_kacpers_adviser(reads):
    pages = reads("jermaine", "Nowak-Campbell", "note", "family", "person")
    assert any("Level 2 plumbing: passed" in p for p in pages["note"])
    every = [p for kind in pages.values() for p in kind]
    assert not any(fact in p for fact in ("More cat.", "Will Mama think I chose?") for p in every)


@pytest.mark.parametrize(("name", "sees"), [("nadia", True), ("joy", True), ("leah", False), ("farrah", False)])
def test_where_they_live_and_what_kavi_said_alone_stay_with_who_holds_the_work(reads, name, sees):
    pages = reads(name, "Solanki-Reid", "note", "person")
    every = [p for kind in pages.values() for p in kind]
    assert any("First time any of you asked me" in p for p in every)
    for fact in ("14 Larkmead Rise", "Kavi says that Craig pushed her on 17 May.", "07700 900141"):
        assert any(fact in p for p in every) is sees, fact


@pytest.mark.parametrize(
    ("key", "worry", "name"), [("mornings", 0, "nadia"), ("nights", 1, "nadia"), ("home", 0, "rosa")]
)
def test_each_number_is_the_one_that_person_gave_that_day(as_, key, worry, name):
    family = Family.objects.get(name="Nowak-Campbell" if key == "home" else "Solanki-Reid")
    statement = Statement.objects.filter(entry__family=family).order_by("entry__happened_at")[worry]
    page = as_(name).get(reverse("thread", args=[statement.entry.ref])).content.decode()
    given = {day: {who: str(v) for who, v in row.items() if v != NOT} for day, row in NUMBERS[key].items()}
    assert table(page) == given


def table(page):
    """The table of every number, by day and person; who gave none that day is left out."""
    found = re.search(r"<table.*?</table>", page[page.index("Every number, in a table") :], re.DOTALL)
    rows = [
        re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", found.group(), re.DOTALL)
    ]
    cells = [[re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", c))).strip() for c in row] for row in rows]
    days = cells[0][1:]
    return {day: {r[0]: r[n].partition(",")[0] for r in cells[1:] if r[n] != NOT} for n, day in enumerate(days, 1)}


@pytest.mark.parametrize(
    ("text", "name"),
    [(key, "rosa" if key.startswith("B") else "nadia") for key in ("DS1", "DS1C", "SG1", "DS2", "SG2", "BS1", "BG1")],
)
def test_the_worked_words_of_the_framework_are_on_the_page_of_their_worry(reads, text, name):
    pages = reads(name, "Nowak-Campbell" if name == "rosa" else "Solanki-Reid", "worry")["worry"]
    said = getattr(worked_texts, text).replace("'", "’")
    assert any(said in page for page in pages)


def test_the_restricted_and_the_sealed_child_are_on_nobodys_page_but_theirs(as_):
    eve, finn = (File.objects.get(person__known_as=name) for name in ("Eve", "Finn"))
    seen = {
        name: [as_(name).get(reverse("person", args=[f.person.ref])).status_code for f in (eve, finn)]
        for name in ("nadia", "joy", "leah", "rosa", "marcus", "gwen", "amrit", "ruth")
    }
    assert seen == {
        "nadia": [200, 404],
        "joy": [200, 404],
        "leah": [404, 404],
        "rosa": [404, 200],
        "marcus": [404, 200],
        "gwen": [404, 404],
        "amrit": [404, 404],
        "ruth": [404, 404],
    }


def test_the_unfinished_note_is_on_leahs_desk_alone(as_):
    assert "Unfinished" in words(as_("leah").get("/"))
    assert "Unfinished" not in words(as_("joy").get("/"))
