"""Our work with a child, level by level, and the dated ties between workers and files that sight reads."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.access.accounts.models import FOREVER
from kith.framework.kinds import Keep, Tie, kinds

STANDS_IN = "Their worker has left. Stands in until somebody is allocated."
"""Why a leader is tied to a file whose worker has left: the tie ends with the day on which another is allocated."""


class Involvement(models.Model):
    """A period of work with one child at one level: family help, child in need, protection, in care, leaver.

    Levels are the framework's (domain 6.1). Ended with a reason; the next one begins where this one ended.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="involvements")
    family = models.ForeignKey("people.Family", on_delete=models.PROTECT, related_name="involvements")
    level = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    why = models.CharField(max_length=1000)
    why_ended = models.CharField(max_length=1000, blank=True)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(index="level since until", core="why why_ended", plumbing="ref recorded_at")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="involvement_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(why=""), name="involvement_has_a_reason"),
            models.UniqueConstraint(
                fields=["file", "level"], condition=Q(until=FOREVER), name="involvement_one_open_at_a_level"
            ),
        ]


class Relation(models.Model):
    """A dated tie between one worker or team and one file. `until` is never null: forever is a date.

    `manages` is derived from who leads whom, never stored. Ending a tie ends access the same moment (PV-5).
    """

    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="relations", db_index=False)
    kind = models.CharField(max_length=12)
    staff = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, related_name="relations", db_index=False
    )
    team = models.ForeignKey(
        "council.Team", on_delete=models.PROTECT, null=True, related_name="relations", db_index=False
    )
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    why = models.CharField(max_length=500)
    why_ended = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(index="kind since until", core="why why_ended", plumbing="recorded_at")
    keeps = Keep.TRAIL

    class Meta:
        indexes = [
            models.Index(fields=["file", "kind", "staff"], name="relation_on"),
            models.Index(fields=["staff", "until", "kind", "file"], name="relation_of_staff"),
            models.Index(fields=["team", "until", "file"], name="relation_of_team"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="team", team__isnull=False, staff__isnull=True)
                | (~Q(kind="team") & Q(staff__isnull=False, team__isnull=True)),
                name="relation_staff_or_team",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[t.value for t in Tie if t is not Tie.MANAGES]),
                name="relation_kind_known",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="relation_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(why=""), name="relation_has_a_reason"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(kind="allocated", until=FOREVER), name="relation_one_allocated"
            ),
        ]
