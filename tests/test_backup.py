"""B 10: a backup taken from a store that is in use comes back byte for byte, into either store, or not at all."""

import json
import os
import subprocess
import sys
import tarfile
from hashlib import sha256
from threading import Event

import pytest
from django.apps import apps
from django.db import DatabaseError, connections

from kith.access.accounts.models import Account
from kith.access.audit import looks
from kith.access.audit.acts import action, note
from kith.access.audit.models import Act, Look, LookHead
from kith.access.audit.publish import publish
from kith.access.audit.verify import verify
from kith.exchange import restore as restoring
from kith.exchange.backup import NotDone, backup, restore
from kith.exchange.tables import Table, tables
from kith.people.persons.models import File, Person
from tests.cast import NOW, make_cast
from tests.disk import empty_stores, on_disk, together
from tests.stores import guards_lowered

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "looks"])


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.PAPERS = tmp_path / "data" / "files"
    settings.ANCHOR = tmp_path / "data" / "anchors" / "heads.jsonl"
    return tmp_path


@action
def open_again(*, file, by, at):
    File.objects.filter(pk=file.pk).update(opened_at=at)
    note("file.touched", files=[file.ref])


def look_and_write(cast, times=1):
    for _ in range(times):
        looking = looks.Looking()
        looking.saw("family", files=[cast.files["ellis"].ref])
        looks.write(looking, by=cast.actor("leah"), at=NOW)
        open_again(file=cast.files["ellis"], by=cast.actor("leah"), at=NOW)


@pytest.fixture
def cast(places, settings):
    made = make_cast()
    look_and_write(made)
    settings.PAPERS.mkdir(parents=True)
    (settings.PAPERS / "ab").mkdir()
    (settings.PAPERS / "ab" / "abcd").write_bytes(b"a drawing of a lighthouse")
    return made


def inside(path):
    """What a backup holds, apart from when it was taken."""
    with tarfile.open(path) as tar:
        held = {m.name: sha256(tar.extractfile(m).read()).hexdigest() for m in tar}
        manifest = json.loads(tar.extractfile("manifest.json").read())
    return {k: v for k, v in held.items() if k != "manifest.json"} | {"content": manifest["content"]}


def new_place(settings, places):
    empty_stores()
    settings.PAPERS = places / "new" / "files"
    settings.ANCHOR = places / "new" / "heads.jsonl"


def test_what_is_restored_is_the_same_byte_for_byte_and_its_trail_is_whole(cast, places, settings):
    backup(places / "one.kith")
    new_place(settings, places)
    assert not Person.objects.exists()
    restore(places / "one.kith")
    backup(places / "two.kith")
    assert inside(places / "one.kith") == inside(places / "two.kith")
    assert (settings.PAPERS / "ab" / "abcd").read_bytes() == b"a drawing of a lighthouse"
    assert verify().first is None
    assert verify().rows == 2


def test_a_restored_store_goes_on_from_where_it_was(cast, places, settings):
    backup(places / "one.kith")
    new_place(settings, places)
    restore(places / "one.kith")
    look_and_write(cast)
    assert Person.objects.create(known_as="Tom", recorded_by=cast.leah, recorded_at=NOW).pk > cast.ellis.pk
    assert verify().first is None
    assert (Act.objects.count(), Look.objects.count()) == (2, 2)


def test_every_table_of_ours_is_in_a_backup():
    held = {t.model for t in tables()}
    ours = {m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("kith.")}
    assert ours <= held
    assert {t.model for t in tables() if t.ledger == "looks"} == {Look, LookHead, apps.get_model("access.LookAt")}


def test_a_backup_holds_no_key_and_only_its_owner_may_read_it(cast, places, settings):
    backup(places / "one.kith")
    whole = (places / "one.kith").read_bytes()
    assert settings.AUDIT_KEY.encode() not in whole
    assert settings.SECRET_KEY.encode() not in whole
    assert (places / "one.kith").stat().st_mode & 0o077 == 0


def test_a_backup_taken_while_people_write_is_whole(places, settings):
    with on_disk(places):
        folk, stop = make_cast(), Event()

        def write_on():
            while not stop.is_set():
                look_and_write(folk)

        def back_up_thrice():
            try:
                for number in range(3):
                    backup(places / f"{number}.kith")
            finally:
                stop.set()

        together([write_on, write_on, back_up_thrice])
        assert verify().first is None
        new_place(settings, places)
        restore(places / "2.kith")
        assert verify().first is None
        assert Act.objects.exists()


def test_progress_is_told_in_words(cast, places):
    said = []
    backup(places / "one.kith", said.append)
    whole = len(tables()) + 1
    assert said[0] == f"1 of {whole}: access.account"
    assert said[-1] == f"{whole} of {whole}: papers and pictures"


def test_a_file_that_is_there_already_is_left(cast, places):
    (places / "one.kith").write_text("last night's")
    with pytest.raises(NotDone, match=r"already a file called one\.kith"):
        backup(places / "one.kith")
    assert (places / "one.kith").read_text() == "last night's"


@pytest.mark.parametrize(("work", "step"), [(backup, "read"), (restore, "made")])
def test_a_store_that_cannot_be_read_is_said_in_one_sentence(cast, places, settings, monkeypatch, work, step):
    def fails(*_words):
        raise DatabaseError("no such column")

    if work is restore:
        backup(places / "one.kith")
        new_place(settings, places)
    monkeypatch.setattr(Table, step, fails)
    with pytest.raises(NotDone) as fault:
        work(places / "one.kith")
    assert "column" not in str(fault.value)


