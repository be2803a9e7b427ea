"""The verbs of notices: tell a worker something, and say that it was read."""

from datetime import datetime

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices import policies
from kith.access.notices.models import Notice
from kith.kit.refusal import require


@action
def tell(*, account: Account, kind: str, words: str, link: str = "", by: Actor, at: datetime) -> Notice:
    """Write one worker a notice. `words` never name anyone a family knows; `link` is guarded by the reader's sight."""
    require(policies.tell(actor=by, account=account))
    notice = Notice.objects.create(account=account, kind=kind, words=words, link=link, at=at)
    note("notice.sent", about=notice, kind=kind, to=str(account.ref))
    return notice


@action
def read_notice(*, notice: Notice, by: Actor, at: datetime) -> Notice:
    """Say that a notice has been read. The first reading is the one that is kept."""
    require(policies.read_notice(actor=by, notice=notice))
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
    notice.refresh_from_db()
    note("notice.read", about=notice)
    return notice
