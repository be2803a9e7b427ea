"""Messages from the record to the people who work here."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kith.access.accounts.models import Account
from kith.framework.kinds import Keep, kinds


class Notice(models.Model):
    """Something one worker must be told: a break-glass, a search that met a restricted record, a draft held.

    `words` never names a person a family knows; `link` is an address the reader's own sight still guards.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=500)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    shows = kinds(staff="kind words link at read_at", plumbing="ref")
    keeps = Keep.STAFF

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="notice_newest")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="notice_says_something")]
