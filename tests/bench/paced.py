"""Two workers writing notes and eight reading pages at a steady pace, each a process, through the WSGI application."""

import io
import re
from collections.abc import Callable, Iterable
from functools import partial
from http.cookies import SimpleCookie
from itertools import count
from random import Random
from statistics import median
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from tests.bench.bulk import Place, Scene
from tests.bench.doors import ours
from tests.bench.notes import answers
from tests.bench.timing import Figure, percentile, seconds, thousandths
from tests.bench.together import together

WRITERS, READERS, TAIL = 2, 8, 10.0
NOTES_A_SECOND, PAGES_A_SECOND = 2.0, 1.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def paced(scene: Scene, *, seconds: float, seed: int) -> list[Figure]:
    """Give how far the slowest note in a hundred lies from the middle one, while others read."""
    writers = [partial(_write_on, place, seconds, seed + n) for n, place in enumerate(scene.writers[-WRITERS:])]
    read = [scene.readers[n % len(scene.readers)] for n in range(READERS)]
    readers = [partial(_read_on, place, seconds, seed + 100 + n) for n, place in enumerate(read)]
    done = together([*writers, *readers])
    notes = [t for mine in done[:WRITERS] for t in mine]
    pages = [t for mine in done[WRITERS:] for t in mine]
    middle, slow = median(notes), percentile(notes, 0.99)
    detail = {
        "notes": len(notes),
        "note_p50_ms": thousandths(middle),
        "note_p99_ms": thousandths(slow),
        "note_max_ms": thousandths(max(notes)),
        "pages": len(pages),
        "page_p50_ms": thousandths(median(pages)),
        "page_p99_ms": thousandths(percentile(pages, 0.99)),
        "notes_a_second": NOTES_A_SECOND * WRITERS,
        "pages_a_second": PAGES_A_SECOND * READERS,
    }
    name = "note p99 beside its p50, 2 writers and 8 readers"
    return [Figure(name, connection.vendor, slow / middle, TAIL, "× its p50", detail=detail)]


class Browser:
    """Somebody signed in, whose requests go through the WSGI application as the web server's do."""

    def __init__(self, username: str) -> None:
        self.application = get_wsgi_application()
        signed_in = ours(username).cookies
        self.cookies = SimpleCookie({k: v.value for k, v in signed_in.items()})

    def get(self, address: str) -> str:
        """Open a page."""
        return self._ask(address, "GET", b"", 200)

    def post(self, address: str, sent: dict[str, Any]) -> str:
        """Send a form, with its token, and be led on."""
        token = {"csrfmiddlewaretoken": self.token}
        return self._ask(address, "POST", urlencode(sent | token, doseq=True).encode(), 302)

    def open_form(self, address: str) -> None:
        """Open a form's page and take its token."""
        found = TOKEN.search(self.get(address))
        if found is None:
            raise LookupError(f"no form at {address}")
        self.token = found[1]

    def _ask(self, address: str, method: str, body: bytes, wanted: int) -> str:
        said: list[Any] = []
        answer = self.application(self._environ(address, method, body), lambda *a: said.extend(a[:2]))
        try:
            content = b"".join(answer).decode()
        finally:
            answer.close()
        if not said[0].startswith(str(wanted)):
            raise LookupError(f"{said[0]} at {address}: {content[:300]}")
        for name, value in said[1]:
            if name == "Set-Cookie":
                self.cookies.load(value)
        return content

    def _environ(self, address: str, method: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": "; ".join(f"{k}={v.value}" for k, v in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if settings.HTTPS else "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _write_on(place: Place, lasting: float, seed: int) -> list[float]:
    browser = Browser(place.username)
    address, boxes = f"/families/{place.family}/notes/new/", answers(place)
    browser.open_form(address)
    sent = (boxes | {"once": f"paced-{seed}-{perf_counter()}-{n}"} for n in count())
    return at_a_pace(lambda: browser.post(address, next(sent)), NOTES_A_SECOND, lasting, Random(seed))


def _read_on(place: Place, lasting: float, seed: int) -> list[float]:
    browser = Browser(place.username)
    return at_a_pace(lambda: browser.get(f"/families/{place.family}/"), PAGES_A_SECOND, lasting, Random(seed))


def at_a_pace(ask: Callable[[], object], a_second: float, lasting: float, rng: Random) -> list[float]:
    """Ask so often, a little unevenly as people do, for so long; give how long each asking took. The first warms up."""
    ask()
    times: list[float] = []
    began = perf_counter()
    for moment in _moments(a_second, lasting, rng):
        sleep(max(0.0, began + moment - perf_counter()))
        times.append(seconds(ask))  # type: ignore[arg-type]
        if perf_counter() - began > lasting:
            break
    return times


def _moments(a_second: float, lasting: float, rng: Random) -> Iterable[float]:
    moment = rng.random() / a_second
    while moment < lasting:
        yield moment
        moment += rng.uniform(0.5, 1.5) / a_second
