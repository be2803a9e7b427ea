"""Safety plans: which rules there are, who does each, who makes sure, and who agreed. Words live in entries."""

from django.db import models
from django.db.models import F, Q

from kith.casework.plans.states import State
from kith.framework.kinds import Keep, kinds


class Kind(models.TextChoices):
    """How far a plan has come (domain 2.4)."""

    IMMEDIATE = "immediate", "For the next three days"
    INTERIM = "interim", "For now, while we try it"
    FULL = "full", "The whole plan"


class Whose(models.TextChoices):
    """Whose words the plan is in (domain 2.4)."""

    PARENT = "parent", "A parent’s"
    CHILD = "child", "A child’s"
    NETWORK = "network", "The family’s own people’s"
    WORKER = "worker", "A worker’s"


class Says(models.TextChoices):
    """What somebody says to a plan."""

    AGREES = "agrees", "agrees"
    DIFFERS = "sees-it-differently", "sees it differently"
    NOT_ASKED = "not-asked", "not asked"


class PlanQuerySet(models.QuerySet["SafetyPlan"]):
    """Words about plans."""

    def in_force(self) -> "PlanQuerySet":
        """Agreed and not ended. An agreed plan is lived by until the version after it is agreed too."""
        return self.filter(agreed_on__isnull=False, ended_on__isnull=True)


class SafetyPlan(models.Model):
    """One version of a safety plan (domain 2.4), beside its entry of kind `plan`.

    The entry's paragraphs, by row: `rule`, `instead` and `know` for each rule; `if`, `then`, `backup`
    and `call-999` for each what-if. Where the version stands is its entry's status, read by `state`. The
    database holds that nothing is agreed before somebody in the family was shown it.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="safety_plan")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    in_whose_words = models.CharField(max_length=10, choices=Whose.choices)
    starts_on = models.DateField()
    review_by = models.DateField()
    shown_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=1000, blank=True)
    shows = kinds(core="kind in_whose_words starts_on review_by shown_on agreed_on ended_on ended_why")
    keeps = Keep.INVOLVEMENT
    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="plan_kind_known"),
            models.CheckConstraint(condition=Q(in_whose_words__in=Whose.values), name="plan_whose_words_known"),
            models.CheckConstraint(condition=Q(review_by__gte=F("starts_on")), name="plan_reviewed_after_it_starts"),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(shown_on__isnull=False, agreed_on__gte=F("shown_on")),
                name="plan_shown_before_agreed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="")
                | (Q(agreed_on__isnull=False, ended_on__gte=F("agreed_on")) & ~Q(ended_why="")),
                name="plan_ends_with_a_reason",
            ),
        ]

    @property
    def state(self) -> State:
        """Where this version stands. Ask with its entry already fetched."""
        return State.ENDED if self.ended_on else State(self.entry.status)


class Rule(models.Model):
    """One rule: who does it, and who else makes sure. LINK-2: `guards` is the worry it guards against.

    It is empty only in a plan for the next three days, made before a worry is written. `times` are names in
    `words.TIMES`.
    """

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="rules")
    row = models.PositiveSmallIntegerField()
    who_does = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    makes_sure = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    makes_sure_staff = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    guards = models.ForeignKey("casework.Statement", on_delete=models.PROTECT, null=True, related_name="rules")
    times = models.JSONField(default=list)
    at = models.TimeField(null=True)
    shows = kinds(core="times at", plumbing="row")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "row"], name="rule_one_a_row"),
            models.CheckConstraint(
                condition=Q(makes_sure__isnull=False, makes_sure_staff__isnull=True)
                | Q(makes_sure__isnull=True, makes_sure_staff__isnull=False),
                name="rule_one_makes_sure",
            ),
            models.CheckConstraint(
                condition=Q(makes_sure__isnull=True) | ~Q(makes_sure=F("who_does")),
                name="rule_somebody_else_makes_sure",
            ),
        ]


class WhatIf(models.Model):
    """What happens when the day goes wrong: who acts, beside the words `if`, `then`, `backup`, `call-999`."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="what_ifs")
    row = models.PositiveSmallIntegerField()
    who_does = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    shows = kinds(plumbing="row")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "row"], name="what_if_one_a_row")]


class BeingHurt(models.Model):
    """Somebody a rule may never rest on, because they are the one being hurt. Never shown on a page or paper."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="being_hurt")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    shows = kinds()
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="being_hurt_once")]


class AgreedBy(models.Model):
    """What one person said to a plan in one conversation (`entry`), or that they were not asked.

    Their words are in that entry, by `row`; an adult's different view is a Dissent, which prints beside the
    plan or beside `rule`. A child's answer and words are in that child's own part: `file` is the file they
    are seen with. `carer` says that the person is a parent, or cares for the children day to day.
    """

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="answers")
    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="plan_answers")
    row = models.PositiveSmallIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, null=True, related_name="plan_answers")
    answer = models.CharField(max_length=20, choices=Says.choices)
    carer = models.BooleanField(default=False)
    said_on = models.DateField(null=True)
    how = models.CharField(max_length=200, blank=True)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, null=True, related_name="answers")
    dissent = models.OneToOneField("people.Dissent", on_delete=models.PROTECT, null=True, related_name="plan_answer")
    shows = kinds(core="answer carer said_on how", plumbing="row")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="agreed_by_once_a_person"),
            models.CheckConstraint(condition=Q(answer__in=Says.values), name="agreed_by_answer_known"),
            models.CheckConstraint(
                condition=Q(answer=Says.NOT_ASKED, said_on__isnull=True)
                | (~Q(answer=Says.NOT_ASKED) & Q(said_on__isnull=False)),
                name="agreed_by_says_when",
            ),
        ]
