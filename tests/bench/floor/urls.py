"""The floors beside Kith's own addresses, so that both are answered by one process from one store."""

from django.urls import URLPattern, URLResolver, path

from kith.config import urls
from tests.bench.floor import views

handler404, handler500 = urls.handler404, urls.handler500
urlpatterns: list[URLPattern | URLResolver] = [
    *urls.urlpatterns,
    path("floor/families/<uuid:ref>/", views.family, name="floor-family"),
    path("floor/desk/", views.desk, name="floor-desk"),
    path("floor/search/", views.search, name="floor-search"),
    path("floor/families/<uuid:ref>/notes/new/", views.note_new, name="floor-note-new"),
    path("floor/notes/<uuid:ref>/", views.note, name="floor-note"),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
"""What any Django site has. Ours add who is asking, how long a stay lasts, and the ledger of looks."""
