from django.apps import AppConfig


class Room(AppConfig):
    """What every page is made of. Holds no tables."""

    name = "kith.kit"
    label = "kit"
