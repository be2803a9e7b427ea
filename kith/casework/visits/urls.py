"""Addresses of notes and promises."""

from django.urls import path

from kith.casework.visits import views

urlpatterns = [
    path("families/<uuid:ref>/notes/new/", views.note_new, name="note-new"),
    path("notes/<uuid:ref>/", views.note, name="note"),
    path("notes/<uuid:ref>/correct/", views.note_correct, name="note-correct"),
    path("promises/<uuid:ref>/kept/", views.promise_kept, name="promise-kept"),
    path("promises/<uuid:ref>/late/", views.promise_late, name="promise-late"),
]
