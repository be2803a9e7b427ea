"""The addresses of this room, gathered."""

from django.urls import include, path

urlpatterns = [
    path("", include("kith.people.persons.urls")),
    path("", include("kith.people.locations.urls")),
    path("", include("kith.people.relationships.urls")),
    path("", include("kith.people.professionals.urls")),
    path("", include("kith.people.involvement.urls")),
    path("", include("kith.people.restriction.urls")),
    path("", include("kith.people.leavers.urls")),
]
