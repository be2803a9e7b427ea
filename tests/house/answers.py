"""What is sent by hand to each route that writes, by whoever may: kept beside the scene.

`WHO` fills in each form (Leah, where nobody is named; Sam, for what he looks after). `FIRST` are the routes that must
have been done before it, and `READY` what must stand in the store. `GIVEN` are the answers that cannot be guessed
from the page; whatever else a form asks is answered as somebody at the page would.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kith.access.audit.models import Act
from kith.council.teams.models import Leads, TeamMember
from kith.people.persons import actions as persons
from kith.people.persons.models import Merge
from tests.cast import EARLIER, NOW
from tests.house.filling import Answers, fill
from tests.house.scene import House, at_desk, draft_of, put_back, unsealing_asked

WHO = {
    "bottom-line-agree": "joy", "contact-take-up": "joy", "contact-decide": "joy", "decision-decide": "joy", "seal": "ivo", "entry-seal": "joy",
    "merge-agree": "ruth", "merge-agree-part": "ruth", "merge-part": "joy", "person-merge": "joy",
    "worker-new": "joy", "worker-end": "joy", "worker-bar": "joy", "file-level": "joy", "file-unseal": "ruth", "contact-new": "amrit",
    "glass": "marcus", "grant": "joy", "notice-read": "marcus", "clearance-new": "ruth", "clearance-end": "ruth",
}  # fmt: skip
FIRST = {
    "plan-take-back": ["plan-share"],
    "plan-agree": ["plan-share"],
    "plan-end": ["plan-share", "plan-agree"],
    "plan-version": ["plan-share", "plan-agree"],
    "statement-agree": ["statement-to-family"],
}
SOON = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011 - as somebody at the page would write it
TODAY = date.today().isoformat()  # noqa: DTZ011 - the same
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - the same


def _merge_agreed(house: House) -> None:
    _ruth_leads_joy(house)
    merge = Merge.objects.get(ref=house.things["merge"]["ref"])
    persons.agree_merge(merge=merge, by=house.cast.actor("ruth"), at=NOW)


def _parting_asked(house: House) -> None:
    _merge_agreed(house)
    merge = Merge.objects.get(ref=house.things["merge"]["ref"])
    persons.ask_undo(merge=merge, why="Two birthdays", by=house.cast.actor("joy"), at=NOW)


def _ruth_leads_joy(house: House) -> None:
    Leads.objects.create(leader=house.cast.ruth, worker=house.cast.joy, since=EARLIER)


def _team_is_empty(_house: House) -> None:
    TeamMember.objects.update(until=timezone.now() - timedelta(hours=1))


READY: dict[str, Callable[[House], None]] = {
    "merge-agree": _ruth_leads_joy,
    "merge-part": _merge_agreed,
    "merge-agree-part": _parting_asked,
    "file-unseal": unsealing_asked,
    "team-close": _team_is_empty,
}
GIVEN: dict[str, Callable[[House], Answers]] = {
    "contact-reply": lambda _: {"sent_on": TODAY},
    "decision-new": lambda _: {"review_on": SOON},
    "network-add": lambda _: {"ring": "outer", "stage": "named"},
    "account-new": lambda _: {"username": "mina.shah", "works": "social-worker"},
    "statement-new": lambda _: {"happened": "On 17 May Craig threw a pan."},
    "statement-change": lambda _: {"happened": "On 17 May Craig threw a pan."},
    "scores": lambda _: {"value_*": "5", "high_*": "Nana comes on Mondays."},
    "paper-new": lambda house: {"recipient": str(house.cast.kavi.ref), "make": "1", "read_it": "on"},
    "person-number": lambda _: {"kind": "nhs", "value": "9434765919"},
    "person-merge": lambda house: {"other": f"/people/{house.cast.craig.ref}/"},
    "merge-part": lambda _: {"why": "Two birthdays"},
    "plan-share": lambda _: {"how_*": "read-aloud", "shown_on_*": YESTERDAY},
    "plan-new": lambda house: {"sure_0": f"worker-{house.cast.leah.ref}"},
    "plan-agree": lambda _: {"answer_*": "agrees", "carer_*": "on"},
    "file-level": lambda house: {
        "level": "1",
        "custodian": str(house.cast.joy.ref),
        "staying": [str(house.cast.leah.ref)],
    },
}


def who(name: str, row: dict[str, str]) -> str:
    """Say who fills in this form."""
    return WHO.get(name, "sam" if row["reach"] == "administers" else "leah")


def ready(house: House, name: str, row: dict[str, str], routes: dict[str, Any], found: dict[str, Answers]) -> Any:
    """Sit whoever may at their desk, everything done that must have been. Gives their browser and the address."""
    house.things["my-draft"] = {"ref": draft_of(house.cast, house.cast.staff[who(name, row)], form="begun").ref}
    READY.get(name, lambda _: None)(house)
    browser = at_desk(house.cast.staff[who(name, row)])
    stay = browser.session
    stay["stepped_up_at"] = timezone.now().isoformat()
    stay.save()
    for first in FIRST.get(name, []):
        browser.post(reverse(first, kwargs=house.address(routes[first]["takes"])), found[first])
    return browser, reverse(name, kwargs=house.address(row["takes"]))


def find_answers(house: House, routes: dict[str, Any]) -> tuple[dict[str, Answers], dict[str, str]]:
    """Fill in every form of these routes by whoever may. Gives the answers, and what was said where nothing was done.

    Everything is put back: what is kept are answers that did something when they were sent.
    """
    found: dict[str, Answers] = {}
    undone: dict[str, str] = {}
    for name, row in sorted(routes.items(), key=lambda one: (len(FIRST.get(one[0], [])), one[0])):
        with put_back():
            browser, address = ready(house, name, row, routes, found)
            given = GIVEN.get(name, lambda _: {})(house)

            def send(answers: Answers, browser: Any = browser, address: str = address) -> tuple[bool, str]:
                before = Act.objects.count()
                with put_back():
                    answer = browser.post(address, answers)
                    done = Act.objects.count() > before
                return done, answer.content.decode()

            found[name], said = fill(browser, address, given, send=send)
            if said:
                undone[name] = said
    return found, undone
