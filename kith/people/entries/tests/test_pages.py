"""The pages of any entry: versions, who differs, who was shown it, what is kept with it, words that leaked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kith.access.audit.models import Act, Look
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.entries import actions, policies
from kith.people.entries.models import Dissent, Seal, Shared
from kith.people.entries.queries import open_entry
from kith.people.entries.tests.test_entries import a_note
from kith.people.entries.words import Said, Talk
from kith.people.files.actions import keep_file
from kith.people.files.queries import place_of
from kith.people.files.tests.pictures import jpeg
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture(autouse=True)
def _papers(settings, tmp_path):
    settings.PAPERS = tmp_path


def goal(cast, **but):
    return actions.record_entry(**a_note(cast, kind="goal", **but))


def at(name, entry, **more):
    return reverse(name, kwargs={"ref": entry.ref} | more)


def today(name):
    return {f"{name}-day": "10", f"{name}-month": "9", f"{name}-year": "2025"}


def test_an_entry_leads_to_its_own_shelfs_page_and_stays_where_there_is_none(cast, as_):
    note = actions.record_entry(**a_note(cast))
    assert as_("leah").get(at("entry", note))["Location"] == at("note", note)
    page = as_("leah").get(at("entry", goal(cast))).content.decode()
    assert "The kettle was on" in page
    assert "like a lighthouse" in page


def test_versions_stand_side_by_side_with_what_changed_and_why(cast, as_):
    first = goal(cast)
    again = a_note(cast, shared=[Said("what", "At three.")], entry=first, why="The time was wrong.")
    newer = actions.revise_entry(**{k: v for k, v in again.items() if k not in {"kind", "family"}})
    for entry in (first, newer):
        page = as_("leah").get(at("entry-versions", entry)).content.decode()
        assert "As first written" in page
        assert "The kettle was on" in page
        assert "At three." in page
        assert "The time was wrong." in page


def test_a_hidden_shared_part_takes_its_differences_with_it(cast, as_):
    entry = goal(cast)
    actions.add_dissent(
        entry=entry, person=cast.craig, words="I was up too.", said_on=NOW.date(), by=cast.actor("leah"), at=NOW
    )
    assert "I was up too." in as_("leah").get(at("entry", entry)).content.decode()
    restrict(cast.file("jude"), Level.RESTRICTED)
    page = as_("leah").get(at("entry", entry)).content.decode()
    assert "like a lighthouse" in page
    assert "Leah Whitcombe" in page
    assert not [words for words in ("I was up too.", "kettle", "Seen differently") if words in page]
    assert as_("leah").get(at("entry-differs", entry)).status_code == 404


def test_craig_sees_it_differently_and_it_is_kept_as_he_said_it(cast, as_):
    entry = goal(cast)
    sent = {"person": str(cast.craig.ref), "words": "I was up <too>.", **today("said_on")}
    page = as_("leah").post(at("entry-differs", entry), sent, follow=True).content.decode()
    assert "I was up &lt;too&gt;." in page
    assert Dissent.objects.get().person == cast.craig


def test_kavi_was_shown_it_and_what_she_said(cast, as_):
    entry = goal(cast)
    sent = {"person": str(cast.kavi.ref), "how": "read-aloud", "response": "That’s us.", **today("shared_on")}
    page = as_("leah").post(at("entry-shared", entry), sent, follow=True).content.decode()
    assert "read aloud together" in page
    assert "That’s us." in page
    assert Shared.objects.get().how == "read-aloud"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("entry-differs", "Write what they say, in their own words"), ("entry-shared", "Say how they were shown it")],
)
def test_an_empty_form_keeps_nothing_and_says_what_to_do(cast, as_, name, sentence):
    page = as_("leah").post(at(name, goal(cast)), {}).content.decode()
    assert sentence in page
    assert not Dissent.objects.exists()
    assert not Shared.objects.exists()


def test_a_day_that_has_not_come_is_refused(cast, as_):
    sent = {"person": str(cast.craig.ref), "words": "No.", **today("said_on"), "said_on-year": "2099"}
    assert "That day has not come yet." in as_("leah").post(at("entry-differs", goal(cast)), sent).content.decode()


def keep_with(cast, entry, file=None):
    stored = keep_file(content=jpeg(), name="lamp.jpg", files=cast.solanki_files, by=cast.actor("leah"), at=NOW)
    actions.attach(entry=entry, stored=stored, words="A lamp", file=file, by=cast.actor("leah"), at=NOW)
    return stored


def test_a_stored_file_is_a_download_that_runs_nothing(cast, as_):
    entry = goal(cast)
    stored = keep_with(cast, entry)
    answer = as_("leah").get(at("entry-file", entry, file=stored.ref))
    assert answer.content == place_of(stored.digest).read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="lamp.jpg"'
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert Look.objects.get().what == "stored file"


def test_a_stored_file_has_no_other_address_than_its_own_entrys(cast, as_):
    entry, other = goal(cast), goal(cast)
    stored = keep_with(cast, entry)
    assert as_("leah").get(at("entry-file", other, file=stored.ref)).status_code == 404
    assert as_("rosa").get(at("entry-file", entry, file=stored.ref)).status_code == 404


def test_a_childs_picture_is_seen_only_with_that_childs_file(cast, as_):
    entry = goal(cast)
    stored = keep_with(cast, entry, cast.file("ellis"))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    address = at("entry-file", entry, file=stored.ref)
    assert as_("leah").get(address).status_code == 200
    assert as_("rosa").get(address).status_code == 404


def test_a_stored_file_that_is_gone_from_disk_is_not_found(cast, as_):
    entry = goal(cast)
    stored = keep_with(cast, entry)
    place_of(stored.digest).unlink()
    assert as_("leah").get(at("entry-file", entry, file=stored.ref)).status_code == 404


@pytest.mark.parametrize(
    ("who", "refusal"), [("leah", None), ("rosa", policies.NOT_YOURS_TO_WRITE), ("gwen", policies.NOT_YOUR_WORK)]
)
def test_who_may_put_a_file_with_an_entry(cast, who, refusal):
    assert policies.attach(actor=cast.actor(who), files=cast.solanki_files) is refusal


def test_nothing_is_put_in_the_part_of_a_child_the_entry_is_not_about(cast):
    refusal = policies.attach(actor=cast.actor("leah"), files=cast.solanki_files[:1], file=cast.file("jude"))
    assert refusal is policies.NOT_YOURS_TO_WRITE


def ask(cast, browser, entry, position=1):
    return browser.post(at("entry-seal", entry, position=position), {"why": "About another family."}, follow=True)


def test_leaked_words_are_closed_by_two_people_on_two_pages(cast, as_):
    entry = goal(cast)
    joy, ivo = as_("joy"), as_("ivo")
    page = ask(cast, joy, entry).content.decode()
    assert "A second person must agree" in page
    assert "The kettle was on" in as_("leah").get(at("entry", entry)).content.decode()
    seal = Seal.objects.get()
    page = ivo.get(at("seal", seal)).content.decode()
    assert "About another family." in page
    assert "kettle" not in page
    ivo.post(at("seal", seal), {})
    page = as_("leah").get(at("entry", entry)).content.decode()
    assert "kettle" not in page
    assert "Some words were closed by two people" in page
    assert Act.objects.filter(what="entry.seal.agreed").exists()


def test_whoever_asked_cannot_agree(cast, as_):
    entry = goal(cast)
    joy = as_("joy")
    ask(cast, joy, entry)
    seal = Seal.objects.get()
    assert joy.post(at("seal", seal), {}).status_code == 403
    seal.refresh_from_db()
    assert seal.agreed_at is None


def test_the_list_of_words_to_be_closed_is_for_those_who_may_agree(cast, as_):
    entry = goal(cast)
    ask(cast, as_("joy"), entry)
    assert "About another family." in as_("ivo").get(reverse("seals")).content.decode()
    assert "Nobody is waiting" in as_("marcus").get(reverse("seals")).content.decode()
    assert as_("marcus").get(at("seal", Seal.objects.get())).status_code == 404
    assert as_("leah").get(reverse("seals")).status_code == 404


def test_only_somebody_who_reads_them_and_may_close_words_asks(cast, as_):
    entry = goal(cast)
    address = at("entry-seal", entry, position=1)
    assert [as_(who).get(address).status_code for who in ("joy", "leah", "marcus", "ivo")] == [200, 404, 404, 404]
    assert as_("joy").get(at("entry-seal", entry, position=99)).status_code == 404
    paragraph = entry.parts.get(file=None).paragraphs.get()
    with pytest.raises(Refused) as no:
        actions.ask_seal(paragraph=paragraph, why="x", by=cast.actor("ivo"), at=NOW)
    assert no.value.refusal is policies.MAY_NOT_SEAL


def test_asking_twice_says_somebody_has(cast):
    paragraph = goal(cast).parts.get(file=None).paragraphs.get()
    actions.ask_seal(paragraph=paragraph, why="x", by=cast.actor("joy"), at=NOW)
    with pytest.raises(Refused) as no:
        actions.ask_seal(paragraph=paragraph, why="x", by=cast.actor("joy"), at=NOW)
    assert no.value.refusal is policies.ASKED_ALREADY


def test_a_team_leader_who_cannot_read_it_does_not_agree(cast):
    paragraph = goal(cast).parts.get(file=None).paragraphs.get()
    seal = actions.ask_seal(paragraph=paragraph, why="x", by=cast.actor("joy"), at=NOW)
    assert policies.agree_seal(actor=cast.actor("marcus"), seal=seal) is policies.MAY_NOT_SEAL
    assert policies.agree_seal(actor=cast.actor("ivo"), seal=seal) is None


@pytest.mark.parametrize("who", ["rosa", "sam", "anil", "farrah"])
def test_an_entry_about_children_you_do_not_work_with_is_not_found(cast, as_, who):
    entry = goal(cast)
    names = ("entry", "entry-versions", "entry-differs", "entry-shared")
    assert {as_(who).get(at(name, entry)).status_code for name in names} == {404}


@pytest.mark.parametrize(
    ("days", "said"), [(0, ""), (1, "Written down 1 day later"), (40, "Written down 40 days later")]
)
def test_how_late_it_was_written_down_is_said(cast, days, said):
    entry = goal(cast, talk=Talk(NOW - timedelta(days=days)))
    assert open_entry(cast.actor("leah"), entry.ref).late == said
