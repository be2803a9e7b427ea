"""Questions about what the record has told somebody."""

from uuid import UUID

from kith.access.actor import Actor
from kith.access.notices.models import Notice

SHOWN = 100


def my_notices(actor: Actor) -> tuple[list[Notice], list[Notice]]:
    """Give this reader's unread notices, and the hundred newest they have read. Each newest first; one query each."""
    mine = Notice.objects.filter(account=actor.account_id).order_by("-at", "-pk")
    return list(mine.filter(read_at__isnull=True)), list(mine.filter(read_at__isnull=False)[:SHOWN])


def my_notice(actor: Actor, ref: UUID) -> Notice | None:
    """Find one notice of this reader's own. Unknown and somebody else's alike: None."""
    return Notice.objects.filter(account=actor.account_id, ref=ref).first()
