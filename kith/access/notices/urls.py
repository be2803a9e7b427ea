"""Addresses of notices."""

from django.urls import path

from kith.access.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<uuid:ref>/read/", views.notice_read, name="notice-read"),
]
