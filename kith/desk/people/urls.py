"""The address of one person's page, and of saying that another record is of them."""

from django.urls import path

from kith.desk.people import views

urlpatterns = [
    path("people/<uuid:ref>/", views.person, name="person"),
    path("people/<uuid:ref>/same-person/", views.person_merge, name="person-merge"),
]
