from django.apps import AppConfig
from django.core.checks import register


class Room(AppConfig):
    """The room as Django knows it. Its start-up checks see every other room."""

    name = "kith.config"
    label = "config"

    def ready(self) -> None:
        from kith.config import checks  # noqa: PLC0415 - models are loaded by now

        register(checks.kinds_and_keeping)
        register(checks.content_is_whole)
