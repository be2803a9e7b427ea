"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, Told
from kith.casework.mapping.models import Goal, Scale, Score, Statement, Worried

__all__ = ["Decision", "Goal", "Scale", "Score", "Statement", "Told", "Worried"]
