"""Who looked, in words: at a family's record, and among the people somebody leads (trust design D, B 28)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.queries import Seen, looks_at, looks_by
from kith.access.roles import Work
from kith.desk.looked.ties import TiesThen
from kith.framework.kinds import Content, Tie, Verb
from kith.kit.wording import clock_time, listed
from kith.people.involvement.frame import Opened
from kith.people.persons.models import File
from kith.people.sight.queries import sight_of

FAMILY_DAYS, TEAM_DAYS, MOST = 90, 14, 1_000
PAGES = {
    "contact": "a first call",
    "contact form": "the page where a call is decided",
    "contacts": "the calls waiting to be decided",
    "decision": "a decision",
    "decisions": "the decisions",
    "desk": "their own desk, where the family came up",
    "draft": "a draft of their own",
    "drafts": "their own drafts, where the family came up",
    "entry": "one thing that was written down",
    "entry form": "the page where somebody’s words are added to what was written",
    "family": "the family page",
    "file level": "how closely the file is held",
    "glass asked": "the page where the glass is broken",
    "grant": "a breaking of the glass",
    "handover": "what a worker who takes over reads",
    "held draft": "a draft kept for somebody else",
    "list": "a list in which the family came up",
    "looks of my people": "what the people they lead have looked at",
    "merge": "two records that may be one person",
    "my team": "the page of those they lead, where the family came up",
    "note": "a note",
    "paper": "a paper before it was given",
    "paper copy": "a copy of a paper that was given",
    "papers": "the papers",
    "person": "the page of one person",
    "plan": "the plan",
    "promise": "a promise",
    "seal": "something that is sealed",
    "search": "a search in which the family came up",
    "stored file": "a picture or a stored paper",
    "timeline": "the timeline",
    "who has looked": "who has looked at this record",
    "scores form": "the page where numbers are written",
    "worker form": "the page where it is said who works with them",
    "workers": "who works with them",
    "worries": "the worries and goals",
    "worry": "a worry",
}
TIES = {
    Tie.ALLOCATED: "allocated",
    Tie.COWORKER: "working beside",
    Tie.MANAGES: "leads the worker",
    Tie.TEAM: "in the team that holds the file",
    Tie.CHAIRS: "chairs the meetings",
    Tie.NAMED: "named on the file",
    Tie.GLASS: "had broken the glass",
}


@dataclass(frozen=True)
class Line:
    """What one person looked at on one day, with which tie, and each time they did."""

    page: str
    whom: str
    tie: str
    times: str
    mark: str = ""


@dataclass(frozen=True)
class Looker:
    """One person on one day: their name, their work then, and what they looked at."""

    on: date
    name: str
    work: str
    lines: list[Line]


@dataclass(frozen=True)
class Looks:
    """Who looked at a record: first those without a tie to it, then everyone by day."""

    untied: list[Looker]
    days: list[tuple[date, list[Looker]]]
    cut: bool  # there are older looks than these


@dataclass(frozen=True)
class _Told:
    """One look with what was true when it was taken."""

    seen: Seen
    account: Account
    files: list[File]
    ties: frozenset[Tie]
    work: str

    @property
    def day(self) -> date:
        return timezone.localtime(self.seen.at).date()

    @property
    def tied(self) -> bool:
        return bool(self.ties - {Tie.BARRED})


def page_in_words(what: str) -> str:
    """Say in words what was looked at; a page this list does not know is called by its own name."""
    if what.endswith(" form") and what not in PAGES:
        return f"the page where a {what.removesuffix(' form')} is written"
    return PAGES.get(what, f"the page called “{what}”")


def tie_in_words(ties: frozenset[Tie]) -> str:
    """Say which tie allowed it, the nearest first; or that there was none."""
    if Tie.BARRED in ties:
        return "barred from the file"
    return listed([words for tie, words in TIES.items() if tie in ties]) or "no tie"


def looks_at_family(opened: Opened) -> Looks:
    """Give who has looked at the open files of a family in the last 90 days. Of other files it tells nothing."""
    since = opened.at - timedelta(days=FAMILY_DAYS)
    seen = looks_at(opened.refs, since, opened.at, most=MOST + 1)
    told = _with_ties(seen[:MOST], opened.files, since, opened.at)
    names = {m.person.file.pk: m.person.known_as for m in opened.members if hasattr(m.person, "file")}
    days: dict[date, list[_Told]] = defaultdict(list)
    for one in told:
        days[one.day].append(one)
    untied = [one for one in told if one.seen.opened and not one.tied]
    by_day = [(on, _lookers(rows, names)) for on, rows in days.items()]
    return Looks(_lookers(untied, names), by_day, cut=len(seen) > MOST)


def answers_for_all(actor: Actor) -> bool:
    """Say whether this reader answers for everybody's looks, not only those of people they lead."""
    return Work.GOVERNANCE in actor.work


