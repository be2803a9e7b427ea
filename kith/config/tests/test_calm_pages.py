"""Every calm page: it says what happened and what to do, holds nothing of anybody, and is reached by what leads there."""

import pytest
from django.test import Client
from django.urls import reverse

from kith.casework.decisions.tests import test_pages as decisions
from kith.config.pages import WORDS, calm_page
from kith.framework.kinds import Tie
from kith.kit.refusal import Refusal
from kith.people.drafts.models import Draft
from kith.people.involvement.models import Relation
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.mark.parametrize("which", WORDS)
def test_a_calm_page_says_what_happened_and_leads_on(which):
    page = calm_page(which, status=400, reason="Ask Joy to take the call.").content.decode()
    title = WORDS[which][0]
    assert f"<h1>{title}</h1>" in page
    assert f"<title>{title} – Kith</title>" in page
    assert 'class="lead' in page, "it says more than its title"
    assert "Go to my desk" in page


def test_too_many_answers_at_once_are_answered_in_words(cast, as_):
    sent = {f"f{at}": "x" for at in range(2_001)}
    answer = as_("leah").post(reverse("note-new", kwargs={"ref": cast.solanki_reid.ref}), sent)
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.content.decode()


def test_an_address_that_only_takes_a_form_says_so_to_whoever_is_led_there(as_):
    answer = as_("leah").get(reverse("draft-keep", kwargs={"form": "note"}))
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "That address only takes what a form sends" in answer.content.decode()


def test_a_form_without_its_token_is_sent_back_in_words(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.staff["leah"])
    answer = browser.post(reverse("note-new", kwargs={"ref": cast.solanki_reid.ref}), {"what": "Tea"})
    assert answer.status_code == 403
    assert "This page had been open too long to be sent safely" in answer.content.decode()


def test_what_marcus_typed_is_given_back_when_it_cannot_be_taken(cast, as_):
    """Beginning a team is not his work. What he wrote is his to copy; a password is on no page."""
    sent = {"name": "Nightingale Team", "agency": "the council of Wrenshire", "password": "correct horse battery"}
    page = as_("marcus").post(reverse("team-new"), sent)
    assert page.status_code == 403
    words = page.content.decode()
    assert "What you typed" in words
    assert "the council of Wrenshire" in words
    assert "horse" not in words


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("relationship-new", "called"),
        ("professional-new", "organisation"),
        ("contact-detail-new", "value"),
        ("person-merge", "why"),
        ("worker-bar", "why"),
    ],
)
def test_half_a_form_of_one_whose_work_ended_meanwhile_is_theirs_to_copy(cast, as_, name, box):
    """The page says why she may not, and has no boxes left: what she had typed in them comes back in words."""
    Relation.objects.filter(kind=Tie.ALLOCATED).update(until=NOW)
    ref = cast.file("maya").ref if name == "worker-bar" else cast.maya.ref
    page = as_("leah").post(reverse(name, kwargs={"ref": ref}), {box: "Mummy’s friend who does the nights"})
    assert page.status_code == 403
    assert "Mummy’s friend who does the nights" in page.content.decode()


def test_what_leah_typed_is_kept_as_its_draft_when_it_cannot_be_taken(cast, as_, monkeypatch):
    leah, address = as_("leah"), reverse("decision-new", kwargs={"ref": cast.solanki_reid.ref})
    monkeypatch.setattr("kith.casework.decisions.policies.record_decision", lambda **_: Refusal("no", "Ask Joy."))
    page = leah.post(address, decisions.filled(cast) | draft_boxes(cast, "decision", address))
    assert page.status_code == 403
    assert "Ask Joy." in page.content.decode()
    assert "What you typed is kept, with your unfinished pages." in page.content.decode()
    assert Draft.objects.get().fields["what"] == [decisions.filled(cast)["what"]]


def test_nothing_is_kept_from_a_page_somebody_else_opened(cast, as_, monkeypatch):
    address = reverse("decision-new", kwargs={"ref": cast.solanki_reid.ref})
    monkeypatch.setattr("kith.casework.decisions.policies.record_decision", lambda **_: Refusal("no", "Ask Joy."))
    page = as_("joy").post(address, decisions.filled(cast) | draft_boxes(cast, "decision", address))
    assert page.status_code == 403
    assert not Draft.objects.exists()


def draft_boxes(cast, form, address):
    """The boxes of Leah's page that belong to its draft."""
    own = {"form": form, "place": str(cast.solanki_reid.ref), "by": str(cast.leah.ref), "page": "p", "turn": "1"}
    return {f"draft_{name}": value for name, value in (own | {"version": "0", "address": address}).items()}
