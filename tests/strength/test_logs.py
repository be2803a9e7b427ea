"""B 40: a day's work leaves no name, no birth date, no address and no word of a note in any log, ours or the database's."""

import psycopg
import pytest

from kith.config.promises import LOGS_NO_WORDS
from tests.strength.people import Desk
from tests.strength.served import Served, serving

pytestmark = pytest.mark.strength

SAID = "Wrenlight"
NAMES = ("Ellis", "Maya", "Solanki", "Leah", "leah", "12 March")


def a_days_work(served: Served, place: dict) -> None:
    """Coming in with a wrong word first, notes, searches both ways, pages that are not there, forms that are not whole."""
    stranger = Desk(served, "leah", place)
    stranger.fill_in("/sign-in/", username="leah", password=f"{SAID} Solanki")
    desk = Desk(served, "leah", place).sign_in()
    assert desk.write(desk.note(f"Ellis said it is like a {SAID}.")) == 302
    assert desk.write(desk.note(f"{SAID} again", outcome="nonsense")) == 200
    desk.read_back(next(iter(desk.kept.values())))
    desk.ask("GET", f"/search/?q=Ellis+Solanki+{SAID}")
    desk.fill_in("/search/", q=f"Maya Solanki-Reid 12 March 2016 {SAID}")
    desk.ask("GET", f"/families/{place['family']}/?back=Ellis")
    desk.ask("GET", "/families/00000000-0000-4000-8000-000000000000/")
    desk.ask("POST", desk.note_page, {"what": f"{SAID} without a token"})


def logged(served: Served) -> str:
    """Everything that was written beside the store: what the server said, and any file that is no part of the store."""
    beside = [f for f in served.data.rglob("*") if f.is_file() and f.suffix in {".log", ".txt", ".out"}]
    return "\n".join(f.read_text(errors="replace") for f in [served.folder / "log", *beside])


def test_a_days_work_leaves_no_words_in_the_log(embedded):
    served, place = embedded
    with serving(served):
        a_days_work(served, place)
    said = logged(served)
    assert "Not Found" in said, "the log is the one that is written"
    assert [word for word in (SAID, *NAMES) if word in said] == []


def told(cluster, settings: dict[str, str]) -> None:
    """Set what the database logs; an empty value puts back what it comes with."""
    address = f"host={cluster.folder} port={cluster.port} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as door:
        for setting, value in settings.items():
            door.execute(f"ALTER SYSTEM SET {setting} = '{value}'" if value else f"ALTER SYSTEM RESET {setting}")
        door.execute("SELECT pg_reload_conf()")
        door.execute("SELECT pg_sleep(0.5)")


@pytest.fixture
def database(on_postgresql):
    """Set the database to log as a council's would, or as it comes; gives what it has logged since."""
    cluster, served, place = on_postgresql
    log = cluster.folder / "log"

    def since(settings: dict[str, str]) -> str:
        told(cluster, settings)
        began = log.stat().st_size
        with serving(served):
            a_days_work(served, place)
        refused(cluster.url)
        return log.read_bytes()[began:].decode(errors="replace")

    yield since
    told(cluster, dict.fromkeys(LOGS_NO_WORDS, ""))


def refused(url: str) -> None:
    """A row the database refuses: it names nobody's part."""
    with psycopg.connect(url) as door, pytest.raises(psycopg.IntegrityError):
        door.execute(
            "INSERT INTO people_paragraph (part_id, slot, row, content, text, given_by_words, own_words, in_confidence,"
            " pasted, imprint) VALUES (%s, 'what', 0, 'nonsense', %s, '', false, false, false, '')",
            [1, f"Ellis said {SAID}"],
        )


def test_postgresql_set_as_kith_asks_writes_no_words_into_its_log(database):
    said = database(LOGS_NO_WORDS)
    assert [word for word in (SAID, *NAMES) if word in said] == []


def test_postgresql_as_it_comes_would_have(database):
    """The control: what Kith warns of when it starts."""
    assert SAID in database(dict.fromkeys(LOGS_NO_WORDS, ""))
