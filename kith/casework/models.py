"""The tables of this room, gathered."""

from kith.casework.decisions.models import Decision, Told

__all__ = ["Decision", "Told"]
