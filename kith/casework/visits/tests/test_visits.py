"""Notes: what one needs, who interprets, whose words are seen by whom, corrections and promises."""

from datetime import date, timedelta

import pytest

from kith.access.audit.models import Act
from kith.casework.visits import actions, policies
from kith.casework.visits.actions import ChildThere, Made, NoteWords, Picture
from kith.casework.visits.models import Promise, Seen, Visit
from kith.casework.visits.queries import in_the_family, last_seen, open_note, open_promise, promises_to_keep
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.entries import policies as spine
from kith.people.entries.actions import agree_seal, ask_seal
from kith.people.entries.models import Entry
from kith.people.entries.queries import open_entry
from kith.people.entries.words import Here, Talk
from kith.people.files.models import StoredFile
from kith.people.files.tests.pictures import jpeg
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
THEN = NOW - timedelta(hours=2)


@pytest.fixture(autouse=True)
def _papers(settings, tmp_path):
    settings.PAPERS = tmp_path


def a_visit(cast, **but):
    ellis, maya, jude = cast.solanki_files
    return {
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": Talk(THEN, present=(Here(person=cast.ellis), Here(person=cast.kavi))),
        "words": NoteWords(
            "You showed me the lamp.", analysis="It held.", aside="Kavi’s health.", aside_about=cast.kavi
        ),
        "children": [
            ChildThere(ellis, seen=True, alone_minutes=10, words="like a lighthouse", written_to=True),
            ChildThere(maya, seen=True, words="Bramble Bear did it"),
            ChildThere(jude, why_not="Asleep at Nana Mo’s."),
        ],
        "promises": [Made(cast.ellis, "Bring the photo of the drum.", NOW.date() + timedelta(days=2))],
        "people": [cast.ellis, cast.maya, cast.jude, cast.kavi, cast.craig],
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def again(cast, visit, **but):
    asked = a_visit(cast) | {"entry": visit.entry, "why": "It was Tuesday."}
    return {k: v for k, v in asked.items() if k not in {"family", "promises"}} | but


def test_a_note_is_one_entry_with_each_child_seen_or_not_and_acts_on_the_ledger(cast):
    visit = actions.write_note(**a_visit(cast))
    seen = {s.file.person.known_as: (s.seen, s.alone_minutes, s.why_not) for s in visit.children.all()}
    assert seen == {
        "Ellis": (True, 10, ""),
        "Maya": (True, None, ""),
        "Jude": (False, None, "Asleep at Nana Mo’s."),
    }
    assert list(Act.objects.order_by("seq").values_list("what", flat=True)) == ["entry.recorded", "note.written"]


def test_a_childs_exact_words_are_in_that_childs_own_part(cast):
    visit = actions.write_note(**a_visit(cast))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    note = open_note(cast.actor("rosa"), visit.entry.ref)
    assert [s.file.person.known_as for s in note.children] == ["Maya"]
    assert [p.text for p in note.reading.said("words")] == ["Bramble Bear did it"]
    assert note.promises == []


def test_a_restricted_brother_shuts_what_is_shared_and_the_salutation_with_it(cast):
    visit = actions.write_note(**a_visit(cast))
    restrict(cast.file("jude"), Level.RESTRICTED)
    note = open_note(cast.actor("leah"), visit.entry.ref)
    assert (note.reading.text("what"), note.salutation, note.reading.present) == ("", "", [])
    assert [p.text for p in note.reading.said("words")] == ["like a lighthouse", "Bramble Bear did it"]


def test_a_note_with_nothing_open_to_me_is_not_found(cast):
    bare = a_visit(cast, children=[], promises=[])
    visit = actions.write_note(**bare)
    restrict(cast.file("jude"), Level.RESTRICTED)
    assert open_note(cast.actor("leah"), visit.entry.ref) is None


def test_one_adults_private_matters_are_for_workers_with_the_family(cast):
    visit = actions.write_note(**a_visit(cast))
    assert open_note(cast.actor("leah"), visit.entry.ref).reading.text("aside") == "Kavi’s health."
    assert open_note(cast.actor("peter"), visit.entry.ref).reading.text("aside") == ""


@pytest.mark.parametrize(
    ("but", "refusal"),
    [
        ({"words": NoteWords("  \n ")}, policies.NEEDS_WORDS),
        ({"talk": Talk(NOW + timedelta(minutes=1))}, policies.NOT_YET),
        ({"talk": Talk(THEN, place="phone")}, policies.NOT_IN_THE_ROOM),
        ({"talk": Talk(THEN, language="Polish")}, policies.NEEDS_INTERPRETER),
        ({"talk": Talk(THEN, language="Polish", interpreter="ellis")}, policies.NOT_FAMILY),
        ({"talk": Talk(THEN, language="Gujarati", interpreter="Mrs Kavita Solanki")}, policies.NOT_FAMILY),
        ({"files": []}, spine.NO_FILES),
    ],
)
def test_what_a_note_cannot_be_without(cast, but, refusal):
    with pytest.raises(Refused) as no:
        actions.write_note(**a_visit(cast, **but))
    assert no.value.refusal is refusal
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "talk",
    [
        Talk(THEN, language="Polish", interpreter="Maya Patel"),
        Talk(THEN, language="Polish", interpreter="Leah Whitcombe"),
        Talk(THEN, language="Polish", interpreter="Ellis", interpreter_why="Jude had stopped breathing."),
        Talk(THEN, language=" english "),
    ],
)
def test_a_proper_interpreter_or_an_emergency_will_do(cast, talk):
    assert policies.interpreted(talk=talk, people=[cast.ellis, cast.maya, cast.kavi]) is None


