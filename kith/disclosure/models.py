"""The tables of this room, gathered."""

from kith.disclosure.papers.models import Rendition

__all__ = ["Rendition"]
