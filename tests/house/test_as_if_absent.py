"""What is hidden is as what is not there: the same bytes of every page, before others put it in the store and after.

Trust B 22 and PV-6 of the domain. Canaries look for words; this looks for everything else as well: counts, order, a
heading that comes or goes, a link to more, a suggestion. What is put in has the same names as the reader's own people,
one of each thing written about it, and its own workers, leaders, caller, glass and letter.

Excepted by the design, and looked at elsewhere: an exact match of a restricted file shows its stub (`test_canaries`),
and words shared with a shut file are said to be shut (domain 12.1, "You may not see these words").
"""

import re
from dataclasses import dataclass, replace
from http import HTTPStatus

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kith.access.accounts.models import Clearance
from kith.council.teams.models import Team
from kith.framework.kinds import Level, Tie
from kith.people.persons.models import File, LevelSet
from tests.cast import EARLIER, SOLANKI_REID, STAFF, _family, _involve, _work_in, make_account, tie
from tests.house.scene import CHILDREN, at_desk, draft_of, glass_broken, put_back, written_about
from tests.house.test_routes import CHANGES, ROUTES

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
READERS = ("rosa", "sam", "gwen", "marcus", "leah", "amrit")
"""Of another team, the administrator, an auditor with no tie, a leader elsewhere, the family's own, and the front door."""
BESIDE = ("leah", "joy", "peter", "gwen", "nadia")
"""Who may read of the family's other children: their worker, leader, chair and co-worker, and the auditor."""
LEVELS = {"restricted": Level.RESTRICTED, "sealed": Level.SEALED, "barred": Level.OPEN}
SEARCHES = ("Ellis", "Solanki-Reid", "Kavita Solanki", "Elis Solanky", "Craig 1991", "WR1", "0116 496 0199", "Zosia")
ASKED = {name: row for name, row in ROUTES.items() if row["reach"] != "anyone" and "GET" in row["methods"].split()}


@dataclass
class World:
    """The family's house, somebody's desk in it, and every page they can ask for: its bytes without their tokens."""

    house: object
    others: object
    moment: object
    desks: dict
    drafts: dict

    def pages(self, who, among=None):
        """Ask for each page, and for what searching finds."""
        browser = self.desks[who]
        self.house.things["my-draft"] = {"ref": self.drafts[who]}
        with time_machine.travel(self.moment, tick=False):
            for name, row in ASKED.items():
                if among is None or name in among:
                    with put_back():
                        yield name, whole(browser.get(reverse(name, kwargs=self.house.address(row["takes"]))))
            for words in SEARCHES:
                with put_back():
                    yield f"search {words}", whole(browser.get("/search/", {"q": words}))


def whole(answer):
    heads = "".join(f"{k}: {v}\n" for k, v in sorted(answer.headers.items()))
    return answer.status_code, re.sub("nonce-[^']*", "", heads), CHANGES.sub(b"", answer.content)


@pytest.fixture
def world(house):
    """Everybody at their desks, and those who will put it in: a worker, leader, chair and so on, who are no secret."""
    staff = {key: make_account(f"{key}2", f"Other {name}", work) for key, (name, work) in STAFF.items()}
    agency = house.cast.teams["Oak team"].agency
    teams = {n: Team.objects.create(name=f"Other {n}", agency=agency) for n in ("Mornings team", "Oak team")}
    _work_in(teams["Mornings team"], staff, "leah", "nadia", leader="joy")
    _work_in(teams["Oak team"], staff, "rosa", leader="marcus")
    for account in staff.values():
        Clearance.objects.create(account=account, since=EARLIER, why="Adoption", given_by=house.cast.ruth)
    mine = {who: house.cast.staff[who] for who in {*READERS, *BESIDE}}
    drafts = {who: draft_of(house.cast, account, form="begun").ref for who, account in mine.items()}
    desks = {who: at_desk(account) for who, account in mine.items()}
    return World(house, replace(house.cast, staff=staff, teams=teams), timezone.now(), desks, drafts)


