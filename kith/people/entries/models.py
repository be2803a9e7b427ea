"""The spine: every practice record is one Entry, with its words in parts and paragraphs.

One part is shared by the family's children; each child may have a part of their own, seen only with their
file. Nothing is overwritten: a new version supersedes the old one and says why.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.framework.kinds import Content, Keep, kinds

CONTENTS = [c.value for c in Content]


class Status(models.TextChoices):
    """Where a record stands between us and the family (domain 0.2)."""

    DRAFT = "draft", "draft"
    WITH_FAMILY = "with-family", "with the family"
    AGREED = "agreed", "agreed"
    AGREED_WITH_DISSENT = "agreed-with-dissent", "agreed, and someone sees it differently"
    RECORDED = "recorded", "recorded"
    SUPERSEDED = "superseded", "replaced by a newer version"
    WITHDRAWN = "withdrawn", "withdrawn"


MOVES: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.WITH_FAMILY, Status.WITHDRAWN}),
    Status.WITH_FAMILY: frozenset({Status.DRAFT, Status.AGREED, Status.AGREED_WITH_DISSENT, Status.WITHDRAWN}),
    Status.AGREED: frozenset({Status.SUPERSEDED}),
    Status.AGREED_WITH_DISSENT: frozenset({Status.SUPERSEDED}),
    Status.RECORDED: frozenset({Status.SUPERSEDED}),
    Status.SUPERSEDED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
"""Where each status may lead. There is no way from draft to agreed that misses the family."""


class Entry(models.Model):
    """One conversation that happened, and the record of it.

    `happened_at` is the world's time, `recorded_at` ours. `status` is current and moves by actions; words do not.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=30)
    family = models.ForeignKey("people.Family", on_delete=models.PROTECT, related_name="entries")
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=30)
    language = models.CharField(max_length=60, default="English")
    interpreter = models.CharField(max_length=200, blank=True)
    interpreter_why = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="entries")
    recorded_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RECORDED)
    version = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    why_changed = models.CharField(max_length=1000, blank=True)
    keep = models.CharField(max_length=20, default=Keep.INVOLVEMENT)
    shows = kinds(
        index="kind happened_at",
        core="place language interpreter interpreter_why status version why_changed",
        plumbing="ref recorded_at keep",
    )
    keeps = Keep.INVOLVEMENT

    class Meta:
        indexes = [models.Index(fields=["family", "kind", "-happened_at"], name="entry_of_a_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(version=1, supersedes__isnull=True)
                | (Q(version__gt=1, supersedes__isnull=False) & ~Q(why_changed="")),
                name="entry_new_version_says_why",
            ),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("happened_at")), name="entry_not_before_it_happened"),
        ]


class EntryFile(models.Model):
    """An entry is in this file. `happened_at` is copied and never changes: it makes timelines index-only."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files", db_index=False)
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, related_name="entries", db_index=False)
    happened_at = models.DateTimeField()
    shows = kinds(index="happened_at")
    keeps = Keep.INVOLVEMENT

    class Meta:
        indexes = [
            models.Index(fields=["file", "-happened_at", "-entry"], name="entryfile_timeline"),
            models.Index(fields=["-happened_at", "entry", "file"], name="entryfile_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["entry", "file"], name="entryfile_once")]


class Part(models.Model):
    """The shared words of an entry (`file` empty), or one child's own."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="parts", db_index=False)
    file = models.ForeignKey("people.File", on_delete=models.PROTECT, null=True, related_name="parts")
    shows = kinds()
    keeps = Keep.INVOLVEMENT

    class Meta:
        indexes = [models.Index(fields=["entry", "file"], name="part_of")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "file"], name="part_one_a_child"),
            models.UniqueConstraint(fields=["entry"], condition=Q(file__isnull=True), name="part_one_shared"),
        ]


class Paragraph(models.Model):
    """Some words, and what must be known about them before anyone reads or gives them (domain 12.2).

    `slot` is the question they answer; `row` groups what belongs together (a second option, a third rule).
    `own_words` are quoted as said; `pasted` were put there from elsewhere. `imprint` is the hash of the words as they
    were written: words that no longer match it are never shown (trust B 3).
    """

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="paragraphs", db_index=False)
    slot = models.CharField(max_length=30)
    row = models.PositiveSmallIntegerField(default=0)
    content = models.CharField(max_length=20, default=Content.CORE)
    text = models.TextField()
    about = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="said_about")
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="said")
    given_by_words = models.CharField(max_length=200, blank=True)
    own_words = models.BooleanField(default=False)
    in_confidence = models.BooleanField(default=False)
    pasted = models.BooleanField(default=False)
    imprint = models.CharField(max_length=64)
    shows = kinds(
        core="text given_by_words own_words", index="slot row content", plumbing="in_confidence pasted imprint"
    )
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="paragraph_says_something"),
            models.CheckConstraint(condition=Q(content__in=CONTENTS), name="paragraph_content_known"),
        ]
        indexes = [models.Index(fields=["part", "slot", "row"], name="paragraph_of")]


class Present(models.Model):
    """Somebody who was there, and how: exactly one of a person, a worker or another agency's professional."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="present")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="present_at")
    staff = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    professional = models.ForeignKey(
        "people.Professional", on_delete=models.PROTECT, null=True, related_name="present_at"
    )
    how = models.CharField(max_length=20, default="took-part")  # took-part, supported, interpreted, observed
    shows = kinds(core="how")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, staff__isnull=True, professional__isnull=True)
                | Q(person__isnull=True, staff__isnull=False, professional__isnull=True)
                | Q(person__isnull=True, staff__isnull=True, professional__isnull=False),
                name="present_exactly_one",
            )
        ]


class Dissent(models.Model):
    """Somebody sees an entry differently, in their own words. It prints beside what it differs from (domain 0.1)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="dissents")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="dissents")
    words = models.TextField()
    said_on = models.DateField()
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(core="words said_on", plumbing="ref recorded_at")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="dissent_says_something")]


class Seal(models.Model):
    """A paragraph that should never have been here is closed to everyone, by two people; it is never rubbed out.

    The first asks, the second agrees; until then nothing is hidden. For a leak, not for a change of mind.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    paragraph = models.OneToOneField(Paragraph, on_delete=models.PROTECT, related_name="seal")
    why = models.CharField(max_length=1000)
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)
    shows = kinds(staff="why", plumbing="ref asked_at agreed_at")
    keeps = Keep.LONGEST

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="seal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="seal_two_people"
            ),
        ]


class Shared(models.Model):
    """Somebody was shown or given this entry, how, and what they said."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="shared")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="shown")
    how = models.CharField(max_length=20)  # read-aloud, paper, secure-link, easy-read, audio, translated
    shared_on = models.DateField()
    response = models.TextField(blank=True)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(core="how shared_on response", plumbing="recorded_at")
    keeps = Keep.INVOLVEMENT


class Attachment(models.Model):
    """A stored file that belongs to one part of an entry and is seen only with it. A newer version takes it along."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="attachments")
    stored = models.ForeignKey("people.StoredFile", on_delete=models.PROTECT, related_name="attachments")
    content = models.CharField(max_length=20, default=Content.CORE)
    words = models.CharField(max_length=500)
    shows = kinds(core="words", index="content")
    keeps = Keep.INVOLVEMENT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="attachment_says_what_it_is"),
            models.CheckConstraint(condition=Q(content__in=CONTENTS), name="attachment_content_known"),
            models.UniqueConstraint(fields=["part", "stored"], name="attachment_once_a_part"),
        ]
