"""Addresses of a worker's day and of the team somebody leads."""

from django.urls import path

from kith.desk.day import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("team/", views.my_team, name="my-team"),
]
