"""The demo plays two families' days through the real actions, once."""

import pytest

from kith.access.accounts.models import Account
from kith.access.audit.models import Act
from kith.access.audit.verify import verify
from kith.access.roles import Work
from kith.casework.decisions.models import Decision
from kith.casework.mapping.models import Score, Statement
from kith.casework.plans.models import SafetyPlan
from kith.casework.visits.models import Visit
from kith.exchange.check import breaches
from kith.exchange.demo.load import load, may_fill
from kith.people.persons.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def sign_ins(db_both):
    return load(lambda _words: None)


def test_the_demo_plays_whole_breaks_no_rule_and_has_a_sign_in_for_each_kind_of_work(sign_ins):
    counts = {m.__name__: m.objects.count() for m in (Person, Visit, Statement, Score, SafetyPlan, Decision)}
    assert counts == {"Person": 15, "Visit": 8, "Statement": 3, "Score": 56, "SafetyPlan": 1, "Decision": 5}
    assert list(breaches()) == []
    assert verify().first is None
    works = {row["role"] for row in sign_ins}
    assert len(works) == len(Work)


def test_filling_it_again_changes_nothing(sign_ins):
    before = Act.objects.count()
    assert load(lambda _words: None) == sign_ins
    assert Act.objects.count() == before


def test_a_store_that_is_not_a_demo_store_is_not_filled(cast):
    assert not may_fill()


def test_the_password_printed_is_the_one_that_works(sign_ins):
    leah = Account.objects.get(username="leah")
    assert leah.check_password(next(s["password"] for s in sign_ins if s["username"] == "leah"))
