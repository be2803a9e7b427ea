"""Questions about unfinished words: mine, those beside mine, and those held for somebody I lead.

An author is shown a draft only while every file it was written about is open to them to write. That is
read from sight at each asking, never stored, so what is lost is lost at the next request.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kith.access.actor import Actor
from kith.framework.kinds import Content, Verb
from kith.people.drafts.models import Draft, DraftFile
from kith.people.persons.models import Family, File
from kith.people.persons.queries import files_of, members_of
from kith.people.sight.queries import sight_of

HELD_FOR = timedelta(days=30)
"""How long a leader may open words their author has lost (local)."""


def size(fields: Mapping[str, Sequence[str]]) -> int:
    """Count the characters of a form: names of boxes and what is in them."""
    return sum(len(name) + sum(map(len, values)) for name, values in fields.items())


def writable(actor: Actor, place: str, *, at: datetime) -> list[File]:
    """Give the files of a family, or the one file, at this address that the actor may write to now."""
    ref = _as_ref(place)
    if ref is None:
        return []
    files = list(File.objects.filter(ref=ref))
    if family := None if files else Family.objects.filter(ref=ref).first():
        files = files_of(members_of(family, at=at))
    may = actor.sees([f.pk for f in files], Verb.WRITE, Content.CORE) if files else frozenset()
    return [f for f in files if f.pk in may]


def _as_ref(place: str) -> UUID | None:
    try:
        return UUID(place)
    except ValueError:
        return None


def files_by_draft(drafts: Iterable[Draft]) -> dict[int, set[int]]:
    """Give the ids of the files each draft was written about, by the draft's id."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = DraftFile.objects.filter(draft__in=[d.pk for d in drafts])
    for draft_id, file_id in rows.values_list("draft_id", "file_id"):
        found[draft_id].add(file_id)
    return found


def files_lost(actor: Actor, drafts: Sequence[Draft]) -> frozenset[int]:
    """Give the ids of those of an author's drafts that are lost to them: a file they were about is closed."""
    about = files_by_draft(drafts)
    wanted = {f for files in about.values() for f in files}
    may = actor.sees(wanted, Verb.WRITE, Content.CORE) if wanted else frozenset()
    return frozenset(d.pk for d in drafts if not actor.work or about[d.pk] - may)


def drafts_of(actor: Actor) -> list[Draft]:
    """Give this author's unfinished words, newest first; none whose file they have lost. For the desk."""
    mine = list(Draft.objects.filter(author=actor.account_id).order_by("-kept_at", "-pk"))
    lost = files_lost(actor, mine) if mine else frozenset()
    return [d for d in mine if d.pk not in lost]


def drafts_for(actor: Actor, form: str, place: str) -> list[Draft]:
    """Give this author's words for this form here: the newest to go on with, then those kept beside it."""
    mine = list(Draft.objects.filter(author=actor.account_id, form=form, place=place).order_by("-version"))
    lost = files_lost(actor, mine) if mine else frozenset()
    return [d for d in mine if d.pk not in lost]


def my_draft(actor: Actor, ref: UUID) -> Draft | None:
    """Find one of this author's own drafts by its address. Unknown, another's and lost are all None."""
    draft = Draft.objects.filter(ref=ref, author=actor.account_id).first()
    return None if draft is None or files_lost(actor, [draft]) else draft


def held_for(actor: Actor, *, at: datetime) -> list[Draft]:
    """Give the held words of everyone this leader leads, oldest first, while they are held (30 days)."""
    led = sight_of(actor).led
    rows = Draft.objects.filter(author__in=led, held_since__gt=at - HELD_FOR, held_since__lte=at)
    return list(rows.select_related("author").order_by("held_since", "pk")) if led else []


def place_names(drafts: Iterable[Draft]) -> dict[str, str]:
    """Give the name of the family or child each place stands for. Only for drafts their reader may see."""
    refs = {ref for d in drafts if (ref := _as_ref(d.place))}
    names = {str(r): name for r, name in Family.objects.filter(ref__in=refs).values_list("ref", "name")}
    people = File.objects.filter(ref__in=refs).values_list("ref", "person__known_as")
    return names | {str(r): name for r, name in people}
