from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.kit"
    label = "kit"
