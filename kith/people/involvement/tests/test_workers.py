import pytest
from django.test import Client

from kith.framework.kinds import Tie
from kith.kit.refusal import Refused
from kith.people.involvement import actions, policies, queries
from kith.people.involvement.forms import tie_key
from kith.people.involvement.models import Relation
from kith.people.persons.actions import Details, add_person, open_file
from tests.cast import NOW, Cast, restrict, tie


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("joy", None),
        ("leah", policies.NOT_YOURS_TO_ALLOCATE),
        ("marcus", policies.OUT_OF_SIGHT),
        ("sam", policies.NOT_YOURS_TO_ALLOCATE),
    ],
)
def test_who_says_who_works_with_ellis(cast: Cast, who, refusal):
    assert policies.allocate(actor=cast.actor(who), file=cast.file("ellis")) is refusal
    assert policies.end_tie(actor=cast.actor(who), file=cast.file("ellis")) is refusal


def test_a_file_nobody_holds_is_anyones_who_may_allocate(cast: Cast):
    amrit = cast.actor("amrit")
    baby = open_file(person=add_person(details=Details(given="Noor"), by=amrit, at=NOW), by=amrit, at=NOW)
    assert policies.allocate(actor=cast.actor("marcus"), file=baby) is None


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("joy", None), ("marcus", None), ("leah", policies.NOT_YOURS_TO_BAR), ("sam", policies.NOT_YOURS_TO_BAR)],
)
def test_who_keeps_somebody_from_a_file(cast: Cast, who, refusal):
    assert policies.bar(actor=cast.actor(who), file=cast.file("ellis")) is refusal


def test_nobody_bars_on_a_file_they_cannot_know_of(cast: Cast):
    assert policies.bar(actor=cast.actor("marcus"), file=restrict(cast.file("ellis"))) is policies.OUT_OF_SIGHT


def test_a_bar_beats_being_allocated_at_once(cast: Cast):
    actions.bar(file=cast.file("ellis"), staff=cast.leah, why="His aunt", by=cast.actor("joy"), at=NOW)
    assert not cast.actor("leah").sees([cast.file("ellis").pk])


def test_somebody_barred_is_not_tied(cast: Cast):
    tie(cast.file("ellis"), Tie.BARRED, cast.rosa)
    with pytest.raises(Refused) as refused:
        actions.allocate(file=cast.file("ellis"), staff=cast.rosa, why="Cover", by=cast.actor("joy"), at=NOW)
    assert refused.value.refusal is policies.THEY_ARE_BARRED


def test_ending_a_tie_ends_sight_the_same_moment(cast: Cast):
    """PV-5."""
    held = Relation.objects.get(file=cast.file("ellis"), staff=cast.nadia)
    actions.end_tie(tie=held, why="Moved team", by=cast.actor("joy"), at=NOW)
    Relation.objects.filter(file=cast.file("ellis"), kind=Tie.TEAM).delete()
    assert not cast.actor("nadia").sees([cast.file("ellis").pk])
    assert [t.why_ended for t in queries.ties_ended(cast.file("ellis"), at=NOW)] == ["Moved team"]


def test_joy_allocates_bars_and_ends_on_the_pages(cast: Cast, client: Client):
    client.force_login(cast.joy)
    base = f"/files/{cast.file('ellis').ref}/workers/"
    client.post(f"{base}new/", {"staff": cast.rosa.ref, "kind": "coworker", "why": "Polish speaker"})
    client.post(f"{base}bar/", {"staff": cast.helen.ref, "why": "Lives next door"})
    page = client.get(base).content.decode()
    for words in ("Rosa Pereira", "Polish speaker", "Helen Sadiq", "Lives next door"):
        assert words in page, words
    held = Relation.objects.get(file=cast.file("ellis"), staff=cast.rosa)
    client.post(f"{base}end/", {"tie": tie_key(held), "why": "Cover over"})
    assert "Cover over" in client.get(base).content.decode()


def test_who_is_kept_away_is_told_only_to_those_who_may_bar(cast: Cast, client: Client):
    tie(cast.file("ellis"), Tie.BARRED, cast.helen)
    client.force_login(cast.leah)
    assert "Helen Sadiq" not in client.get(f"/files/{cast.file('ellis').ref}/workers/").content.decode()


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("joy", (200, 200, 200, 200)),
        ("leah", (200, 200, 200, 200)),
        ("amrit", (200, 200, 200, 200)),
        ("rosa", (404, 200, 404, 200)),
        ("farrah", (404, 404, 404, 404)),
        ("sam", (404, 404, 404, 404)),
    ],
)
def test_who_reaches_each_page_of_workers(cast: Cast, client: Client, who, statuses):
    """A page that is reached may still hold only the reason why nothing can be done on it."""
    client.force_login(cast.staff[who])
    base = f"/files/{cast.file('ellis').ref}/workers/"
    assert tuple(client.get(base + page).status_code for page in ("", "new/", "end/", "bar/")) == statuses


def test_leah_is_told_whom_to_ask(cast: Cast, client: Client):
    client.force_login(cast.leah)
    page = client.get(f"/files/{cast.file('ellis').ref}/workers/new/").content.decode()
    assert "Ask your team leader" in page
    assert 'name="once"' not in page
