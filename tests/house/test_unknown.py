"""An address that leads nowhere is one answer: unknown, malformed, of another kind, or hidden, to the byte (trust B 22)."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from tests.house.sending import Desk, built
from tests.house.test_routes import ROUTES, _headers, _plain

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
BESIDE = {"step", "kind", "key", "provider_id", "token", "form"}
"""Parts of an address that are no address of anything: what they name is held by tests of their own shelves."""
GATES = {"account", "work", "team", "member", "link", "cleared"}
"""Things of the workplace: whoever does not look after them is refused before anything is looked up."""
NUMBERS = (0, 99, 2**63, 10**30)
ODD = ("not-a-ref", "%00", "00000000-0000-0000-0000-00000000000g")


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        yield made


def misled(house, name, takes):
    """Addresses of this route that lead nowhere: each with what is wrong with it."""
    named = house.address(takes)
    refs = [part for part, value in named.items() if isinstance(value, UUID)]
    for part in refs:
        yield "unknown", reverse(name, kwargs=named | {part: uuid4()})
        right = str(named[part])
        for odd in ODD:
            yield odd, reverse(name, kwargs=named).replace(right, odd)
        yield "in capitals and braces", reverse(name, kwargs=named).replace(right, "{" + right.upper() + "}")
    for other in OTHERS if refs else ():
        if other != SAME.get(takes, takes):
            yield f"a ref of {other}", reverse(name, kwargs=named | {refs[0]: house.address(other)["ref"]})
    for part in (part for part, value in named.items() if isinstance(value, int)):
        for number in NUMBERS:
            yield f"number {number}", reverse(name, kwargs=named | {part: number})


OTHERS = ("family", "child", "file", "note", "account", "team", "paper", "merge")
"""One kind of thing for each kind of row that has an address."""
SAME = dict.fromkeys(["adult", "place", "detail", "kin", "household", "professional"], "child")
SAME |= dict.fromkeys(["entry", "decision", "statement", "scale", "plan", "contact", "words", "stored"], "note")
SAME |= {"member": "team", "work": "account", "link": "account", "cleared": "account"}
"""Kinds that are one kind of row: every practice record is an entry, and a child is a person."""


@pytest.mark.parametrize(("who", "apart"), [("leah", GATES), ("sam", {"cleared"})])
def test_whatever_leads_nowhere_is_answered_alike(house, who, apart):
    desk = Desk(house, who)
    nowhere, asked, told = {}, 0, []
    for method in ("GET", "POST"):
        nowhere[method] = desk.send(f"/families/{uuid4()}/", method="GET")
    for name, row in ROUTES.items():
        if row["takes"] in apart | {"nothing", "my-draft"} | BESIDE or row["reach"] == "anyone":
            continue
        method = "GET" if "GET" in row["methods"].split() else "POST"
        for what, address in misled(house, name, row["takes"]):
            answer = desk.send(address, method=method)
            asked += 1
            if (
                answer.status_code != 404
                or _plain(answer) != _plain(nowhere[method])
                or _headers(answer) != _headers(nowhere[method])
            ):
                told.append(f"{name} {what}: {answer.status_code}")
    print(f"\n{who}: {asked} addresses that lead nowhere, {len(told)} told apart")
    assert told == [], "\n".join(told)
