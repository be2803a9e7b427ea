"""Every address, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

from kith.access.signin.urls import door

handler404 = "kith.config.pages.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kith.casework.decisions.urls")),
    *door,
    path("", include("kith.access.signin.urls")),
    path("", include("kith.council.teams.urls")),
    path("", include("kith.council.settings.urls")),
    path("", include("kith.access.accounts.urls")),
]
