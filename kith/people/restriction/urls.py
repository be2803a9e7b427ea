"""Addresses of pages about files held closely."""

from django.urls import path

from kith.people.restriction import views

urlpatterns = [
    path("files/<uuid:ref>/level/", views.file_level, name="file-level"),
    path("files/<uuid:ref>/unseal/", views.file_unseal, name="file-unseal"),
    path("files/<uuid:ref>/glass/", views.glass, name="glass"),
    path("grants/", views.grants, name="grants"),
    path("grants/<uuid:ref>/", views.grant, name="grant"),
    path("clearances/", views.clearances, name="clearances"),
    path("clearances/new/", views.clearance_new, name="clearance-new"),
    path("clearances/<uuid:ref>/end/", views.clearance_end, name="clearance-end"),
]
