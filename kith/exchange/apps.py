from django.apps import AppConfig


class Room(AppConfig):
    name = "kith.exchange"
    label = "exchange"
