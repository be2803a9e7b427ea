"""Keeping over the wire: to whom, in what words, and what is never said."""

import json

import pytest
from django.test import Client

from kith.access.audit.models import Act, Look
from kith.framework.kinds import Tie
from kith.people.drafts.models import Draft
from kith.people.drafts.tasks import put_drafts_away
from tests.cast import tie
from tests.door import plain

pytestmark = [
    pytest.mark.django_db(databases=["default", "looks"]),
    pytest.mark.urls("kith.people.drafts.tests.a_page"),
]


@pytest.fixture
def at_desk(cast):
    def sat_down(name, **but):
        browser = Client(**but)
        browser.force_login(cast.staff[name])
        return browser

    return sat_down


def boxes(cast, as_="leah", **typed):
    page = {
        "draft_place": str(cast.solanki_reid.ref),
        "draft_by": str(cast.staff[as_].ref),
        "draft_called": "A note",
        "draft_address": f"/families/{cast.solanki_reid.ref}/notes/new/",
        "once": "k" * 32,
    }
    return page | typed


def note_page(cast):
    return f"/families/{cast.solanki_reid.ref}/notes/new/"


def test_what_is_kept_comes_back_in_its_boxes_and_only_to_its_author(cast, at_desk):
    leah, typed = at_desk("leah"), "خاله said <b>“like a lighthouse”</b>"
    answer = leah.post(
        "/drafts/note/",
        boxes(cast, what=typed, who=["ellis", "maya"], **{"seen_on-day": "9 Sep", "where": ""}),
    )
    assert answer.status_code == 200
    assert set(answer.json()) == {"kept_at", "version", "both"}
    page = leah.get(note_page(cast)).content.decode()
    assert "خاله said &lt;b&gt;“like a lighthouse”&lt;/b&gt;" in page
    assert page.count(" checked") == 2
    assert 'value="9 Sep"' in page
    assert "These are your unfinished words" in page
    assert "lighthouse" not in at_desk("nadia").get(note_page(cast)).content.decode()
    assert Draft.objects.get().fields.keys() == {"what", "who", "seen_on-day", "where"}


def test_a_kept_page_answers_the_rest_of_the_house_with_nothing(cast, at_desk):
    at_desk("leah").post("/drafts/note/", boxes(cast, what="canary"))
    ref = Draft.objects.get().ref
    for name in ("nadia", "joy", "rosa", "gwen", "sam"):
        browser = at_desk(name)
        assert browser.get(f"/drafts/{ref}/both/").status_code == 404
        assert browser.get(f"/drafts/held/{ref}/").status_code == 404
        assert browser.post(f"/drafts/{ref}/drop/").status_code == 404
        assert browser.post(f"/drafts/{ref}/choose/").status_code == 404
        assert b"canary" not in browser.get("/drafts/").content
    assert Draft.objects.count() == 1


def test_control_characters_that_no_store_holds_are_left_out(cast, at_desk):
    at_desk("leah").post("/drafts/note/", boxes(cast, what="a\x00b\x07c\u202ed", **{"x\x00y": "z"}))
    assert Draft.objects.get().fields == {"what": ["ab\x07c\u202ed"], "xy": ["z"]}


def test_a_second_tab_is_told_in_409_and_both_texts_stand_side_by_side(cast, at_desk):
    leah = at_desk("leah")
    leah.post("/drafts/note/", boxes(cast, what="tab one", draft_page="one", draft_turn="1"))
    answer = leah.post("/drafts/note/", boxes(cast, what="tab two", draft_page="two", draft_turn="1"))
    assert answer.status_code == 409
    assert answer.json()["other"] == {"what": ["tab one"]}
    both = leah.get(answer.json()["both"]).content.decode()
    assert both.count("Go on with these words") == 2
    assert "tab one" in both
    assert "tab two" in both
    assert "Read both, side by side" in leah.get(note_page(cast)).content.decode()
    assert leah.get("/drafts/").content.decode().count("read both texts, side by side") == 2
    older = Draft.objects.get(page="one")
    assert leah.post(f"/drafts/{older.ref}/choose/").url == note_page(cast)
    assert ">\ntab one</textarea>" in leah.get(note_page(cast)).content.decode()


def test_signed_out_is_said_as_a_script_can_read_it(cast):
    answer = Client().post("/drafts/note/", boxes(cast, what="x"))
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed-out"
    assert not Draft.objects.exists()


def test_words_typed_as_leah_are_never_kept_for_whoever_signs_in_next(cast, at_desk):
    answer = at_desk("rosa").post("/drafts/note/", boxes(cast, as_="leah", what="x"))
    assert answer.status_code == 403
    assert answer.json()["code"] == "somebody-else"
    assert "Leah" not in answer.content.decode()
    assert not Draft.objects.exists()


