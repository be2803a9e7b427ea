"""Addresses of papers."""

from django.urls import path

from kith.disclosure.papers import views

urlpatterns = [
    path("families/<uuid:ref>/papers/", views.papers, name="papers"),
    path("entries/<uuid:ref>/paper/", views.paper_new, name="paper-new"),
    path("papers/<uuid:ref>/", views.paper, name="paper"),
    path("papers/<uuid:ref>/copy/", views.paper_file, name="paper-file"),
]
