"""The two ledgers: acts in the main store, looks on a connection of their own. Neither is ever changed.

Every row carries the hash of the one before it in its chain. `…At` rows are an index by file, told again
inside the hashed body, so that verifying the body verifies them.
"""

from django.db import models

from kith.framework.kinds import Keep, kinds


class Link(models.Model):
    """What an act and a look share: a place in a chain, when, by whom, what, and the two hashes."""

    chain = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    account = models.UUIDField()
    what = models.CharField(max_length=60)
    body = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    shows = kinds(plumbing="chain seq at account what body prev hash")
    keeps = Keep.TRAIL

    class Meta:
        abstract = True


class Head(models.Model):
    """The newest row of one chain: locked last, so that chains never wait for work."""

    chain = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    shows = kinds(plumbing="chain seq hash")
    keeps = Keep.TRAIL

    class Meta:
        abstract = True


class Act(Link):
    """A write, a paper, a grant, a sign-in: in the same transaction as the thing done."""

    class Meta(Link.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="act_place")]
        indexes = [models.Index(fields=["account", "-at"], name="act_by")]


class ActHead(Head):
    """The newest act of one chain."""

    class Meta(Head.Meta):
        abstract = False


class ActAt(models.Model):
    """Which files an act touched, by the file's address."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="touched", db_index=False)
    file = models.UUIDField()
    shows = kinds(plumbing="file")
    keeps = Keep.TRAIL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "file"], name="actat_once")]
        indexes = [models.Index(fields=["file", "-act"], name="actat_newest")]


class Look(Link):
    """A view of a person or part, a search, a list, a denial: written before the answer leaves."""

    class Meta(Link.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="look_place")]
        indexes = [models.Index(fields=["account", "-at"], name="look_by")]


class LookHead(Head):
    """The newest look of one chain."""

    class Meta(Head.Meta):
        abstract = False


class LookAt(models.Model):
    """Which files a look showed, by the file's address."""

    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="showed", db_index=False)
    file = models.UUIDField()
    shows = kinds(plumbing="file")
    keeps = Keep.TRAIL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["look", "file"], name="lookat_once")]
        indexes = [models.Index(fields=["file", "-look"], name="lookat_newest")]


class Once(models.Model):
    """A form sent by one person with one key has been taken: a second sending finds the first one's result."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    result = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    shows = kinds(plumbing="account_id key result at")
    keeps = Keep.WHILE_OPEN

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="once_each")]
