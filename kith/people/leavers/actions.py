"""The verb of somebody's last day: every tie ends, and each child they leave behind is somebody's from that moment."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from kith.access.accounts.models import Account
from kith.access.accounts.queries import holding
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices.actions import tell
from kith.access.roles import Work
from kith.council.teams import actions as teams
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import require
from kith.people.involvement.actions import write_tie
from kith.people.involvement.models import STANDS_IN, Relation
from kith.people.leavers import policies
from kith.people.leavers.queries import kept_by, line_above, named_on, stands_in, ties_to_end
from kith.people.persons.models import File
from kith.people.persons.queries import lock_files

LEFT = "They have left."


@action
def say_goodbye(*, account: Account, why: str, by: Actor, at: datetime) -> Account:
    """End everything somebody holds here when they leave: account, work, teams, lines, clearance, and every tie (PV-5).

    Bars stay: whoever comes back is kept from what they were kept from. Each open file they were allocated to
    goes to whoever leads them, as somebody who stands in until another is allocated. A closed file goes to
    nobody new: those still named on it are told, or information governance where nobody is. The one who looks
    after accounts learns nothing of whose files these are.
    """
    require(policies.say_goodbye(actor=by, account=account))
    line, ties = line_above(account, at=at), ties_to_end(account, at=at)
    left = lock_files([*(t.file for t in ties if t.kind == Tie.ALLOCATED), *kept_by(account)])
    _end(ties, at)
    teams.say_goodbye(account=account, why=why, by=by, at=at)
    _tell_heirs(account, _hand_on([f for f in left if f.level == Level.OPEN], line, by, at), line, by, at)
    for file in (f for f in left if f.level != Level.OPEN):
        _tell_the_named(file, account, by, at)
    note("leaver.files", about=account, files=[t.file.ref for t in ties], left=len(left))
    return account


def _end(ties: Sequence[Relation], at: datetime) -> None:
    """End each tie now; one that had yet to begin ends as it begins, which is never."""
    ids = [t.pk for t in ties]
    Relation.objects.filter(pk__in=ids, since__lte=at).update(until=at, why_ended=LEFT)
    for tie in (t for t in ties if t.since > at):
        Relation.objects.filter(pk=tie.pk).update(until=tie.since, why_ended=LEFT)


def _hand_on(files: Sequence[File], line: Sequence[Account], by: Actor, at: datetime) -> dict[Account | None, int]:
    """Tie each open file to the nearest of the line who is not kept from it. Gives how many went to whom."""
    heirs: dict[Account | None, int] = defaultdict(int)
    for file in files:
        heir = stands_in(file, line, at=at)
        heirs[heir] += 1
        if heir is not None:
            write_tie(file, Tie.COWORKER, by, at, STANDS_IN, staff=heir)
            note("file.tied", about=file, files=[file.ref], kind=Tie.COWORKER, staff=str(heir.ref))
    return heirs


def _tell_heirs(
    account: Account, heirs: dict[Account | None, int], line: Sequence[Account], by: Actor, at: datetime
) -> None:
    link = reverse("without-worker")
    told = {a: n for a, n in heirs.items() if a is not None} or dict.fromkeys(line[:1], 0)
    for heir, count in told.items():
        if heir.pk != by.account_id:
            tell(account=heir, kind="leaver", words=_words(account, count), link=link, by=by, at=at)
    if heirs.get(None):
        words = f"{account.name} has left, and nobody could be found to stand in. Somebody must say who works next."
        _tell_governance("leaver", words, by, at)


def _words(account: Account, count: int) -> str:
    if not count:
        return f"{account.name} has left. No child was allocated to them alone."
    children = "one child" if count == 1 else f"{count} children"
    return f"{account.name} has left, and {children} they worked with now wait for you to say who will."


def _tell_the_named(file: File, account: Account, by: Actor, at: datetime) -> None:
    """Tell those named on a closed file; a place that names nobody goes to governance, without saying whose it is."""
    words = f"{account.name} has left, who worked with or kept a file you are named on. Please say who does now."
    link = reverse("workers", args=[file.ref])
    named = [a for a in named_on(file, but=account.pk, at=at) if a.pk != by.account_id]
    for other in named:
        tell(account=other, kind="leaver-closed", words=words, link=link, by=by, at=at)
    if not named:
        words = f"{account.name} has left, and a file held closely has nobody left who is named on it."
        _tell_governance("leaver-closed", words, by, at)


def _tell_governance(kind: str, words: str, by: Actor, at: datetime) -> None:
    for account in holding([Work.GOVERNANCE], at=at):
        if account.pk != by.account_id:
            tell(account=account, kind=kind, words=words, by=by, at=at)
