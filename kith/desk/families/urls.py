"""The address of a family."""

from django.urls import path

from kith.desk.families import views

urlpatterns = [
    path("families/<uuid:ref>/", views.family, name="family"),
]
