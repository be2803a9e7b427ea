"""A sealed file is opened by two people who see it, and seeing it takes two people's word (trust A, ASVS 2.3.5, 7.5.3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kith.access.accounts.models import Clearance
from kith.access.notices.models import Notice
from kith.access.step_up import SHOW_AGAIN
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused
from kith.people.involvement import policies as involvement
from kith.people.persons.models import LevelSet
from kith.people.restriction import actions, policies
from kith.people.restriction.models import Unsealing
from kith.people.restriction.queries import unsealing_waiting
from tests.cast import NOW, tie

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def sealed(cast):
    """Ellis's file is sealed. Joy, Ruth and Leah are cleared and named; Joy and Ruth lead, Leah does not."""
    for name in ("joy", "ruth", "leah"):
        Clearance.objects.create(
            account=cast.staff[name], since=NOW - timedelta(days=9), why="Adoption", given_by=cast.sam
        )
    tie(cast.file("ellis"), Tie.NAMED, cast.ruth)
    actions.set_level(
        file=cast.file("ellis"),
        level=Level.SEALED,
        why="Adopted",
        custodian=cast.joy,
        staying=[cast.leah],
        by=cast.actor("joy"),
        at=NOW,
    )
    return cast


def just_shown(cast, who, at=LATER):
    """Somebody who has shown a minute ago that it is them."""
    return replace(cast.actor(who, at), stepped_up_at=at - timedelta(minutes=1))


def ask(cast, who="joy", **but):
    wanted = {"level": Level.OPEN, "why": "The adoption did not go on"} | but
    return actions.ask_unseal(file=cast.file("ellis"), by=just_shown(cast, who), at=LATER, **wanted)


def agree(cast, who="ruth"):
    return actions.agree_unseal(file=cast.file("ellis"), by=just_shown(cast, who), at=LATER)


def refused(do, *args, **named):
    with pytest.raises(Refused) as no:
        do(*args, **named)
    return no.value.refusal


def test_nobody_opens_a_sealed_file_alone(sealed):
    wanted = {"level": Level.OPEN, "custodian": None, "staying": [], "at": LATER}
    joy = sealed.actor("joy", LATER)
    assert policies.set_level(actor=joy, file=sealed.file("ellis"), **wanted) is policies.NEEDS_A_SECOND


def test_asking_changes_nothing_and_tells_whoever_else_sees_the_file(sealed):
    ask(sealed)
    assert sealed.file("ellis").level == Level.SEALED
    told = set(Notice.objects.filter(kind="unseal").values_list("account__username", flat=True))
    assert told == {"ruth", "leah"}
    words = Notice.objects.filter(kind="unseal").first().words
    assert "Ellis" not in words


def test_a_second_person_agrees_and_both_names_stay(sealed):
    ask(sealed)
    agree(sealed)
    assert sealed.file("ellis").level == Level.OPEN
    newest = LevelSet.objects.latest("pk")
    assert (newest.level, newest.set_by, newest.why) == (Level.OPEN, sealed.ruth, "The adoption did not go on")
    asked = Unsealing.objects.get()
    assert (asked.asked_by, asked.ended_by, asked.agreed) == (sealed.joy, sealed.ruth, True)


def test_restricted_keeps_the_names_and_takes_its_custodian(sealed):
    assert refused(ask, sealed, level=Level.RESTRICTED) is policies.NEEDS_CUSTODIAN
    ask(sealed, level=Level.RESTRICTED, custodian=sealed.nadia)
    agree(sealed)
    ellis = [sealed.file("ellis").pk]
    assert sealed.file("ellis").level == Level.RESTRICTED
    seen_by = {w for w in ("joy", "ruth", "leah", "nadia", "peter") if sealed.actor(w, LATER).sees(ellis)}
    assert seen_by == {"joy", "ruth", "leah", "nadia"}


