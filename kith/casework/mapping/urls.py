"""Addresses of worries, goals and scales. A worry's address is that of any version of its entry."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
