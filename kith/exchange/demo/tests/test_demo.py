"""The demo plays two families' days, and six of test data, through the real actions, once."""

import hashlib
import json

import pytest
from django.apps import apps

from kith.access.accounts.models import Account
from kith.access.audit.verify import verify
from kith.access.roles import Work
from kith.casework.decisions.models import Decision
from kith.casework.mapping.models import Score, Statement
from kith.casework.plans.models import SafetyPlan
from kith.casework.visits.models import Visit
from kith.config import commands
from kith.config.cli import DONE, main
from kith.disclosure.papers.models import Rendition
from kith.exchange.check import breaches
from kith.exchange.demo.load import load, read
from kith.exchange.demo.plays import VERBS
from kith.people.entries.models import Dissent, Seal
from kith.people.locations.models import ContactDetail
from kith.people.persons.models import Merge, Person
from kith.people.restriction.models import Grant

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

COUNTS = {
    "Person": 35, "Visit": 46, "Statement": 6, "Score": 114, "SafetyPlan": 6, "Decision": 11, "Dissent": 3,
    "Rendition": 17, "Grant": 2, "Merge": 3, "Seal": 1,
}  # fmt: skip


def digest():
    """One number for everything both stores hold."""
    whole = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
        store = "looks" if model._meta.model_name.startswith("look") else "default"
        for row in model._base_manager.using(store).order_by("pk").values_list():
            whole.update(repr((model._meta.label, row)).encode())
    return whole.hexdigest()


def test_the_demo_plays_whole_and_has_a_sign_in_for_each_kind_of_work(sign_ins):
    counted = (Person, Visit, Statement, Score, SafetyPlan, Decision, Dissent, Rendition, Grant, Merge, Seal)
    counts = {m.__name__: m.objects.count() for m in counted}
    assert counts == COUNTS
    assert len({row["role"] for row in sign_ins}) == len(Work)


def test_it_breaks_no_rule_of_the_record_and_its_ledgers_are_whole(sign_ins):
    assert list(breaches()) == []
    assert verify().first is None


def test_the_command_says_as_json_where_it_is_and_every_sign_in(sign_ins, monkeypatch, capsys, tmp_path):
    """Interfaces 2: `{"address": …, "sign_ins": [{"role", "name", "username", "password"}, …]}`, and nothing beside it."""
    for name in ("KITH_DEMO", "KITH_DATA"):
        monkeypatch.setenv(name, "1" if name == "KITH_DEMO" else str(tmp_path))
    monkeypatch.setattr(commands, "prepare", lambda: None)  # the store of a test is made already
    monkeypatch.setattr(commands, "trust_the_store", lambda **_: None)
    assert main(["demo", "--no-serve", "--port", "8123", "--format", "json"]) == DONE
    said = json.loads(capsys.readouterr().out)
    assert said == {"address": "http://127.0.0.1:8123/", "sign_ins": sign_ins}
    assert all(set(row) == {"role", "name", "username", "password"} for row in said["sign_ins"])


def test_filling_it_again_changes_nothing(sign_ins):
    before = digest()
    assert load(lambda _words: None) == sign_ins
    assert digest() == before


def test_each_day_of_a_story_says_something_that_can_happen():
    stories = [read(name) for name in ("mornings", "kinship", "test-birch", "test-elder")]
    assert {event["do"] for story in stories for event in story["event"]} <= VERBS.keys()


def test_everyone_in_it_has_a_telephone_that_rings_nowhere(sign_ins):
    values = ContactDetail.objects.filter(kind="phone").values_list("value", flat=True)
    assert values
    assert all(v.startswith(("01632 960", "07700 900")) for v in values)


def test_the_password_printed_is_the_one_that_works(sign_ins):
    leah = Account.objects.get(username="leah")
    assert leah.check_password(next(s["password"] for s in sign_ins if s["username"] == "leah"))
