"""Accounts of the people who work here, and the kinds of work each has held, with dates."""

from typing import ClassVar, NamedTuple
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from kith.access.roles import ROLES
from kith.framework.kinds import Keep, kinds

FOREVER = "9999-12-31T00:00:00+00:00"
THE_DOOR = "the-door"
"""The username of the job that turns people away: failed sign-ins are its acts."""


class Posts(NamedTuple):
    """The work and the clearances somebody has ever held, read beside their account at the start of a request."""

    roles: tuple["RoleHeld", ...]
    clearances: tuple["Clearance", ...]


class AccountQuerySet(models.QuerySet["Account"]):
    """Words about accounts."""

    def open(self) -> "AccountQuerySet":
        """People who can sign in today."""
        return self.filter(is_active=True)


class AccountDoor(BaseUserManager["Account"]):
    """What Django needs to find somebody at sign-in."""

    def get_queryset(self) -> AccountQuerySet:
        return AccountQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in: a worker, a leader, an auditor; or a named job that acts by itself."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_job = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    session_version = models.PositiveIntegerField(default=1)
    posts: "Posts | None" = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    shows = kinds(
        staff="username email name job_title phone is_active is_job joined_at left_at last_login",
        plumbing="ref password session_version",
    )
    keeps = Keep.STAFF
    objects = AccountDoor()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="account_has_a_name"),
            models.UniqueConstraint(Lower("username"), name="account_username_in_any_case"),
            models.CheckConstraint(
                condition=Q(is_active=True) | Q(left_at__isnull=False), name="account_closed_has_a_date"
            ),
        ]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind every session to the password and to the version: raising the version ends them all."""
        words = f"{self.password}:{self.session_version}"
        return salted_hmac("kith.access.session", words, secret=secret, algorithm="sha256").hexdigest()

    @property
    def initials(self) -> str:
        """First letters of the first and last name, for a token."""
        words = self.name.split()
        return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class RoleHeld(models.Model):
    """One kind of work held by one person from a day until a day. Ending it takes effect on the next request."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roles")
    work = models.CharField(max_length=40, choices=[(r.work.value, r.shown_as) for r in ROLES.values()])
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    why = models.CharField(max_length=200)
    why_ended = models.CharField(max_length=200, blank=True)
    shows = kinds(staff="work since until why why_ended")
    keeps = Keep.STAFF

    class Meta:
        indexes = [models.Index(fields=["account", "until", "work"], name="roleheld_now")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="roleheld_ends_after_it_begins"),
        ]


class Clearance(models.Model):
    """Somebody is cleared for sealed adoption files, from a day until a day. Named on the file is needed as well."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="clearances")
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)
    why = models.CharField(max_length=500)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    shows = kinds(staff="since until why")
    keeps = Keep.STAFF

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="clearance_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(account=F("given_by")), name="clearance_given_by_another"),
        ]
