"""Every paper that leaves: for one named person, numbered, with what was left out counted and a copy kept."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds


class Rendition(models.Model):
    """One entry as one person was given it. The bytes are kept, so that what they hold can always be shown.

    `number` is stamped on each page. It does not count: a sequence would tell how many papers there are.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.CharField(max_length=12, unique=True)
    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="renditions")
    recipient = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)
    left_out = models.PositiveIntegerField()
    made_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    made_at = models.DateTimeField()
    shows = kinds(core="title pdf", plumbing="ref number digest left_out made_at")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="rendition_has_a_digest")]
