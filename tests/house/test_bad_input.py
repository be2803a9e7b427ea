"""Whatever is typed into whatever form: never a fault, never half a write, and what was typed is still there.

The routes come from the resolver through `routes.toml`; the forms come from the pages themselves, with every box a
browser would send, hidden ones too. Each is sent as nothing at all, with words nobody would plan for in every box,
with days and numbers that are not, with answers nobody offered, and in ways no browser sends anything.
"""

import re
from collections import Counter
from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch

from kith.exchange.check import breaches
from tests.house.boxes import CHOOSES, WORDS, read
from tests.house.sending import BY_HAND, DOOR, Desk, answers, built, fill_in, known, offered, posts
from tests.house.test_routes import put_back

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

LONG = "Maya said so. " * 7143  # 100,002 characters
HOSTILE = {
    "control characters": "Dad\x00 said\x07 no\x1b[31m\x7f\u0085 more",
    "right to left": "\u202egnp.exe\u202c \u200fשלום\u200f \u2067أهلا\u2069 Maya",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 Zosia\u0301 \U0001d4b3 \uffff \ue000",
    "markup": "<script>alert(1)</script>{{7*7}}${7*7}<%= 7*7 %>{% raw %}'\"><img src=x onerror=alert(1)></textarea><b>",
    "a hundred thousand": LONG,
}
HOSTILE["everything odd"] = "".join(words for words in HOSTILE.values() if words is not LONG)
DAYS = [
    ("31", "2", "2025", "25:99"), ("1", "1", "0001", "4pm"), ("1", "1", "9999", "23:59"), ("", "may", "", "noon"),
    ("0", "0", "0", "-1"), ("٣", "٢", "٢٠٢٥", "٤"), ("9" * 500, "1e3", "-2025", "9" * 500), ("²", "½", "20２５", "１６:１０"),
    ("1", "1", "1799", "00:00"), ("5/11/2016", "5/11/2016", "5/11/2016", "5/11/2016"), ("29", "2", "2023", "24:00"),
]  # fmt: skip
NUMBERS = ["-1", "11", "1e309", "NaN", "９", "½", "9" * 5000, "0x10", "3.5", "²", " 4 ", "+4", "1_0"]
ODD = ["", "nobody-offered-this", "\x00", "0", "-1", "9" * 40, "00000000-0000-0000-0000-000000000000", "<b>", "é" * 300]
EXEMPT = {"django_session", "access_look", "access_lookat", "access_lookhead", "access_signin", "access_attempt"}
"""What may change though nothing was done: who is signed in, who looked, how often somebody guessed."""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    with built(django_db_blocker, tmp_path_factory.mktemp("papers")) as made:
        yield made


FORMS = [name for name in posts() if name not in DOOR]


class Writes:
    """Which tables a request wrote to, as the store was told."""

    WROTE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)

    def __enter__(self):
        self.tables = set()
        self._open = ExitStack()
        self._open.enter_context(connections["default"].execute_wrapper(self._heard))
        return self

    def __exit__(self, *fault):
        self._open.close()

    def _heard(self, execute, sql, params, many, context):
        if wrote := self.WROTE.match(sql):
            self.tables.add(wrote[1])
        return execute(sql, params, many, context)


def rows(tables):
    """Every row of these tables, to be held against what stood there before."""
    found = {}
    with connections["default"].cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


