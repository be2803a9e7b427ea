from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.access"
    label = "access"
