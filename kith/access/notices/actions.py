"""The verb of telling: put something before people who work here."""

from collections.abc import Sequence
from datetime import datetime

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices import policies
from kith.access.notices.models import Notice
from kith.kit.refusal import require


@action
def tell(
    *,
    accounts: Sequence[Account],
    kind: str,
    words: str,
    link: str = "",
    by: Actor,  # noqa: ARG001 - the ledger names who acted; the grammar asks for it here
    at: datetime,
) -> list[Notice]:
    """Tell each of these people something. `words` name nobody a family knows; `link` is guarded by their own sight.

    Raises `Refused` when there are no words.
    """
    require(policies.tell(words=words))
    made = [Notice.objects.create(account=a, kind=kind, words=words, link=link, at=at) for a in accounts]
    note("notice.given", kind=kind, to=sorted(str(a.ref) for a in accounts))
    return made