class Trial:
    """One form, sent again and again, and what was wrong with each answer."""

    exempt = EXEMPT

    def __init__(self, name, desk, address, sheet):
        self.name, self.desk, self.address, self.sheet = name, desk, address, sheet
        self.faults, self.counts, self.broken = [], Counter(), set(breaches())

    def send(self, what, sent, **more):
        with put_back(), Writes() as writes:
            answer = self.desk.send(self.address, sent, **more)
            after = rows(writes.tables - self.exempt) if not answer.acts else {}
            broken = set(breaches()) - self.broken if answer.acts else set()
        self.counts["done" if answer.acts else answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults.append(f"{what}: {answer.status_code}")
        if after and rows(after) != after:
            self.faults.append(f"{what}: half written, {sorted(after)}")
        if broken:
            self.faults.append(f"{what}: {broken}")
        if not answer.acts:
            self._said(what, answer, sent)
        return answer

    def send_bytes(self, what, body, kind):
        with put_back(), Writes() as writes:
            answer = self.desk.send_bytes(self.address, body, kind)
            after = rows(writes.tables - self.exempt) if not answer.acts else {}
        self.counts["done" if answer.acts else answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults.append(f"{what}: {answer.status_code}")
        if after and rows(after) != after:
            self.faults.append(f"{what}: half written, {sorted(after)}")
        spoken = "text/html" in answer.headers.get("Content-Type", "")
        if spoken and answer.status_code in {400, 403, 404} and b'class="phone calm"' not in answer.content:
            self.faults.append(f"{what}: {answer.status_code} without a calm page")
        return answer

    def _said(self, what, answer, sent):
        """Nothing was done: the page says why, and holds what was typed."""
        if answer.status_code in {301, 302} and self.name != "search":  # which asks, and goes on to its answer
            self.faults.append(f"{what}: went on as if it were done")
        if answer.status_code in {301, 302}:
            return
        if "text/html" not in answer.headers.get("Content-Type", ""):
            return
        page = read(answer.content.replace(b"\r\n", b"\n"))
        self._safe(what, page)
        if answer.status_code in {400, 403, 404, 413, 429}:
            if b'class="phone calm"' not in answer.content:
                self.faults.append(f"{what}: {answer.status_code} without a calm page")
            return
        self._beside(what, page)
        self._kept(what, page, sent)

    def _safe(self, what, page):
        loose = [t for t, has in page.tags if any(a.startswith("on") for a in has) or has.get("src") == "x"]
        loose += [t for t, has in page.tags if t == "script" and not has.get("src")]
        if loose:
            self.faults.append(f"{what}: markup got out, {loose}")

    def _beside(self, what, page):
        empty = [name for name, sentence in page.sentences.items() if not sentence.strip()]
        if empty:
            self.faults.append(f"{what}: no sentence beside {empty}")
        if not self.sheet.typed():
            return
        said = page.sentences or any(has.get("role") == "alert" for _tag, has in page.tags)
        if not said and self.name not in BY_HAND and "asked for more" not in what:
            self.faults.append(f"{what}: came back and said nothing")

    def _kept(self, what, page, sent):
        """Every box of words holds what was put in it."""
        wanted = [b.name for b in self.sheet.boxes if b.kind in WORDS and b.kind != "password" and sent.get(b.name)]
        if self.name in BY_HAND or not wanted:
            return
        back = [s for s in page.sheets if set(wanted) & {b.name for b in s.boxes}]
        if not back:
            self.faults.append(f"{what}: the form did not come back")
            return
        lost = [name for name in wanted if back[0].holds(name)[:1] != [lines(sent[name])]]
        if lost:
            self.faults.append(f"{what}: what was typed is gone from {lost[:4]} ({len(lost)} boxes)")


def lines(values):
    """A value as a page gives it back: browsers send one kind of line end."""
    return values[-1].replace("\r\n", "\n").replace("\r", "\n")


def filled(sheet, value, kinds=WORDS):
    """What a page begins with, and this in every box of these kinds."""
    put = {b.name: [value] for b in sheet.boxes if b.name and b.kind in kinds and b.name != "csrfmiddlewaretoken"}
    return sheet.sends() | put


def dated(sheet, day):
    parts = dict(zip(("day", "month", "year", "time"), day, strict=True))
    boxes = [b.name for b in sheet.boxes if b.kind in WORDS]
    return answers(sheet, "Words") | {n: [parts[p]] for n in boxes if (p := n.rpartition("-")[2]) in parts}


def numbered(sheet, number):
    boxes = [
        b.name for b in sheet.boxes if b.kind == "text" and b.name.rpartition("-")[2] not in {"day", "month", "year"}
    ]
    return answers(sheet, "Words") | {name: [number] for name in boxes}


def ways(sheet):
    """Every way of sending this form wrongly, each with its name. Ordinary words stand where nothing else is tried."""
    yield "nothing", {}
    yield "blank", {b.name: [""] for b in sheet.boxes if b.name and b.kind != "submit"}
    for name, value in HOSTILE.items():
        yield name, filled(sheet, value)
    yield "control characters in what is hidden", filled(sheet, "a\x00b\ud800c".replace("\ud800", "\u202e"), {"hidden"})
    yield "too much in what is hidden", filled(sheet, "9" * 5000, {"hidden"})
    for day in DAYS:
        yield f"the day {day[:3]}"[:60], dated(sheet, day)
    for number in NUMBERS:
        yield f"the number {number[:10]}", numbered(sheet, number)
    for odd in ODD:
        chosen = filled(sheet, odd, CHOOSES | {"select"})
        yield f"the answer {odd[:20]!r}", answers(sheet, "Words") | {k: v for k, v in chosen.items() if v == [odd]}
    twice = answers(sheet, "Words")
    yield "everything three times", {name: values * 3 for name, values in twice.items() if name != "once"}


SHORT = {
    "nothing", "blank", "everything odd", "a hundred thousand", "control characters in what is hidden",
    "the day ('31', '2', '2025')", "the answer 'nobody-offered-this'",
}  # fmt: skip
"""What every run sends; the long run sends everything."""


def tried(house, name, few=None):
    with offered(house, name) as (desk, address, sheet):
        trial = Trial(name, desk, address, sheet)
        for what, sent in ways(sheet):
            if few is None or what in few:
                trial.send(what, sent)
    print(f"\n{name}: {trial.counts.total()} sent {dict(trial.counts)}")
    assert not trial.faults, "\n".join(trial.faults)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_wrongly_says_so_and_keeps_what_was_typed(house, name):
    tried(house, name, SHORT)


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_wrongly_in_every_way(house, name):
    tried(house, name)


# What no browser sends.


def broken_bodies(sheet):
    """Bytes that are no form, or hardly one: each with its name, its content type and whether it can be read at all."""
    plain = "application/x-www-form-urlencoded"
    words = next(iter(sheet.typed()), "what")
    edge = "multipart/form-data; boundary=edge"
    part = f'--edge\r\nContent-Disposition: form-data; name="{words}"'.encode()
    yield "bytes of another alphabet", plain, f"{words}=%ff%fe%80&%fe=%c3%28&once=%ff".encode()
    yield "half an encoding", plain, f"{words}=%e2%82&once=%".encode()
    yield "an unknown alphabet", f"{plain}; charset=nothing", f"{words}=Words".encode()
    yield "a wide alphabet", f"{plain}; charset=utf-16", f"{words}=Words".encode("utf-16")
    yield "too many boxes", plain, "&".join(f"box{n}=1" for n in range(2_500)).encode()
    yield "too much", plain, f"{words}=".encode() + b"a" * 4_100_000
    yield "parts cut short", edge, part
    yield "parts with no edge", "multipart/form-data", part
    yield "parts with an edge that is none", "multipart/form-data; boundary=\x00\xff", part
    yield "parts never closed", edge, part + b"\r\n\r\n" + b"a" * 1000
    yield (
        "parts in another alphabet",
        edge,
        part + b"\r\nContent-Type: text/plain; charset=zz\r\n\r\n\xff\r\n--edge--\r\n",
    )
    yield "parts coded wrongly", edge, part + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--edge--\r\n"
    yield "a file where words belong", edge, part + b'; filename="a\x00.txt"\r\n\r\n\x00\xff\r\n--edge--\r\n'
    yield "no form at all", "application/json", b'{"what": ['
    yield "nothing, of no kind", "", b""


@pytest.mark.long
@pytest.mark.parametrize("who", ["leah", "nadia", "joy", "peter", "amrit", "marcus", "ruth", "ivo", "gwen", "sam"])
def test_nobody_is_given_a_form_that_they_may_not_send(house, who):
    """Whoever may not is told before they type, never after."""
    given, late = 0, []
    for name in FORMS:
        with put_back():
            desk = Desk(house, who)
            try:
                address, sheet = desk.sheet(name)
            except (LookupError, NoReverseMatch):
                continue
            given += 1
            answer, _sent = fill_in(desk, address, sheet, known=known(house, name))
            if answer.status_code in {403, 404}:
                late.append(name)
    print(f"\n{who}: {given} forms, {late}")
    assert late == []


FEW = ["contact-new", "note-new", "plan-version", "safe-contact", "team-new", "draft-keep", "notice-read"]


@pytest.mark.parametrize("name", FEW)
def test_what_no_browser_sends_is_answered_calmly(house, name):
    sent_as_bytes(house, name)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in FORMS if name not in FEW])
