"""The circles: who may stand where, what each place rests on, and what the page shows (domain 2.2; NW-1 to NW-3)."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.urls import reverse

from kith.casework.mapping.tests.scene import talk
from kith.casework.maps.actions import put_on_map
from kith.casework.maps.tests.scene import a_harm, on_map
from kith.casework.network import actions, policies, queries
from kith.casework.network.checks import asked
from kith.casework.network.circles import ROOM, SPOT, drawn
from kith.casework.network.models import NetworkMember, Ring
from kith.casework.network.tests.scene import in_network, outside, stands, told
from kith.casework.network.words import Told
from kith.kit.refusal import Refused
from kith.people.persons.models import Person
from tests.cast import NOW, Cast, belong, restrict

ANSWERS = {"happened_at-day": "1", "happened_at-month": "9", "happened_at-year": "2025", "happened_at-time": "4.10 pm"}


@pytest.fixture(autouse=True)
def _neighbours(cast: Cast):
    """Blessing lives next door, and Steve works with Craig."""
    for name in ("blessing", "steve"):
        made = Person.objects.create(known_as=name.title(), recorded_by=cast.leah, recorded_at=NOW)
        belong(cast.solanki_reid, made)
        cast.people[name] = made


def add(cast, who, **but):
    return actions.add_member(**in_network(cast, stands(cast, who, **but)))


def refusal(cast, one, who="leah"):
    return policies.add_member(actor=cast.actor(who), files=cast.solanki_files, stands=one)


def network(cast, who="leah"):
    adults = [p for p in cast.people.values() if p.pk not in {f.person_id for f in cast.files.values()}]
    return queries.network_of(cast.actor(who), cast.solanki_files, adults, at=NOW)


def asks(cast, *, high=True):
    return [a.rule for a in asked(network(cast), [], high=high)]


def page(as_, cast, who="leah"):
    return as_(who).get(reverse("network", kwargs={"ref": cast.solanki_reid.ref})).content.decode()


def test_somebody_who_knows_everything_was_told_by_somebody_on_a_day(cast: Cast):
    assert refusal(cast, stands(cast, "hansa")) is None
    assert refusal(cast, stands(cast, "hansa", told=Told())) is policies.INNER_NEEDS_TELLING
    assert refusal(cast, stands(cast, "hansa", stage="named")) is policies.INNER_NEEDS_TELLING


def test_nw_1_who_may_have_hurt_a_child_is_inner_only_by_a_leaders_decision_with_its_reason(cast: Cast):
    put_on_map(**on_map(cast, a_harm(cast), files=[cast.file("ellis")]))
    assert refusal(cast, stands(cast, "craig")) is policies.HURT_NEEDS_LEADER
    why = {"why-inner": "He goes to Mo’s himself, and tells Hansa first"}
    assert refusal(cast, stands(cast, "craig", said=why)) is policies.HURT_NEEDS_LEADER
    assert refusal(cast, stands(cast, "craig"), "joy") is policies.HURT_NEEDS_LEADER
    assert refusal(cast, stands(cast, "craig", said=why), "joy") is None
    assert refusal(cast, stands(cast, "craig", ring="middle")) is None


def test_nw_2_nobody_is_told_unless_a_parent_agrees_or_a_child_needs_protecting_now(cast: Cast):
    assert refusal(cast, stands(cast, "mo", told=told(cast, why=""))) is policies.TOLD_NEEDS_LEAVE
    at_once = stands(cast, "mo", told=told(cast, why="protect-now"))
    assert refusal(cast, at_once) is policies.TOLD_NEEDS_WHY
    said = {"protecting": "Jude could not go home that night"}
    assert refusal(cast, stands(cast, "mo", told=told(cast, why="protect-now"), said=said)) is None


def test_nw_3_a_plan_at_this_level_rests_on_four_and_two_of_them_elsewhere(cast: Cast):
    for who in ("hansa", "mo", "blessing"):
        add(cast, who)
    assert "NW-3" in asks(cast)
    assert "NW-3" not in asks(cast, high=False)
    add(cast, "steve")
    assert "NW-3" not in asks(cast)


def test_capability_22_with_few_people_the_page_asks_who_was_there_once(cast: Cast):
    add(cast, "hansa")
    assert "capability 22" in asks(cast)
    for who in ("mo", "blessing"):
        add(cast, who)
    assert "capability 22" not in asks(cast)


def test_whoever_has_promised_has_somebody_to_stand_in(cast: Cast):
    add(cast, "hansa")
    assert "capability 48" in asks(cast)
    add(cast, "mo", stands_in=cast.people["hansa"], stage="told")
    assert asks(cast).count("capability 48") == 1


@pytest.mark.parametrize(
    ("but", "no"),
    [
        ({"said": {"helps": " "}}, policies.NEEDS_WORDS),
        ({"safe": "with-care"}, policies.SAFE_NEEDS_WHY),
        ({"safe": "no", "said": {"safe-why": "He drinks with Craig"}}, policies.NOT_SAFE_INSIDE),
        ({"written_down": "no"}, policies.SAID_NO),
        ({"stage": "committed", "willing": ()}, policies.STAGE_NEEDS_PROMISE),
        ({"ring": "outer", "stage": "told"}, policies.STAGE_NEEDS_TELLING),
        ({"willing": ("everything",)}, policies.NOT_OFFERED),
    ],
)
def test_each_place_rests_on_what_makes_it_true(cast: Cast, but, no):
    assert refusal(cast, stands(cast, "steve", **but)) is no


def test_nobody_stands_in_it_twice(cast: Cast):
    add(cast, "hansa")
    with pytest.raises(Refused) as no:
        add(cast, "hansa")
    assert no.value.refusal is policies.STANDS_ALREADY


@pytest.mark.parametrize(
    ("who", "may"), [("leah", True), ("nadia", True), ("joy", True), ("rosa", False), ("gwen", False)]
)
def test_whoever_writes_their_worries_writes_their_network(cast: Cast, who, may):
    assert (refusal(cast, stands(cast, "hansa"), who) is None) is may


def test_moving_in_keeps_where_they_stood(cast: Cast):
    was = actions.add_member(**in_network(cast, outside(cast, "hansa")))
    told_ = {k: v for k, v in in_network(cast, stands(cast, "hansa")).items() if k != "family"}
    newer = actions.move_member(member=was, read=was.entry, why="Kavi rang her on speaker", **told_)
    assert newer.entry.supersedes == was.entry
    stood = queries.open_member(cast.actor("leah"), was.entry.ref)
    assert stood.member.ring == Ring.INNER
    assert [s.member.ring for s in queries.stood_before(cast.actor("leah"), stood)] == [Ring.OUTER]
    assert [s.person for s in network(cast).ring(Ring.INNER)] == [cast.people["hansa"]]
    assert not network(cast).ring(Ring.OUTER)


def test_whoever_left_is_not_drawn_and_why_is_kept(cast: Cast):
    steve = add(cast, "steve")
    who = {"by": cast.actor("leah"), "at": NOW, "talk": talk(cast, "craig")}
    with pytest.raises(Refused):
        actions.leave_network(member=steve, words=" ", **who)
    actions.leave_network(member=steve, words="He moved to Leeds", **who)
    assert not network(cast).stood
    again = {k: v for k, v in in_network(cast, stands(cast, "steve")).items() if k != "family"}
    with pytest.raises(Refused):
        actions.move_member(member=steve, read=steve.entry, why="Back", **again)
    assert add(cast, "steve").ring == Ring.INNER


def test_the_circles_and_the_list_say_the_same_people_in_the_same_order(cast: Cast, as_):
    add(cast, "mo", stage="told")
    add(cast, "hansa")
    actions.add_member(**in_network(cast, outside(cast, "steve")))
    shown = page(as_, cast)
    assert "Hansa and Nana Mo know everything. Steve knows nothing yet." in shown
    order = [shown.index(f">{name}</bdi></a>") for name in ("Hansa", "Nana Mo", "Steve")]
    assert order == sorted(order)
    assert "2 people outside the home know everything and will do something." in shown


def test_an_empty_network_asks_who_the_children_run_to(cast: Cast, as_):
    shown = page(as_, cast)
    assert "Who is there already? Begin with whoever the children run to." in shown
    assert "Nobody is in the circles yet." in shown


@pytest.mark.parametrize("ring", Ring.values)
def test_no_two_people_are_drawn_on_each_other(cast: Cast, ring):
    people = [
        Person.objects.create(known_as=f"P{n}", recorded_by=cast.leah, recorded_at=NOW) for n in range(ROOM[ring] + 2)
    ]
    stood = [
        queries.Stood(NetworkMember(person=p, ring=ring, stage="told", hope_ring=""), reading=None) for p in people
    ]
    spots = drawn(queries.Network(stood, frozenset()), [cast.people[n] for n in ("ellis", "maya", "jude")])
    assert spots.more == {ring: 2}
    for one, two in combinations(spots.spots, 2):
        assert ((one.x - two.x) ** 2 + (one.y - two.y) ** 2) ** 0.5 >= 2 * SPOT


def test_of_somebody_shared_with_a_closed_file_nothing_is_drawn_or_changed(cast: Cast, as_):
    hansa = add(cast, "hansa")
    restrict(cast.files["jude"])
    assert "Hansa" not in page(as_, cast, "nadia").partition("<main")[2]
    for name in ("network-member", "network-change", "network-leave"):
        assert as_("nadia").get(reverse(name, kwargs={"ref": hansa.entry.ref})).status_code == 404


def test_somebody_is_put_in_moved_and_leaves_from_the_pages(cast: Cast, as_):
    browser, family = as_("leah"), {"ref": cast.solanki_reid.ref}
    answers = ANSWERS | {
        "person": cast.people["hansa"].ref.hex,
        "bond": "relative",
        "ring": "outer",
        "stage": "named",
        "safe": "yes",
        "written_down": "not-asked",
        "believes": "not-asked",
        "told_with": "",
        "helps": "Masi, Mum’s sister",
        "hope_ring": "inner",
        "children": [f.ref.hex for f in cast.solanki_files],
    }
    form = reverse("network-add", kwargs=family)
    assert reverse("person-new", kwargs=family) in browser.get(form).content.decode()
    answer = browser.post(form, answers)
    assert answer.status_code == 302, answer.content.decode().partition("<main")[2]
    ref = {"ref": NetworkMember.objects.get().entry.ref}
    change = reverse("network-change", kwargs=ref)
    refused = browser.post(change, answers | {"ring": "inner", "stage": "told", "why": "Kavi rang her"})
    assert "Say when, as far as it is known, and by whom." in refused.content.decode()
    when = {"told_on-day": "", "told_on-month": "3", "told_on-year": "2025", "told_with": "agreed"}
    when |= {"read": str(ref["ref"])}
    moved = answers | when | {"ring": "inner", "stage": "told", "told_by": f"person-{cast.people['kavi'].ref.hex}"}
    assert browser.post(change, moved | {"why": "Kavi rang her on speaker"}).status_code == 302
    shown = browser.get(reverse("network-member", kwargs=ref)).content.decode()
    assert "March 2025, by Kavi. A parent agreed that they be told." in shown
    assert "Where they stood before" in shown
    assert browser.post(reverse("network-leave", kwargs=ref), ANSWERS | {"words": "She moved"}).status_code == 302
    assert "Nobody is in the circles yet." in page(as_, cast)


def test_whoever_saves_second_sees_both_and_loses_nothing(cast: Cast, as_):
    member = add(cast, "hansa")
    change = {"ref": member.entry.ref}
    first = as_("leah").get(reverse("network-change", kwargs=change)).content.decode()
    read = first.partition('name="read" value="')[2][:36]
    told_ = {
        k: v for k, v in in_network(cast, stands(cast, "hansa", said={"helps": "Sundays too"})).items() if k != "family"
    }
    actions.move_member(member=member, read=member.entry, why="She said so", **told_)
    answers = ANSWERS | {"read": read, "bond": "relative", "ring": "middle", "stage": "named", "safe": "yes"}
    answers |= {"written_down": "yes", "believes": "yes", "told_with": "", "helps": "Only Sundays", "why": "Mo said"}
    answers |= {"children": [f.ref.hex for f in cast.solanki_files]}
    both = as_("leah").post(reverse("network-change", kwargs=change), answers).content.decode()
    assert "Sundays too" in both
    assert "Only Sundays" in both


def test_the_page_asks_a_fixed_number_of_questions(cast: Cast, as_, django_assert_max_num_queries):
    browser = as_("leah")
    add(cast, "hansa")
    with django_assert_max_num_queries(13):
        browser.get(reverse("network", kwargs={"ref": cast.solanki_reid.ref}))
    for who in ("mo", "blessing", "steve"):
        add(cast, who)
    with django_assert_max_num_queries(13):
        browser.get(reverse("network", kwargs={"ref": cast.solanki_reid.ref}))


def test_two_of_one_name_are_told_apart_in_the_circles(cast: Cast, as_):
    other = Person.objects.create(known_as="Hansa", recorded_by=cast.leah, recorded_at=NOW - timedelta(days=1))
    belong(cast.solanki_reid, other)
    add(cast, "hansa")
    assert page(as_, cast).partition("<main")[2].count(">Hansa<") == 0
