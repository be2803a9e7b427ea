"""Stored files: pictures, scans and recordings. They have no address of their own; their Entry serves them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds


class StoredFile(models.Model):
    """One file as we keep it: checked by content, pictures re-encoded, metadata gone.

    Its bytes lie by hash in the data folder.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    shown_as = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    kept_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    kept_at = models.DateTimeField()
    shows = kinds(core="shown_as", plumbing="ref media_type size digest kept_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="storedfile_not_empty")]
