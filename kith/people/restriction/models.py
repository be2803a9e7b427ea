"""Each breaking of the glass, who was told of it, and each asking to unseal. Levels and ties are rows beneath."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from kith.framework.kinds import Keep, Level, kinds

models.CharField.register_lookup(Length)


class Grant(models.Model):
    """The glass was broken (PV-2): who, why in 20 characters or more, for at most 60 minutes, and what came of it."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="grants")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(max_length=1000)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=1000, blank=True)
    shows = kinds(staff="reason finding", plumbing="ref since until reviewed_at")
    keeps = Keep.TRAIL

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__length__gte=20), name="grant_has_a_reason"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="grant_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")),
                name="grant_reviewed_by_another",
            ),
        ]


class Alerted(models.Model):
    """One person was told that the glass was broken, and so may look into why (PV-2: two people who are not barred)."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="alerted")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    shows = kinds(staff="at")
    keeps = Keep.TRAIL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "account"], name="alerted_once")]


class Unsealing(models.Model):
    """Somebody asked for a sealed file to be held less closely. It stays sealed until a second person agrees.

    Two people, as for joining records (trust A, ASVS 2.3.5). `level` is what it becomes, with `custodian` when that
    is restricted. It ends agreed, or left as it was; `ended_by` says who, and one waits on a file at a time.
    """

    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="unsealings")
    level = models.PositiveSmallIntegerField(choices=[(0, "Open"), (1, "Restricted")])
    why = models.CharField(max_length=1000)
    custodian = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(default=False)
    ended_by = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    shows = kinds(staff="level why agreed", plumbing="asked_at ended_at")
    keeps = Keep.TRAIL

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="unsealing_has_a_reason"),
            models.CheckConstraint(condition=Q(level__lt=int(Level.SEALED)), name="unsealing_opens"),
            models.CheckConstraint(condition=Q(agreed=False) | ~Q(ended_by=F("asked_by")), name="unsealing_two_people"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, agreed=False)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="unsealing_ended_by_somebody",
            ),
            models.UniqueConstraint(fields=["file"], condition=Q(ended_at__isnull=True), name="unsealing_one_waits"),
        ]
