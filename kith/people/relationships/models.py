"""Who people are to each other, parental responsibility for each child, and who lives with whom."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.access.accounts.models import FOREVER
from kith.framework.kinds import Keep, kinds


class Relationship(models.Model):
    """How one person is related to another, dated. `quality` is never printed for the other person (domain 1.11)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    one = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="ties_from")
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="ties_to")
    kind = models.CharField(max_length=30)
    child_calls_them = models.CharField(max_length=100, blank=True)
    quality = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(core="kind child_calls_them since until", other_party="quality", plumbing="ref recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="relationship_between_two"),
            models.UniqueConstraint(
                fields=["one", "other", "kind"], condition=Q(until__isnull=True), name="relationship_once"
            ),
        ]


class ParentalResponsibility(models.Model):
    """Whether one adult has parental responsibility for one child, and how we know. A dated fact per child."""

    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="responsible_adults")
    adult = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="responsible_for")
    holds = models.CharField(max_length=10)  # yes, no, unclear
    source = models.CharField(max_length=300)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(core="holds source since until", plumbing="recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("adult")), name="responsibility_between_two"),
            models.CheckConstraint(condition=Q(holds__in=["yes", "no", "unclear"]), name="responsibility_known"),
            models.CheckConstraint(condition=~Q(source=""), name="responsibility_has_a_source"),
        ]


class Household(models.Model):
    """People who live together. Where it stands is each person's own Location, never the household's."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    shows = kinds(core="name", plumbing="ref recorded_at")
    keeps = Keep.LONGEST


class HouseholdStay(models.Model):
    """One person in one household from a day until a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="stays")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="stays")
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(core="since until", plumbing="recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="householdstay_ends_after_it_begins")
        ]
