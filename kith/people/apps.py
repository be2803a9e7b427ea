from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.people"
    label = "people"