@pytest.mark.parametrize(("name", "is_family"), [("Kavi", True), ("Patel", False), ("", False), ("Mr", False)])
def test_whose_name_is_a_name_in_the_family(cast, name, is_family):
    assert in_the_family(name, [cast.kavi, cast.maya]) is is_family


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("nadia", None),
        ("joy", None),
        ("peter", None),
        ("rosa", spine.NOT_YOURS_TO_WRITE),
        ("amrit", spine.NOT_YOURS_TO_WRITE),
        ("farrah", spine.NOT_YOURS_TO_WRITE),
        ("gwen", spine.NOT_YOUR_WORK),
        ("sam", spine.NOT_YOUR_WORK),
    ],
)
def test_who_may_write_a_note(cast, who, refusal):
    asked = {k: v for k, v in a_visit(cast).items() if k in {"files", "talk", "children", "people", "at"}}
    assert policies.write_note(actor=cast.actor(who), what="Tea.", **asked) is refusal


def test_a_visit_where_the_child_was_seen_is_what_the_visit_clock_counts_from_k16(cast):
    actions.write_note(**a_visit(cast, talk=Talk(THEN - timedelta(days=3))))
    actions.write_note(**a_visit(cast, talk=Talk(THEN, place="video"), children=[]))
    ellis, jude = cast.files["ellis"], cast.files["jude"]
    seen = last_seen([ellis, jude])
    assert {pk: (s.on, s.by, s.alone_minutes) for pk, s in seen.items()} == {
        ellis.pk: ((THEN - timedelta(days=3)).date(), cast.leah, 10)
    }


def test_a_correction_stands_beside_the_first_and_takes_the_promise_along(cast):
    visit = actions.write_note(**a_visit(cast))
    newer = actions.correct_note(**again(cast, visit, words=NoteWords("You showed me two lamps.")))
    note = open_note(cast.actor("leah"), newer.entry.ref)
    assert (newer.entry.version, newer.entry.why_changed) == (2, "It was Tuesday.")
    assert note.reading.text("what") == "You showed me two lamps."
    assert [p.words for p in note.promises] == ["Bring the photo of the drum."]
    assert open_entry(cast.actor("leah"), visit.entry.ref).text("what") == "You showed me the lamp."
    assert Promise.objects.open().count() == 1


def test_a_correction_does_not_count_a_child_seen_twice(cast):
    visit = actions.write_note(**a_visit(cast))
    actions.correct_note(**again(cast, visit))
    assert Seen.objects.counting().filter(file=cast.files["ellis"]).count() == 1


def test_words_that_were_closed_are_not_carried_into_a_newer_version(cast):
    visit = actions.write_note(**a_visit(cast))
    paragraph = visit.entry.parts.get(file=cast.files["ellis"]).paragraphs.get(slot="promise")
    seal = ask_seal(paragraph=paragraph, why="Names another family", by=cast.actor("joy"), at=NOW)
    agree_seal(seal=seal, by=cast.actor("ivo"), at=NOW)
    newer = actions.correct_note(**again(cast, visit))
    assert open_note(cast.actor("leah"), newer.entry.ref).promises == []


