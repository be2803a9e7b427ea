"""Who is who: the tree on a page, the same in words, gaps that lead somewhere, and only what this reader may see."""

from datetime import date

import pytest
from django.urls import reverse

from kith.access.audit.models import Look
from kith.desk.tree.queries import family_tree, shape_of
from kith.people.involvement.frame import open_or_none
from kith.people.involvement.models import Relation
from kith.people.persons.models import Merge, Person
from kith.people.relationships import actions
from kith.people.relationships.tree.facts import Shape
from tests.cast import NOW, belong, restrict

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def says(cast, one, kind, other, **but):
    people = cast.people
    given = {"one": people[one], "other": people[other], "kind": kind, "by": cast.actor("leah"), "at": NOW} | but
    return actions.add_relationship(**given)


@pytest.fixture
def family(cast):
    """What Kavi told Nadia: everybody but her mother and Craig’s father."""
    for child in ("ellis", "maya", "jude"):
        says(cast, child, "parent", "kavi", child_calls_them="Mum" if child == "ellis" else "")
        says(cast, child, "parent", "craig")
    says(cast, "kavi", "partner", "craig")
    says(cast, "kavi", "sibling", "hansa", quality="close")
    says(cast, "craig", "parent", "mo", quality="strained")
    says(cast, "ellis", "grandparent", "mo", child_calls_them="Nana Mo")
    home = actions.begin_household(person=cast.kavi, name="Home", by=cast.actor("leah"), at=NOW)
    actions.move_in(person=cast.ellis, household=home, by=cast.actor("leah"), at=NOW)
    return cast


def page(cast, as_, who, **asked):
    return as_(who).get(reverse("tree", kwargs={"ref": cast.solanki_reid.ref}), asked).content.decode()


def laid(cast, who="leah", **but):
    opened = open_or_none(cast.actor(who), cast.solanki_reid.ref, at=NOW)
    return family_tree(cast.actor(who), opened, **{"bonds": False} | but).tree


def test_the_family_page_leads_to_who_is_who(family, as_):
    home = as_("leah").get(reverse("family", kwargs={"ref": family.solanki_reid.ref})).content.decode()
    assert f'href="{reverse("tree", kwargs={"ref": family.solanki_reid.ref})}"' in home


def test_everybody_told_stands_in_their_generation_and_the_words_say_the_same(family, as_):
    assert [[one.name for one in row if one.known] for row in laid(family).rows] == [
        ["Nana Mo"],
        ["Hansa", "Kavi", "Craig"],
        ["Ellis", "Maya", "Jude"],
    ]
    shown = page(family, as_, "leah")
    for words in (
        *(
            "Child of Kavi and Craig.",
            "Children with Craig: Ellis, Maya and Jude.",
            "Partner of Craig.",
            "Lives at Home.",
        ),
        *(
            "Brother or sister of Hansa.",
            "Ellis says “Nana Mo”.",
            "Nana Mo is Ellis’s grandparent.",
            "born 21 Aug 1994, 3",
        ),
        *("Grandparents and theirs", "7 people in 3 generations, drawn round Ellis, Maya and Jude"),
    ):
        assert words in shown, words


def test_what_nobody_named_is_a_gap_that_leads_to_where_it_is_put_right(family, as_):
    shown = page(family, as_, "leah")
    assert "Only one parent of Craig is named here." in shown
    assert f'href="{reverse("relationship-new", kwargs={"ref": family.craig.ref})}"' in shown
    assert "Only one parent of Ellis" not in shown


def test_a_reader_who_may_not_write_is_offered_no_way_to(family, as_):
    shown = page(family, as_, "gwen")
    assert "Only one parent of Craig is named here." in shown
    assert "kin/new" not in shown


def test_a_child_none_of_whose_parents_is_written_is_a_gap_and_is_drawn(cast, as_):
    shown = page(cast, as_, "leah")
    assert "No parent of Ellis is named here." in shown
    assert [[one.name for one in row] for row in laid(cast).rows] == [["Ellis", "Maya", "Jude"]]
    assert "Not on the tree" in shown


def test_how_people_get_on_is_drawn_when_asked_for_and_left_out_on_paper(family, as_):
    plain, asked = page(family, as_, "leah"), page(family, as_, "leah", between="1")
    assert "Show how people get on" in plain
    assert "bond" not in plain
    assert "With Hansa: close (Leah Whitcombe, " in asked
    screen, paper = asked.split('<div class="tree onpaper">')
    assert 'class="scroll tree gap-t noprint"' in screen
    assert "bond-close" in screen
    assert "bond" not in paper.split("</div>")[0]
    assert (
        '<li class="noprint"><svg viewBox="0 0 30 24" width="30" height="24" aria-hidden="true"><path class="bond'
        in asked
    )


@pytest.mark.parametrize("who", ["peter", "gwen", "amrit"])
def test_a_reader_to_whom_private_matters_are_closed_never_sees_how_people_get_on(family, as_, who):
    for asked in ({}, {"between": "1"}):
        shown = page(family, as_, who, **asked)
        assert "get on" not in shown
        assert "bond" not in shown
        assert "strained" not in shown.lower()


