"""Each breaking of the glass, and who was told of it. Levels and ties are rows of the shelves beneath."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from kith.framework.kinds import Keep, kinds

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
