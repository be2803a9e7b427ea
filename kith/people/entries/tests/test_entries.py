"""Words on the spine: who may write them, who sees which part, and that nothing is overwritten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.access.audit.models import Act
from kith.exchange.check import words_are_as_they_were_written
from kith.framework.kinds import Content, Level, Tie
from kith.kit.refusal import Refused
from kith.people.entries import actions, policies
from kith.people.entries.imprint import ALTERED
from kith.people.entries.models import Entry, Paragraph, Status
from kith.people.entries.queries import open_entry, seals_waiting
from kith.people.entries.story import timeline
from kith.people.entries.words import Said, Talk
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def a_note(cast, **but):
    return {
        "kind": "note",
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": Talk(happened_at=NOW - timedelta(hours=2)),
        "shared": [Said("what", "The kettle was on and everyone was up.")],
        "own": {cast.files["ellis"].pk: [Said("words", "like a lighthouse", own_words=True)]},
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def test_a_note_is_kept_in_parts_and_leaves_an_act(cast):
    entry = actions.record_entry(**a_note(cast))
    reading = open_entry(cast.actor("leah"), entry.ref)
    assert [p.text for p in reading.paragraphs] == [
        "The kettle was on and everyone was up.",
        "like a lighthouse",
    ]
    assert Act.objects.get().what == "entry.recorded"


def test_words_a_disk_has_altered_are_not_shown_and_are_found_at_night(cast):
    """Trust B 3: one letter of what Ellis said is turned round where it is stored."""
    entry = actions.record_entry(**a_note(cast))
    Paragraph.objects.filter(slot="words").update(text="like a mighthouse")
    reading = open_entry(cast.actor("leah"), entry.ref)
    assert [p.text for p in reading.paragraphs] == ["The kettle was on and everyone was up.", ALTERED]
    assert not any(p.own_words for p in reading.paragraphs), "they are nobody's words"
    assert list(words_are_as_they_were_written()) == [
        f"Entry {entry.ref} holds words that have changed since they were written."
    ]


@pytest.mark.parametrize("change", [{"content": "core"}, {"slot": "what"}, {"in_confidence": False}])
def test_how_words_may_be_read_cannot_be_altered_either(cast, change):
    said = Said("aside", "She is afraid of him.", content=Content.OTHER_PARTY, in_confidence=True)
    entry = actions.record_entry(**a_note(cast, shared=[said], own={}))
    Paragraph.objects.update(**change)
    assert [p.text for p in open_entry(cast.actor("leah"), entry.ref).paragraphs] == [ALTERED]


def test_rosa_who_does_not_work_with_them_cannot_write_or_read_it(cast):
    entry = actions.record_entry(**a_note(cast))
    with pytest.raises(Refused) as no:
        actions.record_entry(**a_note(cast, by=cast.actor("rosa")))
    assert no.value.refusal is policies.NOT_YOURS_TO_WRITE
    assert open_entry(cast.actor("rosa"), entry.ref) is None


def test_a_worker_with_one_sibling_reads_what_is_shared_and_their_own_part_only(cast):
    entry = actions.record_entry(**a_note(cast))
    tie(cast.file("maya"), Tie.COWORKER, cast.rosa)
    reading = open_entry(cast.actor("rosa"), entry.ref)
    assert [p.slot for p in reading.paragraphs] == ["what"]


def test_a_restricted_sibling_shuts_what_the_family_shares(cast):
    entry = actions.record_entry(**a_note(cast))
    restrict(cast.file("jude"), Level.RESTRICTED)
    reading = open_entry(cast.actor("leah"), entry.ref)
    assert not reading.shared_open
    assert [p.slot for p in reading.paragraphs] == ["words"]


def test_a_barred_worker_does_not_read_what_the_barred_file_shares(cast):
    entry = actions.record_entry(**a_note(cast))
    tie(cast.file("jude"), Tie.BARRED, cast.leah)
    assert [p.slot for p in open_entry(cast.actor("leah"), entry.ref).paragraphs] == ["words"]


def test_the_team_does_not_read_one_adults_private_matters(cast):
    private = Said("aside", "Kavi told me about her health.", content=Content.OTHER_PARTY)
    entry = actions.record_entry(**a_note(cast, shared=[private, Said("what", "Tea.")]))
    assert open_entry(cast.actor("leah"), entry.ref).text("aside")
    assert open_entry(cast.actor("peter"), entry.ref).text("aside") == ""


def test_a_newer_version_stands_beside_the_old_one(cast):
    entry = actions.record_entry(**a_note(cast))
    newer = actions.revise_entry(
        entry=entry,
        why="The time was wrong.",
        files=cast.solanki_files,
        talk=Talk(happened_at=NOW - timedelta(hours=3)),
        shared=[Said("what", "At three.")],
        by=cast.actor("leah"),
        at=NOW,
    )
    assert newer.version == 2
    assert Entry.objects.get(pk=entry.pk).status == Status.SUPERSEDED
    assert open_entry(cast.actor("leah"), entry.ref).text("what") == "The kettle was on and everyone was up."


def test_nobody_saves_over_a_version_they_have_not_read(cast):
    entry = actions.record_entry(**a_note(cast))
    again = {
        "entry": entry,
        "why": "x",
        "files": cast.solanki_files,
        "talk": Talk(happened_at=NOW),
        "by": cast.actor("leah"),
        "at": NOW,
    }
    actions.revise_entry(**again)
    with pytest.raises(Refused) as no:
        actions.revise_entry(**again)
    assert no.value.refusal is policies.REPLACED_ALREADY


def test_leaked_words_are_closed_only_when_a_second_person_agrees(cast):
    entry = actions.record_entry(**a_note(cast))
    paragraph = entry.parts.get(file=None).paragraphs.get()
    seal = actions.ask_seal(paragraph=paragraph, why="Names another family", by=cast.actor("joy"), at=NOW)
    assert open_entry(cast.actor("leah"), entry.ref).text("what")
    with pytest.raises(Refused) as no:
        actions.agree_seal(seal=seal, by=cast.actor("joy"), at=NOW)
    assert no.value.refusal is policies.SEAL_NEEDS_ANOTHER
    actions.agree_seal(seal=seal, by=cast.actor("ivo"), at=NOW)
    assert open_entry(cast.actor("leah"), entry.ref).text("what") == ""


def test_craig_sees_it_differently_and_his_words_stand_beside(cast):
    entry = actions.record_entry(**a_note(cast))
    actions.add_dissent(
        entry=entry,
        person=cast.craig,
        words="I was up too.",
        said_on=NOW.date(),
        by=cast.actor("leah"),
        at=NOW,
    )
    assert [d.words for d in open_entry(cast.actor("leah"), entry.ref).dissents] == ["I was up too."]


def test_the_timeline_of_a_family_is_newest_first_and_leaves_out_what_was_replaced(cast):
    first = actions.record_entry(**a_note(cast, talk=Talk(happened_at=NOW - timedelta(days=3))))
    second = actions.record_entry(**a_note(cast))
    newer = actions.revise_entry(
        entry=second,
        why="Spelling.",
        files=cast.solanki_files,
        talk=Talk(happened_at=NOW - timedelta(hours=2)),
        shared=[Said("what", "Up.")],
        by=cast.actor("leah"),
        at=NOW,
    )
    shown = timeline(cast.actor("nadia"), cast.solanki_files)
    assert [r.entry.pk for r in shown] == [newer.pk, first.pk]


def test_governance_is_not_shown_a_seal_in_a_file_it_is_kept_from(cast):
    paragraph = actions.record_entry(**a_note(cast)).parts.get(file=None).paragraphs.get()
    seal = actions.ask_seal(paragraph=paragraph, why="Names another family", by=cast.actor("joy"), at=NOW)
    assert seals_waiting(cast.actor("ivo")) == [seal]
    tie(cast.file("ellis"), Tie.BARRED, cast.ivo)
    assert seals_waiting(cast.actor("ivo")) == []
    assert policies.agree_seal(actor=cast.actor("ivo"), seal=seal) is policies.MAY_NOT_SEAL


@pytest.mark.postgresql
def test_postgresql_finds_the_newest_before_it_reads_anything_beside_them(cast):
    """Or a page of thirty entries reads every entry there is; only a large record shows it, so the plan is asked."""
    actions.record_entry(**a_note(cast))
    with CaptureQueriesContext(connection) as asked:
        timeline(cast.actor("leah"), cast.solanki_files)
    [window] = [q["sql"] for q in asked.captured_queries if "file_ids" in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {window}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "InitPlan" in plan
    assert "= ANY (" in plan
