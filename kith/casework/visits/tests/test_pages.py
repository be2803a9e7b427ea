"""The pages of notes, as each person meets them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Look
from kith.casework.visits.models import Promise, Seen, Visit
from kith.framework.kinds import Level, Tie
from kith.kit.wording import clock_time
from kith.people.entries.models import Entry
from kith.people.files.tests.pictures import jpeg
from tests.cast import restrict, tie
from tests.house.boxes import read

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


PASTED = '<span class="by">Some of this was pasted from somewhere else.'


def new(cast):
    return reverse("note-new", kwargs={"ref": cast.solanki_reid.ref})


def filled(cast, **but):
    ellis, maya = cast.files["ellis"], cast.files["maya"]
    then = timezone.localtime() - timedelta(hours=1)
    return {
        "about": [str(f.ref) for f in cast.solanki_files],
        "written_to": [str(ellis.ref), str(maya.ref)],
        "what": "Today you showed me the lamp in the window.",
        "present": [str(cast.ellis.ref), str(cast.maya.ref), str(cast.kavi.ref)],
        f"words_{ellis.ref.hex}": "like a lighthouse but for bears",
        f"alone_{ellis.ref.hex}": "10",
        "happened_at-day": str(then.day), "happened_at-month": str(then.month),
        "happened_at-year": str(then.year), "happened_at-time": clock_time(then),
        "place": "home", "outcome": "happened", "language": "English", "once": "k1",
    } | but  # fmt: skip


def written(cast, browser, **but):
    answer = browser.post(new(cast), filled(cast, **but), follow=True)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return answer.content.decode()


def test_leah_writes_to_ellis_and_maya_and_reads_it_back(cast, as_):
    page = written(cast, as_("leah"))
    assert "Dear Ellis and Maya," in page
    assert "like a lighthouse but for bears" in page
    assert "About 10 minutes on their own with us." in page
    assert Seen.objects.get(file=cast.files["jude"]).seen is False


def test_one_box_is_enough(cast, as_):
    browser = as_("leah")
    page = browser.get(new(cast)).content.decode()
    assert "What happened, and what did you notice?" in page
    sent = {k: v for k, v in filled(cast).items() if k.startswith(("happened", "place", "about"))}
    browser.post(new(cast), sent | {"what": "Rang. No answer."})
    assert Entry.objects.get().kind == "note"


def test_the_same_form_sent_twice_makes_one_note(cast, as_):
    browser = as_("leah")
    places = {browser.post(new(cast), filled(cast))["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Visit.objects.count() == 1


def test_an_empty_form_keeps_nothing_and_says_what_to_do(cast, as_):
    page = as_("leah").post(new(cast), {}).content.decode()
    assert "Write what happened, and what you noticed" in page
    assert "This field is required" not in page
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ({"happened_at-day": "31", "happened_at-month": "2"}, "February"),
        ({"happened_at-year": "2099"}, "That has not happened yet."),
        ({"happened_at-year": "1901"}, "Enter a day on or after"),
        ({"happened_at-time": "25.70"}, "time"),
        ({"place": "phone"}, "A child is seen when you are in the room together."),
        ({"language": "Polish"}, "Name the interpreter."),
        ({"language": "Polish", "interpreter": "Ellis"}, "only in an emergency"),
        ({"aside": "Her health."}, "Say whom it is about"),
        ({"promise_0": "A photo"}, "Say whom you promised it to"),
        ({"what": "a" * 100_000}, "Shorten this by 80,000 characters."),
        ({"about": []}, "Choose at least one child"),
        ({"about": ["not a child"]}, "Choose from the answers shown."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(cast, as_, but, sentence):
    answer = as_("leah").post(new(cast), filled(cast, **but))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "like a lighthouse but for bears" in page
    assert not Entry.objects.exists()


def test_strange_words_are_kept_as_typed_and_harm_nobody(cast, as_):
    strange = "كيف حالك 👩‍👧 <script>alert(1)</script> {{ 7*7 }} \u202eevil\u0000\u0007 ok"
    page = written(cast, as_("leah"), what=strange)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
    assert "👩‍👧" in page
    assert not {"\u202e", "\u0000", "\u0007"} & set(page)


def test_a_childs_words_are_not_in_the_bytes_another_childs_worker_is_sent(cast, as_):
    maya = cast.files["maya"].ref.hex
    written(cast, as_("leah"), **{f"words_{maya}": "Bramble Bear did it", "aside": "Kavi is ill", "aside_about": str(cast.kavi.ref)})  # fmt: skip
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    page = as_("rosa").get(reverse("note", kwargs={"ref": Entry.objects.get().ref})).content
    assert b"Bramble Bear" in page
    assert b"lighthouse" not in page


def test_private_matters_of_an_adult_are_not_in_the_bytes_the_chair_is_sent(cast, as_):
    written(cast, as_("leah"), aside="Kavi is ill", aside_about=str(cast.kavi.ref))
    address = reverse("note", kwargs={"ref": Entry.objects.get().ref})
    assert b"Kavi is ill" in as_("leah").get(address).content
    chair = as_("peter").get(address).content
    assert b"Kavi is ill" not in chair
    assert b"Only for workers" not in chair


def test_when_what_is_shared_is_shut_the_header_says_only_when_what_and_who(cast, as_):
    written(cast, as_("leah"), place="hospital")
    restrict(cast.file("jude"), Level.RESTRICTED)
    page = as_("leah").get(reverse("note", kwargs={"ref": Entry.objects.get().ref})).content.decode()
    assert "Written by Leah Whitcombe" in page
    assert "like a lighthouse" in page
    assert not [words for words in ("in hospital", "Who was there", "Dear Ellis", "lamp") if words in page]


def test_what_was_written_down_late_says_so(cast, as_):
    then = timezone.localtime() - timedelta(days=3)
    late = {"happened_at-day": str(then.day), "happened_at-month": str(then.month), "happened_at-year": str(then.year)}
    assert "Written down 3 days later" in written(cast, as_("leah"), **late)


def correct(cast, entry):
    return reverse("note-correct", kwargs={"ref": entry.ref})


def test_correcting_begins_with_the_words_as_they_stand_and_keeps_both(cast, as_):
    browser = as_("leah")
    written(cast, browser)
    entry = Entry.objects.get()
    page = browser.get(correct(cast, entry)).content.decode()
    assert "Today you showed me the lamp in the window." in page
    assert "like a lighthouse but for bears" in page
    sent = filled(cast, what="Two lamps.", why="There were two.", once="k2")
    page = browser.post(correct(cast, entry), sent, follow=True).content.decode()
    assert "Two lamps." in page
    old = browser.get(reverse("note", kwargs={"ref": entry.ref})).content.decode()
    assert "A newer version of this note stands." in old


def test_what_was_pasted_is_said_on_the_note_and_stays_said_when_it_is_corrected(cast, as_):
    browser = as_("leah")
    typed = written(cast, browser, once="k0")
    assert PASTED not in typed
    assert PASTED in written(cast, browser, pasted="on", what="Farrah’s email says he came in awake.")
    entry = Entry.objects.latest("pk")
    form = next(s for s in read(browser.get(correct(cast, entry)).content).sheets if "what" in s.typed())
    assert form.sends().get("pasted") == ["on"]
    page = browser.post(
        correct(cast, entry),
        form.sends() | {"what": "Farrah’s email says he was awake.", "why": "Her words."},
        follow=True,
    ).content.decode()
    assert "he was awake." in page
    assert PASTED in page
    taken_back = filled(cast, what="I wrote this myself.", why="I typed it.", once="k3")
    newest = Entry.objects.latest("pk")
    assert PASTED not in browser.post(correct(cast, newest), taken_back, follow=True).content.decode()


def test_whoever_corrects_second_is_shown_both_and_loses_nothing(cast, as_):
    leah, joy = as_("leah"), as_("joy")
    written(cast, leah)
    first = Entry.objects.get()
    joy.post(correct(cast, first), filled(cast, what="Joy says two lamps.", why="I was there.", once="k2"))
    stale = filled(cast, what="Leah says three lamps.", why="I counted.", once="k3")
    page = leah.post(correct(cast, first), stale).content.decode()
    assert "Joy says two lamps." in page
    assert "Leah says three lamps." in page
    assert Entry.objects.count() == 2
    newest = Entry.objects.get(version=2)
    assert f'name="read" value="{newest.ref}"' in page
    leah.post(correct(cast, first), stale | {"once": "k4", "read": str(newest.ref)})
    assert Entry.objects.get(version=3).author == cast.leah


def test_the_address_of_an_old_version_leads_to_correcting_the_newest(cast, as_):
    leah = as_("leah")
    written(cast, leah)
    first = Entry.objects.get()
    leah.post(correct(cast, first), filled(cast, why="Spelling.", once="k2"))
    assert leah.get(correct(cast, first))["Location"] == correct(cast, Entry.objects.get(version=2))


def test_a_promise_is_kept_or_explained_on_its_own_page(cast, as_):
    leah = as_("leah")
    page = written(cast, leah, promise_0="Bring the photo of the drum.", promise_to_0=str(cast.ellis.ref))
    assert "No day was named" in page
    promise = Promise.objects.get()
    late = reverse("promise-late", kwargs={"ref": promise.ref})
    assert "Bring the photo of the drum." in leah.get(late).content.decode()
    assert "Write what you told them" in leah.post(late, {}).content.decode()
    today = timezone.localdate()
    day = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    leah.post(late, {"why_late": "The printer broke.", **{f"told_on-{k}": v for k, v in day.items()}})
    kept = reverse("promise-kept", kwargs={"ref": promise.ref})
    page = leah.post(kept, {f"kept_on-{k}": v for k, v in day.items()}, follow=True).content.decode()
    assert "The printer broke." in page
    assert "Kept on" in page


def test_a_family_you_do_not_work_with_is_not_found(cast, as_):
    written(cast, as_("leah"), promise_0="A photo.", promise_to_0=str(cast.ellis.ref))
    entry, promise = Entry.objects.get(), Promise.objects.get()
    addresses = [new(cast), reverse("note", kwargs={"ref": entry.ref}), correct(cast, entry)]
    addresses += [reverse(name, kwargs={"ref": promise.ref}) for name in ("promise-kept", "promise-late")]
    for who in ("rosa", "sam", "anil", "farrah"):
        assert {as_(who).get(a).status_code for a in addresses} == {404}


def test_somebody_who_may_only_read_is_told_whom_to_ask(cast, as_):
    answer = as_("gwen").post(new(cast), filled(cast))
    assert answer.status_code == 403
    assert "Ask the worker who holds it." in answer.content.decode()


def test_every_page_leaves_a_look_with_the_files_it_showed(cast, as_):
    written(cast, as_("leah"))
    assert [(look.what, look.showed.count()) for look in Look.objects.all()] == [("note", 3)]


def test_a_picture_is_shown_and_one_that_cannot_be_kept_is_said_beside_its_box(cast, as_, settings, tmp_path):
    settings.PAPERS = tmp_path
    leah = as_("leah")
    broken = filled(cast, picture=SimpleUploadedFile("lamp.jpg", b"MZ\x90\x00"), picture_words="A lamp")
    assert "This file is none of those inside" in leah.post(new(cast), broken).content.decode()
    page = written(cast, leah, picture=SimpleUploadedFile("lamp.jpg", jpeg()), picture_words="Maya’s lamp", once="k2")
    assert 'alt="Maya’s lamp"' in page


def keep_unfinished(cast, browser, form, address, words):
    sent = {"what": words, "draft_by": str(cast.leah.ref), "draft_place": str(cast.solanki_reid.ref)}
    sent |= {"draft_address": address, "draft_page": "p1", "draft_turn": "1", "draft_version": "0"}
    return browser.post(reverse("draft-keep", kwargs={"form": form}), sent)


def test_an_unfinished_note_is_there_when_leah_comes_back_and_gone_when_it_is_saved(cast, as_):
    leah = as_("leah")
    kept = keep_unfinished(cast, leah, "note", new(cast), "Half a sentence about").json()
    assert "Half a sentence about" in leah.get(new(cast)).content.decode()
    assert "Half a sentence about" not in as_("nadia").get(new(cast)).content.decode()
    written(cast, leah, draft_version=str(kept["version"]), draft_page="p1")
    assert "Half a sentence about" not in leah.get(new(cast)).content.decode()


def test_an_unfinished_correction_is_shown_beside_a_version_saved_meanwhile(cast, as_):
    leah, joy = as_("leah"), as_("joy")
    written(cast, leah)
    first = Entry.objects.get()
    keep_unfinished(cast, leah, f"note-{first.ref.hex}", correct(cast, first), "Leah says three")
    joy.post(correct(cast, first), filled(cast, what="Joy says two lamps.", why="I was there.", once="k2"))
    page = leah.get(correct(cast, first)).content.decode()
    assert "Joy says two lamps." in page
    assert "Leah says three" in page


@pytest.mark.parametrize("form", ["note-new", "decision-new", "entry-differs", "entry-shared", "promise-kept"])
def test_who_only_reads_is_told_so_before_they_type(cast, as_, form):
    written(cast, as_("leah"), promise_0="A photo.", promise_to_0=str(cast.ellis.ref))
    takes = {"promise-kept": Promise.objects.get(), "note-new": cast.solanki_reid, "decision-new": cast.solanki_reid}
    ref = takes.get(form, Entry.objects.get()).ref
    answer = as_("amrit" if form == "decision-new" else "gwen").get(reverse(form, kwargs={"ref": ref}))
    assert answer.status_code == 403
    assert "That cannot be done here" in answer.content.decode()


def test_a_note_offers_nothing_to_do_to_whoever_only_reads_it(cast, as_):
    written(cast, as_("leah"), promise_0="A photo.", promise_to_0=str(cast.ellis.ref))
    entry, promise = Entry.objects.get(), Promise.objects.get()
    named = (("entry-differs", entry), ("entry-shared", entry), ("promise-kept", promise), ("promise-late", promise))
    offers = [reverse(name, kwargs={"ref": it.ref}) for name, it in named]
    for who, offered in (("leah", True), ("gwen", False)):
        page = as_(who).get(reverse("note", kwargs={"ref": entry.ref})).content.decode()
        assert [offer in page for offer in offers] == [offered] * len(offers)