def test_nobody_agrees_to_what_they_asked_themselves(sealed):
    ask(sealed)
    assert refused(agree, sealed, "joy") is policies.ASKED_YOURSELF
    assert sealed.file("ellis").level == Level.SEALED


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", policies.NOT_YOURS_TO_LEVEL),
        ("peter", policies.NOT_YOURS_TO_LEVEL),
        ("ivo", policies.LEVEL_OUT_OF_SIGHT),
    ],
)
def test_who_is_not_one_of_the_two(sealed, who, refusal):
    assert refused(ask, sealed, who) is refusal
    ask(sealed)
    assert refused(agree, sealed, who) is refusal


def test_a_leader_whose_clearance_ended_is_not_the_second(sealed):
    ask(sealed)
    Clearance.objects.filter(account=sealed.ruth).update(until=LATER)
    assert refused(agree, sealed) is policies.LEVEL_OUT_OF_SIGHT


def test_each_shows_once_more_that_it_is_them(sealed):
    file, joy = sealed.file("ellis"), sealed.actor("joy", LATER)
    asked = {"file": file, "level": Level.OPEN, "why": "Over", "by": joy, "at": LATER}
    assert refused(actions.ask_unseal, **asked) is SHOW_AGAIN
    ask(sealed)
    assert refused(actions.agree_unseal, file=file, by=sealed.actor("ruth", LATER), at=LATER) is SHOW_AGAIN


def test_one_asking_waits_at_a_time(sealed):
    ask(sealed)
    assert refused(ask, sealed, "ruth") is policies.UNSEAL_WAITS
    with pytest.raises(IntegrityError), transaction.atomic():
        Unsealing.objects.create(file=sealed.file("ellis"), level=0, why="x", asked_by=sealed.ruth, asked_at=LATER)


def test_joy_takes_it_back_and_ruth_may_leave_it_sealed(sealed):
    ask(sealed)
    actions.leave_sealed(file=sealed.file("ellis"), by=just_shown(sealed, "joy"), at=LATER)
    assert unsealing_waiting(sealed.file("ellis")) is None
    assert refused(agree, sealed) is policies.NOTHING_WAITS
    ask(sealed)
    actions.leave_sealed(file=sealed.file("ellis"), by=just_shown(sealed, "ruth"), at=LATER)
    assert sealed.file("ellis").level == Level.SEALED
    assert "did not agree" in Notice.objects.filter(account=sealed.joy, kind="unseal").latest("pk").words


def test_the_database_keeps_it_to_two_people(sealed):
    ask(sealed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unsealing.objects.update(agreed=True, ended_by=sealed.joy, ended_at=LATER)


def test_the_pages_of_joy_who_asks_and_ruth_who_agrees(sealed, as_):
    joy, ruth = as_("joy"), as_("ruth")
    address = f"/files/{sealed.file('ellis').ref}/level/"
    assert joy.get(address).status_code == 302, "first she shows that it is her"
    for browser in (joy, ruth):
        stay = browser.session
        stay["stepped_up_at"] = timezone.now().isoformat()
        stay.save()
    assert "Two people open a sealed file" in joy.get(address).content.decode()
    joy.post(address, {"level": 0, "why": "The adoption did not go on"})
    assert "You have asked for this file to be open" in joy.get(address).content.decode()
    waits = ruth.get(address).content.decode()
    assert f"{sealed.joy.name} has asked for this file to be open" in waits
    assert "The adoption did not go on" in waits
    assert ruth.post(f"/files/{sealed.file('ellis').ref}/unseal/").status_code == 302
    assert sealed.file("ellis").level == Level.OPEN
    assert "and <bdi>Ruth" in joy.get(address).content.decode()


def test_nobody_names_on_a_sealed_file_whom_they_cleared_themselves(sealed):
    """Or one person alone could let another in."""
    Clearance.objects.create(account=sealed.nadia, since=NOW, why="Adoption", given_by=sealed.ruth)
    file = sealed.file("ellis")
    asked = {"file": file, "staff": sealed.nadia, "at": LATER}
    assert involvement.allocate(actor=sealed.actor("ruth", LATER), **asked) is involvement.YOU_CLEARED_THEM
    assert involvement.allocate(actor=sealed.actor("joy", LATER), **asked) is None
