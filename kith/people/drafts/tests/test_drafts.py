"""Unfinished words: for their author alone, in one form, about one family or child; never overwritten in silence."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from kith.access.accounts.models import Account, RoleHeld
from kith.access.audit.models import Act
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.drafts import actions, policies, queries
from kith.people.drafts.models import Draft, DraftFile
from kith.people.drafts.tasks import NIGHT
from kith.people.involvement.models import Relation
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
WORDS = {"what": ["The kettle was on"], "who": ["ellis", "maya"], "seen_on-day": ["9"]}


def keep(cast, who="leah", what=None, **but):
    kept = {"form": "note", "place": str(cast.solanki_reid.ref), "fields": what or WORDS, "at": NOW}
    return actions.keep_draft(**(kept | {"by": cast.actor(who, at=but.get("at", NOW))} | but))


def text(words):
    return {"what": [words]}


def shown(cast, who="leah", place=None, form="note"):
    where = str(cast.solanki_reid.ref) if place is None else place
    found = next(iter(queries.drafts_for(cast.actor(who), form, where)), None)
    return found and found.fields


def acts():
    return list(Act.objects.order_by("seq").values_list("what", flat=True))


def end_ties(file, staff, at=NOW):
    Relation.objects.filter(file=file, staff=staff).update(until=at)


def test_what_leah_types_comes_back_as_she_left_it_every_box_and_every_choice(cast):
    keep(cast)
    assert shown(cast) == WORDS


def test_a_draft_is_for_its_author_its_form_and_its_place_alone(cast):
    keep(cast)
    ellis = str(cast.file("ellis").ref)
    keep(cast, what=text("only about Ellis"), place=ellis)
    assert shown(cast, "nadia") is None
    assert shown(cast, form="plan") is None
    assert shown(cast, place=str(cast.file("maya").ref)) is None
    assert shown(cast, place=ellis) == text("only about Ellis")
    assert queries.drafts_of(cast.actor("nadia")) == []


def test_a_form_about_nobody_yet_is_kept_too(cast):
    keep(cast, "amrit", place="", form="contact", what=text("A neighbour rang"))
    assert shown(cast, "amrit", place="", form="contact") == text("A neighbour rang")
    assert shown(cast, "leah", place="", form="contact") is None


@pytest.mark.parametrize("who", ["rosa", "gwen", "farrah", "ruth", "ivo", "sam"])
def test_only_those_who_may_write_there_keep_words_there(cast, who):
    for place in (cast.file("ellis").ref, cast.solanki_reid.ref):
        with pytest.raises(Refused) as no:
            keep(cast, who, place=str(place))
        assert no.value.refusal is policies.NOT_YOURS
    assert not Draft.objects.exists()


def test_peter_who_chairs_writes_and_so_keeps_his_words(cast):
    assert keep(cast, "peter").draft.author == cast.peter


@pytest.mark.parametrize("place", ["nowhere", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_place_answers_as_a_hidden_one(cast, place):
    with pytest.raises(Refused) as no:
        keep(cast, place=place)
    assert no.value.refusal is policies.NOT_YOURS


def test_sam_who_sees_nobody_still_keeps_a_form_about_nobody_and_a_leaver_does_not(cast):
    assert keep(cast, "sam", place="", form="account", what=text("Rosa P")).draft.pk
    RoleHeld.objects.filter(account=cast.anil).update(until=NOW)
    with pytest.raises(Refused) as no:
        keep(cast, "anil", place="")
    assert no.value.refusal is policies.NO_WORK


def test_keeping_fifty_times_leaves_one_act(cast):
    kept = keep(cast)
    for turn in range(2, 52):
        kept = keep(cast, version=kept.draft.version, page="tab", turn=turn)
    assert kept.draft.version == 51
    assert acts() == ["draft.begun"]
    assert "kettle" not in Act.objects.get().body


def test_a_second_tab_never_overwrites_the_first_both_are_kept(cast):
    first = keep(cast, what=text("tab one"), page="one", turn=1)
    second = keep(cast, what=text("tab two"), page="two", turn=1)
    assert second.apart
    assert [d.fields for d in second.beside] == [text("tab one")]
    for turn in (2, 3):
        first = keep(cast, what=text("tab one, more"), version=first.draft.version, page="one", turn=turn)
        second = keep(cast, what=text("tab two, more"), version=second.draft.version, page="two", turn=turn)
        assert not first.apart
        assert not second.apart
    both = queries.drafts_for(cast.actor("leah"), "note", str(cast.solanki_reid.ref))
    assert [d.fields for d in both] == [text("tab two, more"), text("tab one, more")]


def test_two_tabs_opened_on_one_draft_part_when_both_write(cast):
    opened = keep(cast, what=text("begun"), page="old", turn=1).draft.version
    assert not keep(cast, what=text("begun, by one"), version=opened, page="one", turn=1).apart
    assert keep(cast, what=text("begun, by two"), version=opened, page="two", turn=1).apart
    assert keep(cast, what=text("begun, by old"), version=opened, page="old", turn=2).apart
    assert Draft.objects.count() == 3


def test_the_same_words_from_two_tabs_are_one_draft(cast):
    keep(cast, page="one", turn=1)
    assert not keep(cast, page="two", turn=1).apart
    assert Draft.objects.count() == 1


def test_words_that_arrive_late_never_replace_later_ones(cast):
    keep(cast, what=text("a"), page="one", turn=1)
    keep(cast, what=text("a b c"), page="one", turn=3)
    keep(cast, what=text("a b"), version=1, page="one", turn=2)
    assert shown(cast) == text("a b c")


def test_a_tab_that_missed_the_answer_goes_on_with_its_own_row(cast):
    keep(cast, what=text("a"), page="one", turn=1)
    assert not keep(cast, what=text("a b"), version=0, page="one", turn=2).apart
    assert shown(cast) == text("a b")


def test_choosing_goes_on_with_one_and_keeps_the_other(cast):
    first = keep(cast, what=text("tab one"), page="one", turn=1).draft
    keep(cast, what=text("tab two"), page="two", turn=1)
    actions.choose_draft(draft=first, by=cast.actor("leah"), at=NOW)
    assert shown(cast) == text("tab one")
    assert Draft.objects.count() == 2
    assert acts()[-1] == "draft.chosen"


def test_leah_throws_her_own_words_away_and_nobody_elses(cast):
    draft = keep(cast).draft
    with pytest.raises(Refused):
        actions.drop_draft(draft=draft, by=cast.actor("nadia"), at=NOW)
    assert queries.my_draft(cast.actor("nadia"), draft.ref) is None
    actions.drop_draft(draft=draft, by=cast.actor("leah"), at=NOW)
    assert not Draft.objects.exists()
    assert not DraftFile.objects.exists()
    assert acts() == ["draft.begun", "draft.dropped"]


def test_a_save_takes_its_own_draft_and_leaves_what_another_tab_kept(cast):
    mine = keep(cast, what=text("tab one"), page="one", turn=1).draft
    keep(cast, what=text("tab two"), page="two", turn=1)
    where = {"form": "note", "place": str(cast.solanki_reid.ref)}
    taken = actions.take_draft(**where, version=mine.version, by=cast.actor("leah"), at=NOW)
    assert taken == 1
    assert shown(cast) == text("tab two")


def test_a_save_that_is_refused_leaves_the_draft(cast):
    keep(cast, page="one", turn=1)

    def refused(*, by, at):
        raise Refused(policies.NOT_YOURS)

    with pytest.raises(Refused):
        actions.finish(
            do=refused,
            form="note",
            place=str(cast.solanki_reid.ref),
            version=1,
            page="one",
            by=cast.actor("leah"),
            at=NOW,
        )
    assert shown(cast) == WORDS


def lose(cast, how):
    if how == "tie ended":
        end_ties(cast.file("ellis"), cast.leah)
        Relation.objects.filter(file=cast.file("ellis"), kind=Tie.TEAM).update(until=NOW)
    elif how == "barred":
        tie(cast.file("ellis"), Tie.BARRED, cast.leah)
    elif how == "restricted":
        restrict(cast.file("ellis"), Level.RESTRICTED)
    else:
        RoleHeld.objects.filter(account=cast.leah).update(until=NOW)


@pytest.mark.parametrize("how", ["tie ended", "barred", "restricted", "work ended"])
def test_a_draft_is_lost_with_the_file_at_once_even_when_a_sibling_stays(cast, how):
    draft = keep(cast, page="one", turn=1).draft
    lose(cast, how)
    leah = cast.actor("leah")
    assert shown(cast) is None
    assert queries.drafts_of(leah) == []
    assert queries.my_draft(leah, draft.ref) is None
    with pytest.raises(Refused) as no:
        keep(cast, page="one", turn=2, version=draft.version)
    assert no.value.refusal in {policies.LOST, policies.NO_WORK}
    draft.refresh_from_db()
    assert draft.fields == WORDS


def test_leah_begins_afresh_with_maya_while_what_named_ellis_is_held(cast):
    keep(cast, page="one", turn=1)
    lose(cast, "tie ended")
    fresh = keep(cast, what=text("Maya drew a house"), page="two", turn=1)
    assert not fresh.apart
    assert fresh.beside == []
    assert shown(cast) == text("Maya drew a house")


def hold(cast, at=NOW):
    return actions.hold_drafts(by=NIGHT, at=at)


def may_open(cast, who, draft, at=NOW):
    held = {d.pk for d in queries.held_for(cast.actor(who, at=at), at=at)}
    about = queries.files_by_draft([draft])[draft.pk]
    return draft.pk in held and policies.open_held(actor=cast.actor(who, at=at), draft=draft, files=about) is None


def test_joy_who_leads_leah_opens_held_words_for_thirty_days_and_not_a_day_more(cast):
    draft = keep(cast).draft
    assert not may_open(cast, "joy", draft)
    lose(cast, "tie ended")
    assert hold(cast) == 1
    assert may_open(cast, "joy", draft)
    assert may_open(cast, "joy", draft, at=NOW + timedelta(days=29, hours=23))
    assert not may_open(cast, "joy", draft, at=NOW + timedelta(days=30))
    assert not may_open(cast, "joy", draft, at=NOW + timedelta(days=31))
    for other in ("marcus", "rosa", "nadia", "ivo", "gwen", "sam", "leah"):
        assert not may_open(cast, other, draft)


@pytest.mark.parametrize("how", ["restricted", "barred"])
def test_what_keeps_a_leader_from_the_file_keeps_them_from_the_held_words(cast, how):
    draft = keep(cast).draft
    lose(cast, "tie ended")
    hold(cast)
    if how == "restricted":
        restrict(cast.file("maya"), Level.RESTRICTED)
    else:
        tie(cast.file("maya"), Tie.BARRED, cast.joy)
    assert not may_open(cast, "joy", draft)


def test_held_words_are_removed_on_the_thirtieth_day_and_the_trail_says_so(cast):
    keep(cast)
    lose(cast, "tie ended")
    hold(cast)
    assert actions.remove_held(by=NIGHT, at=NOW + timedelta(days=29)) == 0
    assert hold(cast, at=NOW + timedelta(days=29)) == 0
    assert actions.remove_held(by=NIGHT, at=NOW + timedelta(days=30)) == 1
    assert not Draft.objects.exists()
    assert "draft.removed" in acts()


def test_words_come_back_with_the_file(cast):
    draft = keep(cast).draft
    tie(cast.file("ellis"), Tie.BARRED, cast.leah)
    hold(cast)
    Relation.objects.filter(kind=Tie.BARRED).update(until=NOW)
    hold(cast, at=NOW)
    draft.refresh_from_db()
    assert draft.held_since is None
    assert shown(cast) == WORDS


def test_a_leavers_words_are_held_even_those_about_nobody(cast):
    draft = keep(cast, place="", form="contact").draft
    Account.objects.filter(pk=cast.leah.pk).update(is_active=False, left_at=NOW)
    assert hold(cast) == 1
    assert may_open(cast, "joy", draft)


def test_nobody_puts_drafts_away_from_a_page(cast):
    with pytest.raises(Refused) as no:
        actions.remove_held(by=replace(cast.actor("joy"), session="abc"), at=NOW)
    assert no.value.refusal is policies.BY_NIGHT


def test_two_hundred_thousand_characters_are_kept_and_one_more_is_refused(cast):
    most = {"what": ["ß" * (policies.LONGEST - len("what"))]}
    assert keep(cast, what=most).draft.fields == most
    with pytest.raises(Refused) as no:
        keep(cast, what={"what": [most["what"][0] + "!"]})
    assert no.value.refusal is policies.TOO_LONG


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_ten_tabs_keeping_at_once_lose_nothing_and_share_no_version(cast):
    def from_tab(number):
        try:
            return keep(cast, what=text(f"tab {number}"), page=str(number), turn=1).draft.version
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as tabs:
        versions = list(tabs.map(from_tab, range(10)))
    assert sorted(versions) == list(range(1, 11))
    assert {d.fields["what"][0] for d in Draft.objects.all()} == {f"tab {n}" for n in range(10)}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_words_that_come_after_a_save_begin_anew_and_never_revive_the_old_row(cast):
    def late():
        try:
            keep(cast, what=text("a b"), version=1, page="one", turn=2)
        finally:
            connection.close()

    keep(cast, what=text("a"), page="one", turn=1)
    with ThreadPoolExecutor(1) as tab:
        with transaction.atomic():
            where = {"form": "note", "place": str(cast.solanki_reid.ref)}
            actions.take_draft(**where, version=1, page="one", by=cast.actor("leah"), at=NOW)
            keeping = tab.submit(late)
            time.sleep(0.3)
            assert not keeping.done()
        keeping.result(timeout=10)
    assert Draft.objects.get().fields == text("a b")
    assert acts() == ["draft.begun", "draft.taken", "draft.begun"]
