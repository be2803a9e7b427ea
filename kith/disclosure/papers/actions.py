"""The one way out: a paper for one named person, numbered, kept, and on the ledger."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.disclosure.papers import policies
from kith.disclosure.papers.models import Rendition
from kith.disclosure.papers.queries import Chosen
from kith.kit.refusal import require
from kith.people.persons.models import File, Membership
from kith.people.persons.queries import lock_files

LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words; none that is mistaken for another


def new_number() -> str:
    """Make the number a paper carries: eight letters and figures that count nothing."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


@action
def give_paper(
    *,
    chosen: Chosen,
    files: Sequence[File],
    members: Sequence[Membership],
    title: str,
    number: str,
    pdf: bytes,
    by: Actor,
    at: datetime,
) -> Rendition:
    """Keep one copy for one person and note that it was made. The words are checked again before it counts."""
    files = lock_files(files)
    require(policies.give_paper(actor=by, files=files, members=members, chosen=chosen))
    digest = sha256(pdf).hexdigest()
    made = Rendition.objects.create(
        number=number,
        entry=chosen.entry,
        recipient=chosen.recipient,
        title=title,
        pdf=pdf,
        digest=digest,
        left_out=chosen.left_out,
        made_by_id=by.account_id,
        made_at=at,
    )
    note(
        "paper.given",
        about=made,
        files=[f.ref for f in files],
        recipient=str(chosen.recipient.ref),
        digest=digest,
        number=number,
        left_out=chosen.left_out,
    )
    return made
