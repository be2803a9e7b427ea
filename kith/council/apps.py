from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.council"
    label = "council"
