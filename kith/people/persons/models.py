"""People, the families they belong to, and the one file a child or care-experienced adult has."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.access.accounts.models import FOREVER
from kith.framework.kinds import Keep, Level, kinds


class Person(models.Model):
    """Anyone the record speaks of. Being named gives nobody a sight of anything (architecture 3.2).

    Birth dates: `exact` has a day; `month` and `year` hold the first day of it; `estimated` is a guess;
    `expected` is a due date before birth.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    known_as = models.CharField(max_length=200)
    pronouns = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True)
    born_precision = models.CharField(max_length=10, default="exact")
    died_on = models.DateField(null=True)
    sex_registered = models.CharField(max_length=10, blank=True)
    gender = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=10, blank=True)
    ethnicity_words = models.CharField(max_length=200, blank=True)
    disabilities = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    interpreter = models.CharField(max_length=100, blank=True)
    faith = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=200, blank=True)  # one human thing: "Drums. Hates peas."
    token = models.CharField(max_length=20, blank=True)  # the drawing they chose
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(
        index="known_as pronouns born_on born_precision died_on token",
        core="sex_registered gender ethnicity ethnicity_words disabilities languages interpreter faith about",
        plumbing="ref recorded_at",
    )
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(known_as=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(born_precision__in=["exact", "month", "year", "estimated", "expected"]),
                name="person_born_precision",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=F("born_on")),
                name="person_died_after_birth",
            ),
        ]
        indexes = [models.Index(fields=["born_on"], name="person_born")]

    apart = ""
    """What tells them from somebody shown beside them, on one page (`tell_apart`). No column: it is never stored."""

    @property
    def called(self) -> str:
        """What a page calls them when it asks about them: what they go by, or that and what tells them apart.

        Words that are kept, and papers, say `known_as`.
        """
        return self.apart or self.known_as


class Name(models.Model):
    """One name of one person, with its use and dates. Folded and kept lower-case for search."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    given = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=200, blank=True)
    use = models.CharField(max_length=20, default="legal")  # legal, known-as, birth, former, alias
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    folded = models.CharField(max_length=420)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(index="given family use since until folded", plumbing="recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(given="", family=""), name="name_says_something")]


class Key(models.Model):
    """A search key of a person, filled in Python: alike on both stores. `kind` as in keys.py."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=100)
    shows = kinds(index="kind key")
    keeps = Keep.LONGEST

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "person"], name="key_found")]


class Identifier(models.Model):
    """A number that other bodies know somebody by: NHS number, unique pupil number, our former number.

    Deliberately not unique: a unique rule would betray a restricted or sealed record (architecture 3.5).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=30)
    value = models.CharField(max_length=60)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(index="kind value", plumbing="recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        indexes = [models.Index(fields=["value", "kind"], name="identifier_value")]


class File(models.Model):
    """The one file of a child, a young person, or an adult whose own childhood was recorded.

    Visibility is by file. The level is what `sight` judges with the dated ties on it.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="file")
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name.lower()) for level in Level], default=Level.OPEN
    )
    opened_at = models.DateTimeField()
    shows = kinds(plumbing="ref level opened_at")
    keeps = Keep.LONGEST

    class Meta:
        indexes = [models.Index(fields=["level"], name="file_held_closely", condition=Q(level__gt=0))]
        constraints = [models.CheckConstraint(condition=Q(level__in=[0, 1, 2]), name="file_level_known")]


class LevelSet(models.Model):
    """A file was opened, restricted or sealed: by whom, when and why. The file row holds the newest.

    `custodian` is told of every exact match on a restricted file and of every attempt on a sealed one.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name.lower()) for level in Level])
    why = models.CharField(max_length=1000)
    custodian = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="custody")
    set_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    set_at = models.DateTimeField()
    shows = kinds(core="why", plumbing="level set_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="levelset_has_a_reason"),
            models.CheckConstraint(
                condition=Q(level=0) | Q(custodian__isnull=False), name="levelset_closed_has_a_custodian"
            ),
        ]


class Family(models.Model):
    """A group of people who call themselves a family. It has no visibility of its own."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    shows = kinds(index="name", plumbing="ref recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="family_has_a_name")]


class Membership(models.Model):
    """One person in one family from a day until a day; people belong to several.

    `role` is who they are to the children, in the family's words: "mum", "Nana", "next door".
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=100)
    is_child = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    shows = kinds(index="role is_child", plumbing="since until")
    keeps = Keep.LONGEST

    class Meta:
        indexes = [models.Index(fields=["family", "person"], name="membership_of")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="membership_ends_after_it_begins")
        ]


class Merge(models.Model):
    """Two records of one person, joined by a row that reads follow; proposed and agreed by two people.

    Undone by dates, never by moving rows: `undone_at` ends it and both records stand as they were.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_in")
    folded_in = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_into")
    why = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)
    undo_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    undo_why = models.CharField(max_length=1000, blank=True)
    undone_by = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    shows = kinds(core="why undo_why", plumbing="ref proposed_at agreed_at undone_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("folded_in")), name="merge_two_records"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")), name="merge_two_people"
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True) | ~Q(undone_by=F("undo_by")), name="merge_undone_by_two"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="merge_agreed_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True)
                | Q(undone_by__isnull=False, undo_by__isnull=False, agreed_at__isnull=False),
                name="merge_undone_was_asked",
            ),
            models.CheckConstraint(condition=Q(undo_by__isnull=True) | ~Q(undo_why=""), name="merge_undo_has_a_reason"),
            models.UniqueConstraint(
                fields=["folded_in"],
                condition=Q(agreed_at__isnull=False, undone_at__isnull=True),
                name="merge_stands_once",
            ),
        ]