def test_a_store_in_use_is_never_restored_over(cast, places):
    backup(places / "one.kith")
    with pytest.raises(NotDone, match="not empty"):
        restore(places / "one.kith")
    assert Act.objects.count() == 1


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path):
    whole = bytearray(path.read_bytes())
    at = whole.find(b'"known_as":"Ellis"') + 13
    whole[at : at + 3] = b"Sam"
    path.write_bytes(bytes(whole))


def reseal(path):
    whole = path.read_bytes()
    at = whole.find(b'"digest": "') + 11
    path.write_bytes(whole[:at] + b"0000" + whole[at + 4 :])


def another(path):
    path.write_bytes(b"PK\x03\x04 a holiday picture" * 500)


def add(path):
    with tarfile.open(path, "a") as tar:
        entry = tarfile.TarInfo("../../sneaked")
        tar.addfile(entry)


def nothing(path):
    path.unlink()


def emptied(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [cut, flip, reseal, another, add, nothing, emptied])
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_is_kept(cast, places, settings, spoil):
    backup(places / "one.kith")
    new_place(settings, places)
    spoil(places / "one.kith")
    with pytest.raises(NotDone) as fault:
        restore(places / "one.kith")
    assert str(fault.value).endswith(".")
    assert "Traceback" not in str(fault.value)
    nothing_is_here(settings)


def nothing_is_here(settings):
    assert not any(t.model._base_manager.exists() for t in tables() if t.ours)
    assert not settings.PAPERS.exists()
    assert not list(settings.PAPERS.parent.glob(".restore-*"))


def test_another_audit_key_is_noticed_before_anything_is_read(cast, places, settings):
    backup(places / "one.kith")
    new_place(settings, places)
    settings.AUDIT_KEY = "the key of another council"
    with pytest.raises(NotDone, match="another audit key"):
        restore(places / "one.kith")
    nothing_is_here(settings)


def test_a_store_whose_trail_is_broken_is_not_restored(cast, places, settings):
    with guards_lowered("default"):
        Act.objects.update(what="nothing.much")
    backup(places / "one.kith")
    new_place(settings, places)
    with pytest.raises(NotDone, match="row 1 has been changed"):
        restore(places / "one.kith")
    nothing_is_here(settings)


@pytest.mark.parametrize("step", ["mend_counters", "_hold_to_its_chains", "_place"])
def test_what_breaks_off_leaves_nothing_and_can_be_done_again(cast, places, settings, monkeypatch, step):
    backup(places / "one.kith")
    new_place(settings, places)

    def breaks_off(*_words):
        raise KeyboardInterrupt

    kept = getattr(restoring, step)
    monkeypatch.setattr(restoring, step, breaks_off)
    with pytest.raises(KeyboardInterrupt):
        restore(places / "one.kith")
    monkeypatch.setattr(restoring, step, kept)
    nothing_is_here(settings)
    restore(places / "one.kith")
    assert verify().rows == 2


def test_looks_left_by_a_restoring_cut_off_before_its_last_commit_make_room(cast, places, settings):
    """Two files cannot be committed as one: a store with looks and no accounts is only a restoring cut off."""
    backup(places / "one.kith")
    new_place(settings, places)
    restore(places / "one.kith")
    settings.PAPERS = places / "newer" / "files"
    empty_of_acts()
    if connections["default"].vendor == "postgresql":  # one store, one commit: looks there are in use
        with pytest.raises(NotDone, match="not empty"):
            restore(places / "one.kith")
    else:
        restore(places / "one.kith")
        assert (Look.objects.count(), verify().first) == (1, None)


def empty_of_acts():
    kept = [{f.attname: getattr(r, f.attname) for f in r._meta.fields} for r in Look.objects.all()]
    empty_stores()
    Look.objects.using("looks").bulk_create(Look(**row) for row in kept)


def test_what_was_published_since_the_backup_is_missed(cast, places, settings):
    """Honest: the rows between the backup and the loss are gone, and verifying says so."""
    backup(places / "one.kith")
    look_and_write(cast)
    publish(at=NOW)
    told = settings.ANCHOR
    new_place(settings, places)
    settings.ANCHOR = told
    restore(places / "one.kith")
    assert "row 2 was published" in verify().first.words


ELSEWHERE = """
import sys, django
from pathlib import Path
django.setup()
from django.core.management import call_command
from kith.exchange.backup import backup
from kith.exchange.restore import restore
for alias in ("default", "looks"):
    call_command("migrate", database=alias, verbosity=0)
restore(Path(sys.argv[1])); backup(Path(sys.argv[2]))
"""


def on_sqlite(folder, key, *arguments):
    ours = {"KITH_DATA": str(folder), "KITH_AUDIT_KEY": key, "DATABASE_URL": ""}
    env = os.environ | ours | {"DJANGO_SETTINGS_MODULE": "kith.config.settings"}
    subprocess.run([sys.executable, "-c", ELSEWHERE, *map(str, arguments)], env=env, check=True)


@pytest.mark.postgresql
def test_a_backup_of_one_store_restores_into_the_other_and_back(cast, places, settings):
    backup(places / "served.kith")
    on_sqlite(places / "embedded", settings.AUDIT_KEY, places / "served.kith", places / "embedded.kith")
    assert inside(places / "embedded.kith") == inside(places / "served.kith")
    new_place(settings, places)
    restore(places / "embedded.kith")
    assert verify().first is None
    backup(places / "again.kith")
    assert inside(places / "again.kith") == inside(places / "served.kith")
    assert Account.objects.get(username="leah").check_password("wrong") is False
