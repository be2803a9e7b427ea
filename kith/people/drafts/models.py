"""Unfinished words, kept on the server for their author alone, and held when their file is lost to them."""

from uuid import uuid4

from django.db import models

from kith.framework.kinds import Keep, kinds


class Draft(models.Model):
    """What one author has typed in one form for one child, family or nobody yet. Never shown on another's page.

    `place` is the address of the family or file the form is for, or empty for a form about nobody yet.
    `version` rises with each keeping, so that a second tab cannot overwrite silently: both texts are kept.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    author = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="drafts", db_index=False)
    form = models.CharField(max_length=40)
    place = models.CharField(max_length=64, blank=True)
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()
    held_since = models.DateTimeField(null=True)
    shows = kinds(core="fields", plumbing="ref form place version kept_at held_since")
    keeps = Keep.WHILE_OPEN

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form", "place"], name="draft_one_a_form"),
        ]
        indexes = [models.Index(fields=["held_since"], name="draft_held")]
