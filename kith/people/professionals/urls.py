"""Addresses of pages about people of other agencies."""

from django.urls import path

from kith.people.professionals import views

urlpatterns = [
    path("people/<uuid:ref>/professionals/new/", views.professional_new, name="professional-new"),
    path("people/<uuid:ref>/professionals/<uuid:professional>/end/", views.professional_end, name="professional-end"),
]
