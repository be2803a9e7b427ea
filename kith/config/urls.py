"""Every address, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

handler404 = "kith.config.pages.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kith.desk.search.urls")),
    path("", include("kith.pathway.contacts.urls")),
    path("", include("kith.casework.decisions.urls")),
]
