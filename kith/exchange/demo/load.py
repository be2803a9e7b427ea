"""The demo: an invented council and two worked families, played through the real actions with a fixed clock.

Beside them stand six thin families of test data: what is missed, missing, closed or unfinished, to be looked at.
"""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from kith.access.accounts.models import Account, RoleHeld
from kith.access.roles import ROLES, Work
from kith.access.signin.actions import choose_password
from kith.council.settings.actions import change_setting
from kith.council.settings.models import Setting
from kith.council.teams.actions import add_team, welcome
from kith.council.teams.models import Agency, Team
from kith.exchange.demo.plays import play
from kith.exchange.demo.scene import Scene
from kith.people.sight.queries import actor_for

CONTENT = Path(__file__).parent / "content"
OPENED = datetime(2024, 9, 2, 9, 0, tzinfo=ZoneInfo("Europe/London"))
MARK = "demo"
FAMILIES = ("mornings", "kinship")
TEST_FAMILIES = ("test-alder", "test-birch", "test-cedar", "test-damson", "test-elder", "test-fir")


def read(name: str) -> dict[str, Any]:
    """Read one file of the demo's data."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def may_fill() -> bool:
    """Say whether this store is a demo store, or new: no other is ever filled."""
    from django.db import connection  # noqa: PLC0415 - the store may not be made yet

    if Account._meta.db_table not in connection.introspection.table_names():
        return True
    return not Account.objects.exists() or is_demo()


def is_demo() -> bool:
    """Say whether this store is marked as a demo store."""
    return Setting.objects.filter(key=MARK).exists()


def load(say: Callable[[str], None]) -> list[dict[str, str]]:
    """Fill the demo store once; doing it again changes nothing. Gives one sign-in for each kind of work."""
    council = read("council")
    if not is_demo():
        with transaction.atomic():
            say("Bringing in the people who work at Wrenshire…")
            staff = _staff(council)
            scenes = [Scene(read(name), staff) for name in (*FAMILIES, *TEST_FAMILIES)]
            say("Playing two families’ days, and six of test data…")
            play(scenes)
            _mark(staff["sam"])
    return [_sign_in(row, council["password"]) for row in council["staff"]]


def _staff(council: dict[str, Any]) -> dict[str, Account]:
    """Make the first administrator, as a store begins; they welcome everyone else."""
    rows = {row["key"]: row for row in council["staff"]}
    sam = Account(username="sam", name=rows["sam"]["name"], job_title=rows["sam"]["job"], joined_at=OPENED)
    sam.set_unusable_password()
    sam.save()
    RoleHeld.objects.create(account=sam, work=Work.ADMINISTRATOR, since=OPENED, why="The first account of this store.")
    by = actor_for(sam, at=OPENED)
    agencies = {row["name"]: Agency.objects.create(**row) for row in council["agency"]}
    home = agencies["Wrenshire Council"]
    teams = {row["name"]: add_team(name=row["name"], agency=home, by=by, at=OPENED) for row in council["team"]}
    staff = {"sam": sam}
    for key, row in rows.items():
        if key != "sam":
            staff[key] = _welcome(row, teams.get(row.get("team", "")), staff, by)
    for key, value in council["setting"].items():
        change_setting(key=key, value=value, since=OPENED.date(), why="Everyone here is invented.", by=by, at=OPENED)
    for account in staff.values():
        own = actor_for(account, at=OPENED)
        choose_password(account=account, password=council["password"], by=own, at=OPENED)
    return staff


def _welcome(row: dict[str, Any], team: Team | None, staff: dict[str, Account], by: Any) -> Account:
    return welcome(
        username=row["key"],
        name=row["name"],
        job_title=row["job"],
        email=f"{row['key']}@example.org",
        phone="",
        works=[Work(row["work"])],
        why="Works at Wrenshire.",
        team=team,
        leader=staff.get(row.get("leader", "")),
        by=by,
        at=OPENED,
    )


def _mark(by: Account) -> None:
    """Mark the store as a demo store, so that it may be opened again as one and no other may."""
    Setting.objects.create(
        key=MARK, value=True, since=OPENED.date(), why="Everyone here is invented.", set_by=by, recorded_at=OPENED
    )


def _sign_in(row: dict[str, Any], password: str) -> dict[str, str]:
    role = ROLES[Work(row["work"])].shown_as
    return {"role": role, "name": row["name"], "username": row["key"], "password": password}
