"""Every written situation again, as dated rows in the store, asked as a page asks it (PV-5, trust C: ended is ended).

The table says who the worker is, which ties are in force, and which have `ended` or are yet to begin (`future`). Here
each becomes a row with its days: ended at this very moment, or beginning with the next. `judge` alone never sees a day.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from kith.access.accounts.models import FOREVER, Account, Clearance, RoleHeld
from kith.access.accounts.queries import with_posts
from kith.access.roles import Work
from kith.council.teams.models import Agency, Leads, Team, TeamMember
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.people.persons.models import File, Person
from kith.people.sight.queries import actor_for, sight_of
from kith.people.sight.rules import Situation, judge
from tests.access.test_situations import WRITTEN, _situation
from tests.cast import EARLIER, NOW, make_account, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SOON = NOW + timedelta(microseconds=1)
SPANS = {
    "relations": {"since": EARLIER, "until": FOREVER},
    "ended": {"since": EARLIER, "until": NOW},
    "future": {"since": SOON, "until": FOREVER},
}
DATED = [row for row in WRITTEN if "ended" in row or "future" in row]
WHEN = {"ended": NOW - timedelta(microseconds=1), "future": SOON}


@dataclass(frozen=True)
class Made:
    """One situation as rows: the worker, and the file."""

    worker: Account
    file: File

    def eyes(self, at: datetime = NOW, *, as_a_page: bool = True):
        """Whoever asks: as a request reads them (their posts in one query, each file once), or as an act does."""
        account = with_posts(self.worker.pk) if as_a_page else self.worker
        return actor_for(account, at=at, only_reads=as_a_page)


def in_the_store(row: dict) -> Made:
    """Write one situation as rows: the work held, each tie with its days, the level and the clearance."""
    keeper = make_account("keeper", "Keeps the store", Work.TEAM_LEADER)
    works = _situation(row).work
    worker = make_account("worker", row["name"].split()[0].strip("’,"), *works)
    if not works:
        RoleHeld.objects.create(account=worker, work=Work.SOCIAL_WORKER, since=EARLIER, until=NOW, why="left")
    if row["cleared"]:
        Clearance.objects.create(account=worker, since=EARLIER, why="adoption", given_by=keeper)
    child = Person.objects.create(known_as="Ellis", recorded_by=keeper, recorded_at=EARLIER)
    file = File.objects.create(person=child, opened_at=EARLIER, level=Level[row["level"].upper()])
    for span, days in SPANS.items():
        for kind in row.get(span, ()):
            _tie(file, Tie(kind), worker, days)
    return Made(worker, file)


def _tie(file: File, kind: Tie, worker: Account, days: dict) -> None:
    """Tie the worker as this kind of tie is kept: by themselves, through their team, or through whom they lead."""
    if kind is Tie.TEAM:
        agency = Agency.objects.create(name="Wrenshire", kind="council")
        team = Team.objects.create(name="Mornings team", agency=agency)
        TeamMember.objects.create(team=team, account=worker, **days)
        tie(file, kind, team=team)
    elif kind is Tie.MANAGES:
        beneath = make_account("beneath", "Somebody they lead", Work.SOCIAL_WORKER)
        Leads.objects.create(leader=worker, worker=beneath, **days)
        tie(file, Tie.COWORKER, beneath)
    else:
        tie(file, kind, worker, **days)


def answer(made: Made, row: dict, at: datetime = NOW, *, as_a_page: bool = True) -> str:
    """Ask the scope what a page asks it: which of these files, and failing that, does an exact match show a stub."""
    actor = made.eyes(at, as_a_page=as_a_page)
    verb, content = Verb(row["verb"]), Content(row["content"])
    if actor.sees([made.file.pk], verb, content):
        return "yes"
    return "stub" if verb is Verb.MATCH and sight_of(actor).stubs([made.file.pk]) else "no"


@pytest.mark.parametrize("row", WRITTEN, ids=[r["name"][:80] for r in WRITTEN])
def test_a_written_situation_kept_as_dated_rows_has_the_expected_answer(row):
    made = in_the_store(row)
    assert answer(made, row) == row["expect"], row["because"]
    assert answer(made, row, as_a_page=False) == row["expect"], row["because"]
    asked = sight_of(made.eyes()).situations([made.file.pk], Verb(row["verb"]), Content(row["content"]))
    assert asked[made.file.pk] == _situation(row), "the rows are the situation that was written, and no other"
    read = row["verb"] == "read" and row["content"] == "core" and bool(row["relations"])
    listed = made.file.pk in sight_of(made.eyes()).my_files()
    assert not read or listed is (row["expect"] == "yes"), "what I may read through a tie of mine is in my own lists"


def _undated(row: dict) -> Situation:
    """The same situation for eyes that see no days: everything that ended or is to come counts as well."""
    ties = [*row["relations"], *row.get("ended", ()), *row.get("future", ())]
    return replace(_situation(row), ties=frozenset(map(Tie, ties)))


@pytest.mark.parametrize("row", DATED, ids=[r["name"][:80] for r in DATED])
def test_what_has_ended_or_not_begun_did_or_will_count_a_moment_away(row):
    """The control: the row is a real one. The moment before it ended, or the moment it begins, it is in the situation."""
    made = in_the_store(row)
    (span,) = {"ended", "future"} & set(row)
    then = _undated(row)
    sight = sight_of(made.eyes(WHEN[span]))
    assert sight.situations([made.file.pk], then.verb, then.content)[made.file.pk] == then
    seen = made.eyes(WHEN[span]).sees([made.file.pk], then.verb, then.content)
    assert bool(seen) is judge(then)[0]


def test_eleven_situations_turn_on_a_day_and_most_are_answered_otherwise_a_moment_away():
    """So that the table cannot come to say nothing of days: what it says has ended would have been answered the other way."""
    told = [row for row in DATED if judge(_situation(row))[0] is not judge(_undated(row))[0]]
    assert len(DATED) == 11
    assert len(told) == 9
