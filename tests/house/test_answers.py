"""Every form that writes, filled in: done for whoever may, and for anybody else nothing is written at all.

The same answers are sent by both. Hidden is answered in the bytes of an address that leads nowhere. Trust B 19, 37 and
ASVS 8.3.1: what a form says counts for nothing against who sends it.
"""

import re
from collections import Counter
from contextlib import ExitStack, contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Act
from kith.access.roles import Work
from kith.people.drafts.models import Draft
from tests.cast import make_account
from tests.house.answers import find_answers, ready, who
from tests.house.boxes import read
from tests.house.scene import at_desk, built_once, put_back
from tests.house.test_routes import CHANGES, WRITING, Reach

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
HERS = {"ola": "other", "gwen": "other", "farrah": "other", "sam": "other", "peter": "chairs", "ivo": "other"}
"""Who sends the same answers, and how each stands to Ellis's family. Ola is a social worker of another team."""
"""Every route that writes and is not for everybody alike; those are the door's and one's own, tested beside them."""
LEDGER_OF_LOOKS = re.compile(r'"access_(look|signin")|"django_session"', re.IGNORECASE)
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built_once(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        made.cast.staff["ola"] = make_account("ola", "Ola Berg", Work.SOCIAL_WORKER)
        yield made


@pytest.fixture(scope="module")
def answered(house):
    """Answers that did something for whoever may, route by route; and what was said where nothing was done."""
    return find_answers(house, WRITING)


@contextmanager
def writes():
    """Watch both stores for anything written but the ledger of looks and the stay of whoever asks."""
    seen: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not LEDGER_OF_LOOKS.search(sql):
            seen.append(sql.split("(")[0][:80])
        return execute(sql, params, many, context)

    with ExitStack() as both:
        for alias in ("default", "looks"):
            both.enter_context(connections[alias].execute_wrapper(watch))
        yield seen


def test_every_form_that_writes_does_when_whoever_may_fills_it_in(answered):
    found, undone = answered
    print(f"\n{len(found)} forms filled in, {len(found) - len(undone)} done")
    assert undone == {}, "\n".join(f"{name}: {said}" for name, said in undone.items())
    assert set(found) == set(WRITING)


def test_the_same_answers_from_anybody_else_write_nothing(house, answered):
    found, _undone = answered
    wrong, sent = [], Counter()
    for name, row in WRITING.items():
        reach = Reach(row["reach"])
        with put_back():
            ready(house, name, row, WRITING, found)
            for person, situation in HERS.items():
                if reach.acts(TABLE_WORK[person], situation) or person == who(name, row):
                    continue
                sent[person] += 1
                wrong += [
                    f"{name} by {person}: {fault}" for fault in _sent(house, name, row, reach, person, found[name])
                ]
    print(f"\n{sent.total()} forms sent by those who may not: {dict(sent)}, {len(wrong)} faults")
    assert wrong == [], "\n".join(wrong)


KEEP_NONE = {
    "account-leave", "account-work-end", "clearance-new", "entry-seal", "file-level", "glass", "grant", "location-new",
    "person-merge", "safe-contact", "setting-change", "worker-bar", "worker-end", "worker-new",
}  # fmt: skip
"""Forms of one sitting, with one box for a sentence or two: why, an address, how to ring. Said from these names alone."""


def _opened(house, name, found):
    """Open a form's page as whoever may. Gives their browser, its address and the form, or None when it has no page."""
    row = WRITING[name]
    browser, address = ready(house, name, row, WRITING, found)
    return browser, address, _sheet(browser.get(address))


def _sheet(page):
    sheets = [s for s in read(page.content).sheets if s.method == "post"] if page.status_code == 200 else []
    return max(sheets, key=lambda s: len(s.boxes), default=None)


def test_every_form_with_room_for_a_paragraph_is_kept_while_it_is_typed(house, answered):
    unkept = set()
    for name in WRITING:
        with put_back():
            _browser, _address, sheet = _opened(house, name, answered[0])
        kinds = {box.kind for box in sheet.boxes} if sheet else set()
        if "textarea" in kinds and "draft_form" not in sheet.sends():
            unkept.add(name)
    assert unkept == KEEP_NONE, " ".join(sorted(unkept ^ KEEP_NONE))


def test_what_was_typed_is_in_its_boxes_again_and_goes_with_what_is_saved(house, answered):
    seen, wrong = 0, []
    for name in WRITING:
        with put_back():
            browser, address, sheet = _opened(house, name, answered[0])
            if sheet is None or "draft_form" not in sheet.sends():
                continue
            seen += 1
            wrong += [f"{name}: {fault}" for fault in _kept_and_taken(browser, address, sheet, answered[0][name])]
    print(f"\n{seen} forms kept, opened again and saved, {len(wrong)} faults")
    assert wrong == [], "\n".join(wrong)
    assert seen > 12


def _kept_and_taken(browser, address, sheet, answers):
    own = {n: v for n, v in sheet.sends().items() if n.startswith("draft_")}
    form = own["draft_form"][0]
    kept = browser.post(reverse("draft-keep", args=[form]), answers | own | {"draft_page": "tab", "draft_turn": "1"})
    if kept.status_code != 200:
        yield f"not kept, {kept.status_code}"
        return
    mine, again = Draft.objects.latest("pk"), _sheet(browser.get(address))
    for box in {b for b in again.typed() if b.rpartition("-")[0] not in answers} & set(answers):
        if [" ".join(words.split()) for words in again.holds(box)] != [" ".join(w.split()) for w in answers[box]]:
            yield f"{box} holds {again.holds(box)}"
    own = {n: v for n, v in again.sends().items() if n.startswith("draft_")}
    browser.post(address, answers | own)
    if Draft.objects.filter(pk=mine.pk).exists():
        yield "its draft is left behind"


TABLE_WORK = {
    "ola": "social-worker",
    "gwen": "auditor",
    "farrah": "partner",
    "sam": "administrator",
    "peter": "conference-chair",
    "ivo": "information-governance",
}


def _sent(house, name, row, reach, person, answers):
    """Send them, stepped up a moment ago, and say what is wrong with what came of it."""
    browser, kwargs = at_desk(house.cast.staff[person]), house.address(row["takes"])
    stay = browser.session
    stay["stepped_up_at"] = timezone.now().isoformat()
    stay.save()
    before = Act.objects.count()
    with writes() as written:
        answer = browser.post(reverse(name, kwargs=kwargs), answers)
    if written or Act.objects.count() != before:
        yield f"wrote {sorted(set(written))}"
    if answer.status_code >= 500:
        yield f"{answer.status_code}, a fault"
    if not reach.looks(TABLE_WORK[person], HERS[person]):
        wanted = reach.row.get("else", 404)
        if answer.status_code != wanted:
            yield f"{answer.status_code}, must be {wanted}"
        if wanted == 404 and any(isinstance(value, UUID) for value in kwargs.values()):
            nowhere = {k: uuid4() if isinstance(v, UUID) else v for k, v in kwargs.items()}
            unknown = browser.post(reverse(name, kwargs=nowhere), answers)
            if _plain(unknown) != _plain(answer):
                yield "hidden and unknown differ"


def _plain(answer):
    return answer.status_code, CHANGES.sub(b"", answer.content)
