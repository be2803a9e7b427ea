from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.pathway"
    label = "pathway"
