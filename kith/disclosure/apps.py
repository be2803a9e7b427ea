from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.disclosure"
    label = "disclosure"