def test_what_no_browser_sends_is_answered_calmly_everywhere(house, name):
    sent_as_bytes(house, name)


def sent_as_bytes(house, name):
    with offered(house, name) as (desk, address, sheet):
        trial = Trial(name, desk, address, sheet)
        for what, kind, body in broken_bodies(sheet):
            trial.send_bytes(what, body, kind)
    print(f"\n{name}: {trial.counts.total()} sent {dict(trial.counts)}")
    assert not trial.faults, "\n".join(trial.faults)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_token_does_nothing_and_says_so(house, name):
    with offered(house, name) as (desk, address, sheet), Writes() as writes:
        writes.tables.clear()
        desk.browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        for token in ({}, {"csrfmiddlewaretoken": ["x" * 64]}, {"csrfmiddlewaretoken": ["\x00"]}):
            answer = desk.send(address, answers(sheet, "Words") | token)
            assert (answer.status_code, answer.acts) == (403, 0)
            assert b'class="phone calm"' in answer.content
    assert writes.tables - EXEMPT == set()


@pytest.mark.parametrize("key", ["k" * 5000, "a\x00b", "\ud83d", "' OR 1=1 --", "é🏳️‍🌈", " "])
@pytest.mark.parametrize("name", ["note-new", "safe-contact", "team-new"])
def test_an_odd_key_of_a_form_is_no_fault(house, name, key):
    with offered(house, name) as (desk, address, sheet):
        answer, _sent = fill_in(
            desk, address, sheet, known=known(house, name) | {"once": [key.encode("utf-8", "replace").decode()]}
        )
    assert (answer.status_code, answer.acts > 0) == (302, True)
