"""What is on the map besides its worries and goals: one row a thing, beside its entry. Words live in entries."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kith.casework.mapping.models import ONE_OF_US
from kith.framework.kinds import Keep, kinds

WORST_OF_ALL = 4
"""Severity 4: danger to life, serious injury, sexual harm or lasting damage (domain 1.4)."""


class Kind(models.TextChoices):
    """The kinds of thing on the map (domain 1.2), each with its own test of whether it belongs there."""

    HARM = "harm", "What has happened"
    FACTOR = "factor", "What makes it harder"
    SAFETY = "existing-safety", "A time someone kept the children safe"
    STRENGTH = "strength", "A good thing"
    HOPE = "best-hope", "A best hope"
    STEP = "next-step", "A next step"
    UNKNOWN = "not-known", "What we do not know yet"
    WONDERING = "wondering", "Something we wonder about"
    NEED = "need", "What may be underneath"
    BOTTOM = "bottom-line", "A bottom line"


class Precision(models.TextChoices):
    """How much of a day is known."""

    DAY = "day", "the day"
    MONTH = "month", "the month"
    YEAR = "year", "the year"


class Belongs(models.TextChoices):
    """Whose a complicating factor is (domain 1.10). Ours too."""

    CHILD = "child", "A child’s"
    PARENT = "parent", "A parent’s"
    FAMILY = "family", "The whole family’s"
    COMMUNITY = "community", "Where they live"
    SERVICES = "services", "Ours, or another service’s"


class Evidence(models.TextChoices):
    """How far a time of safety can be counted on (domain 1.10)."""

    ONCE = "once", "It has happened once"
    SEVERAL = "several", "It has happened several times"
    DEPENDABLE = "dependable", "It can be counted on"


class Outcome(models.TextChoices):
    """What became of a thing on the map."""

    DONE = "done", "It is done"
    NOT_DONE = "not-done", "It was not done"
    EASED = "eased", "It has eased"
    ANSWERED = "answered", "We know now"
    MET = "met", "It is met"
    NO_LONGER = "no-longer", "It does not belong here any more"
    GREW = "grew", "It was shown as safety"


class Whose(models.TextChoices):
    """Whose behaviour harm was (domain 1.4): allow that it is disputed, or not known."""

    KNOWN = "known", "We know who"
    DISPUTED = "disputed", "People disagree about who"
    NOT_KNOWN = "not-known", "Nobody knows who"


class Often(models.TextChoices):
    """How often (domain 1.4)."""

    ONCE = "once", "once"
    FEW = "a-few-times", "a few times"
    MONTHLY = "monthly", "about once a month"
    WEEKLY = "weekly", "about once a week"
    MORE = "several-times-a-week", "several times a week"
    DAILY = "daily", "every day"
    CONSTANT = "constant", "all the time"


class Long(models.TextChoices):
    """Over how long (domain 1.4)."""

    WEEKS = "under-1-month", "for less than a month"
    MONTHS = "1-6-months", "for one to six months"
    YEAR = "6-24-months", "for six months to two years"
    YEARS = "over-2-years", "for more than two years"
    GENERATIONS = "over-generations", "over generations"


class Trend(models.TextChoices):
    """Which way it goes (domain 1.4)."""

    EASING = "easing", "easing"
    SAME = "same", "much the same"
    WORSENING = "worsening", "getting worse"
    UNKNOWN = "unknown", "not known"


class Borne(models.TextChoices):
    """How far others bear it out (domain 1.4)."""

    NONE = "none", "Nobody else has seen it"
    PARTIAL = "partial", "Others have seen part of it"
    STRONG = "strong", "Several people say the same"
    DISPUTED = "disputed", "Somebody says it was not so"


class Which(models.TextChoices):
    """The three times that say most, and any others (domain 1.4)."""

    FIRST = "first", "First"
    WORST = "worst", "Worst"
    LATEST = "latest", "Latest"


class MapItem(models.Model):
    """One thing on the map (domain 1.2, 1.10), beside the entry that says it. Each version has a row of its own.

    The entry's paragraphs by kind: harm `behaviour`, `first`, `worst`, `latest`, `impact`, `expected`, `when-unknown`,
    `considered`; a factor `what`, `effect`, `ease`; existing safety `danger`, `did`, `result`; a strength or a hope
    `what`; a next step `action`; what is not known `what`; a wondering `what`, `first-guess`, `second-guess`,
    `change-mind`; a need `seen`, `telling`, `need`, `meets`; a bottom line `requirement`, `until`, `if-not`,
    `legal-basis`, `other-ways`. `statement` is the worry it speaks of (the danger a time of safety protected from, why
    a bottom line is needed), `scale` the one a step moves. `on` and `precision` say when a time of safety was,
    `by_when` until when a step or an answer is looked for, or a bottom line is looked at again. `together` is shared by
    rows of harm that tell one behaviour for several children. `grew_from` is the good thing a time of safety was first
    written as. What became of it was heard in `ended_in`.
    """

    entry = models.OneToOneField("people.Entry", on_delete=models.PROTECT, related_name="map_item")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    together = models.UUIDField(default=uuid4)
    statement = models.ForeignKey("casework.Statement", on_delete=models.PROTECT, null=True, related_name="map_items")
    scale = models.ForeignKey("casework.Scale", on_delete=models.PROTECT, null=True, related_name="steps")
    on = models.DateField(null=True)
    precision = models.CharField(max_length=5, blank=True, choices=Precision.choices)
    by_when = models.DateField(null=True)
    belongs_to = models.CharField(max_length=10, blank=True, choices=Belongs.choices)
    times_seen = models.PositiveSmallIntegerField(null=True)
    evidence = models.CharField(max_length=10, blank=True, choices=Evidence.choices)
    grew_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="grew_into")
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    ended_in = models.ForeignKey("people.Entry", on_delete=models.PROTECT, null=True, related_name="ended_items")
    shows = kinds(core="kind on precision by_when belongs_to times_seen evidence outcome", plumbing="together")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="map_item_kind_known"),
            models.CheckConstraint(
                condition=Q(on__isnull=True, precision="") | Q(on__isnull=False, precision__in=Precision.values),
                name="map_item_day_has_precision",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SAFETY) | Q(on__isnull=False, evidence__in=Evidence.values),
                name="map_item_safety_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Kind.STEP, Kind.UNKNOWN, Kind.WONDERING, Kind.BOTTOM])
                | Q(by_when__isnull=False),
                name="map_item_step_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.BOTTOM) | Q(statement__isnull=False), name="map_item_bottom_line_has_a_worry"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.FACTOR) | Q(belongs_to__in=Belongs.values), name="map_item_factor_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_in__isnull=True) | Q(outcome__in=Outcome.values, ended_in__isnull=False),
                name="map_item_ended_somewhere",
            ),
        ]


class Harm(models.Model):
    """How bad, how often, over how long, and how far others bear it out: one behaviour, one child (domain 1.4).

    `severity` is 0 to 4. `reported_by` are names in `words.REPORTED_BY`. HM-1: without `often` and `lasted` the map
    says that it reads like one event.
    """

    item = models.OneToOneField(MapItem, on_delete=models.PROTECT, related_name="harm")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    often = models.CharField(max_length=20, blank=True, choices=Often.choices)
    lasted = models.CharField(max_length=20, blank=True, choices=Long.choices)
    trend = models.CharField(max_length=10, choices=Trend.choices, default=Trend.UNKNOWN)
    severity = models.PositiveSmallIntegerField()
    borne_out = models.CharField(max_length=10, choices=Borne.choices)
    reported_by = models.JSONField(default=list)
    shows = kinds(core="whose often lasted trend severity borne_out reported_by")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(severity__lte=WORST_OF_ALL), name="harm_severity_0_to_4"),
            models.CheckConstraint(condition=Q(whose__in=Whose.values), name="harm_whose_known"),
            models.CheckConstraint(condition=Q(often="") | Q(often__in=Often.values), name="harm_often_known"),
            models.CheckConstraint(condition=Q(lasted="") | Q(lasted__in=Long.values), name="harm_lasted_known"),
            models.CheckConstraint(condition=Q(trend__in=Trend.values), name="harm_trend_known"),
            models.CheckConstraint(condition=Q(borne_out__in=Borne.values), name="harm_borne_out_known"),
        ]


class HarmTime(models.Model):
    """One of the times harm happened: its words are in the entry's paragraph of the same name (domain 1.4)."""

    harm = models.ForeignKey(Harm, on_delete=models.PROTECT, related_name="times")
    which = models.CharField(max_length=8, choices=Which.choices)
    on = models.DateField(null=True)
    precision = models.CharField(max_length=5, blank=True, choices=Precision.choices)
    severity = models.PositiveSmallIntegerField(null=True)
    shows = kinds(core="which on precision severity")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["harm", "which"], name="harm_time_once"),
            models.CheckConstraint(condition=Q(which__in=Which.values), name="harm_time_known"),
            models.CheckConstraint(
                condition=Q(on__isnull=True, precision="") | Q(on__isnull=False, precision__in=Precision.values),
                name="harm_time_day_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__lte=WORST_OF_ALL), name="harm_time_severity_0_to_4"
            ),
        ]


