"""Where somebody is signed in, and how often a door has been tried in vain."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.access.accounts.models import Account
from kith.framework.kinds import Keep, kinds


class SignIn(models.Model):
    """One stay: from signing in until signing out. `session` is a hash: the row opens nothing by itself."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sign_ins", db_index=False)
    session = models.CharField(max_length=32)
    how = models.CharField(max_length=40)
    device = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    shows = kinds(staff="how device began_at seen_at ended_at", plumbing="ref session")
    keeps = Keep.STAFF

    class Meta:
        indexes = [models.Index(fields=["account", "-seen_at"], name="signin_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="signin_ends_after_it_begins",
            )
        ]


class Attempt(models.Model):
    """How often one door was tried in vain of late. `key` is a hash of whose door and from where."""

    key = models.CharField(max_length=32, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    shows = kinds(plumbing="key count since last_at")
    keeps = Keep.WHILE_OPEN

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="attempt_oldest")]
