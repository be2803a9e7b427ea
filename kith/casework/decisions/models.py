"""What was decided, by whom, with what power, and what the family's views changed. Words live in the entry's parts."""

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Words about decisions."""

    def waiting(self) -> "DecisionQuerySet":
        """Proposed, and not yet decided by somebody the authority matrix lets decide."""
        return self.filter(decided_at__isnull=True)


class Decision(models.Model):
    """One decision (domain 6.8), beside its entry. Never edited: a later one supersedes it.

    The words are paragraphs: `what`, `option` and `why-not` by row with the lightest first, `facts`,
    `analysis`, `view` and `difference` for each person, `network`, `appeal`. `matter` is a row of the
    authority matrix (domain 6.7). Until `decided_at` it is a proposal and changes nothing.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="decision")
    matter = models.CharField(max_length=60)
    power = models.CharField(max_length=200)
    reversible = models.BooleanField()
    review_on = models.DateField(null=True)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="decided")
    decided_at = models.DateTimeField(null=True)
    shows = kinds(core="matter power reversible review_on decided_at")
    keeps = Keep.INVOLVEMENT
    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(matter=""), name="decision_has_a_matter"),
            models.CheckConstraint(condition=~Q(power=""), name="decision_names_its_power"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decision_decided_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["decided_at"], name="decision_waiting", condition=Q(decided_at__isnull=True))]


class RestsOn(models.Model):
    """One thing on the map, in the version that stood then, that a decision rests on (domain 6.8, facts relied on)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rests_on")
    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="+")
    shows = kinds()
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "entry"], name="decision_rests_once_on_a_thing")]


class Told(models.Model):
    """One person was told of a decision, when and how; or was not, and why."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True)
    how = models.CharField(max_length=200)
    shows = kinds(core="told_on how")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="told_once_a_person"),
            models.CheckConstraint(condition=~Q(how=""), name="told_says_how_or_why_not"),
        ]
