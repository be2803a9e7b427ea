"""Unfinished words, kept on the server for their author alone, and held when their file is lost to them."""

from uuid import uuid4

from django.db import models

from kith.framework.kinds import Keep, kinds


class Draft(models.Model):
    """What one author has typed in one form for one child, family or nobody yet. Never on another's page.

    `place` is the address of the family or file the form is for, or empty for a form about nobody yet.
    `called` and `address` are how the author finds the page again. `fields` holds each box's name and what
    was in it, as a list of strings. `version` rises with each keeping and is never used twice for one author,
    form and place: a page that comes with an older one is a second tab, and its words are kept in a row of
    their own beside the first. `page` is the tab that wrote last and `turn` the count of its keepings, so no
    tab is taken for another, and words that arrive out of order never replace later ones.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    author = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="drafts", db_index=False)
    form = models.CharField(max_length=80)
    place = models.CharField(max_length=64, blank=True)
    called = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()
    held_since = models.DateTimeField(null=True)
    shows = kinds(core="fields", plumbing="ref form place called address version page turn kept_at held_since")
    keeps = Keep.WHILE_OPEN

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form", "place", "version"], name="draft_version_used_once"),
        ]
        indexes = [models.Index(fields=["held_since"], name="draft_held", condition=models.Q(held_since__isnull=False))]


class DraftFile(models.Model):
    """A file the author was writing about. When one of them is lost to the author, so is the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="about", db_index=False)
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="+", db_index=False)
    shows = kinds()
    keeps = Keep.WHILE_OPEN

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "file"], name="draftfile_once")]
        indexes = [models.Index(fields=["file"], name="draftfile_of")]
