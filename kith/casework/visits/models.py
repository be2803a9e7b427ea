"""Time spent with a family, child by child, and what we promised. Words live in the entry's parts."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds

OUTCOMES = ("happened", "moved-by-us", "moved-by-family", "no-answer", "declined")
APART = frozenset({"phone", "video", "message"})
"""Places where nobody is in the room: a child heard there is not a child seen."""


class Visit(models.Model):
    """One meeting, or one that did not come off, beside its entry (domain 11.2). A correction is a newer entry.

    The words are paragraphs: `what`, `together`, `analysis`, `strengths`, `worries`, `promise` by row and
    `aside` (one adult's private matters) in the shared part; `words`, exactly as said, in each child's own.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="visit")
    outcome = models.CharField(max_length=20, default="happened")
    planned = models.BooleanField(null=True)
    shows = kinds(core="outcome planned")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="visit_outcome_known")]


class SeenQuerySet(models.QuerySet["Seen"]):
    """Words about children seen."""

    def counting(self) -> "SeenQuerySet":
        """Times this child was seen with us in the room, in notes nothing has replaced: what K16 counts from."""
        return self.filter(seen=True, visit__outcome="happened", visit__entry__superseded_by__isnull=True)


class Seen(models.Model):
    """Whether one child was seen at a visit, and for how long without grown-ups of the family (domain 11.2, K16).

    `alone_minutes`: 0 for none that day, 10, 30, or 60 for longer; empty where nobody said. `why_not` is why
    the child was not seen. `written_to` is set where the note is written to this child. Seen with this file only.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="children", db_index=False)
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="visits")
    seen = models.BooleanField()
    alone_minutes = models.PositiveSmallIntegerField(null=True)
    why_not = models.CharField(max_length=300, blank=True)
    written_to = models.BooleanField(default=False)
    shows = kinds(core="seen alone_minutes why_not written_to")
    keeps = Keep.INVOLVEMENT
    objects = SeenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "file"], name="seen_once_a_visit"),
            models.CheckConstraint(
                condition=Q(seen=True) | Q(alone_minutes__isnull=True) | Q(alone_minutes=0),
                name="seen_before_time_alone",
            ),
            models.CheckConstraint(condition=Q(seen=False) | Q(why_not=""), name="seen_or_why_not"),
        ]


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Words about promises."""

    def open(self) -> "PromiseQuerySet":
        """Not kept yet, in a note nothing has replaced."""
        return self.filter(kept_on__isnull=True, entry__superseded_by__isnull=True)


class Promise(models.Model):
    """Something a worker promised somebody (domain 11.3). What was promised is the entry's `promise` of this row.

    `due_on` moves when a broken promise is explained: `why_late` says what was told, `told_on` when.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="promises", db_index=False)
    row = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="promises")
    to = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="promised")
    due_on = models.DateField(null=True)
    kept_on = models.DateField(null=True)
    why_late = models.CharField(max_length=500, blank=True)
    told_on = models.DateField(null=True)
    shows = kinds(core="due_on kept_on why_late told_on", plumbing="ref row")
    keeps = Keep.INVOLVEMENT
    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "row"], name="promise_once_a_row"),
            models.CheckConstraint(condition=Q(told_on__isnull=True) | ~Q(why_late=""), name="promise_told_why"),
        ]
        indexes = [models.Index(fields=["made_by", "due_on"], name="promise_open", condition=Q(kept_on__isnull=True))]
