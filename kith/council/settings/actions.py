"""The one verb of settings. A change never overwrites: it counts from its day, and the old one is still there."""

from datetime import date, datetime

from django.utils import timezone

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.council.settings import policies
from kith.council.settings.models import Setting
from kith.council.settings.queries import mark_of
from kith.kit.changed import as_read
from kith.kit.refusal import require


@action
def change_setting(
    *, key: str, value: int | str, since: date, why: str, read: str = "", by: Actor, at: datetime
) -> Setting:
    """Set something from a day, saying why. `read` is the mark of the newest change its writer had before them."""
    today = timezone.localdate(at)
    require(as_read(read, mark_of(key)))
    require(policies.change_setting(actor=by, key=key, value=value, since=since, today=today))
    changed = Setting.objects.create(
        key=key, value=value, since=since, why=why, set_by_id=by.account_id, recorded_at=at
    )
    note("setting.changed", about=changed, key=key, value=value, since=str(since))
    return changed
