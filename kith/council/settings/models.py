"""What this council does differently, from which day. The framework's own data stays as it came."""

from django.db import models
from django.db.models import Q

from kith.framework.kinds import Keep, kinds


class Setting(models.Model):
    """One dated override of framework data, such as a local clock length (domain 15). Never edited: superseded."""

    key = models.CharField(max_length=100)
    value = models.JSONField()
    since = models.DateField()
    why = models.CharField(max_length=500)
    set_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, db_index=False)
    recorded_at = models.DateTimeField()
    shows = kinds(staff="key value since why recorded_at")
    keeps = Keep.STAFF

    class Meta:
        indexes = [models.Index(fields=["key", "-since", "-recorded_at"], name="setting_in_force")]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="setting_has_a_reason")]
