"""The tables of this room, gathered."""

from kith.access.accounts.models import Account, Clearance, RoleHeld
from kith.access.audit.models import Act, ActAt, ActHead, Look, LookAt, LookHead, Once
from kith.access.notices.models import Notice

__all__ = [
    "Account",
    "Act",
    "ActAt",
    "ActHead",
    "Clearance",
    "Look",
    "LookAt",
    "LookHead",
    "Notice",
    "Once",
    "RoleHeld",
]
