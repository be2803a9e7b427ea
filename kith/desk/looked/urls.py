"""Addresses of who looked."""

from django.urls import path

from kith.desk.looked import views

urlpatterns = [
    path("families/<uuid:ref>/looked/", views.looked, name="looked"),
    path("looks/", views.my_people, name="looks"),
]
