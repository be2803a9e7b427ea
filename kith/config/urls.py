"""Every address, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

from kith.kit.views import components

handler404 = "kith.config.pages.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("components/", components, name="components"),
    path("", include("kith.casework.decisions.urls")),
    path("", include("kith.casework.visits.urls")),
    path("", include("kith.people.entries.urls")),
    path("", include("kith.desk.families.urls")),
    path("", include("kith.desk.timeline.urls")),
]
