"""Addresses of pages about where somebody can be found."""

from django.urls import path

from kith.people.locations import views

urlpatterns = [
    path("people/<uuid:ref>/places/new/", views.location_new, name="location-new"),
    path("people/<uuid:ref>/places/<uuid:place>/end/", views.location_end, name="location-end"),
    path("people/<uuid:ref>/contact/new/", views.contact_new, name="contact-detail-new"),
    path("people/<uuid:ref>/contact/<uuid:detail>/end/", views.contact_end, name="contact-detail-end"),
    path("people/<uuid:ref>/before-you-ring/", views.safe_contact, name="safe-contact"),
]
