"""The one verb of sight: telling those who keep a hidden file that somebody met it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices.actions import tell
from kith.access.notices.models import Notice
from kith.framework.kinds import Level
from kith.kit.refusal import require
from kith.people.persons.models import File
from kith.people.sight import policies
from kith.people.sight.finding import keepers_of

SEARCHED = {
    Level.RESTRICTED: "searched for exactly somebody whose file you keep, and was told to speak to you",
    Level.SEALED: "searched for exactly somebody whose file you keep, and was shown nothing. Please ring them",
}
OPENED = "began a second record for somebody whose file you keep, and was shown nothing. Please ring them"


@action
def tell_keepers(*, query: str, met: Sequence[File], by: Actor, at: datetime) -> None:
    """Put an exact search on the ledger, hashed, and tell the keeper of each closed file it met (PV-1, trust B 22).

    Run for every search that could be exact, whether or not anybody was met: the two take the same path.
    """
    require(policies.tell_keepers(actor=by))
    for file in met:
        if words := SEARCHED.get(Level(file.level)):
            _tell(file, "exact-match", words, by, at)
    note("search.exact", files=[f.ref for f in met], query=query)


@action
def tell_of_second_record(*, met: Sequence[File], by: Actor, at: datetime) -> None:
    """Tell the keepers of hidden files that a second record was begun for exactly the same person (trust B 22)."""
    require(policies.tell_keepers(actor=by))
    for file in met:
        _tell(file, "second-record", OPENED, by, at)
    note("person.second", files=[f.ref for f in met])


def _tell(file: File, kind: str, words: str, by: Actor, at: datetime) -> None:
    """Tell each keeper once: not again while they have yet to read that this person met a file of theirs."""
    said = f"{by.name} {words}."
    for account in keepers_of(file, at=at):
        if account.pk != by.account_id and not _told(account, kind, said):
            tell(account=account, kind=kind, words=said, link=_link(file), by=by, at=at)


def _link(file: File) -> str:
    """Where the keeper can look at how the file is held; their own sight guards it."""
    try:
        return reverse("file-level", args=[file.ref])
    except NoReverseMatch:
        return ""


def _told(account: Account, kind: str, words: str) -> bool:
    return Notice.objects.filter(account=account, kind=kind, words=words, read_at__isnull=True).exists()
