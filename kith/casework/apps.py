from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.casework"
    label = "casework"
