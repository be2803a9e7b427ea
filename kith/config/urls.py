"""Every address, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

handler404 = "kith.config.pages.not_found"
handler500 = "kith.config.edge.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kith.casework.decisions.urls")),
]
