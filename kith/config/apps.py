from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.config"
    label = "config"
