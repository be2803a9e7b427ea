"""Every route, for every kind of work, however they stand to the family, by every method (trust B 19, 22, 24 and C).

`routes.toml` is kept by hand from the design and is the witness; the resolver gives the routes. What is hidden is
answered in the same bytes as an address that leads nowhere.
"""

import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import get_resolver, reverse

from kith.access.audit.models import Act
from kith.access.roles import Work
from kith.config.reference import walk
from tests.house.answers import find_answers
from tests.house.scene import at_desk, built_once, draft_of, hold_at, put_back, somebody_of_each_work, stand

TABLE = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))
ROUTES = TABLE["route"]
DOOR = "/sign-in/"
CHANGES = re.compile(rb'(name="(?:csrfmiddlewaretoken|once|draft_page)" value=")[^"]*|(nonce=")[^"]*')
FOUND = 302
REFUSED = 403
HIDDEN = 404
NOT_SO = 405
EVERYBODYS = ("anyone", "own-page")
NOTHING = MappingProxyType({})


def named_routes():
    return {name for _address, name in walk(get_resolver().url_patterns)}


def is_written(row):
    """Say whether a route writes, for some and not for others. A search is sent too, and writes nothing."""
    writes = "acts" in TABLE["reach"][row["reach"]] or row["reach"] == "nobody"
    return "POST" in row["methods"].split() and writes and row["reach"] not in EVERYBODYS


WRITING = {name: row for name, row in ROUTES.items() if is_written(row)}


@dataclass(frozen=True)
class Reach:
    """One class of reach, read from the table."""

    name: str

    @cached_property
    def row(self):
        return TABLE["reach"][self.name]

    def looks(self, work, situation):
        """Whether somebody is answered at all."""
        let_in = any(_in_sight(sight, work, situation) for sight in self.row["look"])
        return let_in and ("only" not in self.row or work in TABLE["groups"][self.row["only"]])

    def acts(self, work, situation):
        """Whether a form may answer by doing it."""
        if "acts" not in self.row or work not in TABLE["groups"][self.row["may"]]:
            return False
        if any(_in_sight(sight, work, situation) for sight in self.row.get("not", [])):
            return False
        return any(_in_sight(sight, work, situation) for sight in self.row["acts"])

    def reason_for_no(self, work, situation, route):
        """Why somebody who is answered may be told no: the route's reason, or its class's. Empty, and 403 is a fault."""
        shown = work in TABLE["groups"].get(self.row.get("shown", ""), [])
        of_class = "" if shown or self.acts(work, situation) else self.row.get("says_no", "")
        return of_class or route.get("says_no", "")


def _in_sight(sight, work, situation):
    groups = TABLE["sight"][sight].get(situation, [])
    return any(work in TABLE["groups"][group] for group in groups)


