"""What a decision rests on: things on the map of its children, as they stood then (domain 6.8, facts relied on)."""

from dataclasses import replace

import pytest
from django.urls import reverse

from kith.casework.decisions import actions, policies
from kith.casework.decisions.models import Decision, RestsOn
from kith.casework.decisions.queries import open_decision, to_rest_on
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.decisions.tests.test_pages import filled, new
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.models import Where
from kith.casework.mapping.tests.scene import talk, written
from kith.casework.maps.actions import change_item, end_item, put_on_map
from kith.casework.maps.tests.scene import a_factor, a_harm, a_safety, a_step, a_strength, on_map
from kith.kit.refusal import Refused
from tests.cast import NOW, restrict

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def put(cast, one, *names):
    files = [cast.file(n) for n in names or ("ellis",)]
    return put_on_map(**on_map(cast, one, files=files))


def decided(cast, *entries, **but):
    return actions.record_decision(**a_decision(cast, rests_on=list(entries), **but))


def words(cast, decision, who="joy"):
    shown = open_decision(cast.actor(who), decision.entry.ref)
    return [(one.heading, one.words) for one in shown.rests_on]


def page(as_, decision, who="joy"):
    return as_(who).get(reverse("decision", kwargs={"ref": decision.entry.ref})).content.decode()


def test_worries_harm_what_makes_it_harder_and_what_helps_are_offered_in_the_order_of_a_map(cast):
    statement, _ = written(cast)
    others = [put(cast, one) for one in (a_strength(cast), a_safety(cast), a_factor(cast), a_harm(cast), a_step(cast))]
    offered = [one.reading.entry.pk for one in to_rest_on(cast.actor("leah"), cast.solanki_files)]
    strength, safety, factor, harm, _ = [one.entry_id for one in others]
    assert offered == [statement.entry_id, harm, factor, safety, strength]


def test_what_is_no_longer_so_is_not_offered(cast):
    statement, _ = written(cast)
    factor, by = put(cast, a_factor(cast)), cast.actor("leah")
    end_item(item=factor, outcome="eased", words="The job is safe", talk=talk(cast, "kavi"), by=by, at=NOW)
    told = {"status": Where.EASED, "why": "The nights are calm", "talk": talk(cast, "kavi")}
    mapping.settle_statement(statement=statement, **told, by=by, at=NOW)
    assert to_rest_on(by, cast.solanki_files) == []


def test_leah_ticks_what_it_rests_on_and_the_decision_says_it_and_leads_there(cast, as_):
    statement, _ = written(cast)
    factor = put(cast, a_factor(cast))
    sent = filled(cast, rests_on=[statement.entry.ref.hex, factor.entry.ref.hex])
    shown = as_("leah").post(new(cast), sent, follow=True).content.decode()
    assert "Late shifts, and a job that may go" in shown
    assert reverse("statement", kwargs={"ref": statement.entry.ref}) in shown
    assert reverse("map-item", kwargs={"ref": factor.entry.ref}) in shown


def test_a_decision_that_names_nothing_on_the_map_says_so(cast, as_):
    assert "It names nothing on the map that it rests on." in page(as_, decided(cast))


def test_nothing_is_asked_where_nothing_is_on_the_map(cast, as_):
    assert "Which of these on the map" not in as_("leah").get(new(cast)).content.decode()


def test_it_keeps_the_words_as_they_stood_when_it_was_decided(cast):
    factor = put(cast, a_factor(cast))
    decision = decided(cast, factor.entry)
    newer = replace(a_factor(cast), said={"what": "The job went", "effect": "There is no money on Fridays"})
    told = {"files": [cast.file("ellis")], "talk": talk(cast, "kavi"), "by": cast.actor("leah"), "at": NOW}
    change_item(item=factor, put=newer, read=factor.entry, why="It happened", **told)
    assert words(cast, decision) == [("What makes it harder, Ellis", "Late shifts, and a job that may go")]


def test_a_thing_in_a_file_closed_to_a_reader_is_listed_without_its_words(cast, as_):
    factor = put(cast, a_factor(cast), "ellis", "jude")
    decision = decided(cast, factor.entry, files=[cast.file("ellis")])
    assert "a job that may go" in page(as_, decision, "nadia")
    restrict(cast.file("jude"))
    assert "a job that may go" not in page(as_, decision, "nadia")


@pytest.mark.parametrize("wrong", ["replaced", "ended", "another child", "a step", "closed to her"])
def test_it_rests_on_nothing_that_is_not_on_the_map_of_its_children_for_whoever_decides(cast, wrong):
    by, files = cast.actor("leah"), [cast.file("ellis")]
    item = put(
        cast,
        a_step(cast) if wrong == "a step" else a_factor(cast),
        *(["maya"] if wrong == "another child" else ["ellis", "jude"]),
    )
    told = {"talk": talk(cast, "kavi"), "by": by, "at": NOW}
    if wrong == "replaced":
        change_item(
            item=item, put=a_factor(cast), read=item.entry, why="Kavi’s words", files=cast.solanki_files[:1], **told
        )
    if wrong == "ended":
        end_item(item=item, outcome="eased", words="The job is safe", **told)
    if wrong == "closed to her":
        restrict(cast.file("jude"))
        by = cast.actor("nadia")
    assert policies.rests_on(actor=by, entries=[item.entry], files=files) is policies.NOT_ON_THEIR_MAP


def test_what_is_not_on_their_map_leaves_no_decision_behind(cast):
    step = put(cast, a_step(cast))
    with pytest.raises(Refused):
        decided(cast, step.entry)
    assert not Decision.objects.exists()
    assert not RestsOn.objects.exists()
