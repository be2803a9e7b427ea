"""The tables of this room, gathered."""

from kith.access.accounts.models import Account, Clearance, RoleHeld
from kith.access.audit.models import Act, ActAt, ActHead, Look, LookAt, LookHead, Once
from kith.access.notices.models import Notice
from kith.access.signin.models import Attempt, SignIn

__all__ = [
    "Account",
    "Act",
    "ActAt",
    "ActHead",
    "Attempt",
    "Clearance",
    "Look",
    "LookAt",
    "LookHead",
    "Notice",
    "Once",
    "RoleHeld",
    "SignIn",
]
