"""Every address, gathered from the rooms."""

from django.urls import URLPattern, URLResolver, include, path

from kith.access.signin.urls import door
from kith.config.health import healthz, readyz
from kith.kit.views import components

handler400 = "kith.config.edge.unreadable"
handler404 = "kith.config.pages.not_found"
handler500 = "kith.config.edge.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    path("components/", components, name="components"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("kith.people.drafts.urls")),
    path("", include("kith.desk.search.urls")),
    path("", include("kith.pathway.contacts.urls")),
    path("", include("kith.casework.decisions.urls")),
    path("", include("kith.casework.maps.urls")),
    path("", include("kith.casework.network.urls")),
    path("", include("kith.casework.plans.urls")),
    *door,
    path("", include("kith.access.signin.urls")),
    path("", include("kith.council.teams.urls")),
    path("", include("kith.council.settings.urls")),
    path("", include("kith.access.accounts.urls")),
    path("", include("kith.casework.mapping.urls")),
    path("", include("kith.disclosure.papers.urls")),
    path("", include("kith.casework.visits.urls")),
    path("", include("kith.people.entries.urls")),
    path("", include("kith.desk.day.urls")),
    path("", include("kith.desk.families.urls")),
    path("", include("kith.desk.handover.urls")),
    path("", include("kith.desk.looked.urls")),
    path("", include("kith.people.urls")),
    path("", include("kith.access.notices.urls")),
    path("", include("kith.desk.people.urls")),
    path("", include("kith.desk.timeline.urls")),
    path("", include("kith.desk.tree.urls")),
    path("", include("kith.desk.thread.urls")),
    path("", include("kith.desk.guide.urls")),
]
