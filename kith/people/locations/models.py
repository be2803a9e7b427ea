"""Where people can be found, as a protected kind of its own: who may know it, and whether post may go there.

Source: trust E4 and the reprimands behind it: an address typed in notes reached the wrong door.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kith.access.accounts.models import FOREVER
from kith.framework.kinds import Keep, kinds


class Location(models.Model):
    """A place one person can be found, from a day until a day.

    `protected` closes it to all but the line of responsibility: breaking the glass does not open it. `known_in` is
    the one family whose workers may know a protected place; empty for a person with a file, whose file decides.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="locations")
    kind = models.CharField(max_length=20)  # home, school, work, staying, refuge, other
    name = models.CharField(max_length=200, blank=True)
    lines = models.CharField(max_length=500, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    protected = models.BooleanField(default=False)
    known_in = models.ForeignKey("people.Family", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    post_is_safe = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(location="kind name lines postcode protected post_is_safe since until", plumbing="ref recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        indexes = [models.Index(fields=["postcode"], name="location_postcode")]
        constraints = [
            models.CheckConstraint(condition=~Q(name="", lines="", postcode=""), name="location_somewhere"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="location_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(protected=False) | Q(post_is_safe=False), name="location_protected_gets_no_post"
            ),
        ]


class ContactDetail(models.Model):
    """A telephone number or e-mail address, and whether it is safe to use (domain 12.1 safe contact)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="contact_details")
    kind = models.CharField(max_length=10)  # phone, email
    value = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    safe = models.CharField(max_length=10, default="unknown")  # yes, no, with-care, unknown
    protected = models.BooleanField(default=False)
    known_in = models.ForeignKey("people.Family", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(location="kind value folded safe protected since until", plumbing="ref recorded_at")
    keeps = Keep.LONGEST

    class Meta:
        indexes = [models.Index(fields=["folded"], name="contactdetail_folded")]
        constraints = [
            models.CheckConstraint(condition=~Q(value=""), name="contactdetail_says_something"),
            models.CheckConstraint(
                condition=Q(safe__in=["yes", "no", "with-care", "unknown"]), name="contactdetail_safe_known"
            ),
        ]


class SafeContact(models.Model):
    """How one person asked to be reached: "text, don't ring, not before ten". A new row supersedes the last."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="safe_contacts")
    words = models.CharField(max_length=500)
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False, related_name="+")
    recorded_at = models.DateTimeField()
    shows = kinds(other_party="words", plumbing="recorded_at")
    keeps = Keep.WHILE_OPEN

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="safecontact_says_something")]
