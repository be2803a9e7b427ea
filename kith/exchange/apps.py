from django.apps import AppConfig


class Room(AppConfig):
    """The room as Django knows it."""

    name = "kith.exchange"
    label = "exchange"
