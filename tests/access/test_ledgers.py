"""The two ledgers: no act without its row, no row without its act, no content without its look, and no changing either."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections, transaction
from django.http import Http404
from django.urls import reverse

from kith.access.audit import acts, chain, guards, looks
from kith.access.audit.acts import NothingNoted, action, note
from kith.access.audit.models import Act, Look
from kith.access.audit.tests.scene import a_trail
from kith.config.logs import Wordless
from kith.council.teams.models import Agency
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TABLES = [("default", table) for table in guards.ACTS] + [("looks", table) for table in guards.LOOKS]


@action
def name_agency(*, name, noted=True, by, at):
    Agency.objects.create(name=name, kind="school")
    if noted:
        note("agency.named", name_length=len(name))


@pytest.mark.parametrize(("alias", "table"), TABLES)
def test_a_ledger_is_never_changed_or_emptied(alias, table):
    a_trail(each=2)
    orders = [f"UPDATE {table} SET id = id + 1000", f"DELETE FROM {table}"]
    if connections[alias].vendor == "postgresql":
        orders.append(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
    for order in orders:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(order)


def test_an_act_that_notes_nothing_is_undone(cast):
    with pytest.raises(NothingNoted):
        name_agency(name="St Jude’s", noted=False, by=cast.actor("joy"), at=NOW)
    assert not Agency.objects.filter(name="St Jude’s").exists()


@pytest.mark.parametrize("fault", [DatabaseError, KeyboardInterrupt, SystemExit])
def test_what_breaks_off_between_the_act_and_its_row_leaves_neither(cast, monkeypatch, fault):
    def breaks_off(*_rows, **_by):
        raise fault

    monkeypatch.setattr(chain, "append_acts", breaks_off)
    with pytest.raises(fault):
        name_agency(name="St Jude’s", by=cast.actor("joy"), at=NOW)
    assert not Agency.objects.filter(name="St Jude’s").exists()
    assert not Act.objects.exists()


def test_what_breaks_off_after_the_row_leaves_neither(cast, monkeypatch):
    kept = chain.append_acts

    def breaks_off(*rows, **by):
        kept(*rows, **by)
        raise SystemExit

    monkeypatch.setattr(acts.chain, "append_acts", breaks_off)
    with pytest.raises(SystemExit):
        name_agency(name="St Jude’s", by=cast.actor("joy"), at=NOW)
    assert not Agency.objects.filter(name="St Jude’s").exists()
    assert not Act.objects.exists()


@pytest.mark.parametrize("fault", [DatabaseError("disk full"), OSError("gone"), RuntimeError("Ellis")])
def test_no_row_no_content(cast, as_, monkeypatch, fault):
    """The ledger of looks cannot be written: a calm page leaves, with nothing of anybody."""
    browser, address = as_("leah"), reverse("decisions", kwargs={"ref": cast.solanki_reid.ref})
    assert "Solanki" in browser.get(address).content.decode()

    def fails(*_looking, **_by):
        raise fault

    monkeypatch.setattr(looks, "write", fails)
    browser.raise_request_exception = False
    answer = browser.get(address)
    assert answer.status_code == (503 if isinstance(fault, DatabaseError) else 500)
    assert "Nothing was saved by this page" in answer.content.decode()
    for word in ("Solanki", "Ellis", "Maya", "Jude"):
        assert word not in answer.content.decode()


def test_a_page_that_does_not_say_what_it_shows_never_leaves(cast, as_, monkeypatch):
    monkeypatch.setattr(looks.Looking, "saw", lambda *_what, **_files: None)
    browser = as_("leah")
    browser.raise_request_exception = False
    answer = browser.get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref}))
    assert answer.status_code == 500
    assert "Solanki" not in answer.content.decode()


def test_a_log_line_tells_where_a_fault_was_and_none_of_its_words():
    with pytest.raises(ValueError, match="Ellis") as fault:
        int("Ellis Solanki-Reid")
    happened = (fault.type, fault.value, fault.tb)
    line = Wordless().format(logging.LogRecord("kith", logging.ERROR, "", 0, "fault", None, happened))
    assert "ValueError at" in line
    assert "test_ledgers.py" in line
    assert "Ellis" not in line


def test_a_view_a_search_and_a_denial_are_each_looks(cast, as_):
    as_("leah").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref}))
    as_("rosa").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref}))
    as_("amrit").get(reverse("search"), {"q": "Ellis"})
    kept = list(Look.objects.order_by("pk").values_list("what", "account"))
    assert kept == [("decisions", cast.leah.ref), ("denied", cast.rosa.ref), ("search", cast.amrit.ref)]


@pytest.mark.parametrize("fault", [Http404, PermissionDenied])
def test_whatever_denies_somebody_leaves_a_look(cast, as_, monkeypatch, fault):
    """A denial of the framework's own is answered like one of ours, and is on the ledger like one of ours."""

    def denies(*_asked):
        raise fault

    monkeypatch.setattr("kith.casework.decisions.queries.decisions_in", denies)
    assert as_("leah").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref})).status_code == 404
    look = Look.objects.get()
    assert (look.what, look.account) == ("denied", cast.leah.ref)


def test_a_search_is_kept_without_the_name_searched_for():
    assert looks.hashed(" Solanki ") == looks.hashed("solanki") != looks.hashed("reid")
    assert "solanki" not in looks.hashed("solanki")
