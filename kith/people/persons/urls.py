"""Addresses of small pages about one person. The person's own page is a gathering page of the desk."""

from django.urls import path

from kith.people.persons import views

urlpatterns = [
    path("people/<uuid:ref>/names/new/", views.person_name, name="person-name"),
    path("people/<uuid:ref>/details/", views.person_details, name="person-details"),
    path("people/<uuid:ref>/numbers/new/", views.person_number, name="person-number"),
    path("merges/", views.merges, name="merges"),
    path("merges/<uuid:ref>/", views.merge, name="merge"),
    path("merges/<uuid:ref>/agree/", views.merge_agree, name="merge-agree"),
    path("merges/<uuid:ref>/part/", views.merge_part, name="merge-part"),
    path("merges/<uuid:ref>/agree-part/", views.merge_agree_part, name="merge-agree-part"),
]
