"""The two ledgers: no act without its row, no row without its act, no content without its look, and no changing either."""

import pytest
from django.db import DatabaseError, connections, transaction
from django.urls import reverse

from kith.access.audit import acts, chain, guards, looks
from kith.access.audit.acts import NothingNoted, action, note
from kith.access.audit.models import Act, Look
from kith.access.audit.tests.scene import a_trail
from kith.council.teams.models import Agency
from kith.kit.refusal import Refused
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
        orders.append(f"TRUNCATE {table} CASCADE")
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


@pytest.mark.parametrize("fault", [DatabaseError("disk full"), OSError("gone"), Refused])
def test_no_row_no_content(cast, as_, monkeypatch, fault):
    browser, address = as_("leah"), reverse("decisions", kwargs={"ref": cast.solanki_reid.ref})
    assert "Solanki" in browser.get(address).content.decode()

    def fails(*_looking, **_by):
        raise fault

    monkeypatch.setattr(looks, "write", fails)
    answer = browser.get(address)
    assert answer.status_code in {500, 503}
    for word in ("Solanki", "Ellis", "Maya", "Jude"):
        assert word not in answer.content.decode()


def test_a_view_a_search_and_a_denial_are_each_looks(cast, as_):
    as_("leah").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref}))
    as_("rosa").get(reverse("decisions", kwargs={"ref": cast.solanki_reid.ref}))
    kept = list(Look.objects.order_by("pk").values_list("what", "account"))
    assert kept == [("decisions", cast.leah.ref), ("denied", cast.rosa.ref)]


def test_a_search_is_kept_without_the_name_searched_for():
    assert looks.hashed(" Solanki ") == looks.hashed("solanki") != looks.hashed("reid")
    assert "solanki" not in looks.hashed("solanki")
