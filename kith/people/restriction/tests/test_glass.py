"""PV-2: reason, step-up, sixty minutes, read only, two people told who are not barred, looked into after."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.notices.models import Notice
from kith.access.step_up import SHOW_AGAIN
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.kit.refusal import Refused
from kith.people.involvement.actions import bar
from kith.people.restriction import actions, policies, queries
from kith.people.restriction.models import Grant
from tests.cast import NOW, Cast, restrict, tie
from tests.door import plain

REASON = "Mum rang the duty line in tears and I must know who is at home."


def stepped_up(cast: Cast, name: str, at=NOW) -> Actor:
    return replace(cast.actor(name, at), stepped_up_at=at - timedelta(minutes=1))


def broken(cast: Cast, who: str = "rosa", whose: str = "ellis", at=NOW) -> Grant:
    return actions.break_glass(file=cast.file(whose), reason=REASON, by=stepped_up(cast, who, at), at=at)


@pytest.mark.parametrize(
    ("who", "level", "refusal"),
    [
        ("rosa", Level.OPEN, None),
        ("rosa", Level.RESTRICTED, None),
        ("rosa", Level.SEALED, policies.NOT_THERE),
        ("leah", Level.OPEN, policies.OPEN_ALREADY),
        ("leah", Level.RESTRICTED, None),
        ("leah", Level.SEALED, policies.NOT_THERE),
        ("amrit", Level.OPEN, policies.OPEN_ALREADY),
        ("amrit", Level.RESTRICTED, None),
        ("gwen", Level.RESTRICTED, policies.NOT_YOUR_WORK),
        ("gwen", Level.SEALED, policies.NOT_THERE),
        ("ivo", Level.OPEN, policies.NOT_YOUR_WORK),
        ("farrah", Level.OPEN, policies.NOT_THERE),
        ("sam", Level.OPEN, policies.NOT_THERE),
        ("anil", Level.RESTRICTED, policies.NOT_THERE),
    ],
)
def test_who_may_break_the_glass(cast: Cast, who, level, refusal):
    file = restrict(cast.file("ellis"), level)
    assert policies.break_glass(actor=stepped_up(cast, who), file=file, reason=REASON, at=NOW) is refusal


@pytest.mark.parametrize("level", [Level.OPEN, Level.RESTRICTED])
def test_a_bar_beats_the_glass(cast: Cast, level):
    tie(restrict(cast.file("ellis"), level), Tie.BARRED, cast.rosa)
    assert policies.ask_for_glass(actor=stepped_up(cast, "rosa"), file=cast.file("ellis"), at=NOW) is policies.NOT_THERE


def test_a_bar_set_later_closes_a_broken_glass(cast: Cast):
    broken(cast)
    bar(file=cast.file("ellis"), staff=cast.rosa, why="His aunt", by=cast.actor("joy"), at=NOW)
    assert not cast.actor("rosa").sees([cast.file("ellis").pk])


@pytest.mark.parametrize(
    ("stepped", "refusal"),
    [
        (None, SHOW_AGAIN),
        (NOW - timedelta(minutes=4, seconds=59), None),
        (NOW - timedelta(minutes=5), SHOW_AGAIN),
        (NOW + timedelta(minutes=1), SHOW_AGAIN),
    ],
)
def test_the_glass_wants_a_fresh_step_up(cast: Cast, stepped, refusal):
    rosa = replace(cast.actor("rosa"), stepped_up_at=stepped)
    assert policies.ask_for_glass(actor=rosa, file=cast.file("ellis"), at=NOW) is refusal


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        ("Mum rang in distress", policies.SAY_MORE),
        ("................................", policies.SAY_MORE),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", policies.SAY_MORE),
        ("     urgent                      ", policies.SAY_MORE),
        ("Mum rang the duty line at 3", None),
    ],
)
def test_a_reason_has_twenty_real_characters(cast: Cast, reason, refusal):
    rosa = stepped_up(cast, "rosa")
    assert policies.break_glass(actor=rosa, file=cast.file("ellis"), reason=reason, at=NOW) is refusal


@pytest.mark.parametrize(
    ("verb", "content", "open_to"),
    [
        (Verb.READ, Content.CORE, True),
        (Verb.READ, Content.LOCATION, True),
        (Verb.READ, Content.CHILD_PRIVATE, False),
        (Verb.WRITE, Content.CORE, False),
        (Verb.GIVE, Content.CORE, False),
    ],
)
def test_the_glass_is_read_only(cast: Cast, verb, content, open_to):
    broken(cast)
    assert bool(cast.actor("rosa").sees([cast.file("ellis").pk], verb, content)) is open_to


@pytest.mark.parametrize("level", [Level.OPEN, Level.RESTRICTED])
def test_the_glass_closes_itself_after_sixty_minutes(cast: Cast, level):
    restrict(cast.file("ellis"), level)
    broken(cast)
    ellis = [cast.file("ellis").pk]
    assert cast.actor("rosa", NOW + timedelta(minutes=59, seconds=59)).sees(ellis)
    assert not cast.actor("rosa", NOW + timedelta(minutes=60)).sees(ellis)


def test_sealing_a_file_closes_the_glass_on_it(cast: Cast):
    broken(cast)
    restrict(cast.file("ellis"), Level.SEALED)
    assert not cast.actor("rosa").sees([cast.file("ellis").pk])


def told(grant: Grant) -> list[str]:
    return [a.name for a in queries.told_of(grant)]


def test_two_people_are_told_the_leader_of_the_allocated_worker_first(cast: Cast):
    grant = broken(cast)
    assert told(grant) == ["Joy Achebe", "Ivo Marsh"]
    words = Notice.objects.get(account=cast.joy).words
    assert words.startswith("Rosa Pereira broke the glass")
    assert "Ellis" not in words


def test_the_barred_are_never_told(cast: Cast):
    tie(cast.file("ellis"), Tie.BARRED, cast.joy)
    tie(cast.file("ellis"), Tie.BARRED, cast.ivo)
    assert told(broken(cast)) == ["Ruth Okafor", "Marcus Bell"]


def test_whoever_breaks_it_is_not_told(cast: Cast):
    restrict(cast.file("ellis"))
    assert told(broken(cast, "joy")) == ["Ivo Marsh", "Ruth Okafor"]


def test_one_alone_is_told_and_governance_hears_that_there_was_one(cast: Cast):
    Account.objects.get_queryset().filter(username__in=["joy", "marcus", "ruth"]).update(is_active=False, left_at=NOW)
    grant = broken(cast)
    assert told(grant) == ["Ivo Marsh"]
    assert Notice.objects.filter(account=cast.ivo, words__contains="only 1 of two").exists()


def test_the_glass_breaks_though_nobody_can_be_told(cast: Cast):
    leaders = ["joy", "marcus", "ruth", "ivo"]
    Account.objects.get_queryset().filter(username__in=leaders).update(is_active=False, left_at=NOW)
    assert told(broken(cast)) == []


def test_a_refused_glass_writes_nothing(cast: Cast):
    with pytest.raises(Refused):
        actions.break_glass(file=cast.file("ellis"), reason="Because", by=stepped_up(cast, "rosa"), at=NOW)
    assert not Grant.objects.exists()
    assert not Notice.objects.exists()


def test_a_broken_glass_is_not_named_among_those_who_work_with_ellis(cast: Cast, client: Client):
    broken(cast, at=timezone.now())
    client.force_login(cast.leah)
    assert b"Rosa" not in client.get(f"/files/{cast.file('ellis').ref}/workers/").content


def step_up(client: Client) -> None:
    session = client.session
    session["stepped_up_at"] = timezone.now().isoformat()
    session.save()


def test_rosa_is_sent_to_sign_in_once_more_then_asked_why_then_reads(cast: Cast, client: Client):
    client.force_login(cast.rosa)
    address = f"/files/{cast.file('ellis').ref}/glass/"
    assert client.get(address)["Location"] == f"/account/again/?{urlencode({'next': address})}"
    step_up(client)
    assert "Two people are told" in client.get(address).content.decode()
    short = client.post(address, {"reason": "Urgent"})
    assert "at least 20 letters" in short.content.decode()
    answer = client.post(address, {"reason": REASON})
    assert answer["Location"] == f"/people/{cast.ellis.ref}/"
    page = client.get(answer["Location"]).content.decode()
    assert "You broke the glass" in page
    assert "Add a name" not in page


@pytest.mark.parametrize("closed", ["sealed", "barred", "unknown"])
def test_sealed_barred_and_unknown_are_one_answer(cast: Cast, client: Client, closed):
    file, ref = cast.file("ellis"), cast.file("ellis").ref
    if closed == "sealed":
        restrict(file, Level.SEALED)
    elif closed == "barred":
        tie(file, Tie.BARRED, cast.rosa)
    else:
        ref = cast.ellis.ref
    client.force_login(cast.rosa)
    step_up(client)
    answer = client.get(f"/files/{ref}/glass/")
    nothing = client.get("/files/00000000-0000-4000-8000-000000000000/glass/")
    assert (answer.status_code, plain(answer)) == (404, plain(nothing))
