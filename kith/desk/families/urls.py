"""Addresses of the desk and of families."""

from django.urls import path

from kith.desk.families import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("families/<uuid:ref>/", views.family, name="family"),
]
