"""Every calm page: it says what happened and what to do, holds nothing of anybody, and is reached by what leads there."""

import pytest
from django.test import Client
from django.urls import reverse

from kith.config.pages import WORDS, calm_page

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