def test_rosa_keeps_nothing_about_ellis_and_hears_no_more_than_of_a_place_that_is_not(cast, at_desk):
    rosa = at_desk("rosa")
    hidden = rosa.post("/drafts/note/", boxes(cast, as_="rosa", what="x"))
    unknown = rosa.post("/drafts/note/", boxes(cast, as_="rosa", what="x", draft_place="nowhere"))
    assert hidden.status_code == unknown.status_code == 404
    assert plain(hidden) == plain(unknown)


def test_a_form_without_its_token_is_turned_away(cast, at_desk):
    strict = at_desk("leah", enforce_csrf_checks=True)
    assert strict.post("/drafts/note/", boxes(cast, what="x")).status_code == 403
    token = strict.get("/drafts/form-token/", headers={"X-Draft-By": str(cast.leah.ref)}).json()["token"]
    assert strict.post("/drafts/note/", boxes(cast, what="x", csrfmiddlewaretoken=token)).status_code == 200


def test_the_token_is_given_to_the_same_person_only(cast, at_desk):
    asked = {"X-Draft-By": str(cast.leah.ref)}
    assert Client().get("/drafts/form-token/", headers=asked).status_code == 401
    assert at_desk("rosa").get("/drafts/form-token/", headers=asked).status_code == 403


def test_finish_later_needs_no_script_and_leads_to_the_unfinished_pages(cast, at_desk):
    leah = at_desk("leah")
    answer = leah.post("/drafts/note/", boxes(cast, what="the kettle", later="1"), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/drafts/", 302)]
    assert f'href="{note_page(cast)}"' in page
    assert "Solanki-Reid" in page
    assert "kettle" not in page


def test_finish_later_does_not_use_up_the_key_of_the_save(cast, at_desk):
    leah = at_desk("leah")
    leah.post("/drafts/note/", boxes(cast, what="the kettle", later="1"))
    sent = boxes(cast, what="the kettle was on", draft_version="1")
    assert leah.post(note_page(cast), sent).url == "/saved/"
    assert list(Act.objects.order_by("seq").values_list("what", flat=True)) == [
        "draft.begun",
        "note.written",
        "draft.taken",
    ]
    assert not Draft.objects.exists()


def test_finish_later_when_signed_out_says_that_nothing_is_kept(cast):
    answer = Client().post("/drafts/note/", boxes(cast, what="x", later="1"))
    assert answer.status_code == 401
    assert "not kept yet" in answer.content.decode()


def test_a_form_sent_unfinished_keeps_what_was_sent_and_its_draft(cast, at_desk):
    leah = at_desk("leah")
    leah.post("/drafts/note/", boxes(cast, what="older", where="home"))
    page = leah.post(note_page(cast), boxes(cast, what="", where="school", draft_version="1")).content.decode()
    assert 'value="school"' in page
    assert 'name="draft_version" value="1"' in page
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "/nowhere/at/all/", ""])
def test_a_draft_leads_nowhere_but_home(cast, at_desk, address):
    leah = at_desk("leah")
    leah.post("/drafts/note/", boxes(cast, what="x", draft_address=address))
    assert Draft.objects.get().address == ""
    assert "elsewhere" not in leah.get("/drafts/").content.decode()


def test_joy_reads_what_leah_lost_and_the_look_is_on_the_ledger(cast, at_desk):
    at_desk("leah").post("/drafts/note/", boxes(cast, what="The kettle was on"))
    tie(cast.file("ellis"), Tie.BARRED, cast.leah)
    put_drafts_away.call()
    ref, joy = Draft.objects.get().ref, at_desk("joy")
    assert "Words held for people you lead" in joy.get("/drafts/").content.decode()
    assert "Leah Whitcombe" in joy.get("/drafts/held/").content.decode()
    assert "The kettle was on" in joy.get(f"/drafts/held/{ref}/").content.decode()
    seen = json.loads(Look.objects.filter(what="held draft").get().body)
    assert seen["draft"] == str(ref)
    assert str(cast.file("ellis").ref) in seen["files"]
    assert at_desk("leah").get(f"/drafts/held/{ref}/").status_code == 404
    assert at_desk("marcus").get(f"/drafts/held/{ref}/").status_code == 404


def test_empty_pages_say_so(cast, at_desk):
    assert "You have nothing unfinished." in at_desk("leah").get("/drafts/").content.decode()
    assert "Nothing is held." in at_desk("joy").get("/drafts/held/").content.decode()


def test_a_hundred_thousand_characters_pass_and_too_many_are_refused_in_words(cast, at_desk):
    leah = at_desk("leah")
    assert leah.post("/drafts/note/", boxes(cast, what="é" * 100_000)).status_code == 200
    answer = leah.post("/drafts/note/", boxes(cast, what="é" * 200_001, draft_version="1"))
    assert answer.status_code == 413
    assert "200,000 characters" in answer.json()["words"]