def put_in(others, how, readers, family=None):
    """Three hidden children of the same names with everything about them: in a family of theirs, or in this."""
    people, files = {}, {}
    who = SOLANKI_REID if family is None else {key: SOLANKI_REID[key] for key in CHILDREN}
    theirs = _family("Solanki-Reid", who, others.staff["amrit"], people, files)
    if family is not None:
        theirs.memberships.update(family=family)
        theirs.delete()
    cast = replace(
        others,
        people=others.people | people,
        files=others.files | files,
        families=others.families | {"solanki-reid": family or theirs},
    )
    for key in CHILDREN:
        hide(cast, files[key], how, readers)
        tie(files[key], Tie.ALLOCATED, cast.leah)
        tie(files[key], Tie.COWORKER, cast.nadia)
        tie(files[key], Tie.CHAIRS, cast.peter)
        tie(files[key], Tie.TEAM, team=cast.teams["Mornings team"])
        _involve(files[key], cast.solanki_reid, cast.joy, "child-protection")
    written_about(cast)
    glass_broken(cast)
    File.objects.filter(pk__in=[f.pk for f in files.values()]).update(level=LEVELS[how])
    return files


def hide(theirs, file, how, readers):
    """Put a child out of these readers' sight before a word is written about them. What is to be sealed is restricted
    first: no paper leaves a sealed file."""
    if how == "barred":
        for reader in readers:
            tie(file, Tie.BARRED, reader)
        return
    File.objects.filter(pk=file.pk).update(level=Level.RESTRICTED)
    kept = {"custodian": theirs.joy, "set_by": theirs.joy, "set_at": EARLIER}
    LevelSet.objects.create(file=file, level=LEVELS[how], why="An aunt works here", **kept)
    for who in ("leah", "joy", "nadia", "peter", "amrit"):
        tie(file, Tie.NAMED, theirs.staff[who])


def held_apart(world, readers, before):
    """Hold the pages these readers were shown before against what they are shown now."""
    found = {}
    for who in readers:
        for name, page in world.pages(who, {n for n, (status, *_) in before[who].items() if status == HTTPStatus.OK}):
            if page != before[who][name]:
                found.setdefault(name, []).append(who)
    return found


def differ(world, readers, ways, family=None):
    """Hold every page of these readers before against after. Gives how many were asked, and which differ for whom."""
    before = {who: dict(world.pages(who)) for who in readers}
    asked, found = 0, {}
    for how in ways:
        with put_back():
            put_in(world.others, how, [world.house.cast.staff[who] for who in readers], family)
            apart = held_apart(world, readers, before)
        asked += sum(page[0] == HTTPStatus.OK for pages in before.values() for page in pages.values())
        found |= {f"{how}: {name}": who for name, who in apart.items()}
    print(f"\n{ways}: {asked} pages of {len(readers)} readers held against themselves, {len(found)} differ")
    return asked, found


def seal(theirs):
    """Close further what is restricted, once everything about it has been written."""
    files = [f.pk for f in theirs.values()]
    assert File.objects.filter(pk__in=files).update(level=Level.SEALED) == len(files)
    LevelSet.objects.filter(file__in=files).update(level=Level.SEALED)


def test_a_hidden_family_of_the_same_names_and_hidden_brothers_and_a_sister_change_no_byte_of_anybodys_world(world):
    """Both are put in once: four readers ask while they are restricted, three while they are sealed (all ways: long)."""
    family, readers = world.house.cast.solanki_reid, (*READERS, "joy")
    before = {who: dict(world.pages(who)) for who in readers}
    assert sum(page[0] == HTTPStatus.OK for pages in before.values() for page in pages.values()) > 400
    theirs = put_in(world.others, "restricted", [])
    beside = put_in(world.others, "restricted", [], family)
    assert held_apart(world, readers[3:], before) == {}
    seal(theirs | {f"{key} beside": file for key, file in beside.items()})
    assert held_apart(world, readers[:3], before) == {}


@pytest.mark.long
@pytest.mark.parametrize("own", [False, True], ids=["another family", "their own family"])
def test_no_byte_differs_for_anybody_in_any_of_the_three_ways(world, own):
    family = world.house.cast.solanki_reid if own else None
    asked, found = differ(world, BESIDE if own else READERS, list(LEVELS), family)
    assert asked > 600
    assert found == {}
