"""Teams, the agencies beside us, who is in which team, and who leads whom, each with dates."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.access.accounts.models import FOREVER
from kith.framework.kinds import Keep, kinds


class Agency(models.Model):
    """The council, a school, a health trust, a police force: a body whose people work with families."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    shows = kinds(staff="name kind", plumbing="ref")
    keeps = Keep.STAFF


class Team(models.Model):
    """People who share work and hold files together."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    closed_at = models.DateTimeField(null=True)
    shows = kinds(staff="name closed_at", plumbing="ref")
    keeps = Keep.STAFF


class TeamMember(models.Model):
    """One person in one team from a day until a day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members", db_index=False)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="teams", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    shows = kinds(staff="since until")
    keeps = Keep.STAFF

    class Meta:
        indexes = [
            models.Index(fields=["account", "until", "team"], name="teammember_of"),
            models.Index(fields=["team", "until", "account"], name="teammember_in"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="teammember_ends_after_it_begins")
        ]


class Leads(models.Model):
    """Who leads whom, from a day until a day. A leader sees the open files of those they lead."""

    leader = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="leads", db_index=False)
    worker = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="led_by", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    shows = kinds(staff="since until")
    keeps = Keep.STAFF

    class Meta:
        indexes = [
            models.Index(fields=["leader", "until", "worker"], name="leads_whom"),
            models.Index(fields=["worker", "until", "leader"], name="leads_who"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="leads_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(leader=F("worker")), name="leads_somebody_else"),
        ]
