"""Worries, what good looks like, and where each person puts us from 0 to 10. Words live in the parts of entries."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds

HALVES = [Decimal(n) / 2 for n in range(21)]
"""Every number a score may be: 0 to 10 in halves (domain 1.7)."""

ONE_OF_US = (
    Q(person__isnull=False, staff__isnull=True, professional__isnull=True)
    | Q(person__isnull=True, staff__isnull=False, professional__isnull=True)
    | Q(person__isnull=True, staff__isnull=True, professional__isnull=False)
)


class Kind(models.TextChoices):
    """What a statement speaks of (domain 1.5, 1.8). The label is what the worry side is called."""

    DANGER = "danger", "Danger statement"
    WORRY = "worry", "Worry statement"
    STABILITY = "stability", "Stability worry"
    SUCCESS = "success", "Success worry"


class Aim(models.TextChoices):
    """What a goal is for (domain 1.6, 1.8)."""

    SAFETY = "safety", "Safety goal"
    WELLBEING = "wellbeing", "Wellbeing goal"
    STABILITY = "stability", "Stability goal"
    SUCCESS = "success", "Success goal"


class Where(models.TextChoices):
    """Where a worry stands in the world (domain 1.5)."""

    OPEN = "open", "still a worry"
    EASED = "eased", "eased"
    MET = "met", "its goal is met"
    REPLACED = "replaced", "another worry took its place"


class StepDown(models.TextChoices):
    """What follows when a goal is reached (domain 1.6)."""

    GOODBYE = "goodbye", "We say goodbye"
    EARLY_HELP = "early-help", "Early help"
    FAMILY_HELP = "family-help", "Family help"
    CHILD_IN_NEED = "child-in-need", "Child in need"
    STAYS = "stays-home", "This home is theirs for good"


class Unscored(models.TextChoices):
    """Why a person has no number (domain 1.7)."""

    DECLINED = "declined", "did not want to"
    NOT_ASKED = "not-asked", "not asked"


class Statement(models.Model):
    """One worry (domain 1.5), beside the newest version of its entry. `settled_in` is where we heard it had eased.

    The entry's paragraphs: `full-text`, `happened`, `feared` for each child, `context`, `credit`,
    `child-version`, `reasonable-cause`; a child who sees it differently in their own part, `sees-differently`.
    Whether it is a draft, with the family or agreed is the entry's status; `status` is about the world.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="statement")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    status = models.CharField(max_length=12, choices=Where.choices, default=Where.OPEN)
    settled_in = models.OneToOneField("people.Entry", on_delete=models.PROTECT, null=True, related_name="settled")
    shows = kinds(core="kind status")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="statement_kind_known"),
            models.CheckConstraint(
                condition=Q(status=Where.OPEN, settled_in__isnull=True)
                | (Q(status__in=[Where.EASED, Where.MET, Where.REPLACED]) & Q(settled_in__isnull=False)),
                name="statement_settled_somewhere",
            ),
        ]


class Worried(models.Model):
    """Somebody who shares the worry in this version of a statement: a person, a worker or another professional."""

    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="worried")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    professional = models.ForeignKey("people.Professional", on_delete=models.PROTECT, null=True, related_name="+")
    shows = kinds()
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.CheckConstraint(condition=ONE_OF_US, name="worried_exactly_one")]


class Goal(models.Model):
    """What good looks like for one worry (domain 1.6), beside the newest version of its entry.

    The entry's paragraphs: `full-text`, `adults-will`, `child-will` for each child, `network-will`,
    `professionals-see`, `family-words`, `child-version`. `weeks_needed` is how long it must be seen.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="goal")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="goal")
    kind = models.CharField(max_length=12, choices=Aim.choices)
    weeks_needed = models.PositiveSmallIntegerField()
    step_down_to = models.CharField(max_length=20, choices=StepDown.choices)
    shows = kinds(core="kind weeks_needed step_down_to")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Aim.values), name="goal_kind_known"),
            models.CheckConstraint(condition=Q(weeks_needed__gte=1), name="goal_lasts"),
            models.CheckConstraint(condition=Q(step_down_to__in=StepDown.values), name="goal_steps_down_known"),
        ]


class Scale(models.Model):
    """A question from 0 to 10 and what its ends mean: for one worry, or, without one, for how things are over all.

    Its words never change (SC-1): other words end this series and begin another.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="scale")
    family = models.ForeignKey("people.Family", on_delete=models.PROTECT, related_name="scales")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="scales")
    question = models.CharField(max_length=500)
    anchor_0 = models.CharField(max_length=500)
    anchor_10 = models.CharField(max_length=500)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    shows = kinds(core="question anchor_0 anchor_10 began_at ended_at")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(anchor_0="") & ~Q(anchor_10=""), name="scale_says_its_ends"
            ),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(ended_at__isnull=True, statement__isnull=False),
                name="scale_one_open_a_worry",
            ),
        ]


class Score(models.Model):
    """Where one person put us in one conversation, or why there is no number (domain 1.7).

    `file` is the child's own file when the person is one of its children: the number is seen only with it.
    `row` leads to their words in the entry: `high`, `not-higher`, `one-step`, or `reason` when there is no number.
    `reported_by` names who passed the number on when the person did not give it themselves (SC-6).
    """

    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="scores")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="scores")
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, null=True, related_name="scores")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="scores")
    staff = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    professional = models.ForeignKey("people.Professional", on_delete=models.PROTECT, null=True, related_name="+")
    row = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    unscored = models.CharField(max_length=10, blank=True, choices=Unscored.choices)
    reported_by = models.CharField(max_length=200, blank=True)
    shows = kinds(core="value unscored reported_by", plumbing="row")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_OF_US, name="score_exactly_one"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__in=HALVES), name="score_from_0_to_10_in_halves"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, unscored="") | Q(value__isnull=True, unscored__in=Unscored.values),
                name="score_or_why_none",
            ),
            models.UniqueConstraint(fields=["entry", "row"], name="score_one_a_row"),
        ]
