"""What the floor of a worker's desk reads: a query for each section, and nothing judged."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from kith.access.notices.models import Notice
from kith.casework.decisions.models import Decision
from kith.casework.visits.models import Promise
from kith.casework.visits.queries import Promised
from kith.desk.day.due import due_for
from kith.desk.day.lines import Line, add_work, families_with, lay_out, standing_entries
from kith.desk.day.queries import Day, in_visiting_order
from kith.people.drafts.models import Draft
from kith.people.entries.models import Paragraph
from kith.people.entries.queries import Reading
from kith.people.involvement.models import Relation
from kith.people.persons.models import File


def day(me: int, at: datetime) -> Day:
    """Give the families of a worker, with what stands in each, what is promised, due and waiting."""
    files = Relation.objects.filter(staff=me, since__lte=at, until__gt=at).exclude(file__level__gt=0)
    lines = families_with(list(files.values_list("file_id", flat=True)), at=at)
    add_work(lines, at=at)
    everybody = {line.family.pk: line.files for line in lines}
    entries = standing_entries(list(everybody))
    lay_out(lines, entries, {e.pk: Reading(e, everybody[e.family_id], [], shared_open=True) for e in entries})
    promises = _promises(lines)
    for line in lines:
        line.promises = [p for p in promises if p.promise.entry.family_id == line.family.pk]
    today = timezone.localdate(at)
    waiting = Decision.objects.waiting().filter(entry__family__in=list(everybody))
    return Day(
        today,
        in_visiting_order(lines),
        [],
        promises,
        due_for(lines, today),
        list(waiting.select_related("entry__author", "entry__family").order_by("entry__recorded_at", "pk")),
        list(Notice.objects.filter(account=me, read_at__isnull=True).order_by("-at", "-pk")[:20]),
        list(Draft.objects.filter(author=me).order_by("-kept_at")),
        {},
    )


def _promises(lines: Sequence[Line]) -> list[Promised]:
    families = [line.family.pk for line in lines]
    rows = Promise.objects.open().filter(entry__family__in=families).select_related("to", "made_by", "entry__family")
    found = list(rows.order_by("due_on", "pk"))
    said = Paragraph.objects.filter(part__entry__in=[p.entry_id for p in found], slot="promise").select_related("part")
    words = {(p.part.entry_id, p.row): p.text for p in said}
    files: dict[int, list[File]] = {line.family.pk: line.files for line in lines}
    return [Promised(p, words[p.entry_id, p.row], files[p.entry.family_id]) for p in found]
