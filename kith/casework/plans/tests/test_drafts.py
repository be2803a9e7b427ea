"""What is typed in a plan is kept, but never who is being hurt."""

import pytest
from django.http import QueryDict

from kith.people.drafts.unfinished import typed_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_who_is_being_hurt_is_never_in_a_draft(cast):
    sent = QueryDict(mutable=True)
    sent.setlist("being_hurt", [str(cast.kavi.ref)])
    sent["rule_0"] = "I do bedtime."
    assert typed_in(sent) == {"rule_0": ["I do bedtime."]}
