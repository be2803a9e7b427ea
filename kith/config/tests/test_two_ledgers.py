"""Which store a model belongs to, and what may be tied to what."""

from django.utils.functional import SimpleLazyObject

from kith.access.accounts.models import Account
from kith.access.audit.models import Look
from kith.config.stores import TwoLedgers


def test_whoever_is_signed_in_may_stand_beside_what_they_made():
    """A request's user is loaded when it is first asked for; what stands for it till then is no model of either store."""
    leah = SimpleLazyObject(lambda: Account(username="leah"))
    assert TwoLedgers().allow_relation(leah, Account())
    assert not TwoLedgers().allow_relation(leah, Look())
