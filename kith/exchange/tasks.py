"""Night work on the whole record: ask every invariant, walk both ledgers, and say so when something is wrong."""

from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kith.access.accounts.queries import holding
from kith.access.actor import Actor
from kith.access.audit.verify import verify
from kith.access.notices.actions import tell
from kith.access.roles import Work
from kith.exchange.check import breaches

NIGHT = Actor(0, UUID("00000000-0000-4000-8000-00000000c4ec"), "Checking the record at night", frozenset())
ENOUGH = 1_000
"""So many breaches are counted; beyond it they are not, since one mend is wanted first."""


@task()
def check_record() -> int:
    """Ask and walk, once a night; give how many faults were found (trust B 14, and D: verified, not only kept)."""
    return look_over(at=timezone.now())


def look_over(*, at: datetime) -> int:
    """Tell information governance and the administrators what is wrong, in a number and a command, never a name."""
    broken = sum(1 for _ in islice(breaches(), ENOUGH))
    torn = verify().first
    words = []
    if broken:
        what = f"{broken} breaches" if broken > 1 else "one breach"
        words.append(f"Tonight’s check of the record found {what} of its rules. Type: kith check")
    if torn:
        words.append("A ledger is not whole: a row was changed or is missing. Type: kith audit verify")
    if words:
        with transaction.atomic():
            for account in holding((Work.GOVERNANCE, Work.ADMINISTRATOR), at=at):
                tell(account=account, kind="record-check", words=" ".join(words), by=NIGHT, at=at)
    return broken + (torn is not None)