@dataclass
class Tried:
    """What was asked and what went wrong."""

    asked: Counter = field(default_factory=Counter)
    wrong: dict = field(default_factory=lambda: defaultdict(list))
    unknown: dict = field(default_factory=dict)

    def fault(self, method, name, what, work):
        self.wrong[f"{method} {name}: {what}"].append(str(work))

    def __str__(self):
        return "\n".join(f"{what} ({', '.join(works)})" for what, works in self.wrong.items())


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """The family's house, built once, and put back after the last route has been tried."""
    with built_once(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        yield made


@pytest.fixture(scope="module")
def workers(house):
    return somebody_of_each_work()


def test_every_route_is_listed_and_every_line_has_its_route():
    assert named_routes() - set(ROUTES) == set()
    assert set(ROUTES) - named_routes() == set()


def test_every_class_group_and_sight_of_the_table_is_used():
    reaches = {row["reach"] for row in ROUTES.values()}
    assert set(TABLE["reach"]) == reaches
    sights = {s for row in TABLE["reach"].values() for s in [*row["look"], *row.get("acts", []), *row.get("not", [])]}
    assert set(TABLE["sight"]) == sights
    used = {g for sight in TABLE["sight"].values() for groups in sight.values() for g in groups}
    used |= {row[k] for row in TABLE["reach"].values() for k in ("only", "may", "shown") if k in row}
    assert set(TABLE["groups"]) == used | set(TABLE["situations"].values())
    assert set(TABLE["groups"]["everyone"]) == set(Work)


def test_what_is_about_a_family_is_hidden_by_not_found_and_never_by_no():
    """Who is outside is told 403 only where no family stands in the address: a "no" there says that there is one."""
    says_no = {name for name, row in ROUTES.items() if TABLE["reach"][row["reach"]].get("else", HIDDEN) == REFUSED}
    assert {ROUTES[name]["takes"] for name in says_no} & UUIDS == set()


@pytest.mark.parametrize(
    ("name", "work", "situation", "fault"),
    [
        ("looked", Work.SOCIAL_WORKER, "own", False),
        ("looked", Work.TEAM_LEADER, "own", True),
        ("looked", Work.FRONT_DOOR, "restricted", True),
        ("family", Work.SOCIAL_WORKER, "own", True),
        ("timeline", Work.AUDITOR, "team", True),
        ("glass", Work.SOCIAL_WORKER, "own", False),
        ("glass", Work.SOCIAL_WORKER, "other", True),
        ("note-correct", Work.SOCIAL_WORKER, "own", False),
        ("note-correct", Work.TEAM_LEADER, "leads", True),
        ("contact-decide", Work.TEAM_LEADER, "other", False),
        ("contact-decide", Work.TEAM_LEADER, "leads", True),
        ("note-new", Work.SOCIAL_WORKER, "own", True),
        ("note-new", Work.AUDITOR, "own", False),
        ("plan-agree", Work.SOCIAL_WORKER, "own", False),
        ("my-passkey-question", Work.ANALYST, "own", False),
        ("my-account", Work.ANALYST, "own", True),
    ],
)
def test_no_is_an_answer_only_where_the_table_says_why(name, work, situation, fault):
    """The matrix itself is tried: a 403 that has no reason in the table is a fault, whoever is told it."""
    no, row = HttpResponse(status=REFUSED), ROUTES[name]
    method = "GET" if "GET" in row["methods"].split() else "POST"
    assert bool(_judge(no, name, row, Reach(row["reach"]), method, work, situation)) is fault


FEW = ("social-worker", "auditor", "administrator")
"""Kinds of work asked in every run: one that works with families, one that only reads, one that sees nobody."""


@pytest.mark.django_db(databases=["default", "looks"])
@pytest.mark.parametrize("situation", TABLE["situations"])
def test_whom_every_route_answers(house, workers, situation):
    every = TABLE["groups"][TABLE["situations"][situation]]
    _nobody_else_is_answered(house, workers, situation, [w for w in every if w in FEW] or every[:1])


@pytest.fixture(scope="module")
def answered(house):
    """What whoever may sends to each form that writes, so that the whole table is tried with answers and not bare."""
    return find_answers(house, {name: row for name, row in ROUTES.items() if is_written(row)})[0]


@pytest.mark.long
@pytest.mark.django_db(databases=["default", "looks"])
@pytest.mark.parametrize(
    ("situation", "work"), [(s, w) for s, group in TABLE["situations"].items() for w in TABLE["groups"][group]]
)
def test_whom_every_route_answers_of_every_kind_of_work(house, workers, answered, situation, work):
    _nobody_else_is_answered(house, workers, situation, [work], answered)


def _nobody_else_is_answered(house, workers, situation, works, answered=NOTHING):
    tried = Tried()
    with put_back():
        hold_at(house.cast, situation)
        for work in works:
            with put_back():
                stand(house.cast, workers[work], situation)
                _try_all(house, workers[work], work, situation, tried, answered)
    counts = f"{len(ROUTES)} routes, {tried.asked.total()} requests {dict(tried.asked)}"
    print(f"\n{situation}, {len(works)} kinds of work: {counts}, {len(tried.wrong)} unexpected {tried}")
    assert not tried.wrong, str(tried)


def _try_all(house, account, work, situation, tried, answered):
    house.things["my-draft"] = {"ref": draft_of(house.cast, account).ref}
    browser = at_desk(account)
    for name, row in ROUTES.items():
        if row["takes"] == "nothing" and situation != "own":
            continue
        reach = Reach(row["reach"])
        for method in ("GET", "POST"):
            sent = answered.get(name, {}) if method == "POST" else {}
            answer = _ask(browser, method, reverse(name, kwargs=house.address(row["takes"])), tried, sent)
            fault = _judge(answer, name, row, reach, method, work, situation)
            if not fault and answer.status_code == HIDDEN and row["takes"] in UUIDS:
                fault = _told_apart(browser, answer, tried, work)
            if fault:
                tried.fault(method, name, fault, work)


UUIDS = {"family", "child", "adult", "file", "note", "entry", "promise", "decision", "statement", "scale", "plan",
         "contact", "paper", "stored", "words", "seal", "grant", "merge", "place", "detail", "kin", "household",
         "professional", "held", "my-draft", "notice"}  # fmt: skip
"""Things of a family, whose addresses must not tell hidden from unknown."""


def _ask(browser, method, address, tried, sent=NOTHING):
    """Ask, and put back whatever a form has done."""
    tried.asked[method] += 1
    browser.cookies.clear()
    if browser.kept:
        browser.cookies[settings.SESSION_COOKIE_NAME] = browser.kept
    if method != "POST":
        return browser.generic(method, address)
    with put_back():
        before = Act.objects.count()
        answer = browser.post(address, sent)
        answer.acts = Act.objects.count() - before
    return answer


def _judge(answer, name, row, reach, method, work, situation):
    """Say what is wrong with an answer, or nothing."""
    status = answer.status_code
    if status >= 500:
        return f"{status}, a fault"
    if method not in row["methods"].split():
        return "" if status in {NOT_SO, HIDDEN} or _to_door(answer) else f"{status}, not a method of it"
    if row["reach"] == "anyone":
        return ""
    if not reach.looks(work, situation):
        wanted = reach.row.get("else", HIDDEN)
        return "" if status == wanted else f"{status}, must be {wanted}"
    if status == REFUSED and not reach.reason_for_no(work, situation, row):
        return f"{status}, and the table has no reason for a no"
    if method == "GET":
        answered = status in {200, REFUSED} or (status == FOUND and not _to_door(answer))
        return "" if answered else f"{status}, must be answered"
    return f"{status}, must not be done" if answer.acts and not reach.acts(work, situation) else ""


def _to_door(answer):
    return answer.status_code == 302 and answer.url.startswith(DOOR)


def _told_apart(browser, answer, tried, work):
    """Say whether a hidden thing is answered otherwise than an address that leads nowhere."""
    if work not in tried.unknown:
        tried.unknown[work] = _ask(browser, "GET", f"/families/{uuid4()}/", tried)
    other = tried.unknown[work]
    if _plain(other) != _plain(answer):
        return "hidden and unknown differ in their bytes"
    return "" if _headers(other) == _headers(answer) else "hidden and unknown differ in their headers"


def _plain(answer):
    return CHANGES.sub(b"", answer.content)


def _headers(answer):
    return {k: re.sub(r"nonce-[^']*", "", v) for k, v in answer.headers.items()}


@pytest.mark.django_db(databases=["default", "looks"])
def test_signed_out_leads_to_the_door(house):
    stranger, tried = at_desk(), Tried()
    for name, row in ROUTES.items():
        if row["reach"] == "anyone":
            continue
        house.things.setdefault("my-draft", {"ref": uuid4()})
        for method in ("GET", "POST"):
            answer = _ask(stranger, method, reverse(name, kwargs=house.address(row["takes"])), tried)
            if not _to_door(answer):
                tried.fault(method, name, f"{answer.status_code}, must lead to the door", "a stranger")
    print(f"\nsigned out: {tried.asked.total()} requests, {len(tried.wrong)} unexpected {tried}")
    assert not tried.wrong, str(tried)


@pytest.mark.django_db(databases=["default", "looks"])
def test_no_route_answers_a_method_it_does_not_list(house, workers):
    browser, tried = at_desk(workers[Work.SOCIAL_WORKER]), Tried()
    for name, row in ROUTES.items():
        house.things.setdefault("my-draft", {"ref": uuid4()})
        for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            answer = _ask(browser, method, reverse(name, kwargs=house.address(row["takes"])), tried)
            listed = method in row["methods"].split()
            if answer.status_code >= 500 or (not listed and answer.status_code not in {NOT_SO, HIDDEN}):
                tried.fault(method, name, answer.status_code, Work.SOCIAL_WORKER)
    print(f"\nother methods: {tried.asked.total()} requests, {len(tried.wrong)} unexpected {tried}")
    assert not tried.wrong, str(tried)
