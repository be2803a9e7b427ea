"""What is asked of Kith when it is broken on purpose: every page that is read, and every act of the first journey."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kith.casework.decisions.tests import test_pages as decisions
from kith.casework.mapping.actions import compose_statement
from kith.casework.mapping.tests import test_pages as mapping
from kith.casework.mapping.tests.scene import ENDS, a_worry
from kith.casework.plans.tests import test_pages as plans
from kith.casework.visits.tests import test_pages as visits
from kith.council.teams.models import Agency
from kith.framework.kinds import Level
from kith.pathway.contacts.tests import test_pages as contacts
from kith.people.files.tests.pictures import jpeg
from kith.people.relationships.actions import begin_household
from kith.people.restriction.actions import leave_sealed
from tests.cast import NOW
from tests.house.scene import REASON, House, unsealing_asked
from tests.house.test_routes import ROUTES, at_desk

Sent = dict[str, Any]
READERS = ("leah", "joy", "sam", "ivo", "gwen", "amrit")


@dataclass(frozen=True)
class Asked:
    """One request: by whom, of which address, and what is sent when it is a form. `turn` makes each sending a new one."""

    name: str
    who: str
    address: str
    sent: Callable[[int], Sent] | None = None

    @property
    def shown_as(self) -> str:
        return f"{'POST' if self.sent else 'GET'} {self.name} as {self.who}"

    def ask(self, browser: Any, turn: int = 0) -> Any:
        """Ask, signed in whatever the last answer did to the session."""
        browser.cookies.clear()
        browser.cookies[browser.kept_as] = browser.kept
        return browser.get(self.address) if self.sent is None else browser.post(self.address, self.sent(turn))


def desk_of(house: House, who: str) -> Any:
    """A browser signed in as somebody who has just shown that it is them, whose stay is not stamped again meanwhile."""
    from django.conf import settings

    browser = at_desk(house.cast.staff[who])
    browser.kept_as = settings.SESSION_COOKIE_NAME
    session = browser.session
    session["stepped_up_at"] = timezone.now().isoformat()
    session["signed_in_at"] = timezone.now().isoformat()
    session["seen_at"] = (timezone.now() + timezone.timedelta(hours=1)).isoformat()
    session.save()
    return browser


def of(house: House, name: str, who: str, sent: Sent | Callable[[int], Sent]) -> Asked:
    """One act, by the route's name."""
    address = reverse(name, kwargs=house.address(ROUTES[name]["takes"]))
    made = sent if callable(sent) else lambda turn: {**sent, "once": f"{name}{turn}"}
    return Asked(name, who, address, made)


def acts(house: House) -> Iterator[Asked]:
    """Every act of the first journey, with answers that are taken."""
    yield from _first(house)
    yield from _family(house)
    yield from _at_work(house)


def _first(house: House) -> Iterator[Asked]:
    cast = house.cast
    draft = {"what": "Half a", "draft_by": str(cast.leah.ref), "draft_place": str(cast.solanki_reid.ref), "later": "1"}
    family = {"draft_place": str(cast.solanki_reid.ref), "draft_address": visits.new(cast)}
    yield of(
        house, "draft-keep", "leah", lambda turn: draft | family | {"what": f"Half a {turn}", "draft_page": f"p{turn}"}
    )
    yield of(house, "contact-new", "amrit", contacts.filled())
    yield of(house, "note-new", "leah", visits.filled(cast))
    yield of(house, "note-correct", "leah", visits.filled(cast, what="Two lamps.", why="Spelling."))
    yield of(house, "statement-new", "leah", mapping.a_form(cast))
    yield of(house, "goal", "leah", mapping.a_goal_form(cast))
    yield of(house, "scale", "leah", mapping.WHEN | ENDS)
    yield of(house, "scores", "leah", mapping.scores_form(cast))
    yield of(house, "statement-to-family", "leah", {})
    yield of(house, "statement-agree", "leah", {})


