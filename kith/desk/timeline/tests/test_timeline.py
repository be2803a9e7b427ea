"""The timeline: the same as judging everything plainly, never short, and worded alike whatever is hidden."""

import random
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.access.audit.models import Look
from kith.desk.timeline import policies
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.entries import actions
from kith.people.entries.models import Entry, Paragraph, Seal, Status
from kith.people.entries.story import timeline
from kith.people.entries.words import Said, Talk
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def write(cast, files, **but):
    asked = {
        "kind": "note",
        "family": cast.solanki_reid,
        "files": files,
        "talk": Talk(NOW - timedelta(hours=1)),
        "shared": [Said("what", "Tea.")],
        "by": cast.actor("leah"),
        "at": NOW,
    } | but
    return actions.record_entry(**asked)


def a_world(cast, seed):
    """Sixty entries of every shape, many at one moment; then somebody is restricted, sealed or barred."""
    dice, files = random.Random(seed), cast.solanki_files
    for n in range(60):
        these = dice.sample(files, dice.randint(1, 3))
        words = [Said("what", f"Entry {n}.")] * dice.randint(0, 1)
        words += [Said("aside", f"Private {n}.", content=Content.OTHER_PARTY)] * dice.randint(0, 1)
        own = {f.pk: [Said("words", f"own {n}", own_words=True)] for f in these if dice.random() < 0.4}
        when = NOW - timedelta(days=dice.randint(0, 6), hours=1)
        entry = write(cast, these, talk=Talk(when), shared=words, own=own)
        if dice.random() < 0.1:
            again = {"entry": entry, "why": "x", "files": these, "talk": Talk(when), "shared": words, "own": own}
            actions.revise_entry(**again, by=cast.actor("leah"), at=NOW)
    for paragraph in dice.sample(list(Paragraph.objects.order_by("pk")), 5):
        Seal.objects.create(
            paragraph=paragraph, why="x", asked_by=cast.joy, asked_at=NOW, agreed_by=cast.ivo, agreed_at=NOW
        )
    for file in files:
        restrict(file, dice.choice([Level.OPEN, Level.OPEN, Level.RESTRICTED, Level.SEALED]))
        for who in ("leah", "nadia", "joy", "peter"):
            if dice.random() < 0.2:
                tie(file, Tie.BARRED, cast.staff[who])
            if dice.random() < 0.2:
                tie(file, Tie.NAMED, cast.staff[who])


def plainly(actor, files):
    """Judge every entry of these files one word at a time: nothing cut, nothing batched."""
    mine = {f.pk for f in files if actor.sees([f.pk], Verb.READ, Content.CORE)}
    rows = Entry.objects.filter(files__file__in=mine).exclude(status=Status.SUPERSEDED).distinct()
    told = []
    for entry in rows.order_by("-happened_at", "-pk"):
        its = [link.file for link in entry.files.select_related("file").order_by("file_id")]
        read = [(part, p, may_read(actor, its, part, p)) for part in open_parts(actor, its, entry) for p in words(part)]
        shown = [p.pk for _, p, may in read if may and not hasattr(p, "seal")]
        closed = any(may and hasattr(p, "seal") for _, p, may in read)
        bare = bool(open_parts(actor, its, entry)) and all(may for *_, may in read)
        if shown or closed or bare:
            told.append((entry.pk, shown))
    return told


def opens(actor, file, content=Content.CORE):
    return bool(actor.sees([file.pk], Verb.READ, content))


def shuts(actor, file):
    barred = file.relations.filter(kind=Tie.BARRED, staff=actor.account_id).exists()
    return (file.level > Level.OPEN or barred) and not opens(actor, file)


def open_parts(actor, its, entry):
    shared = any(opens(actor, f) for f in its) and not any(shuts(actor, f) for f in its)
    parts = entry.parts.order_by("file_id", "pk")
    own = [p for p in parts if p.file_id and opens(actor, p.file)]
    return [p for p in parts if p.file_id is None and shared] + own


def words(part):
    return part.paragraphs.order_by("row", "pk")


def may_read(actor, its, part, paragraph):
    content = Content(paragraph.content)
    if part.file_id:
        return opens(actor, part.file, content)
    return all(opens(actor, f, content) for f in its if opens(actor, f))


def by_pages(actor, files, want):
    before, found = None, []
    while page := timeline(actor, files, want=want, before=before):
        found += [(r.entry.pk, [p.pk for p in r.paragraphs]) for r in page]
        before = page[-1].entry
    return found


@pytest.mark.parametrize("seed", range(6))
def test_page_by_page_it_is_what_judging_everything_plainly_gives(cast, seed):
    a_world(cast, seed)
    for who in ("leah", "nadia", "joy", "peter", "gwen", "rosa"):
        actor = cast.actor(who)
        files = [f for f in cast.solanki_files if opens(actor, f)]
        expected = [(pk, sorted(read)) for pk, read in plainly(actor, files)]
        for want in (7, 50):
            assert [(pk, sorted(read)) for pk, read in by_pages(actor, files, want)] == expected, (who, want)


