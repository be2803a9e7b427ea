"""Addresses of pages about files held closely."""

from django.urls import path

from kith.people.restriction import views

urlpatterns = [
    path("files/<uuid:ref>/level/", views.file_level, name="file-level"),
    path("files/<uuid:ref>/glass/", views.glass, name="glass"),
    path("grants/", views.grants, name="grants"),
    path("grants/<uuid:ref>/", views.grant, name="grant"),
]
