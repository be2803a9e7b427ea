"""`kith check`: each rule finds what breaks it, and only that; what is found is said by address, with exit 1.

What the database itself would refuse is planted with its constraint taken away, as a restored or mended store might be.
"""

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from kith.access.accounts.models import FOREVER
from kith.casework.decisions.actions import record_decision
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.config.cli import DONE, FAULTS, main
from kith.exchange import check
from kith.framework.kinds import Tie
from kith.people.entries.actions import ask_seal, record_entry
from kith.people.entries.models import Entry, EntryFile, Paragraph, Seal
from kith.people.entries.tests.test_entries import a_note
from kith.people.involvement.models import Relation
from kith.people.persons.actions import write_keys
from kith.people.persons.models import File, Key, Name
from kith.people.restriction.actions import break_glass
from kith.people.restriction.models import Grant
from tests.cast import NOW, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@contextmanager
def unchecked(table, constraint):
    """Within this the store does not hold to one of its own constraints. The test's own undoing puts it back."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        if not postgresql:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.fixture
def whole(cast):
    """The cast with a note, a decision, a seal and the glass: a record that breaks no rule."""
    for person in cast.people.values():
        write_keys(person)
    cast.note = record_entry(**a_note(cast))
    cast.decision = record_decision(**a_decision(cast)).entry
    said = Paragraph.objects.filter(part__entry=cast.note, part__file=None).first()
    cast.seal = ask_seal(paragraph=said, why="The wrong family", by=cast.actor("joy"), at=NOW)
    rosa = replace(cast.actor("rosa"), stepped_up_at=NOW - timedelta(minutes=1))
    reason = "Mum rang the duty line in tears and I must know who is at home."
    cast.grant = break_glass(file=cast.file("ellis"), reason=reason, by=rosa, at=NOW)
    assert list(check.breaches()) == []
    return cast


def no_file(cast):
    bare = record_entry(**a_note(cast, own={}))
    EntryFile.objects.filter(entry=bare).delete()
    return bare


def another_time(cast):
    EntryFile.objects.filter(entry=cast.note).update(happened_at=NOW - timedelta(days=9))
    return cast.note


def part_of_another(cast):
    EntryFile.objects.filter(entry=cast.note, file=cast.note.parts.exclude(file=None).first().file).delete()
    return cast.note


def replaced_unsaid(cast):
    newer = record_entry(**a_note(cast))
    Entry.objects.filter(pk=newer.pk).update(version=2, supersedes=cast.note, why_changed="Spelling")
    return cast.note


def altered(cast):
    Paragraph.objects.filter(part__entry=cast.note).update(text="What nobody said.")
    return cast.note


def no_reasons(cast):
    Paragraph.objects.filter(part__entry=cast.decision, slot="analysis").delete()
    return cast.decision


def one_option(cast):
    Paragraph.objects.filter(part__entry=cast.decision, slot="option").last().delete()
    return cast.decision


def closed_unsaid(cast):
    File.objects.filter(pk=cast.file("maya").pk).update(level=1)
    return cast.file("maya")


def long_glass(cast):
    Grant.objects.filter(pk=cast.grant.pk).update(until=cast.grant.since + timedelta(minutes=60, seconds=1))
    return cast.grant


def no_name(cast):
    Key.objects.filter(person=cast.mo).delete()
    Name.objects.filter(person=cast.mo).delete()
    return cast.mo


def no_keys(cast):
    Key.objects.filter(person=cast.mo).delete()
    return cast.mo


def two_workers(cast):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX relation_one_allocated")
    tie(cast.file("ellis"), Tie.ALLOCATED, cast.rosa)
    assert Relation.objects.filter(file=cast.file("ellis"), kind=Tie.ALLOCATED, until=FOREVER).count() == 2
    return cast.file("ellis")


def sealed_alone(cast):
    with unchecked("people_seal", "seal_two_people"):
        Seal.objects.filter(pk=cast.seal.pk).update(agreed_by=cast.joy, agreed_at=NOW)
    return cast.seal


PLANTED = {
    no_file: check.entries_have_files,
    another_time: check.copies_of_when_agree,
    part_of_another: check.own_parts_are_in_the_file,
    replaced_unsaid: check.old_versions_are_superseded,
    altered: check.words_are_as_they_were_written,
    no_reasons: check.decisions_have_their_words,
    one_option: check.decisions_have_their_words,
    closed_unsaid: check.closed_files_say_why,
    long_glass: check.glass_is_short,
    no_name: check.people_can_be_found,
    no_keys: check.people_can_be_found,
    two_workers: check.one_allocated_worker,
    sealed_alone: check.seals_have_two_people,
}


def test_every_rule_has_a_breach_that_is_planted():
    assert set(PLANTED.values()) == set(check.RULES)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_breach_is_found_by_its_own_rule_and_said_by_address_alone(whole, plant):
    about = plant(whole)
    found = {rule: list(rule()) for rule in check.RULES}
    assert {rule for rule, said in found.items() if said} == {PLANTED[plant]}
    said = found[PLANTED[plant]]
    assert all(str(about.ref) in sentence for sentence in said)
    assert not any(p.known_as in sentence for sentence in said for p in whole.people.values())


@pytest.fixture
def _a_store(monkeypatch, tmp_path):
    """A folder with a store in it, so that the command line asks the one of this test."""
    (tmp_path / "kith.sqlite3").touch()
    monkeypatch.setenv("KITH_DATA", str(tmp_path))


@pytest.mark.usefixtures("_a_store")
def test_the_command_ends_with_one_when_there_is_a_breach_and_says_which(whole, capsys):
    assert main(["check"]) == DONE
    assert "Every invariant holds." in capsys.readouterr().out
    about = closed_unsaid(whole)
    assert main(["check"]) == FAULTS == 1
    assert capsys.readouterr().out.splitlines() == [f"File {about.ref} is held closely and nothing says why."]
    assert main(["check", "--format", "json"]) == FAULTS
    assert json.loads(capsys.readouterr().out) == {
        "breaches": [f"File {about.ref} is held closely and nothing says why."]
    }
