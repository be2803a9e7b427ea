"""A form sent twice, or fifty times at once, makes one record (trust B 8); two who edit lose nothing (trust B 6)."""

from functools import partial
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from kith.access.audit.models import Act, Once
from kith.access.audit.verify import verify
from kith.casework.visits.models import Visit
from kith.kit.changed import CHANGED
from kith.kit.refusal import Refused
from kith.people.entries.models import Entry
from kith.people.persons import actions as persons
from kith.people.persons.models import Person
from kith.people.persons.queries import mark_of
from tests.cast import NOW, make_cast
from tests.disk import on_disk, together
from tests.house.boxes import read
from tests.house.sending import DOOR, Desk, built, fill_in, known, offered, posts
from tests.house.test_bad_input import EXEMPT, Writes

IN_STORE = pytest.mark.django_db(databases=["default", "looks"])
FORMS = [name for name in posts() if name not in DOOR]
IDLE = {
    "team-leave",
    "team-close",
    "account_logout",
    "sign-out-everywhere",
    "my-codes",
    "draft-keep",
    "words-check",
    "search",
    "account-way-in",
    "account_reauthenticate",
    "my-app",
    "my-password",
}
"""What carries no key: buttons that do the same however often they are pressed, what a script sends, one's own door.

A new way in is shown once: pressed twice, the link that is shown is the one that holds."""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        yield made


def twice(house, name):
    with offered(house, name) as (desk, address, sheet):
        first, sent = fill_in(desk, address, sheet, known=known(house, name))
        assert first.acts
        assert "once" in sent, "this form carries no key"
        with Writes() as writes:
            again = desk.send(address, sent)
        assert again.acts == 0
        assert again.status_code in {200, 302, 403, 404, 409}
        assert not writes.tables - EXEMPT - {"access_once"}
        return first, again


@IN_STORE
@pytest.mark.parametrize(
    "name",
    [
        "contact-new",
        "note-new",
        "plan-new",
        "decision-new",
        "statement-new",
        "safe-contact",
        "contact-decide",
        "promise-kept",
    ],
)
def test_the_same_form_sent_again_leads_to_the_same_record(house, name):
    first, again = twice(house, name)
    assert (again.status_code, again.url) == (first.status_code, first.url)


@IN_STORE
@pytest.mark.long
@pytest.mark.parametrize("name", [n for n in FORMS if n not in IDLE])
def test_any_form_sent_again_writes_nothing(house, name):
    twice(house, name)


EDITS = {
    "person-details": "nadia", "account-details": "sam", "setting-change": "sam", "safe-contact": "nadia",
    "person-team": "sam", "note-correct": "joy", "plan-version": "nadia", "statement-change": "nadia", "goal": "nadia",
}  # fmt: skip
"""Every form that changes what stands, and somebody else who may send it too, from a page of their own."""
WORDLESS = {"person-team"}


def theirs_and_mine(house, name):
    """Two people open the same form; the first saves. Gives what the second is told, and had typed."""
    with offered(house, name) as (first, address, sheet):
        second = Desk(house, EDITS[name])
        their_page, their_sheet = second.sheet(name)
        written = {b.name: [f"{MINE} {n}"] for n, b in enumerate(sheet.boxes) if b.kind == "textarea"}
        saved, mine = fill_in(first, address, sheet, words=MINE, known=written | known(house, name))
        assert saved.acts
        own = {k: v for k, v in their_sheet.sends().items() if k in OWN}
        theirs = {k: [one.replace(MINE, THEIRS) for one in v] for k, v in mine.items() if k not in OWN} | own
        told = second.send(their_page, theirs)
        again = None
        if form := next((s for s in read(told.content).sheets if set(their_sheet.typed()) & set(s.typed())), None):
            again = second.send(
                form.action.partition("?")[0] or their_page,
                form.sends() | {k: v for k, v in theirs.items() if k not in OWN},
            )
        return told, form, again, theirs


MINE, THEIRS = "Maya said yes", "Maya said no"
OWN = {"once", "read", "csrfmiddlewaretoken", "draft_page", "draft_version"}


@IN_STORE
@pytest.mark.parametrize("name", [n for n in EDITS if n not in WORDLESS])
def test_who_saves_second_sees_both_texts_and_loses_nothing(house, name):
    told, form, again, theirs = theirs_and_mine(house, name)
    assert told.acts == 0
    assert told.status_code in {200, 409}
    words = unescape(told.content.decode())
    assert MINE in words
    lost = [k for k, v in theirs.items() if any(THEIRS in one for one in v) and form.holds(k) != v]
    assert lost == []
    assert again.acts, read(again.content).sentences


@IN_STORE
def test_who_names_a_leader_second_is_told_who_was_named_first(house):
    with offered(house, "person-team") as (sam, address, sheet):
        old = sheet.sends()
        joy, ruth = (str(house.cast.staff[who].ref) for who in ("joy", "ruth"))
        assert sam.send(address, old | {"leader": [joy], "once": ["first"]}).acts
        told = sam.send(address, old | {"leader": [ruth], "once": ["second"]})
        assert told.acts == 0
        assert "It now says “Joy Achebe”" in unescape(told.content.decode())


def send(kept, address, sent, answers):
    browser = Client(raise_request_exception=False)
    browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    answers.append(browser.post(address, sent))


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_fifty_sendings_at_once_make_one_note(tmp_path, settings):
    settings.ANCHOR, settings.PAPERS, settings.DEMO = tmp_path / "heads.jsonl", tmp_path / "papers", True
    with on_disk(tmp_path):
        cast = make_cast()
        browser = Client()
        browser.force_login(cast.leah)
        address = f"/families/{cast.solanki_reid.ref}/notes/new/"
        sheet = next(s for s in read(browser.get(address).content).sheets if "what" in s.typed())
        sent = sheet.sends() | {"what": ["Maya showed me the lamp"], "written_to": []}
        sent |= {"happened_at-time": ["00.01"]}
        kept, answers = browser.cookies[settings.SESSION_COOKIE_NAME].value, []
        together([partial(send, kept, address, sent, answers) for _ in range(50)])
        assert {a.status_code for a in answers} == {302}, [a.content.decode()[:500] for a in answers][:1]
        assert len({a.url for a in answers}) == 1
        assert (Visit.objects.count(), Entry.objects.count(), Once.objects.count()) == (1, 1, 1)
        assert Act.objects.filter(what="note.written").count() <= 1
        assert verify().first is None


def count_up(cast, who, times):
    """Read a number off somebody's page, add one and send it, until it has been taken so many times."""
    done = 0
    while done < times:
        person = Person.objects.get(pk=cast.maya.pk)
        said = {"about": str(int(person.about or 0) + 1)}
        try:
            persons.change_details(person=person, details=said, read=mark_of(person), by=cast.actor(who), at=NOW)
        except Refused as no:
            if no.refusal is not CHANGED:
                raise
        else:
            done += 1


def counted(tmp_path, settings, editors, saves):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    with on_disk(tmp_path):
        cast = make_cast()
        together([partial(count_up, cast, ("leah", "nadia")[n % 2], saves) for n in range(editors)])
        assert Person.objects.get(pk=cast.maya.pk).about == str(editors * saves)


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_no_change_is_lost_between_four_editors(tmp_path, settings):
    counted(tmp_path, settings, 4, 5)


@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_no_change_is_lost_between_twenty_editors(tmp_path, settings):
    counted(tmp_path, settings, 20, 50)
