"""Who somebody is known to, and through which files (architecture 3.2)."""

import pytest

from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.persons import policies, queries
from kith.people.persons.models import File, Membership
from tests.cast import EARLIER, NOW, Cast, restrict, tie


def names_open(cast: Cast, who: str) -> set[str]:
    actor = cast.actor(who)
    return {key for key, p in cast.people.items() if queries.open_through(actor, p, at=NOW)}


SOLANKI_REID = {"ellis", "maya", "jude", "kavi", "craig", "mo", "hansa"}
NOWAK_CAMPBELL = {"zosia", "kacper", "aga"}


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("leah", SOLANKI_REID),
        ("nadia", SOLANKI_REID),
        ("joy", SOLANKI_REID),
        ("peter", SOLANKI_REID),
        ("rosa", NOWAK_CAMPBELL),
        ("amrit", SOLANKI_REID | NOWAK_CAMPBELL),
        ("gwen", SOLANKI_REID | NOWAK_CAMPBELL),
        ("ivo", set()),
        ("farrah", set()),
        ("sam", set()),
        ("anil", set()),
    ],
)
def test_an_adult_is_known_through_one_file_of_a_family_they_are_in(cast: Cast, who, whom):
    assert names_open(cast, who) == whom


def test_an_adult_stays_open_while_one_child_of_the_family_does(cast: Cast):
    restrict(cast.file("ellis"))
    restrict(cast.file("maya"))
    assert "kavi" in names_open(cast, "nadia")
    restrict(cast.file("jude"))
    assert names_open(cast, "nadia") == set()


def an_own_childhood_file(cast: Cast, level: Level = Level.OPEN) -> File:
    """Kavi was in foster care from 11 to 14; that file is hers alone."""
    file = File.objects.create(person=cast.kavi, opened_at=EARLIER)
    return restrict(file, level)


@pytest.mark.parametrize(("level", "shown"), [(Level.OPEN, True), (Level.RESTRICTED, False), (Level.SEALED, False)])
def test_an_adults_own_childhood_file_opens_nothing_to_her_childrens_worker(cast: Cast, level, shown):
    file = an_own_childhood_file(cast, level)
    leah = cast.actor("leah")
    assert file.pk not in {f.pk for f in queries.open_through(leah, cast.kavi, at=NOW)}
    assert bool(queries.open_through(leah, cast.kavi, at=NOW)) is shown
    _, members, files = queries.open_among(leah, queries.members_of(cast.solanki_reid, at=NOW))
    assert (cast.kavi in {m.person for m in members}) is shown
    assert file not in files


def test_a_bar_on_an_adults_own_file_hides_her(cast: Cast):
    tie(an_own_childhood_file(cast), Tie.BARRED, cast.leah)
    assert not queries.open_through(cast.actor("leah"), cast.kavi, at=NOW)


@pytest.mark.parametrize(
    ("who", "whom", "refusal"),
    [
        ("leah", "ellis", None),
        ("leah", "kavi", None),
        ("peter", "kavi", None),
        ("rosa", "kavi", policies.MAY_NOT_EDIT),
        ("rosa", "aga", None),
        ("amrit", "kavi", policies.MAY_NOT_EDIT),
        ("amrit", "ellis", policies.MAY_NOT_EDIT),
        ("gwen", "kavi", policies.NOT_YOUR_WORK),
        ("sam", "kavi", policies.NOT_YOUR_WORK),
    ],
)
def test_who_may_change_somebodys_details(cast: Cast, who, whom, refusal):
    assert policies.edit_person(actor=cast.actor(who), person=cast.people[whom], at=NOW) is refusal


def test_a_shared_adult_shows_only_the_families_that_are_mine(cast: Cast):
    Membership.objects.create(family=cast.families["nowak-campbell"], person=cast.hansa, role="friend", since=EARLIER)
    mine = queries.beside([cast.hansa], cast.actor("leah").sees, at=NOW)
    assert [family.name for family in mine] == ["Solanki-Reid"]
    both = queries.beside([cast.hansa], cast.actor("amrit").sees, at=NOW)
    assert [family.name for family in both] == ["Nowak-Campbell", "Solanki-Reid"]


def test_the_chair_writes_about_an_adult_but_not_where_they_are(cast: Cast):
    peter = cast.actor("peter")
    assert queries.open_through(peter, cast.kavi, Verb.WRITE, at=NOW)
    assert not queries.open_through(peter, cast.kavi, Verb.READ, Content.LOCATION, at=NOW)