def _family(house: House) -> Iterator[Asked]:
    cast = house.cast
    yield of(house, "plan-new", "leah", plans.filled(cast))
    yield of(house, "plan-share", "leah", plans.shown(*(p for n, p in cast.people.items() if n in SHOWN)))
    yield of(house, "plan-agree", "leah", plans.answers(cast))
    yield of(house, "decision-new", "leah", decisions.filled(cast))
    yield of(house, "decision-decide", "joy", {})
    yield of(house, "paper-new", "leah", {"recipient": str(cast.kavi.ref), "read_it": "on", "make": "1"})
    yield of(house, "glass", "rosa", {"reason": REASON})


SHOWN = ("ellis", "maya", "kavi", "craig", "mo", "hansa")


def _at_work(house: House) -> Iterator[Asked]:
    council = str(Agency.objects.filter(kind="council")[0].ref)
    joiner = {
        "name": "Mina Shah",
        "works": ["social-worker"],
        "why": "new",
        "email": "mina@example.org",
        "team": "",
        "leader": "",
    }
    yield of(house, "account-new", "sam", lambda turn: joiner | {"username": f"mina{turn}", "once": f"m{turn}"})
    yield of(house, "team-new", "sam", lambda turn: {"name": f"Harbour {turn}", "agency": council, "once": f"t{turn}"})
    yield of(house, "team", "sam", {"account": str(house.cast.helen.ref)})
    setting = {"value": "Wrenshire Council", "since": "1/1/2090", "why": "our name"}
    yield Asked("setting-change", "sam", "/settings/council-name/", lambda turn: setting | {"once": f"c{turn}"})


def rarer(house: House) -> Iterator[Asked]:
    """Acts and a page that need things to stand otherwise than they do in the house: each sets its own scene."""
    cast = house.cast
    leah = {"by": cast.actor("leah"), "at": NOW}
    yield Asked("desk", "joy", reverse("desk"))
    worry = compose_statement(**a_worry(cast))
    first_goal = reverse("goal", kwargs={"ref": worry.entry.ref})
    yield Asked("goal", "leah", first_goal, lambda turn: mapping.a_goal_form(cast) | {"once": f"first{turn}"})
    drawn = {"picture_words": "A lamp."}
    with_picture = lambda turn: visits.filled(cast) | drawn | {"once": f"p{turn}", "picture": a_picture()}  # noqa: E731
    yield Asked("note-new", "leah", visits.new(cast), with_picture)
    home = begin_household(person=cast.kavi, name="Mum’s", **leah)
    moving = reverse("home-new", kwargs={"ref": cast.maya.ref})
    yield Asked("home-new", "leah", moving, lambda turn: {"household": str(home.ref), "once": f"h{turn}"})
    unsealing_asked(house)
    file = cast.file("ellis")
    left = reverse("file-unseal", kwargs={"ref": file.ref})
    yield Asked("file-unseal", "ruth", left, lambda turn: {"leave": "1", "once": f"l{turn}"})
    ruth = replace(cast.actor("ruth"), stepped_up_at=NOW - timedelta(minutes=1))
    leave_sealed(file=file, by=ruth, at=NOW)
    opened = {"level": str(int(Level.OPEN)), "why": "It did not go on"}
    level = reverse("file-level", kwargs={"ref": file.ref})
    yield Asked("file-level", "joy", level, lambda turn: opened | {"once": f"o{turn}"})
    whole = urlencode({"q": f"Ellis Reid {cast.ellis.born_on:%d/%m/%Y}"})
    yield Asked("search", "rosa", f"{reverse('search')}?{whole}")


def a_picture() -> SimpleUploadedFile:
    """A photograph of a drawing, taken afresh."""
    return SimpleUploadedFile("lamp.jpg", jpeg(), "image/jpeg")


def reads(house: House, routes: tuple[str, ...] | None = None) -> Iterator[Asked]:
    """Every page that is read, by the first of those we know who is shown it."""
    desks = {who: desk_of(house, who) for who in READERS}
    for name, row in ROUTES.items():
        if row["reach"] == "anyone" or "GET" not in row["methods"].split() or (routes and name not in routes):
            continue
        address = reverse(name, kwargs=house.address(row["takes"]))
        for who, browser in desks.items():
            asked = Asked(name, who, address)
            if asked.ask(browser).status_code == 200:
                yield asked
                break
