"""Addresses of what the council sets."""

from django.urls import path

from kith.council.settings import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/<slug:key>/", views.setting_change, name="setting-change"),
]
