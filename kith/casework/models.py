"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, Told
from kith.casework.visits.models import Promise, Seen, Visit

__all__ = ["Decision", "Promise", "Seen", "Told", "Visit"]