def test_how_a_brother_gets_on_is_closed_with_his_file(family, as_):
    says(family, "ellis", "like-family", "hansa", quality="conflict")
    assert "conflict" in page(family, as_, "leah", between="1").lower()
    restrict(family.file("ellis"))
    shown = page(family, as_, "leah", between="1")
    assert "Ellis" not in shown
    assert "conflict" not in shown.lower()
    assert "close" in shown


def test_how_a_child_gets_on_is_closed_to_whoever_works_with_their_sister_alone(family, as_):
    says(family, "ellis", "like-family", "kavi", quality="conflict")
    Relation.objects.filter(file=family.file("ellis"), staff=family.leah).update(until=NOW)
    shown = page(family, as_, "leah", between="1")
    assert "Ellis" in shown
    assert "bond-close" in shown
    assert "conflict" not in shown.lower()


def test_a_closed_child_is_on_no_tree_and_nothing_says_that_somebody_is_missing(family, as_):
    before = page(family, as_, "leah")
    restrict(family.file("jude"))
    after = page(family, as_, "leah")
    assert "Jude" in before
    assert "Jude" not in after
    assert after.count("named here") == before.count("named here")


def test_nobody_of_another_family_is_drawn(family, as_):
    says(family, "ellis", "cousin", "hansa")
    belong(family.families["nowak-campbell"], family.hansa, "friend")
    actions.add_relationship(
        one=family.zosia, other=family.hansa, kind="aunt-or-uncle", by=family.actor("rosa"), at=NOW
    )
    assert "Zosia" not in page(family, as_, "leah")


def test_a_stranger_finds_nothing(family, as_):
    assert as_("rosa").get(reverse("tree", kwargs={"ref": family.solanki_reid.ref})).status_code == 404


def test_two_records_of_one_person_are_drawn_once(family, as_):
    again = Person.objects.create(known_as="Hansa S", recorded_by=family.leah, recorded_at=NOW)
    belong(family.solanki_reid, again, "aunt")
    family.people["again"] = again
    says(family, "maya", "aunt-or-uncle", "again")
    assert "Hansa S" in [one.name for row in laid(family).rows for one in row]
    Merge.objects.create(
        kept=family.hansa, folded_in=again, why="x", proposed_by=family.joy, proposed_at=NOW,
        agreed_by=family.ruth, agreed_at=NOW,
    )  # fmt: skip
    assert "Hansa S" not in [one.name for row in laid(family).rows for one in row]
    assert laid(family).undrawn == []
    assert "Hansa S" not in page(family, as_, "leah")


def test_partners_once_are_drawn_apart_and_other_ties_that_ended_are_not_drawn(family):
    partner = family.kavi.ties_from.get(kind="partner")
    actions.end_relationship(relationship=partner, by=family.actor("leah"), at=NOW)
    assert {u.couple for u in laid(family).read.unions if set(u.above) == {family.kavi.pk, family.craig.pk}} == {
        "separated"
    }
    mo = family.craig.ties_from.get(kind="parent")
    actions.end_relationship(relationship=mo, by=family.actor("leah"), at=NOW)
    assert [t.tie.kind for t in laid(family).undrawn] == ["grandparent"]


def test_a_tie_that_does_not_say_through_whom_is_said_in_words(family, as_):
    says(family, "maya", "cousin", "hansa")
    assert "Hansa is written as Maya’s cousin, and not through whom." in page(family, as_, "leah")


def test_two_parents_about_whom_nobody_said_they_were_a_couple(family, as_):
    family.kavi.ties_from.filter(kind="partner").delete()
    assert "Nobody has said whether Kavi and Craig are, or were, a couple." in page(family, as_, "leah")


def test_somebody_written_as_their_own_ancestor_stops_nothing(family, as_):
    says(family, "mo", "parent", "ellis")
    says(family, "kavi", "child", "mo")
    assert "somebody would be their own ancestor. That line is left out." in page(family, as_, "leah")


@pytest.mark.parametrize(
    ("facts", "shape"),
    [
        ({"gender": "Trans woman", "sex_registered": "M"}, Shape.CIRCLE),
        ({"gender": "non-binary", "pronouns": "she"}, Shape.DIAMOND),
        ({"pronouns": "he/him"}, Shape.SQUARE),
        ({"pronouns": "they"}, Shape.DIAMOND),
        ({"sex_registered": "F"}, Shape.CIRCLE),
        ({}, Shape.DIAMOND),
        ({"sex_registered": "F", "born_precision": "expected", "born_on": date(2025, 12, 3)}, Shape.TRIANGLE),
    ],
)
def test_a_sign_is_the_one_somebody_would_choose(facts, shape):
    assert shape_of(Person(known_as="Al", **facts)) is shape


def test_the_page_leaves_its_look(family, as_):
    page(family, as_, "leah", between="1")
    look = Look.objects.order_by("pk").last()
    assert '"between":true' in look.body.replace(" ", "")


def test_a_name_cannot_break_out_of_the_drawing(family, as_):
    Person.objects.filter(pk=family.mo.pk).update(known_as="</svg><script>1</script>")
    assert "<script>1" not in page(family, as_, "leah")