@pytest.mark.parametrize(
    ("who", "but", "refusal"),
    [
        ("nadia", {}, spine.NOT_YOURS_TO_CORRECT),
        ("rosa", {}, spine.NOT_YOURS_TO_WRITE),
        ("leah", {"why": "  "}, policies.NEEDS_WHY),
        ("joy", {}, None),
    ],
)
def test_who_may_correct_a_note(cast, who, but, refusal):
    visit = actions.write_note(**a_visit(cast))
    asked = {"actor": cast.actor(who), "entry": visit.entry, "files": cast.solanki_files, "why": "Wrong day."} | but
    assert policies.correct_note(**asked) is refusal


def test_nobody_corrects_away_a_child_they_may_no_longer_write_about(cast):
    visit = actions.write_note(**a_visit(cast))
    restrict(cast.file("jude"), Level.RESTRICTED)
    with pytest.raises(Refused):
        actions.correct_note(**again(cast, visit, files=cast.solanki_files[:2]))
    assert Entry.objects.count() == 1


def test_the_second_to_correct_is_told_that_there_is_a_newer_one(cast):
    visit = actions.write_note(**a_visit(cast))
    actions.correct_note(**again(cast, visit))
    with pytest.raises(Refused) as no:
        actions.correct_note(**again(cast, visit))
    assert no.value.refusal is spine.REPLACED_ALREADY


def test_a_promise_is_kept_once(cast):
    visit = actions.write_note(**a_visit(cast))
    promise = visit.entry.promises.get()
    assert [p.words for p in promises_to_keep(cast.actor("leah"))] == ["Bring the photo of the drum."]
    actions.keep_promise(promise=promise, kept_on=NOW.date(), by=cast.actor("leah"), at=NOW)
    assert promises_to_keep(cast.actor("leah")) == []
    with pytest.raises(Refused) as no:
        actions.keep_promise(promise=promise, kept_on=NOW.date(), by=cast.actor("leah"), at=NOW)
    assert no.value.refusal is policies.KEPT_ALREADY


def test_a_late_promise_is_explained_and_gets_a_new_day(cast):
    promise = actions.write_note(**a_visit(cast)).entry.promises.get()
    said = {"why_late": "The printer broke. Sorry.", "told_on": NOW.date(), "due_on": date(2025, 9, 20)}
    actions.explain_promise(promise=promise, by=cast.actor("leah"), at=NOW, **said)
    promise.refresh_from_db()
    assert (promise.why_late, promise.due_on) == ("The printer broke. Sorry.", date(2025, 9, 20))


def test_a_promise_to_a_child_is_found_only_with_that_childs_file(cast):
    promise = actions.write_note(**a_visit(cast)).entry.promises.get()
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    assert open_promise(cast.actor("rosa"), promise.ref) is None
    asked = {"promise": promise, "files": cast.solanki_files}
    assert policies.keep_promise(actor=cast.actor("rosa"), **asked) is policies.NOT_YOUR_PROMISE
    assert policies.explain_promise(actor=cast.actor("gwen"), **asked) is policies.NOT_YOUR_PROMISE


def test_promises_about_children_are_for_their_workers(cast):
    actions.write_note(**a_visit(cast))
    assert len(promises_to_keep(cast.actor("joy"), files=cast.solanki_files)) == 1
    assert promises_to_keep(cast.actor("rosa"), files=cast.solanki_files) == []


def test_a_picture_goes_on_one_childs_page_and_along_with_a_correction(cast):
    picture = Picture(jpeg(), "IMG_1.jpg", "Maya’s drawing of the lamp", cast.file("maya"))
    visit = actions.write_note(**a_visit(cast, picture=picture))
    newer = actions.correct_note(**again(cast, visit, children=[]))
    for ref in (visit.entry.ref, newer.entry.ref):
        kept = open_entry(cast.actor("leah"), ref).attachments
        assert [(a.words, a.part.file_id) for a in kept] == [("Maya’s drawing of the lamp", cast.files["maya"].pk)]
    restrict(cast.file("maya"))
    assert open_entry(cast.actor("leah"), visit.entry.ref).attachments == []


def test_a_picture_that_cannot_be_kept_keeps_no_note(cast):
    with pytest.raises(Refused):
        actions.write_note(**a_visit(cast, picture=Picture(b"MZ\x90\x00" * 50, "lamp.jpg", "A lamp")))
    assert not Visit.objects.exists()
    assert not StoredFile.objects.exists()
