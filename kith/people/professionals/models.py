"""People of other agencies who work with a family and do not sign in."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kith.access.accounts.models import FOREVER
from kith.framework.kinds import Keep, kinds


class Professional(models.Model):
    """A teacher, health visitor, police officer: named, with their agency and job."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=200)
    agency = models.ForeignKey("council.Agency", on_delete=models.PROTECT, related_name="professionals")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    recorded_at = models.DateTimeField()
    shows = kinds(staff="name job phone email", plumbing="ref recorded_at")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="professional_has_a_name")]


class WorksWith(models.Model):
    """One professional works with one child's file, from a day until a day."""

    professional = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="works_with")
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="professionals")
    as_what = models.CharField(max_length=100)
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    shows = kinds(index="as_what", plumbing="since until")
    keeps = Keep.INVOLVEMENT
