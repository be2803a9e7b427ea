from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.desk"
    label = "desk"