class BottomLine(models.Model):
    """How far a bottom line has come (domain 1.10): a manager agrees it, the family is told, and only then it holds.

    Each is an entry: `agreed_in` says why, by the manager; `told_in` what was said and when. Other words begin anew.
    """

    item = models.OneToOneField(MapItem, on_delete=models.PROTECT, related_name="bottom_line")
    agreed_in = models.OneToOneField("people.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    told_in = models.OneToOneField("people.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    shows = kinds()
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_in__isnull=True) | Q(agreed_in__isnull=False), name="bottom_line_agreed_before_told"
            ),
        ]


class Role(models.TextChoices):
    """What somebody has to do with a thing on the map."""

    WHO = "who", "who"
    SEEN_BY = "seen-by", "seen by"
    TOLD_BY = "told-by", "told by"
    OWNER = "owner", "whose it is to do"
    WITH = "with", "with"


class Named(models.Model):
    """Somebody named beside a thing on the map: whose it is, who saw it, who does it. Shut with its shared words."""

    entry = models.ForeignKey("people.Entry", on_delete=models.PROTECT, related_name="named")
    role = models.CharField(max_length=8, choices=Role.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    professional = models.ForeignKey("people.Professional", on_delete=models.PROTECT, null=True, related_name="+")
    shows = kinds(core="role")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="named_role_known"),
            models.CheckConstraint(condition=ONE_OF_US, name="named_exactly_one"),
        ]