def page_of(cast, browser, **asked):
    return browser.get(reverse("timeline", kwargs={"ref": cast.solanki_reid.ref}), asked)


def test_a_page_for_somebody_barred_from_one_child_is_not_short(cast, as_):
    ellis, _, jude = cast.solanki_files
    for n in range(60):
        write(cast, [ellis], talk=Talk(NOW - timedelta(days=300, minutes=n)))
    for n in range(200):
        write(cast, [ellis, jude], talk=Talk(NOW - timedelta(days=n)))
    tie(jude, Tie.BARRED, cast.leah)
    page = page_of(cast, as_("leah")).content.decode()
    assert page.count('<p class="by">') == 50
    assert ">Older</a>" in page


def test_older_goes_on_where_the_page_ended_and_the_last_page_says_so(cast, as_):
    for n in range(70):
        write(cast, cast.solanki_files, talk=Talk(NOW - timedelta(hours=1)), shared=[Said("what", f"Thing {n}.")])
    browser = as_("leah")
    first = page_of(cast, browser).content.decode()
    older = first.split('href="?older=')[1].split('"')[0]
    second = page_of(cast, browser, older=older).content.decode()
    assert all((f"Thing {n}." in first) != (f"Thing {n}." in second) for n in range(70))
    assert "This is where the story begins." in second


def test_an_address_that_is_not_on_it_begins_at_the_newest(cast, as_):
    write(cast, cast.solanki_files)
    assert "Tea." in page_of(cast, as_("leah"), older="not an address").content.decode()


def test_each_line_says_whose_words_it_holds(cast, as_):
    ellis = cast.file("ellis")
    said = Said("words", "like a lighthouse", own_words=True, given_by=cast.ellis, about=cast.ellis)
    write(cast, [ellis], shared=[], own={ellis.pk: [said]})
    page = page_of(cast, as_("leah")).content.decode()
    assert '<q dir="auto">like a lighthouse</q>' in page
    assert "Ellis, written down by Leah Whitcombe" in page
    write(cast, [ellis], own={ellis.pk: [said]})
    page = page_of(cast, as_("leah")).content.decode()
    assert '<p class="by">Leah Whitcombe. About' in page


def test_one_child_and_one_kind_at_a_time(cast, as_):
    ellis, maya, _ = cast.solanki_files
    write(cast, [ellis], shared=[Said("what", "Drums.")])
    write(cast, [maya], kind="goal", shared=[Said("what", "Wizards.")])
    browser = as_("leah")
    assert "Wizards." not in page_of(cast, browser, child=str(cast.ellis.ref)).content.decode()
    assert "Drums." not in page_of(cast, browser, kind="goal").content.decode()
    assert "Nothing like that is written here." in page_of(cast, browser, kind="plan").content.decode()


def test_an_empty_story_says_how_to_begin(cast, as_):
    assert "Start with what happened when you met." in page_of(cast, as_("leah")).content.decode()


def test_one_adults_private_matters_are_not_on_the_chairs_page(cast, as_):
    private = Said("aside", "Kavi told me about her health.", content=Content.OTHER_PARTY, about=cast.kavi)
    write(cast, cast.solanki_files, shared=[private])
    assert "her health" in page_of(cast, as_("leah")).content.decode()
    answer = page_of(cast, as_("peter"))
    assert b"health" not in answer.content
    assert b"Nothing is written down yet." in answer.content


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "farrah"])
def test_a_family_you_do_not_work_with_has_no_timeline(cast, as_, who):
    assert page_of(cast, as_(who)).status_code == 404


@pytest.mark.parametrize(
    ("who", "refusal"), [("leah", None), ("gwen", None), ("sam", policies.NO_TIMELINE), ("anil", policies.NO_TIMELINE)]
)
def test_whose_work_brings_them_to_a_story(cast, who, refusal):
    assert policies.read_timeline(actor=cast.actor(who)) is refusal


def test_the_look_names_the_files_it_showed(cast, as_):
    page_of(cast, as_("leah"))
    look = Look.objects.get()
    assert (look.what, look.showed.count()) == ("timeline", 3)


def asked(cast, browser):
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["looks"]) as looks:
        page_of(cast, browser)
    return sum("SAVEPOINT" not in q["sql"] for q in main.captured_queries + looks.captured_queries)


def test_a_longer_story_asks_the_store_no_more_and_a_refill_two_more(cast, as_):
    browser, jude = as_("leah"), cast.file("jude")
    for n in range(3):
        write(cast, cast.solanki_files, talk=Talk(NOW - timedelta(days=n)))
    page_of(cast, browser)
    few = asked(cast, browser)
    for n in range(60):
        write(cast, cast.solanki_files, talk=Talk(NOW - timedelta(days=n)))
    assert asked(cast, browser) == few
    assert few <= 12  # seven of the main store, and what the look costs there
    for n in range(61):
        write(cast, [cast.file("ellis"), jude], talk=Talk(NOW - timedelta(minutes=n)))
        write(cast, [cast.file("ellis")], talk=Talk(NOW - timedelta(days=70)))
    tie(jude, Tie.BARRED, cast.leah)
    assert asked(cast, browser) <= few + 2
