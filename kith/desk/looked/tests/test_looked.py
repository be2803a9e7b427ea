"""Who looked, as the people who may ask see it; and nothing of anybody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.access.audit import looks
from kith.access.audit.models import Look
from kith.desk.looked import policies, queries
from kith.framework.kinds import Level, Tie
from kith.people.involvement.frame import open_or_none
from kith.people.involvement.models import Relation
from tests.cast import NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def looked(cast, who, what="family", *, at=NOW, children=("ellis", "maya", "jude")):
    looking = looks.Looking()
    looking.saw(what, files=[cast.files[c].ref for c in children])
    looks.write(looking, by=cast.actor(who), at=at)


def seen_by(cast, who, at=NOW + timedelta(hours=1)):
    return queries.looks_at_family(open_or_none(cast.actor(who), cast.solanki_reid.ref, at=at))


def test_looks_are_told_by_day_and_person_with_the_tie_there_was(cast):
    looked(cast, "leah", at=NOW - timedelta(minutes=20))
    looked(cast, "leah")
    looked(cast, "nadia", "timeline", children=["maya"], at=NOW - timedelta(days=1))
    shown = seen_by(cast, "joy")
    assert [(on.day, [p.name for p in people]) for on, people in shown.days] == [
        (10, ["Leah Whitcombe"]),
        (9, ["Nadia Farouk"]),
    ]
    (line,) = shown.days[0][1][0].lines
    assert (line.page, line.whom, line.tie) == (
        "the family page",
        "Ellis, Maya and Jude",
        "allocated and in the team that holds the file",
    )
    assert line.times == "10.10 am and 10.30 am"
    assert shown.untied == []


def test_a_look_without_a_tie_comes_first(cast):
    looked(cast, "leah")
    looked(cast, "amrit", at=NOW - timedelta(days=2))
    (looker,) = seen_by(cast, "joy").untied
    assert (looker.name, looker.work, looker.lines[0].tie) == ("Amrit Gill", "Front door worker", "no tie")


def test_the_tie_is_the_one_at_the_time_not_the_one_now(cast):
    looked(cast, "rosa", at=NOW - timedelta(days=3))
    tie(cast.file("ellis"), Tie.COWORKER, cast.rosa, since=NOW - timedelta(days=1))
    looked(cast, "rosa", at=NOW)
    looked(cast, "leah", at=NOW)
    Relation.objects.filter(file=cast.files["ellis"], staff=cast.leah).update(until=NOW + timedelta(minutes=1))
    shown = seen_by(cast, "joy")
    assert [(p.name, p.on.day) for p in shown.untied] == [("Rosa Pereira", 7)]


def test_a_leader_is_tied_through_those_they_led_then(cast):
    looked(cast, "joy")
    looked(cast, "marcus")
    assert [p.name for p in seen_by(cast, "joy").untied] == ["Marcus Bell"]


def test_coming_up_in_a_search_is_not_opening_a_record(cast):
    looked(cast, "amrit", "search")
    shown = seen_by(cast, "joy")
    assert shown.untied == []
    assert shown.days[0][1][0].lines[0].page == "a search in which the family came up"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("worry", "a worry"),
        ("note form", "the page where a note is written"),
        ("something newer", "the page called “something newer”"),
    ],
)
def test_every_page_has_words(what, words):
    assert queries.page_in_words(what) == words


def test_somebody_barred_who_looked_before_is_still_without_a_tie(cast):
    tie(cast.file("ellis"), Tie.BARRED, cast.rosa)
    looked(cast, "rosa", children=["ellis"])
    assert seen_by(cast, "joy").untied[0].lines[0].tie == "barred from the file"


def test_a_hidden_brother_is_in_no_line(cast):
    looked(cast, "leah", children=["ellis", "jude"])
    looked(cast, "peter", children=["jude"])
    restrict(cast.file("jude"), Level.RESTRICTED)
    shown = seen_by(cast, "joy")
    assert [line.whom for _, people in shown.days for p in people for line in p.lines] == ["Ellis"]
    assert "Peter" not in str(shown)


def test_looks_at_another_family_are_not_told(cast):
    looked(cast, "rosa", children=["zosia"])
    assert seen_by(cast, "joy").days == []


def test_more_looks_than_a_page_holds_are_said_to_be_there(cast, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for minutes in range(3):
        looked(cast, "leah", at=NOW + timedelta(minutes=minutes))
    assert seen_by(cast, "joy").cut


def page(cast):
    return reverse("looked", kwargs={"ref": cast.solanki_reid.ref})


def test_joy_reads_who_looked_and_her_reading_is_a_look(cast, as_):
    looked(cast, "amrit", at=timezone.now() - timedelta(hours=1))
    words = as_("joy").get(page(cast)).content.decode()
    assert "Amrit Gill" in words
    assert "Without a tie to these children" in words
    assert Look.objects.order_by("-pk").first().what == "who has looked"


def test_a_record_nobody_has_opened_says_so(cast, as_):
    words = as_("joy").get(page(cast)).content.decode()
    assert "Nobody has opened this record in the last 90 days." in words


@pytest.mark.parametrize(
    ("who", "status"),
    [("joy", 200), ("ruth", 404), ("leah", 403), ("nadia", 403), ("peter", 403), ("amrit", 403), ("gwen", 403)]
    + [(who, 404) for who in ("rosa", "marcus", "ivo", "sam", "anil", "farrah", "helen")],
)  # fmt: skip
def test_who_may_see_who_looked_at_a_family(cast, as_, who, status):
    assert as_(who).get(page(cast)).status_code == status


@pytest.mark.parametrize("who", ["leah", "amrit", "gwen", "sam", "anil", "farrah"])
def test_what_my_people_looked_at_is_not_for_everyone(cast, as_, who):
    answer = as_(who).get(reverse("looks"))
    assert answer.status_code == 403
    assert policies.see_looks(actor=cast.actor(who)) is policies.NOT_YOURS_TO_ASK


def test_marcus_sees_that_rosa_opened_a_record_and_not_whose(cast, as_):
    looked(cast, "rosa", at=timezone.now() - timedelta(hours=1))
    looked(cast, "rosa", children=["zosia"], at=timezone.now() - timedelta(hours=2))
    mark = Look.objects.order_by("pk").first().hash[:8]
    words = as_("marcus").get(reverse("looks")).content.decode()
    assert f"somebody you do not work with. Information governance can look into it: quote {mark}" in words
    for name in ("Ellis", "Solanki", "Zosia"):
        assert name not in words


def test_a_leader_who_may_read_the_record_sees_whose_it_is(cast, as_):
    tie(cast.file("ellis"), Tie.NAMED, cast.marcus)
    looked(cast, "rosa", children=["ellis"], at=timezone.now() - timedelta(hours=1))
    words = as_("marcus").get(reverse("looks")).content.decode()
    assert "about <bdi>Ellis</bdi>" in words
    assert Look.objects.order_by("-pk").first().showed.get().file == cast.files["ellis"].ref


def test_a_leader_whose_people_opened_nothing_strange_is_told_so(cast, as_):
    looked(cast, "leah", at=timezone.now() - timedelta(hours=1))
    looked(cast, "rosa", at=timezone.now() - timedelta(days=15))
    for who in ("joy", "marcus"):
        assert "Nobody you lead has opened a record" in as_(who).get(reverse("looks")).content.decode()


def test_information_governance_sees_everybodys_looks_and_names_what_a_search_would_find(cast, as_):
    """Ivo leads nobody and answers for everybody (trust D)."""
    restrict(cast.file("zosia"))
    looked(cast, "rosa", children=["ellis"], at=timezone.now() - timedelta(hours=1))
    looked(cast, "amrit", children=["zosia"], at=timezone.now() - timedelta(hours=2))
    mark = Look.objects.order_by("-pk").first().hash[:8]
    words = as_("ivo").get(reverse("looks")).content.decode()
    assert cast.rosa.name in words
    assert "about <bdi>Ellis</bdi>" in words
    assert f"somebody whose record is held closely. Its keeper can look into it: quote {mark}" in words
    assert "Zosia" not in words
