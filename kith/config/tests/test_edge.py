"""A fault after something was saved does not deny it; a fault before says that nothing was."""

import re

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection
from django.urls import reverse

from kith.access.audit import chain, looks
from kith.access.audit.models import Look
from kith.casework.visits.tests.test_pages import filled, keep_unfinished, new
from kith.people.drafts.models import Draft
from kith.people.entries.models import Entry

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "looks"])
WORDS = ("lamp", "Ellis", "Solanki", "lighthouse", "Half a sentence")


@pytest.fixture
def leah(cast, as_):
    """Leah with half a note kept, so that saving it is a look at her draft too."""
    browser = as_("leah")
    browser.raise_request_exception = False
    keep_unfinished(cast, browser, "note", new(cast), "Half a sentence about")
    return browser


def fails(*_rows, **_by):
    raise OperationalError("disk I/O error")


def calm(answer, status):
    page = answer.content.decode()
    assert answer.status_code == status
    assert not [word for word in WORDS if word in page]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_note_that_was_saved_is_not_denied_when_looking_cannot_be_written_down(cast, leah, monkeypatch):
    seen = Look.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(looks, "write", fails)
        answer = leah.post(new(cast), filled(cast, draft_version="1", draft_page="p1"))
    page = calm(answer, 503)
    assert "It was saved, but we cannot show you the page" in page
    assert "Nothing was saved" not in page
    note = Entry.objects.get()
    assert reverse("note", kwargs={"ref": note.ref}) in answer.content.decode()
    assert Look.objects.count() == seen
    again = leah.post(new(cast), filled(cast))
    assert str(note.ref) in again["Location"]
    assert Entry.objects.get() == note


def test_what_goes_wrong_after_saving_says_that_it_was_saved(cast, leah, monkeypatch):
    monkeypatch.setattr("kith.casework.visits.views.redirect", fails)
    page = calm(leah.post(new(cast), filled(cast)), 503)
    assert "What you sent is in the record." in page
    assert Entry.objects.count() == 1


def test_a_stay_that_cannot_be_kept_does_not_deny_what_was_saved(cast, as_, monkeypatch):
    browser = as_("leah")

    def fails_to_update(*_given, **_named):
        raise UpdateError

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", fails_to_update)
    answer = browser.post(new(cast), filled(cast))
    assert "What you sent is in the record." in calm(answer, 503)
    assert Entry.objects.count() == 1
    assert "Nothing was saved by this page." in calm(browser.get("/notices/"), 503)


def test_a_commit_that_breaks_off_is_not_said_to_be_either(cast, leah, monkeypatch):
    leah.get("/notices/")
    with monkeypatch.context() as broken:
        broken.setattr(connection, "_commit", fails)
        page = calm(leah.post(new(cast), filled(cast)), 503)
    assert "We cannot say whether it was saved" in page
    assert leah.post(new(cast), filled(cast)).status_code == 302
    assert Entry.objects.count() == 1


def test_what_breaks_before_the_end_saved_nothing(cast, leah, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(chain, "append_acts", fails)
        page = calm(leah.post(new(cast), filled(cast)), 503)
    assert "Nothing was saved by this page." in page
    assert not Entry.objects.exists()


def test_a_draft_alone_is_not_said_to_be_saved(cast, as_, monkeypatch):
    browser = as_("leah")
    browser.raise_request_exception = False
    monkeypatch.setattr("kith.people.drafts.views.redirect", fails)
    sent = {"what": "Half a sentence about", "draft_by": str(cast.leah.ref), "later": "1"}
    page = calm(browser.post(reverse("draft-keep", kwargs={"form": "note"}), sent), 503)
    assert "Nothing was saved by this page." in page
    assert Draft.objects.count() == 1
