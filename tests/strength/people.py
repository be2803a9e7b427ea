"""People at their desks: signed in over HTTP by password and second step, writing notes and reading them back."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from time import sleep
from typing import Self
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

from kith.kit.wording import clock_time
from tests.cast import PASSWORD
from tests.door import digits
from tests.strength.served import WRITERS, Served

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ACCOUNT = re.compile(r'name="draft_by" value="([^"]+)"')
A_NOTE = re.compile(r"^/notes/([0-9a-f-]{36})/$")
A_PAPER = re.compile(r"^/papers/([0-9a-f-]{36})/$")
KEEPINGS = 2  # of each draft: it is begun, and written over
HOURS_AGO = timedelta(hours=1)
GIVES = "leah"
"""Who makes a paper of each note."""


class NoAnswer(Exception):
    """The server went away before it had answered: nothing was promised."""


@dataclass
class Desk:
    """One signed-in person.

    `sent` holds every note they sent, by its words; `kept` those they were told are kept; `read` those they were shown.
    `drafted` is how far they were told that each draft is kept; `papers` those they were told are made, and of which note.
    """

    served: Served
    who: str
    place: dict
    cookies: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    drafted: dict[str, int] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    said: Counter = field(default_factory=Counter)
    token: str = ""
    account: str = ""

    @property
    def note_page(self) -> str:
        return f"/families/{self.place['family']}/notes/new/"

    def ask(
        self, method: str, path: str, fields: dict | None = None, raw: tuple[str, bytes] | None = None
    ) -> tuple[int, str, str]:
        """Ask for one page. Gives its status, where it leads and its words. Raises NoAnswer when there was none.

        `fields` are sent as a form is; `raw` is what kind of bytes, and the bytes.
        """
        if fields is not None:
            raw = "application/x-www-form-urlencoded", urlencode(fields, doseq=True).encode()
        door = HTTPConnection("127.0.0.1", self.served.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Connection": "close"}
        if raw is not None:
            headers["Content-Type"] = raw[0]
        try:
            door.request(method, path, raw[1] if raw else None, headers)
            answer = door.getresponse()
            words = answer.read().decode(errors="replace")
        except (OSError, HTTPException) as gone:
            raise NoAnswer(type(gone).__name__) from gone
        finally:
            door.close()
        for one in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), words

    def fill_in(self, path: str, **fields: object) -> tuple[int, str, str]:
        """Open a page and send its form with the token it carries."""
        shown = TOKEN.search(self.ask("GET", path)[2])
        assert shown, path
        self.token = shown[1]
        return self.ask("POST", path, {"csrfmiddlewaretoken": self.token, **fields})

    def sign_in(self) -> "Desk":
        status, where, words = self.fill_in("/sign-in/", username=self.who, password=PASSWORD)
        assert (status, where.partition("?")[0]) == (302, "/sign-in/second-step/"), words[:2000]
        status, where, words = self._second_step()
        assert (status, where) == (302, "/"), words[:2000]
        page = self.ask("GET", self.note_page)[2]
        shown, account = TOKEN.search(page), ACCOUNT.search(page)
        assert shown
        assert account
        self.token, self.account = shown[1], account[1]
        return self

    def _second_step(self) -> tuple[int, str, str]:
        """A code counts once: somebody who came in within this half minute waits for the next."""
        code = digits()
        answer = self.fill_in("/sign-in/second-step/", code=code)
        if answer[0] == HTTPStatus.FOUND:
            return answer
        while digits() == code:
            sleep(0.5)
        return self.fill_in("/sign-in/second-step/", code=digits())

    def note(self, words: str, **but: object) -> dict:
        then = datetime.now(ZoneInfo("Europe/London")) - HOURS_AGO
        return {
            "csrfmiddlewaretoken": self.token,
            "about": self.place["files"],
            "what": words,
            "place": "home",
            "outcome": "happened",
            "language": "English",
            "happened_at-day": then.day,
            "happened_at-month": then.month,
            "happened_at-year": then.year,
            "happened_at-time": clock_time(then),
            "once": uuid4().hex,
        } | but

    def write(self, sent: dict) -> int:
        """Send a note once. Remembers it when the answer says that it is kept. Gives the status, 0 for no answer."""
        self.sent.add(str(sent["what"]))
        try:
            status, where, _words = self.ask("POST", self.note_page, sent)
        except NoAnswer:
            status, where = 0, ""
        self.said[status] += 1
        if found := A_NOTE.match(where):
            self.kept[str(sent["what"])] = found[1]
        else:
            assert status != 302, where
        return status

    def read_back(self, ref: str) -> int:
        """Open a note. Remembers it when its page came whole."""
        try:
            status, _where, words = self.ask("GET", f"/notes/{ref}/")
        except NoAnswer:
            return 0
        if status == 200 and "</html>" in words:
            self.read.append(ref)
        return status

    def begin(self, number: int) -> None:
        """Begin a draft and write on in it, as a page does while somebody types. Remembers what was answered for."""
        form = f"lamp-{number}"
        sent = {"draft_by": self.account, "draft_place": self.place["family"], "draft_called": "A note"}
        sent |= {"csrfmiddlewaretoken": self.token, "draft_page": form}
        for turn in range(1, KEEPINGS + 1):
            words = sent | {"draft_turn": turn, "what": begun(self.who, form, turn)}
            try:
                status, _where, _words = self.ask("POST", f"/drafts/{form}/", words)
            except NoAnswer:
                status = 0
            if status == HTTPStatus.OK:
                self.drafted[form] = turn

    def give(self, note: str, stop: Event) -> None:
        """Make a paper of a note for Mum, asking again with the same key till it is answered."""
        sent = {"csrfmiddlewaretoken": self.token, "recipient": self.place["mum"], "read_it": "on", "make": "1"}
        sent |= {"once": uuid4().hex}
        while not stop.is_set():
            try:
                status, where, _words = self.ask("POST", f"/entries/{note}/paper/", sent)
            except NoAnswer:
                continue
            if found := A_PAPER.match(where):
                self.papers[found[1]] = note
                return
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:  # in a control the note itself is not there
                return

    def keep_writing(self, stop: Event) -> None:
        """Write until told to stop. A note without an answer is sent again with the same key, as a browser would."""
        number = 0
        while not stop.is_set():
            number += 1
            self.begin(number)
            sent = self.note(f"{self.who} saw the lamp, {number}, {uuid4()}.")
            while str(sent["what"]) not in self.kept and not stop.is_set():
                if self.write(sent) != 302:
                    sleep(0.2)
            if str(sent["what"]) in self.kept:
                self.read_back(self.kept[str(sent["what"])])
                if self.who == GIVES:
                    self.give(self.kept[str(sent["what"])], stop)


def begun(who: str, form: str, turn: int) -> str:
    """What somebody had typed in a form by this keeping."""
    return f"{who} began {form}, {turn}"


class AtWork:
    """`with AtWork(served, place) as people:` has three people writing until the block ends."""

    def __init__(self, served: Served, place: dict) -> None:
        self.desks = [Desk(served, who, place).sign_in() for who in WRITERS]
        self.enough = Event()
        self.threads = [Thread(target=self._work, args=(desk,)) for desk in self.desks]
        self.faults: list[BaseException] = []

    def _work(self, desk: Desk) -> None:
        try:
            desk.keep_writing(self.enough)
        except BaseException as fault:
            self.faults.append(fault)
            raise

    @property
    def acks(self) -> int:
        return sum(len(desk.kept) for desk in self.desks)

    @property
    def answers(self) -> int:
        """How many notes were answered for, and how many were shown."""
        return sum(len(desk.kept) + len(desk.read) for desk in self.desks)

    @property
    def papers(self) -> dict[str, str]:
        return {ref: note for desk in self.desks for ref, note in desk.papers.items()}

    @property
    def sent(self) -> set[str]:
        return set().union(*(desk.sent for desk in self.desks))

    @property
    def kept(self) -> dict[str, str]:
        return {words: ref for desk in self.desks for words, ref in desk.kept.items()}

    @property
    def read(self) -> list[str]:
        return [ref for desk in self.desks for ref in desk.read]

    @property
    def said(self) -> Counter:
        return sum((desk.said for desk in self.desks), Counter())

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.enough.set()
        for thread in self.threads:
            thread.join()
        assert not self.faults, self.faults
