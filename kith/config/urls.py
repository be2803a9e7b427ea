"""Every address, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

from kith.kit.views import components

handler404 = "kith.config.pages.not_found"
handler500 = "kith.config.edge.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    path("components/", components, name="components"),
    path("", include("kith.people.drafts.urls")),
    path("", include("kith.casework.decisions.urls")),
    path("", include("kith.disclosure.papers.urls")),
    path("", include("kith.desk.families.urls")),
    path("", include("kith.desk.looked.urls")),
]
