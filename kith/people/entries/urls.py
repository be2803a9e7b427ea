"""Addresses of entries, what is kept with them, and words that are to be closed."""

from django.urls import path

from kith.people.entries import views

urlpatterns = [
    path("entries/<uuid:ref>/", views.entry, name="entry"),
    path("entries/<uuid:ref>/versions/", views.entry_versions, name="entry-versions"),
    path("entries/<uuid:ref>/differs/", views.entry_differs, name="entry-differs"),
    path("entries/<uuid:ref>/shared/", views.entry_shared, name="entry-shared"),
    path("entries/<uuid:ref>/files/<uuid:file>/", views.entry_file, name="entry-file"),
    path("entries/<uuid:ref>/seal/<int:position>/", views.entry_seal, name="entry-seal"),
    path("seals/", views.seals, name="seals"),
    path("seals/<uuid:ref>/", views.seal, name="seal"),
]
