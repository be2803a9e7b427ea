"""The tables of this room, gathered."""
