"""A call, message or visit that brings a worry to us, and what was decided. Words live in the entry's parts."""

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds


class Source(models.TextChoices):
    """Who brings the worry (domain 6.4)."""

    FAMILY = "family", "Somebody in the family"
    SCHOOL = "school", "School or nursery"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    NEIGHBOUR = "neighbour", "A neighbour or friend"
    OTHER = "other", "Somebody else"


class Urgency(models.TextChoices):
    """How soon it must be read (K1): the same day, or at once."""

    AT_ONCE = "at-once", "At once: a child may not be safe now"
    TODAY = "today", "Today"


class Outcome(models.TextChoices):
    """What follows a contact, lightest first (domain 6.4)."""

    ADVICE = "advice", "Advice, and nothing more is needed from us"
    UNIVERSAL = "universal", "Help that is there for everyone: school, health visitor, GP"
    EARLY_HELP = "early-help", "Early help"
    FAMILY_HELP = "family-help", "Family help"
    REFERRAL = "referral", "A referral: find out more together (section 17)"
    STRATEGY = "strategy", "A strategy discussion today"


class ContactQuerySet(models.QuerySet["Contact"]):
    """Words about contacts."""

    def waiting(self) -> "ContactQuerySet":
        """Taken, and nobody has decided yet what follows."""
        return self.filter(decided_at__isnull=True)


class Contact(models.Model):
    """One contact (domain 6.4), beside its entry. Decided once; the reply to whoever rang is noted when it is given.

    The words are paragraphs of the entry: `worry` as it was said, `going-well`, `where-now` (location),
    `asked-for` and `caller`. The reason of the decision is an entry of its own, `decision`.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="contact")
    source = models.CharField(max_length=20, choices=Source.choices)
    told_family = models.BooleanField()
    why_not = models.CharField(max_length=500, blank=True)
    urgency = models.CharField(max_length=20, choices=Urgency.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decision = models.OneToOneField("people.Entry", on_delete=models.PROTECT, null=True, related_name="decides_contact")
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reply_sent_on = models.DateField(null=True)
    shows = kinds(core="source told_family why_not urgency outcome decided_at reply_sent_on")
    keeps = Keep.INVOLVEMENT
    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["urgency", "id"], name="contact_waiting", condition=Q(decided_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="contact_source_known"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="contact_urgency_known"),
            models.CheckConstraint(condition=Q(told_family=True) | ~Q(why_not=""), name="contact_told_or_why_not"),
            models.CheckConstraint(
                condition=Q(outcome="", decision__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    outcome__in=Outcome.values,
                    decision__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="contact_decided_whole",
            ),
        ]


class CallTie(models.Model):
    """A tie that one contact gave to whoever took it or took it up to decide. Ended when it is decided."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="ties")
    relation = models.OneToOneField("people.Relation", on_delete=models.PROTECT, related_name="call")
    shows = kinds()
    keeps = Keep.TRAIL