def looks_of_my_people(actor: Actor, *, at: datetime) -> tuple[list[Looker], list[UUID]]:
    """Give the looks of the last 14 days by people this actor leads, at records they had no tie to.

    Information governance answers for everybody's looks (trust D), and is told whose a record is where a search would
    find it. A record the reader may not know of is not named, only marked. Gives also the addresses of the files named.
    """
    since, governs = at - timedelta(days=TEAM_DAYS), answers_for_all(actor)
    people = Account.objects.all() if governs else Account.objects.filter(pk__in=sight_of(actor).led)
    seen = looks_by([account.ref for account in people], since, at)
    files = list(File.objects.filter(ref__in={f for one in seen for f in one.files}).select_related("person"))
    untied = [one for one in _with_ties(seen, files, since, at) if not one.tied]
    known = (Verb.FIND, Content.INDEX) if governs else (Verb.READ, Content.CORE)
    mine = actor.sees({f.pk for one in untied for f in one.files}, *known)
    names = {f.pk: f.person.known_as for f in files if f.pk in mine}
    return _lookers(untied[:MOST], names), [f.ref for f in files if f.pk in mine]


def _with_ties(seen: Sequence[Seen], files: Iterable[File], since: datetime, until: datetime) -> list[_Told]:
    accounts = {a.ref: a for a in Account.objects.filter(ref__in={one.account for one in seen})}
    by_ref = {f.ref: f for f in files}
    then = TiesThen([a.pk for a in accounts.values()], [f.pk for f in by_ref.values()], since, until)
    told = []
    for one in seen:
        account = accounts[one.account]
        shown = sorted((by_ref[ref] for ref in one.files if ref in by_ref), key=lambda f: f.pk)
        ties = frozenset(tie for f in shown for tie in then.between(account.pk, f.pk, one.at))
        told.append(_Told(one, account, shown, ties, listed(then.work(account.pk, one.at))))
    return told


def _lookers(told: Iterable[_Told], names: dict[int, str]) -> list[Looker]:
    """Gather looks by day and person, newest day first."""
    gathered: dict[tuple[date, str, str, int], list[_Told]] = defaultdict(list)
    for one in told:
        gathered[one.day, one.account.name, one.work, one.account.pk].append(one)
    return [Looker(on, name, work, _lines(rows, names)) for (on, name, work, _), rows in gathered.items()]


def _lines(told: Iterable[_Told], names: dict[int, str]) -> list[Line]:
    gathered: dict[tuple[str, str, str], list[_Told]] = defaultdict(list)
    for one in told:
        whom = listed([names[f.pk] for f in one.files if f.pk in names])
        gathered[page_in_words(one.seen.what), whom, tie_in_words(one.ties)].append(one)
    return [
        Line(page, whom, tie, _times(rows), "" if whom else rows[0].seen.mark)
        for (page, whom, tie), rows in gathered.items()
    ]


def _times(told: Iterable[_Told]) -> str:
    return listed(list(dict.fromkeys(clock_time(one.seen.at) for one in reversed(list(told)))))
