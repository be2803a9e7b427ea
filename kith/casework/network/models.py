"""Who stands round the children: one row a person, beside the entry that says it. Words live in entries."""

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds


class Ring(models.TextChoices):
    """How much somebody knows (domain 2.2; the three rings are Sonja Parker's, the idea from Resolutions)."""

    INNER = "inner", "Knows everything, and helps"
    MIDDLE = "middle", "Knows a bit"
    OUTER = "outer", "Knows nothing yet"


class Bond(models.TextChoices):
    """How they come to be in the children's life. Nobody whose work it is: professionals do not count (domain 2.2)."""

    RELATIVE = "relative", "Family"
    FRIEND = "friend", "A friend"
    NEIGHBOUR = "neighbour", "A neighbour"
    FAITH = "faith", "From their faith"
    WORK = "work", "From work"
    SCHOOL = "school", "From school or a club"
    CARER = "former-carer", "Cared for them once"
    ONLINE = "online", "Somebody they know online"


class Stage(models.TextChoices):
    """How far they have come (capabilities 48, N4)."""

    NAMED = "named", "Named"
    TOLD = "told", "Told"
    CAME = "came", "Came"
    COMMITTED = "committed", "Promised"
    TESTED = "tested", "Tested"
    ALONE = "alone", "Holds it without us"


class Safe(models.TextChoices):
    """Is it safe to have them there (domain 2.2)?"""

    YES = "yes", "Yes"
    WITH_CARE = "with-care", "Yes, with care"
    NO = "no", "No"


class Believes(models.TextChoices):
    """Do they share the worry (domain 2.2)?"""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    NOT_ASKED = "not-asked", "Nobody has asked them"


class ToldWith(models.TextChoices):
    """Why they could be told at all. NW-2: a parent agrees, or a child needs protecting now."""

    AGREED = "agreed", "A parent agreed that they be told"
    NOW = "protect-now", "A child needed protecting then and there"


class WrittenDown(models.TextChoices):
    """Do they agree to be written down here (domain 2.2, consent to be recorded)?"""

    YES = "yes", "Yes"
    NOT_ASKED = "not-asked", "Nobody has asked them yet"


class NetworkMember(models.Model):
    """One person of the family's own network, as it stood when written (domain 2.2). Each version has its own row.

    The entry's paragraphs: `helps` what they do, `limits` what they cannot, `safe-why` why with care or not at all,
    `protecting` why they were told without a parent's agreement, `why-inner` a leader's decision that somebody said
    to have hurt a child or parent knows everything (NW-1), `hoped` what anybody hopes for. `knows` and `willing` are
    keys of `words.KNOWS` and `words.WILLING`. `hope_ring` is where the family would like them. `stands_in` takes over
    when they cannot. Somebody who left did so in `left_in`.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="network_member")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ring = models.CharField(max_length=6, choices=Ring.choices)
    hope_ring = models.CharField(max_length=6, blank=True, choices=Ring.choices)
    bond = models.CharField(max_length=12, choices=Bond.choices)
    stage = models.CharField(max_length=9, choices=Stage.choices)
    safe = models.CharField(max_length=9, choices=Safe.choices)
    believes = models.CharField(max_length=9, choices=Believes.choices, default=Believes.NOT_ASKED)
    written_down = models.CharField(max_length=9, choices=WrittenDown.choices)
    told_on = models.DateField(null=True)
    told_precision = models.CharField(max_length=5, blank=True)
    told_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    told_by_staff = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    told_with = models.CharField(max_length=11, blank=True, choices=ToldWith.choices)
    knows = models.JSONField(default=list)
    willing = models.JSONField(default=list)
    stands_in = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    left_in = models.OneToOneField("people.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    shows = kinds(
        core="ring hope_ring bond stage safe believes written_down told_on told_precision told_with knows willing"
    )
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ring__in=Ring.values), name="network_ring_known"),
            models.CheckConstraint(condition=Q(bond__in=Bond.values), name="network_bond_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="network_stage_known"),
            models.CheckConstraint(condition=Q(safe__in=Safe.values), name="network_safe_known"),
            models.CheckConstraint(condition=Q(written_down__in=WrittenDown.values), name="network_agreed_known"),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_with="")
                | Q(told_on__isnull=False, told_with__in=ToldWith.values),
                name="network_told_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(ring=Ring.INNER) | Q(told_on__isnull=False), name="network_inner_was_told"
            ),
            models.CheckConstraint(
                condition=Q(told_by__isnull=True) | Q(told_by_staff__isnull=True), name="network_told_by_one"
            ),
        ]
