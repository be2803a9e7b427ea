"""The tables of this room, gathered."""

from kith.pathway.contacts.models import CallTie, Contact

__all__ = ["CallTie", "Contact"]
