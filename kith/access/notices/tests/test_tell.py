"""Telling people who work here: what is kept, and that an empty notice is not."""

import pytest

from kith.access.audit.models import Act
from kith.access.notices import actions, policies
from kith.access.notices.models import Notice
from kith.kit.refusal import Refused
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def told(cast, **but):
    return {
        "accounts": [cast.joy, cast.ruth],
        "kind": "decide-today",
        "words": "Something must be decided today.",
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def test_each_of_them_is_told_and_the_ledger_says_whom(cast):
    actions.tell(**told(cast))
    assert set(Notice.objects.values_list("account", flat=True)) == {cast.joy.pk, cast.ruth.pk}
    assert Act.objects.get().what == "notice.given"


def test_a_notice_says_something(cast):
    with pytest.raises(Refused) as no:
        actions.tell(**told(cast, words=" "))
    assert no.value.refusal is policies.SAYS_NOTHING
    assert not Notice.objects.exists()
