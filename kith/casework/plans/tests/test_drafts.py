"""What is typed in a plan is kept, but never who is being hurt."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from kith.casework.plans.tests.test_plans import agreed, revise
from kith.people.drafts.models import Draft
from kith.people.drafts.unfinished import typed_in
from tests.house.boxes import read

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_who_is_being_hurt_is_never_in_a_draft(cast):
    sent = QueryDict(mutable=True)
    sent.setlist("being_hurt", [str(cast.kavi.ref)])
    sent["rule_0"] = "I do bedtime."
    assert typed_in(sent) == {"rule_0": ["I do bedtime."]}


def shown_in(browser, address):
    return next(s for s in read(browser.get(address).content).sheets if "rule_0" in s.typed())


def kept(browser, sheet, **typed):
    """Keep what is typed on a page, as its script does."""
    sent = (
        sheet.sends() | {name: [words] for name, words in typed.items()} | {"draft_page": ["tab"], "draft_turn": ["1"]}
    )
    assert browser.post(f"/drafts/{sheet.sends()['draft_form'][0]}/", sent).status_code == 200


def test_rules_beyond_the_fifth_are_put_back(cast, as_):
    leah, page = as_("leah"), reverse("plan-new", kwargs={"ref": cast.solanki_reid.ref})
    longer = leah.post(
        page, shown_in(leah, page).sends() | {"rules-rows": "6", "more-rules": "1", "what-ifs-rows": "4"}
    )
    sheet = next(s for s in read(longer.content).sheets if "rule_6" in s.typed())
    kept(leah, sheet, rule_6="Mo walks them to school", then_3="Hansa comes")
    again = shown_in(leah, page)
    assert (again.holds("rule_6"), again.holds("then_3")) == (["Mo walks them to school"], ["Hansa comes"])


def test_a_newer_version_is_kept_as_it_is_typed_and_taken_when_it_is_saved(cast, as_):
    plan = agreed(cast)
    leah, page = as_("leah"), reverse("plan-version", kwargs={"ref": plan.entry.ref})
    kept(leah, shown_in(leah, page), why="Craig has moved out")
    again = shown_in(leah, page)
    assert again.holds("why") == ["Craig has moved out"]
    today = timezone.localdate()
    days = {
        f"{name}-{part}": str(getattr(today, part))
        for name in ("starts_on", "review_by")
        for part in ("day", "month", "year")
    }
    saved = leah.post(page, again.sends() | days | {"happened_at-time": "00.01"})
    assert saved.status_code == 302, read(saved.content).sentences
    assert not Draft.objects.exists()


def test_words_begun_on_an_older_version_are_shown_beside_the_newer(cast, as_):
    plan = agreed(cast)
    leah, page = as_("leah"), reverse("plan-version", kwargs={"ref": plan.entry.ref})
    kept(leah, shown_in(leah, page), why="Craig has moved out")
    newer = revise(cast, plan)
    for ref in (plan.entry.ref, newer.entry.ref):
        opened = leah.get(reverse("plan-version", kwargs={"ref": ref}))
        assert opened.status_code == 200
        assert "has saved a newer version since you opened this" in opened.content.decode()
        assert next(s for s in read(opened.content).sheets if "why" in s.typed()).holds("why") == [
            "Craig has moved out"
        ]
