"""Addresses of pages about kin and homes."""

from django.urls import path

from kith.people.relationships import views

urlpatterns = [
    path("people/<uuid:ref>/kin/new/", views.relationship_new, name="relationship-new"),
    path("people/<uuid:ref>/kin/<uuid:tie>/end/", views.relationship_end, name="relationship-end"),
    path("people/<uuid:ref>/parental-responsibility/new/", views.responsibility_new, name="responsibility-new"),
    path("people/<uuid:ref>/homes/new/", views.home_new, name="home-new"),
    path("people/<uuid:ref>/homes/<uuid:household>/end/", views.home_end, name="home-end"),
]
